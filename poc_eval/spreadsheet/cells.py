"""Cells that become parts of records: no hidden characters, one line where one is meant, not too long."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from poc_eval.errors import Fault
from poc_eval.hidden import HIDDEN
from poc_eval.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST_NAME: Final = 200
"""Characters of an id or of a person's name."""
LONGEST_WORDS: Final = 20_000
"""Characters of a text; more cannot be saved in one field."""


def cell_faults(text: str, *, name: str, line: int, place: str, one_line: bool) -> Iterator[Fault]:
    """Yield why a cell cannot be kept as it is; ``one_line`` for ids and names."""
    hidden = HIDDEN.search(text)
    if hidden is not None:
        yield Fault(
            _("the hidden character {code} stands here", code=f"U+{ord(hidden[0]):04X}"),
            _("delete it"),
            file=name,
            line=line,
            place=place,
        )
    if one_line and (len(text.splitlines()) > 1 or "\t" in text):
        yield Fault(
            _("there is a line break or a tab in this cell"),
            _("write it on one line"),
            file=name,
            line=line,
            place=place,
        )
    most = LONGEST_NAME if one_line else LONGEST_WORDS
    if len(text) > most:
        yield Fault(
            _("this cell has {count} characters", count=f"{len(text):,}"),
            _("keep it within {limit}", limit=f"{most:,}"),
            file=name,
            line=line,
            place=place,
        )
