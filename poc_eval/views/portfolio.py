"""What a budget would buy of a panel's projects: advice, worked out from the official totals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from poc_eval.i18n import HTML_LANG, _
from poc_eval.money import format_money
from poc_eval.scoring.portfolio import selected
from poc_eval.views.figures import DASH, number
from poc_eval.views.html import join, tag, typed
from poc_eval.views.panel import panel_notices, panel_subject
from poc_eval.views.panel_advice import advice_only
from poc_eval.views.panel_board import board_of
from poc_eval.views.panel_lottery import draw
from poc_eval.views.panel_table import conclusion
from poc_eval.views.review import Section

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from markupsafe import Markup

    from poc_eval.i18n import Language, Message
    from poc_eval.scoring.panel import Panel
    from poc_eval.scoring.panel_result import ProjectResult
    from poc_eval.scoring.portfolio import PortfolioTerms, Selected
    from poc_eval.scoring.selection import NextStep, Selection
    from poc_eval.views.panel_board import PanelBoard
    from poc_eval.workspace.records import PanelBasis


@dataclass(frozen=True, slots=True)
class PortfolioBoard:
    """A selection before it is shown; ``left_out`` are projects that could not stand for it, and why."""

    panel: PanelBoard
    terms: PortfolioTerms
    left_out: Mapping[str, Message]
    selection: Selection | None
    more: NextStep | None
    why: tuple[Message, ...]
    """Why there is no selection."""


def portfolio_of(panel: Panel, basis: PanelBasis, terms: PortfolioTerms, *, seed: int = 0) -> PortfolioBoard:
    """Return what the budget would buy: the highest sum of official totals within quotas and exclusions."""
    board = board_of(panel, basis, seed=seed)
    return portfolio_board(board, selected(board.rubric, board.result, terms))


def portfolio_board(board: PanelBoard, found: Selected) -> PortfolioBoard:
    """Return a selection that was worked out, beside the panel that it is of."""
    return PortfolioBoard(board, found.terms, found.left_out, found.selection, found.more, found.why)


def portfolio_sections(board: PortfolioBoard, lang: Language) -> list[Section]:
    """Return the sections of the page: the selection, its terms, and what more money would buy."""
    return [
        Section("selection", _("Computed selection"), join([_advice(board, lang), _table(board, lang)])),
        *_draw(board, lang),
        Section("terms", _("Budget, quotas and exclusions"), _terms(board, lang)),
        Section("more", _("What more money would buy"), _more(board, lang)),
    ]


def _draw(board: PortfolioBoard, lang: Language) -> list[Section]:
    """Return the draw that the panel's rule calls for: it decides before any computed selection."""
    lots = board.panel.result.lottery
    return [] if lots is None else [Section("draw", _("Draw"), draw(board.panel, lots, lang))]


def portfolio_notices(board: PortfolioBoard, lang: Language) -> Markup:
    """Return what must be known before anything is read."""
    example = _(
        "Example: scores, budget and amounts were made up to show how this works; no project states them."
    )
    return panel_notices(board.panel, lang, example)


def portfolio_conclusion(board: PortfolioBoard, lang: Language) -> Markup:
    """Return budget, how many projects, what they cost and what is left, or why there is no selection."""
    if board.selection is None:
        why = [tag("li", one.text(lang)) for one in board.why]
        heading = _("There is no selection, because:").text(lang)
        return tag("div", tag("p", heading, class_="pe-lead"), tag("ul", *why), class_="pe-missing")
    chosen = board.selection
    cells = [
        (_("Projects in the selection"), str(len(chosen.chosen))),
        (_("Budget (yuan)"), format_money(board.terms.budget or 0)),
        (_("They ask for (yuan)"), format_money(chosen.cost)),
        (_("Left (yuan)"), format_money(chosen.left)),
    ]
    blocks = [tag("div", tag("dt", label.text(lang)), tag("dd", shown)) for label, shown in cells]
    return tag("dl", *blocks, class_="pe-summary pe-panel-summary")


def portfolio_summary(board: PortfolioBoard, lang: Language) -> str:
    """Return the whole page of a selection as one fragment."""
    head = tag("p", panel_subject(board.panel, lang), class_="pe-head")
    notices, conclusion = portfolio_notices(board, lang), portfolio_conclusion(board, lang)
    parts = [head, notices, conclusion, *portfolio_body(board, lang)]
    return str(tag("div", *parts, class_="pe-view", lang=HTML_LANG[lang]))


def portfolio_body(board: PortfolioBoard, lang: Language) -> list[Markup]:
    """Return every section under its heading."""
    return [
        tag("section", tag("h3", section.title.text(lang)), section.body)
        for section in portfolio_sections(board, lang)
    ]


def _advice(board: PortfolioBoard, lang: Language) -> Markup:
    about = _(
        "The selection with the highest sum of official totals within the budget; the panel and the funder "
        "decide."
    )
    return join([advice_only(board.panel, lang), tag("p", about.text(lang), class_="pe-quiet")])


