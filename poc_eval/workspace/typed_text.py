"""What a secretary types into the books: read strictly, every fault at once, by the name of its field."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from poc_eval.errors import Fault, InputError
from poc_eval.hidden import HIDDEN
from poc_eval.i18n import _
from poc_eval.workspace.people_rows import clean_name

if TYPE_CHECKING:
    from poc_eval.i18n import Message

LINE_AT_MOST: Final = 200
TEXT_AT_MOST: Final = 5000


class Typed:
    """Reads one entry field by field; ``done`` raises what was found."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []

    def refuse(self, place: str, what: Message, remedy: Message) -> None:
        """Note that a field does not do."""
        self.faults.append(Fault(what, remedy, place=place))

    def name(self, place: str, text: str) -> str:
        """Return a person's name."""
        try:
            return clean_name(text)
        except InputError as error:
            self.faults += [Fault(fault.what, fault.remedy, place=place) for fault in error.faults]
            return text

    def line(self, place: str, text: str, *, needed: bool = False) -> str:
        """Return a text of one line."""
        clean = " ".join(text.split())
        self._look(place, clean, LINE_AT_MOST, needed=needed)
        return clean

    def words(self, place: str, text: str, *, needed: bool = False) -> str:
        """Return a text of any number of lines."""
        clean = text.strip()
        self._look(place, clean, TEXT_AT_MOST, needed=needed)
        return clean

    def done(self) -> None:
        """Raise ``InputError`` with every fault, if there is one."""
        if self.faults:
            raise InputError(*self.faults)

    def _look(self, place: str, text: str, most: int, *, needed: bool) -> None:
        hidden = HIDDEN.search(text)
        if needed and not text:
            self.refuse(place, _("nothing is written here"), _("fill it in"))
        elif hidden is not None:
            code = f"U+{ord(hidden[0]):04X}"
            self.refuse(place, _("the hidden character {code} stands here", code=code), _("delete it"))
        elif len(text) > most:
            self.refuse(
                place,
                _("this has {count} characters", count=f"{len(text):,}"),
                _("keep it within {limit}", limit=f"{most:,}"),
            )
