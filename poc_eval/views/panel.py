"""A panel's result as a page shows it: the conclusion first, then the table, then what to know about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from poc_eval.i18n import HTML_LANG, _
from poc_eval.views.figures import date, number
from poc_eval.views.html import join, tag, typed
from poc_eval.views.panel_advice import agreement, alpha_in_words, alpha_level, ranks, severity
from poc_eval.views.panel_agenda import agenda
from poc_eval.views.panel_charts import heat_map
from poc_eval.views.panel_decision import aside_table, decisions, outcomes, signatures
from poc_eval.views.panel_lottery import draw
from poc_eval.views.panel_methods import methods
from poc_eval.views.panel_people import called, comma, experts_list, titles
from poc_eval.views.panel_table import criteria_means, scores_table
from poc_eval.views.review import Section

if TYPE_CHECKING:
    from markupsafe import Markup

    from poc_eval.i18n import Language, Message
    from poc_eval.views.panel_board import PanelBoard


def panel_sections(board: PanelBoard, lang: Language) -> list[Section]:
    """Return the sections of a panel's page in the order in which a meeting needs them."""
    table = scores_table(board, lang)
    heat = _heat(board, lang)
    sections = [
        Section("result", _("Official result"), join([table, heat])),
        Section("decisions", _("Conclusions and reasons"), decisions(board, lang)),
        *_draw(board, lang),
        Section("agenda", _("What to discuss first"), agenda(board, lang)),
    ]
    if board.rubric.scores is not None:
        sections += [
            Section("criteria", _("Criteria"), criteria_means(board, lang)),
            Section("ranks", _("How sure the order is"), ranks(board, lang)),
            Section("severity", _("Harsh and mild experts"), severity(board, lang)),
            Section("agreement", _("Agreement"), agreement(board, lang)),
        ]
    if board.comparison is not None or board.why_no_comparison is not None:
        sections.append(Section("methods", _("Other methods of ranking"), methods(board, lang)))
    roster = board.basis.roster
    if roster is not None and roster.meetings:
        sections.append(Section("experts", _("The panel"), experts_list(roster, lang)))
    sections.append(Section("aside", _("Who stepped aside"), aside_table(board, lang)))
    return sections


def _draw(board: PanelBoard, lang: Language) -> list[Section]:
    """Return the draw, where the rule calls for one."""
    lots = board.result.lottery
    return [] if lots is None else [Section("draw", _("Draw"), draw(board, lots, lang))]


EXAMPLE: Final = _("Example scores: made up to show how a panel works, not an evaluation of the projects.")


def panel_notices(board: PanelBoard, lang: Language, example: Message = EXAMPLE) -> Markup:
    """Return what must be known before anything is read; ``example`` is said of the shipped example."""
    basis = board.basis
    said: list[Message] = []
    if basis.example:
        said.append(example)
    if basis.drafts:
        said.append(_("{count} reviews are drafts and do not count.", count=basis.drafts))
    if basis.waiting:
        names = comma(lang).join(one.title.text(lang) for one in basis.waiting)
        said.append(_("Nothing is submitted yet for: {names}", names=names))
    said += _still_to_come(board, lang)
    if board.rubric.historical:
        said.append(_("Historical rubric: the procedure it belongs to is no longer in force."))
    return join(tag("p", notice.text(lang), class_="pe-notice") for notice in said)


def _still_to_come(board: PanelBoard, lang: Language) -> list[Message]:
    """Return which members have not handed in what; without names, how many."""
    roster, begun = board.basis.roster, {one.project for one in board.result.projects}
    late = [] if roster is None else [one for one in roster.seats if begun.intersection(one.waiting)]
    if roster is None or not late:
        return []
    if not roster.named:
        return [_("{count} members of the panel have not handed in every review.", count=len(late))]
    parts = [
        _(
            "{expert} ({projects})",
            expert=called(roster, one),
            projects=titles(roster, [name for name in one.waiting if name in begun], lang),
        ).text(lang)
        for one in late
    ]
    return [_("Not handed in yet: {experts}", experts=comma(lang).join(parts))]


def panel_conclusion(board: PanelBoard, lang: Language) -> Markup:
    """Return the block of the most asked figures: conclusions, the first, the experts, their agreement."""
    cells = [(_("Conclusions"), outcomes(board, lang))]
    first = next((one for one in board.ordered if one.official.rank == 1), None)
    if first is not None:
        total = number(first.official.total, board.rule.decimals)
        best = _("{project}, {total}", project=board.project(first.project).title, total=total)
        cells.append((_("First"), best.text(lang)))
    cells.append((_("Experts"), str(len(board.reviewers))))
    if board.rubric.scores is not None:
        alpha = board.result.agreement["krippendorff_alpha"].value
        shown = (
            alpha_in_words(None)
            if alpha is None
            else _("{value} ({level})", value=f"{alpha:.2f}", level=alpha_level(alpha))
        )
        cells.append((_("Agreement"), shown.text(lang)))
    blocks = [tag("div", tag("dt", label.text(lang)), tag("dd", typed(shown))) for label, shown in cells]
    return tag("dl", *blocks, class_="pe-summary pe-panel-summary")


def panel_subject(board: PanelBoard, lang: Language) -> str:
    """Return by which sheet, on how many projects, and as of when."""
    return _(
        "{rubric}, {projects} projects, reviews submitted by {day}",
        rubric=board.rubric.title,
        projects=len(board.result.projects),
        day=date(board.basis.latest, board.basis.zone, lang),
    ).text(lang)


def panel_summary(board: PanelBoard, lang: Language) -> str:
    """Return the whole page of a panel as one fragment."""
    names = _("Names are left out.") if not board.basis.named else _("With names: confidential.")
    head = tag("p", join([panel_subject(board, lang), names.text(lang)], by=" · "), class_="pe-head")
    parts = [head, panel_notices(board, lang), panel_conclusion(board, lang)]
    parts += [
        tag("section", tag("h3", section.title.text(lang)), section.body)
        for section in panel_sections(board, lang)
    ]
    parts.append(signatures(board, lang))
    return str(tag("div", *parts, class_="pe-view", lang=HTML_LANG[lang]))


def _heat(board: PanelBoard, lang: Language) -> Markup:
    chart = heat_map(board, lang)
    if not chart:
        return chart
    words = _("The same totals as a heat map: the number decides, a darker cell only says that it is higher.")
    return tag(
        "figure",
        tag("figcaption", words.text(lang)),
        tag("div", chart, class_="pe-scroll", tabindex=0),
        class_="pe-figure-block",
    )