def _table(board: PortfolioBoard, lang: Language) -> Markup:
    columns = (
        (_("Rank"), "pe-number"),
        (_("Project"), None),
        (_("Field of technology"), None),
        (_("Official total"), "pe-number"),
        (_("Conclusion"), None),
        (_("Asked for (yuan)"), "pe-number"),
        (_("In the selection"), None),
    )
    head = [tag("th", title.text(lang), scope="col", class_=class_) for title, class_ in columns]
    rows = [_row(board, one, lang) for one in board.panel.ordered]
    if board.selection is not None:
        label = tag("th", _("Sum of the selection").text(lang), scope="row", colspan=5)
        cost = tag("td", format_money(board.selection.cost), class_="pe-number pe-score")
        rows.append(tag("tr", label, cost, tag("td"), class_="pe-total"))
    table = tag("table", tag("thead", tag("tr", *head)), tag("tbody", *rows), class_="pe-table pe-panel")
    return tag("div", table, class_="pe-scroll", tabindex=0)


def _row(board: PortfolioBoard, project: ProjectResult, lang: Language) -> Markup:
    official, said = project.official, conclusion(project)
    amount = board.terms.amounts.get(project.project)
    cells = [
        tag("td", DASH if official.rank is None else str(official.rank), class_="pe-number"),
        tag("th", typed(board.panel.title(project.project, lang)), scope="row"),
        tag("td", typed(board.terms.fields.get(project.project)) or DASH),
        tag("td", number(official.total, board.panel.rule.decimals), class_="pe-number"),
        tag("td", DASH if said is None else said.text(lang)),
        tag("td", DASH if amount is None else format_money(amount), class_="pe-number"),
        _verdict(board, project.project, lang),
    ]
    return tag("tr", *cells)


def _verdict(board: PortfolioBoard, project: str, lang: Language) -> Markup:
    why = board.left_out.get(project)
    if why is not None:
        return tag("td", _("not a candidate: {why}", why=why).text(lang), class_="pe-quiet")
    if board.selection is None:
        return tag("td", DASH)
    if project in board.terms.required:
        return tag("td", "✓ " + _("selected, as it must be in").text(lang), class_="pe-good")
    if project in board.selection.chosen:
        return tag("td", "✓ " + _("selected").text(lang), class_="pe-good")
    return tag("td", "– " + _("not selected").text(lang))


def _terms(board: PortfolioBoard, lang: Language) -> Markup:
    terms = board.terms
    items: list[str] = []
    if terms.budget is not None:
        items.append(_("Budget: {amount} yuan", amount=format_money(terms.budget)).text(lang))
    chosen = () if board.selection is None else board.selection.chosen
    for name, (least, most) in terms.quotas.items():
        found = sum(terms.fields.get(one) == name for one in chosen)
        items.append(
            _(
                "{field}: at least {least}, at most {most}; {found} in the selection",
                field=name,
                least=least if least is not None else DASH,
                most=most if most is not None else DASH,
                found=found,
            ).text(lang)
        )
    known = {one.id: one.title.text(lang) for one in board.panel.basis.projects}
    groups: list[tuple[tuple[str, ...], Callable[[str], Message]]] = [
        (group, lambda names: _("At most one of: {names}", names=names)) for group in terms.exclusive
    ]
    groups.append((terms.required, lambda names: _("Must be in: {names}", names=names)))
    groups.append((terms.barred, lambda names: _("Must stay out: {names}", names=names)))
    for group, said in groups:
        if group:
            names = ("、" if lang == "zh" else ", ").join(known.get(one, one) for one in group)
            items.append(said(names).text(lang))
    if not items:
        items.append(_("Nothing is stated yet.").text(lang))
    return tag("ul", *(tag("li", typed(one)) for one in items), class_="pe-undertaking")


def _more(board: PortfolioBoard, lang: Language) -> Markup:
    more = board.more
    if more is None:
        return tag("p", _("It can be told once there is a selection.").text(lang))
    step = format_money(board.terms.step)
    if not more.comes_in and not more.makes_way:
        said = _("With {step} yuan more the selection stays as it is.", step=step)
        return tag("p", said.text(lang))
    comma = "、" if lang == "zh" else ", "
    comes = comma.join(board.panel.title(one, lang) for one in more.comes_in)
    lines = [
        _("With {step} yuan more come in: {projects}", step=step, projects=comes).text(lang),
        _("The sum of totals grows by {gained}", gained=f"{more.gained:.2f}").text(lang),
    ]
    if more.makes_way:
        gone = comma.join(board.panel.title(one, lang) for one in more.makes_way)
        lines.insert(1, _("and make way: {projects}", projects=gone).text(lang))
    return tag("ul", *(tag("li", typed(one)) for one in lines), class_="pe-undertaking")
