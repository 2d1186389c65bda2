"""Whether the entries of the payment ledger are those that the log remembers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from poc_eval.i18n import _
from poc_eval.workspace.journal import content_hash
from poc_eval.workspace.ledger_tables import ENTRY_LOGGED, ledger_entries
from poc_eval.workspace.people_rows import actor_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sqlalchemy.engine import Connection

    from poc_eval.i18n import Message


def changed_entries(
    connection: Connection, logged: Mapping[tuple[object, object], object]
) -> Iterator[tuple[str, Message]]:
    """Yield the subject of each entry that is not what was recorded, or is gone, and what is wrong.

    ``logged``: the hash of each content by action and subject.  Where a person of an entry was forgotten,
    nothing is left to compare with.
    """
    left = {subject for action, subject in logged if action == "record"}
    for row in connection.execute(select(ledger_entries)):
        subject = f"ledger:{row.id}"
        left.discard(subject)
        written = {name: getattr(row, name) for name in ENTRY_LOGGED}
        known = row.recorded_by is not None and (row.kind != "signature" or row.person_id is not None)
        entry = logged.get(("record", subject))
        if known and content_hash(actor_of(connection, row.recorded_by), written) != entry:
            yield subject, _("an entry of the payment ledger was changed after it was recorded")
    for subject in sorted(map(str, left)):
        yield subject, _("an entry of the payment ledger is gone")
