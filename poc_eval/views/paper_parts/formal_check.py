"""The form of a formal check (形式审查表) as it is printed and signed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from poc_eval.i18n import Text, _
from poc_eval.views.figures import DASH, date, day
from poc_eval.views.html import join, tag, typed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from markupsafe import Markup

    from poc_eval.i18n import Language, Message
    from poc_eval.workspace.paper_records import PaperPage

_ANSWERS: Final[Mapping[str, Message]] = {
    "yes": _("✓ yes"),
    "no": _("✗ no"),
    "not_applicable": _("not applicable"),
}
_RESULTS: Final[Mapping[str, Text]] = {
    "passed": Text("通过", "Passed"),
    "to_complete": Text("补正后再审", "To be completed"),
    "refused": Text("不通过", "Refused"),
}


def sheet(page: PaperPage, lang: Language) -> Markup:
    """Return the items with their answers and pages, the result with its deadline, and places to sign."""
    found: Any = page.assessment.result
    head = [_("No."), _("Item of the sheet"), _("Answer"), _("Pages"), _("Note")]
    said = None if found.said is None else found.said.items
    rows = []
    for number, item in enumerate(found.checklist.items, start=1):
        one = None if said is None else said[item.id]
        ask = item.ask.text(lang)
        cells = [
            str(number),
            ask if item.required else _("{item} (where it applies)", item=ask).text(lang),
            DASH if one is None else _ANSWERS[one.answer].text(lang),
            "" if one is None else one.pages,
            "" if one is None else one.note,
        ]
        rows.append(tag("tr", *(tag("td", typed(cell)) for cell in cells)))
    table = tag(
        "table",
        tag("caption", found.checklist.title.text(lang)),
        tag("thead", tag("tr", *(tag("th", one.text(lang), scope="col") for one in head))),
        tag("tbody", *rows),
        class_="pe-table pe-ruled",
    )
    return join([table, _result(found, lang), _earlier(page, lang), _signatures(found, lang)])


def _result(found: Any, lang: Language) -> Markup:  # noqa: ANN401 the kind's own result
    said = found.said
    if said is None:
        return tag("p", _("The result is still open.").text(lang), class_="pe-open")
    lines = [_("Result: {result}", result=_RESULTS[said.result])]
    if said.deadline is not None:
        lines.append(_("To be completed by: {day}", day=day(said.deadline, lang)))
    if said.note:
        lines.append(_("Remarks: {note}", note=said.note))
    return join(tag("p", typed(one.text(lang)), class_="pe-lead") for one in lines)


def _earlier(page: PaperPage, lang: Language) -> Markup:
    """Return the rounds that were written down before."""
    found: Any = page.assessment.result
    if not found.earlier:
        return join([])
    items = [
        _(
            "Round {number}: {result}, {day}{deadline}",
            number=one.number,
            result=_RESULTS[one.result],
            day=date(one.at, page.zone, lang),
            deadline=""
            if one.deadline is None
            else _(", to be completed by {day}", day=day(one.deadline, lang)),
        )
        for one in found.earlier
    ]
    heading = tag("p", _("Rounds in the book").text(lang))
    return join([heading, tag("ul", *(tag("li", one.text(lang)) for one in items), class_="pe-undertaking")])


def _signatures(found: Any, lang: Language) -> Markup:  # noqa: ANN401 the kind's own result
    checker = join([_("Examined by (signature)").text(lang), typed(found.checker)], by=" ")
    places = [checker, _("Head of the office (signature)").text(lang), _("Date").text(lang)]
    return tag("ul", *(tag("li", one) for one in places), class_="pe-signatures pe-members")


PARTS: Final = {"sheet": sheet}
