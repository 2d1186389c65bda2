"""The draw that a rubric's rule calls for: who takes part, for how many places, and how to repeat it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from poc_eval.i18n import _
from poc_eval.views.html import join, tag, typed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markupsafe import Markup

    from poc_eval.i18n import Language, Message
    from poc_eval.scoring.lottery import Lots
    from poc_eval.views.panel_board import PanelBoard


def draw(board: PanelBoard, lots: Lots, lang: Language) -> Markup:
    """Return the draw as the page shows it; before a seed is stated, what is needed for one."""
    parts = [tag("p", _basis(lots).text(lang))]
    if lots.accepted:
        known = _names(board, lots.accepted, lang)
        said = _("Supported without a draw: {projects}", projects=known)
        parts.append(tag("p", typed(said.text(lang))))
    if lots.rejected:
        known = _names(board, lots.rejected, lang)
        said = _("Below the line, not in the draw: {projects}", projects=known)
        parts.append(tag("p", typed(said.text(lang))))
    if lots.reason is not None:
        parts.append(tag("p", lots.reason.text(lang), class_="pe-lead"))
    if lots.in_draw:
        said = _(
            "{places} places are drawn for among {count} projects.",
            places=lots.places,
            count=len(lots.in_draw),
        )
        parts.append(tag("p", said.text(lang), class_="pe-lead"))
        parts.append(_table(board, lots, lang))
    if lots.seed is not None and lots.keys:
        how = _(
            "Seed: {seed}. To repeat the draw: take the SHA-256 of the text “seed|project id” (UTF-8) for "
            "each project and put them in order, the smallest first.",
            seed=lots.seed,
        )
        parts.append(tag("p", typed(how.text(lang)), class_="pe-quiet"))
    return join(parts)


def _names(board: PanelBoard, projects: Sequence[str], lang: Language) -> str:
    return ("、" if lang == "zh" else ", ").join(board.title(one, lang) for one in projects)


def _basis(lots: Lots) -> Message:
    if lots.rule.among == "ties":
        return _(
            "The sheet's rule draws among projects of equal rank where {fundable} can be supported.",
            fundable=lots.rule.fundable,
        )
    return _(
        "The sheet's rule draws among projects whose rank is not sure at the line, where {fundable} can be "
        "supported: the inner 50% of their expected rank crosses it.",
        fundable=lots.rule.fundable,
    )


def _table(board: PanelBoard, lots: Lots, lang: Language) -> Markup:
    columns = [
        (_("Order"), "pe-number"),
        (_("Project"), None),
        (_("Project id"), None),
        (_("Key (SHA-256)"), None),
    ]
    columns.append((_("Outcome"), None))
    head = [tag("th", title.text(lang), scope="col", class_=class_) for title, class_ in columns]
    rows = [_row(board, lots, place, lang) for place in range(len(lots.in_draw))]
    table = tag("table", tag("thead", tag("tr", *head)), tag("tbody", *rows), class_="pe-table pe-panel")
    return tag("div", table, class_="pe-scroll", tabindex=0)


def _row(board: PanelBoard, lots: Lots, place: int, lang: Language) -> Markup:
    project = lots.order[place] if lots.order else lots.in_draw[place]
    if not lots.order:
        outcome = tag("td", _("not drawn yet").text(lang), class_="pe-quiet")
    elif project in lots.drawn:
        outcome = tag("td", "✓ " + _("drawn").text(lang), class_="pe-good")
    else:
        outcome = tag("td", "– " + _("not drawn").text(lang))
    return tag(
        "tr",
        tag("td", str(place + 1) if lots.order else "–", class_="pe-number"),
        tag("th", typed(board.title(project, lang)), scope="row"),
        tag("td", typed(project)),
        tag("td", tag("code", lots.keys[project][:16] + "…") if lots.order else "–"),
        outcome,
    )
