"""The experts of a panel as lists: who they are, where they step aside, and where they sign in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from poc_eval.i18n import Text, _
from poc_eval.views.figures import day
from poc_eval.views.html import join, tag, typed
from poc_eval.workspace.panel_records import BOOK_OF_MEMBERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from markupsafe import Markup

    from poc_eval.i18n import Language, Message, Translatable
    from poc_eval.workspace.panel_records import Roster, Seat

BLANK = "________"
"""What only people know, to be written by hand."""


def called(roster: Roster, seat: Seat) -> Translatable:
    """Return how an expert is called on this page: by name, or by a letter that is local to it."""
    return Text(seat.who, seat.who) if roster.named else _("Expert {letter}", letter=seat.who)


def comma(lang: Language) -> str:
    """Return what stands between the parts of a list."""
    return "、" if lang == "zh" else ", "


def experts_list(roster: Roster, lang: Language) -> Markup:
    """Return the list of experts (评审专家名单); without names it has letters and nothing else of them."""
    head = [_("No."), _("Name"), _("Unit"), _("Professional title"), _("Field"), _("Remark")]
    rows = [
        [
            str(place),
            called(roster, one).text(lang),
            one.unit,
            one.title,
            one.field,
            "；".join(remarks(roster, one, lang)) if lang == "zh" else "; ".join(remarks(roster, one, lang)),
        ]
        for place, one in enumerate(roster.seats, start=1)
    ]
    return ruled(head, rows, lang, numbers=frozenset({0}), class_="pe-people")


def sign_in_sheet(roster: Roster, lang: Language) -> Markup:
    """Return the sign-in sheet (签到表); without names the rows are empty, for people to write in."""
    head = [_("No."), _("Name"), _("Unit"), _("Professional title"), _("Signature"), _("Time")]
    rows = [
        [str(place), one.who if roster.named else "", one.unit, one.title, "", ""]
        for place, one in enumerate(roster.seats, start=1)
    ]
    title, at, place = _meeting(roster, lang)
    line = _("Meeting: {title} Date: {day} Place: {place}", title=title, day=at, place=place)
    return join(
        [
            tag("p", typed(line.text(lang))),
            ruled(head, rows, lang, numbers=frozenset({0}), class_="pe-people pe-tall"),
        ]
    )


def remarks(roster: Roster, seat: Seat, lang: Language) -> list[str]:
    """Return what stands beside an expert: chair, stepping aside, standing in, not on the panel's list."""
    said: list[Message] = []
    if seat.chair:
        said.append(_("chair"))
    if seat.aside:
        said.append(_("steps aside: {projects}", projects=titles(roster, seat.aside, lang)))
    if seat.stands_in:
        said.append(_("stands in: {projects}", projects=titles(roster, seat.stands_in, lang)))
    if roster.meetings and not seat.listed:
        said.append(_("not on the list of the panel's members"))
    return [one.text(lang) for one in said]


def titles(roster: Roster, projects: Iterable[str], lang: Language) -> str:
    """Return what projects are called, one after the other."""
    known = {one.id: one.title.text(lang) for one in roster.projects}
    return comma(lang).join(known.get(one, one) for one in projects)


def ruled(
    head: Sequence[Message],
    rows: Iterable[Sequence[str | Markup]],
    lang: Language,
    *,
    numbers: frozenset[int] = frozenset(),
    class_: str = "",
) -> Markup:
    """Return a table with ruled cells, for print."""
    above = [
        tag("th", one.text(lang), scope="col", class_="pe-number" if at in numbers else None)
        for at, one in enumerate(head)
    ]
    body = [
        tag(
            "tr",
            *(
                tag("td", typed(cell), class_="pe-number" if at in numbers else None)
                for at, cell in enumerate(row)
            ),
        )
        for row in rows
    ]
    return tag(
        "table",
        tag("thead", tag("tr", *above)),
        tag("tbody", *body),
        class_=f"pe-table pe-ruled {class_}".rstrip(),
    )


def held(roster: Roster, lang: Language) -> tuple[str, str]:
    """Return day and place of the meeting, as blanks where nobody stated them or there are several."""
    _title, at, place = _meeting(roster, lang)
    return at, place


def chair_of(roster: Roster) -> str:
    """Return the chair's name, or a blank."""
    return next((one.who for one in roster.seats if one.chair), BLANK)


def _meeting(roster: Roster, lang: Language) -> tuple[str, str, str]:
    if len(roster.meetings) != 1:
        return BLANK, BLANK, BLANK
    (one,) = roster.meetings
    title = BLANK if one.title in {BOOK_OF_MEMBERS.zh, BOOK_OF_MEMBERS.en} else one.title
    return title, BLANK if one.held_on is None else day(one.held_on, lang), one.place or BLANK
