"""What stands beside the official result: expected ranks, severity, agreement. None of it decides."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

from poc_eval.i18n import _
from poc_eval.views.charts import figure
from poc_eval.views.figures import DASH
from poc_eval.views.html import join, tag, typed
from poc_eval.views.panel_charts import rank_chart

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markupsafe import Markup

    from poc_eval.i18n import Language, Message, Translatable
    from poc_eval.scoring.panel_result import Figure, ProjectResult
    from poc_eval.scoring.panel_severity import Severity
    from poc_eval.scoring.severity import View
    from poc_eval.views.panel_board import PanelBoard

Column: TypeAlias = "tuple[Message, str | None]"
"""A column's heading and its class."""
_SLIGHT: Final = 0.05
"""Points of severity below which nobody is called harsh or mild."""
_MANY: Final = "pe-table pe-panel"
"""A view to a column: their titles may take two lines, so that a sheet holds them in any typeface."""
_RELIABLE: Final = 0.8


def ranks(board: PanelBoard, lang: Language) -> Markup:
    """Return expected ranks with their intervals, and what each place hangs on."""
    advice = advice_only(board, lang)
    if board.result.unranked is not None:
        return join([advice, tag("p", board.result.unranked.text(lang))])
    columns = _right(
        _("Official rank"),
        _("Expected rank"),
        _("Inner 50% of the draws"),
        _("Without any one expert"),
    )
    rows = [
        _figures_row(
            board.title(one.project, lang),
            [
                _rank(one.official.rank),
                DASH if one.expected_rank is None else f"{one.expected_rank:.1f}",
                DASH if one.interval is None else _span(*one.interval),
                _left_out(board, one),
            ],
        )
        for one in board.ordered
    ]
    caption = _("The chart in figures; {draws}", draws=_seeded(board)).text(lang)
    table = _table(caption, _("Project"), columns, rows, lang)
    about = _(
        "The dot is the expected rank, the thick line holds half of the draws, the square is the official "
        "rank. Where lines overlap, the order is not sure."
    )
    chart = figure(rank_chart(board, lang), about.text(lang), table)
    return join([advice, chart])


def severity(board: PanelBoard, lang: Language) -> Markup:
    """Return four views of the same scores side by side, and how harsh each of them finds everybody."""
    advice = advice_only(board, lang)
    found = board.severity
    if found is None:
        why = board.why_no_severity
        return join([advice, tag("p", "" if why is None else why.text(lang))])
    return join(
        [
            advice,
            _moved(found, lang),
            _views(board, found, lang),
            _harshness(board, found, lang),
            _no_rasch(found, lang),
        ]
    )


def agreement(board: PanelBoard, lang: Language) -> Markup:
    """Return the figures of agreement, each with what it means in plain words."""
    result, complete = board.result, board.complete
    alpha = result.agreement["krippendorff_alpha"]
    rows = [
        _agreed(_("Krippendorff's alpha: do experts give the same scores?"), alpha, _alpha_means(alpha), lang)
    ]
    for name, title, means in (
        ("icc_2k", _("ICC(2,k): how reliable is the panel's mean?"), _icc_means),
        ("kendall_w", _("Kendall's W: do experts put the projects in the same order?"), _w_means),
    ):
        whole = result.agreement[name]
        rows.append(_agreed(title, whole, means(whole), lang))
        if whole.value is None and complete is not None:
            part = complete.icc_2k if name == "icc_2k" else complete.kendall_w
            among = _("among the {count} experts who scored every project", count=complete.reviewers)
            rows.append(_agreed(among, part, means(part), lang))
    columns = [*_right(_("Figure"), _("95% interval")), (_("What it means"), None)]
    table = _table(_drawn(board).text(lang), _("Question"), columns, rows, lang)
    return join(
        [
            advice_only(board, lang),
            table,
            _too_few_to_draw(board, lang),
            tag("p", _more_reviewers(board).text(lang), class_="pe-lead"),
            _by_criterion(board, lang),
        ]
    )


def advice_only(board: PanelBoard, lang: Language) -> Markup:
    """Return the line that stands above everything that does not decide."""
    return tag("p", board.result.advice.text(lang), class_="pe-advice")


def _seeded(board: PanelBoard) -> Message:
    return _("seed of what is drawn at random: {seed}", seed=board.result.seed)


def _rank(rank: int | None) -> str:
    return DASH if rank is None else str(rank)


def _span(low: float, high: float) -> str:
    return f"{low:g}" if low == high else f"{low:g}–{high:g}"


