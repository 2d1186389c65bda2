"""The panel's projects under other methods of ranking, and what their order hangs on. None of it decides."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from poc_eval.i18n import _
from poc_eval.views.figures import DASH
from poc_eval.views.html import join, tag, typed
from poc_eval.views.panel_advice import advice_only

if TYPE_CHECKING:
    from collections.abc import Mapping

    from markupsafe import Markup

    from poc_eval.i18n import Language, Message
    from poc_eval.scoring.comparison import Comparison
    from poc_eval.views.panel_board import PanelBoard

TITLES: Final[Mapping[str, Message]] = {
    "weighted_sum": _("Weighted sum"),
    "topsis": _("TOPSIS"),
    "vikor": _("VIKOR"),
    "electre": _("ELECTRE II"),
    "promethee": _("PROMETHEE II"),
}


def methods(board: PanelBoard, lang: Language) -> Markup:
    """Return the ranks under each method, or why there are none."""
    found = board.comparison
    if found is None:
        why = board.why_no_comparison
        return join([advice_only(board, lang), tag("p", "" if why is None else why.text(lang))])
    parts = [advice_only(board, lang), tag("p", _said(board, found).text(lang), class_="pe-lead")]
    parts += [_table(board, found, lang), tag("p", _about(found).text(lang), class_="pe-quiet")]
    if found.turned:
        turned = _(
            "Under TOPSIS {count} pairs of projects change places when another project is entered twice; an "
            "order of that kind should not be relied on.",
            count=found.turned,
        )
        parts.append(tag("p", turned.text(lang), class_="pe-quiet"))
    return join(parts)


def _said(board: PanelBoard, found: Comparison) -> Message:
    official = {one.project: one.official.rank for one in board.result.projects}
    firsts = {int(ranks.argmin()) for ranks in found.ranks.values()}
    first = next((name for name in found.projects if official[name] == 1), None)
    if len(firsts) == 1 and first == found.projects[next(iter(firsts))]:
        return _("Every method puts the same project first as the official result.")
    return _("The methods do not all put the same project first; look at the criteria before the figures.")


def _table(board: PanelBoard, found: Comparison, lang: Language) -> Markup:
    official = {one.project: one.official.rank for one in board.result.projects}
    columns = [_("Official rank"), *TITLES.values(), _("First under uncertain weights")]
    columns.append(_("Without any one criterion"))
    head = [tag("th", title.text(lang), scope="col", class_="pe-number") for title in columns]
    rows = []
    for project in (one.project for one in board.ordered if one.project in found.projects):
        at = found.projects.index(project)
        cells = [str(official[project]), *(str(found.ranks[name][at]) for name in TITLES)]
        cells.append(f"{found.first[at]:.0%}")
        cells.append(_span(found, at))
        shown = [tag("td", cell, class_="pe-number") for cell in cells]
        rows.append(tag("tr", tag("th", typed(board.title(project, lang)), scope="row"), *shown))
    first = tag("th", _("Project").text(lang), scope="col")
    table = tag(
        "table",
        tag("caption", _("Rank of each project under each method").text(lang)),
        tag("thead", tag("tr", first, *head)),
        tag("tbody", *rows),
        class_="pe-table pe-panel",
    )
    return tag("div", table, class_="pe-scroll", tabindex=0)


def _span(found: Comparison, at: int) -> str:
    if found.without is None:
        return DASH
    low, high = found.without[at]
    return str(low) if low == high else f"{low}–{high}"


def _about(found: Comparison) -> Message:
    return _(
        "From the panel's figures of {count} criteria, each with the weight that it has in the total. "
        "Uncertain weights: {draws} draws about those weights.",
        count=len(found.criteria),
        draws=f"{found.draws:,}",
    )
