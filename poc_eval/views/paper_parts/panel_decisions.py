"""The decisions on a panel's projects as they are printed and signed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from poc_eval.i18n import _
from poc_eval.money import format_money
from poc_eval.views.figures import DASH, day
from poc_eval.views.html import join, tag, typed

if TYPE_CHECKING:
    from markupsafe import Markup

    from poc_eval.i18n import Language
    from poc_eval.workspace.paper_records import PaperPage


def sheet(page: PaperPage, lang: Language) -> Markup:
    """Return every decision with amount and reasons, who answers for it, and places to sign."""
    found: Any = page.assessment.result
    if not found.deciding:
        return tag("p", _("Nothing is decided here yet.").text(lang), class_="pe-open")
    first = found.deciding[0]
    head = [
        _("No."),
        _("Project"),
        _("Official total"),
        _("Rank"),
        _("Decision"),
        _("Granted (yuan)"),
        _("Reasons"),
    ]
    rows = []
    for number, one in enumerate(found.deciding, start=1):
        outcome = found.outcomes.get(one.outcome)
        cells = [
            str(number),
            found.titles[one.project_id].text(lang) if one.project_id in found.titles else one.project_id,
            one.figures.get("total", DASH),
            one.figures.get("rank", DASH),
            DASH if outcome is None else outcome.text(lang),
            DASH if one.amount is None else format_money(one.amount),
            one.reasons,
        ]
        numbers = {0, 2, 3, 5}
        rows.append(
            tag(
                "tr",
                *(
                    tag("td", typed(cell), class_="pe-number" if at in numbers else None)
                    for at, cell in enumerate(cells)
                ),
            )
        )
    above = tag("tr", *(tag("th", one.text(lang), scope="col") for one in head))
    table = tag("table", tag("thead", above), tag("tbody", *rows), class_="pe-table pe-ruled")
    said = _(
        "{body}: decided on {day}, answered for by {who}",
        body=first.body or DASH,
        day=DASH if found.decided_on is None else day(found.decided_on, lang),
        who=first.decided_by or DASH,
    )
    places = (_("Who answers for it (signature)"), _("Entered by (signature)"), _("Date"))
    signs = tag("ul", *(tag("li", one.text(lang)) for one in places), class_="pe-signatures pe-members")
    return join([tag("p", typed(said.text(lang))), table, signs])


PARTS: Final = {"sheet": sheet}
