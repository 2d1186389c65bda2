"""What becomes of the changes to a record that is kept field by field: a review, a working paper."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from poc_eval.errors import LockedError
from poc_eval.workspace.store import Conflict, SavedField

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from poc_eval.errors import Fault
    from poc_eval.workspace.records import Answer
    from poc_eval.workspace.store import Change


@dataclass(slots=True)
class Sorted:
    """What becomes of each change of a set; ``written`` are the acknowledged ones that are new."""

    saved: list[SavedField] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    written: list[Change] = field(default_factory=list)


def sort_changes(
    stored: Mapping[str, Answer], changes: Sequence[Change], revision: int, locked: Fault | None
) -> Sorted:
    """Sort the changes out against what is stored; of several of one field the last one counts.

    A change conflicts where the stored field is newer than its ``base`` and says something else. ``revision``
    is the one that is written now. Raises ``LockedError`` with ``locked`` where a locked record would change.
    """
    became = Sorted()
    for change in {change.field: change for change in changes}.values():
        there = stored.get(change.field)
        if change.value == ("" if there is None else there.value):
            became.saved.append(SavedField(change.field, 0 if there is None else there.revision))
        elif locked is not None:
            raise LockedError(locked)
        elif there is not None and there.revision > change.base:
            became.conflicts.append(
                Conflict(change.field, change.value, there.value, there.revision, there.at)
            )
        else:
            became.saved.append(SavedField(change.field, revision))
            became.written.append(change)
    return became