def _left_out(board: PanelBoard, project: ProjectResult) -> str:
    found = [rank for one in board.left_out if (rank := one.ranks.get(project.project)) is not None]
    return _span(min(found), max(found)) if found else DASH


def _figures_row(title: str, figures: Sequence[str]) -> Markup:
    cells = [tag("td", shown, class_="pe-number") for shown in figures]
    return tag("tr", tag("th", typed(title), scope="row"), *cells)


def _right(*titles: Message) -> list[Column]:
    return [(title, "pe-number") for title in titles]


def _table(
    caption: str,
    first: Message,
    columns: Sequence[Column],
    rows: Sequence[Markup],
    lang: Language,
    *,
    class_: str = "pe-table",
) -> Markup:
    head = [tag("th", title.text(lang), scope="col", class_=class_) for title, class_ in columns]
    return tag(
        "table",
        tag("caption", caption),
        tag("thead", tag("tr", tag("th", first.text(lang), scope="col"), *head)),
        tag("tbody", *rows),
        class_=class_,
    )


def _every(found: Severity) -> list[View]:
    views = found.views
    four = [views.raw, views.z_score, views.additive, views.hierarchical]
    return four if found.rasch is None else [*four, found.rasch]


def _moved(found: Severity, lang: Language) -> Markup:
    same = all((one.rank == found.views.raw.rank).all() for one in _every(found))
    said = (
        _("All views put the projects in the same order: severity changes no place.")
        if same
        else _("The views do not agree on every place; the rows marked ≠ should be discussed.")
    )
    return tag("p", said.text(lang), class_="pe-lead")


def _views(board: PanelBoard, found: Severity, lang: Language) -> Markup:
    views = found.views
    sign = -1 if found.flipped else 1
    official = {one.project: one.official.rank for one in board.result.projects}
    rows = []
    in_order = [one.project for one in board.ordered if one.project in found.projects]
    for project in in_order:
        at = found.projects.index(project)
        places = {int(one.rank[at]) for one in _every(found)}
        title = board.title(project, lang) + ("" if len(places) == 1 else " ≠")
        shown = [_rank(official[project])]
        shown += [
            _place(views.raw, at, sign, 1, lang),
            _place(views.z_score, at, sign, 2, lang),
            _place(views.additive, at, sign, 1, lang),
            _place(views.hierarchical, at, sign, 1, lang),
        ]
        shown += [] if found.rasch is None else [_place(found.rasch, at, 1, 2, lang)]
        rows.append(_figures_row(title, shown))
    columns = _right(
        _("Official rank"), _("Raw mean"), _("z-scores"), _("Additive model"), _("Bayesian model")
    )
    columns += _rasch_column(found)
    caption = _("Rank, and in brackets the figure it comes from.").text(lang)
    return _table(caption, _("Project"), columns, rows, lang, class_=_MANY)


def _place(view: View, at: int, sign: int, digits: int, lang: Language) -> str:
    value = f"{sign * view.value[at]:.{digits}f}"
    return _("{rank} ({value})", rank=int(view.rank[at]), value=value).text(lang)


def _rasch_column(found: Severity) -> list[Column]:
    return [] if found.rasch is None else _right(_("Many-facet Rasch (logits)"))


def _no_rasch(found: Severity, lang: Language) -> Markup:
    if found.no_rasch is None:
        return join([])
    said = _("Many-facet Rasch model: {why}", why=found.no_rasch)
    return tag("p", said.text(lang), class_="pe-quiet")


def _harshness(board: PanelBoard, found: Severity, lang: Language) -> Markup:
    views = found.views
    counts = {one.reviewer: one.n for one in board.result.reviewers}
    rows = []
    for at, reviewer in enumerate(found.reviewers):
        shown = [str(counts[reviewer])]
        seen = [views.raw, views.additive, views.hierarchical]
        seen += [] if found.rasch is None else [found.rasch]
        shown += [_harsh(one.severity[at]).text(lang) for one in seen]
        rows.append(_figures_row(board.expert(reviewer, lang), shown))
    columns = _right(_("Projects scored"), _("Raw mean"), _("Additive model"), _("Bayesian model"))
    columns += _rasch_column(found)
    caption = _("Points by which an expert scores below (harsher) or above (milder) the panel.").text(lang)
    return _table(caption, _("Expert"), columns, rows, lang, class_=_MANY)


