"""How two readings of one score sheet on paper stand beside each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from poc_eval.i18n import _
from poc_eval.views.html import join, tag, typed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from markupsafe import Markup

    from poc_eval.i18n import Language, Message
    from poc_eval.workspace.paper_records import PaperPage

_STATES: Final[Mapping[str, Message]] = {
    "entered": _("Entered once: another person must read the paper and check it."),
    "differs": _("The two readings differ. Look at the paper; whoever misread it amends the own reading."),
    "confirmed": _("Both readings say the same. The review was made and submitted in the expert's name."),
}


def comparison(page: PaperPage, lang: Language) -> Markup:
    """Return the state of the paper, and what the two read differently."""
    found: Any = page.assessment.result
    kept = found.in_book
    if kept is None:
        said = _("The other reading is shown when this one is concluded, so that nobody copies it.")
        return tag("p", said.text(lang), class_="pe-open")
    state = tag("p", _STATES[kept.status].text(lang), class_="pe-lead")
    who = _(
        "Entered by {entered}, checked by {checked}",
        entered=kept.entered_by or "—",
        checked=kept.checked_by or "—",
    )
    parts = [state, tag("p", typed(who.text(lang)))]
    if kept.differences:
        head = [_("Item of the sheet"), _("As entered"), _("As checked")]
        rows = []
        for one in kept.differences:
            title = found.titles.get(one.field)
            cells = [typed(one.field if title is None else title.text(lang)), typed(one.entered)]
            cells.append(typed(one.checked))
            rows.append(tag("tr", *(tag("td", cell) for cell in cells)))
        above = tag("tr", *(tag("th", one.text(lang), scope="col") for one in head))
        parts.append(tag("table", tag("thead", above), tag("tbody", *rows), class_="pe-table pe-ruled"))
    return join(parts)


PARTS: Final = {"comparison": comparison}
