"""What the books refuse, told beside the fields of a working paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from poc_eval.errors import InputError
from poc_eval.i18n import _
from poc_eval.workspace.paper_records import PaperNote
from poc_eval.workspace.people_rows import clean_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from poc_eval.errors import PocEvalError


def name_notes(place: str, name: str) -> Iterator[PaperNote]:
    """Yield why a name that was typed is none; nothing where none was typed."""
    try:
        if name:
            clean_name(name)
    except InputError as error:
        yield from fault_notes(error, lambda _place: place)


def fault_notes(error: PocEvalError, place_of: Callable[[str], str]) -> Iterator[PaperNote]:
    """Yield a note for each fault; ``place_of`` turns the fault's place into the name of a field."""
    for fault in error.faults:
        message = _("{what} ({remedy})", what=fault.what, remedy=fault.remedy)
        yield PaperNote(place_of(fault.place or ""), message)