def _harsh(points: float | None) -> Message:
    if points is None:
        return _("no score")
    if abs(points) < _SLIGHT:
        return _("as the panel")
    known = f"{abs(points):.1f}"
    return _("harsher by {points}", points=known) if points > 0 else _("milder by {points}", points=known)


def _agreed(title: Translatable, found: Figure, means: Message, lang: Language, *more: str) -> Markup:
    between = [tag("td", shown, class_="pe-number") for shown in more]
    if found.value is None:
        why = found.reason or _("there is no value")
        cells = [
            tag("td", DASH, class_="pe-number"),
            tag("td", DASH, class_="pe-number"),
            *between,
            tag("td", why.text(lang), class_="pe-quiet"),
        ]
    else:
        cells = [
            tag("td", f"{found.value:.2f}", class_="pe-number pe-score"),
            tag("td", _interval(found), class_="pe-number"),
            *between,
            tag("td", means.text(lang)),
        ]
    return tag("tr", tag("th", title.text(lang), scope="row"), *cells)


def _interval(found: Figure) -> str:
    if found.interval is None:
        return DASH
    low, high = found.interval
    return f"{low:.2f}–{high:.2f}" if low >= 0 else f"{low:.2f} – {high:.2f}"


def _drawn(board: PanelBoard) -> Message:
    return _(
        "intervals: the projects drawn again {draws} times, seed {seed}",
        draws=board.result.draws,
        seed=board.result.seed,
    )


def _too_few_to_draw(board: PanelBoard, lang: Language) -> Markup:
    """Return why an interval is missing where a figure has none; nothing where all have one."""
    without = [one for one in board.result.agreement.values() if one.no_interval is not None]
    if not without:
        return join([])
    said = _(
        "Where no interval stands there are too few projects to draw from; read those figures with care."
    )
    return tag("p", said.text(lang), class_="pe-quiet")


def _alpha_means(found: Figure) -> Message:
    return alpha_in_words(found.value)


def alpha_in_words(value: float | None) -> Message:
    """Return what an alpha allows one to do; the bounds are Krippendorff's own."""
    if value is None:
        return _("cannot be told")
    if value >= _RELIABLE:
        return _("high: the scores can be relied on")
    if value >= 2 / 3:
        return _("fair: good enough for tentative conclusions")
    if value > 0:
        return _("low: discuss close places before they are decided")
    return _("none: no more than scores given by chance")


def alpha_level(value: float) -> Message:
    """Return the same in one word."""
    if value >= _RELIABLE:
        return _("high")
    if value >= 2 / 3:
        return _("fair")
    return _("low") if value > 0 else _("none")


def _icc_means(found: Figure) -> Message:
    value = found.value or 0.0
    for least, words in (
        (0.9, _("excellent: the mean would hardly change with another panel")),
        (0.75, _("good: the mean would change little with another panel")),
        (0.5, _("moderate: another panel could swap close places")),
    ):
        if value >= least:
            return words
    return _("poor: another panel could well come to another order")


def _w_means(found: Figure) -> Message:
    value = found.value or 0.0
    if value >= 0.7:  # noqa: PLR2004 as it is read in the field
        return _("strong: mostly the same order")
    if value >= 0.3:  # noqa: PLR2004 the same
        return _("moderate: partly the same order")
    return _("weak: everybody has an order of their own")


def _more_reviewers(board: PanelBoard) -> Message:
    needed, present = board.result.needed, board.result.present
    if needed is None:
        return _(
            "How many experts a reliability of 0.8 takes cannot be told: the experts agree no better than by "
            "chance, or there are too few scores."
        )
    if needed <= present:
        return _(
            "A mean with the reliability 0.8 takes {needed} experts a project; there are {present}, which is "
            "enough.",
            needed=needed,
            present=present,
        )
    return _(
        "A mean with the reliability 0.8 takes {needed} experts a project; there are {present}, so {more} "
        "more.",
        needed=needed,
        present=present,
        more=needed - present,
    )


def _by_criterion(board: PanelBoard, lang: Language) -> Markup:
    rows = [
        _agreed(
            board.rubric.node(name).criterion.title,
            found,
            _alpha_means(found),
            lang,
            DASH if found.needed is None else str(found.needed),
        )
        for name, found in board.result.by_criterion.items()
    ]
    if not rows:
        return join([])
    columns = [
        *_right(_("Figure"), _("95% interval"), _("Experts for 0.8")),
        (_("What it means"), None),
    ]
    caption = _("Krippendorff's alpha of each criterion").text(lang)
    return _table(caption, _("Criterion"), columns, rows, lang)
