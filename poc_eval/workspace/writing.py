"""One transaction that writes, and the log entries that go with it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from poc_eval.workspace import journal
from poc_eval.workspace.people_rows import actor_named, actor_of

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.engine import Connection

    from poc_eval.workspace.journal import Action, Actor
    from poc_eval.workspace.records import LogEntry


@dataclass
class Write:
    """A transaction under way, its moment, and what it has logged."""

    connection: Connection
    at: datetime
    logged: list[LogEntry] = field(default_factory=list)

    def log(self, actor: Actor, action: Action, subject: str, content: object) -> None:
        """Add an entry to the log; it stands or falls with the transaction."""
        deed = journal.Deed(action, subject, content)
        self.logged.append(journal.append(self.connection, self.at, actor, deed))

    def actor(self, name: str | None) -> Actor:
        """Return the person of this name, who is new where nobody has it; the program where there is none."""
        return actor_named(self.connection, name, self.at)

    def actor_for(self, name: str | None, person_id: str) -> Actor:
        """Return the person of this name as somebody who writes about, or for, another person.

        What is written is hashed with the other's key: it is theirs, and goes with them.
        """
        return replace(self.actor(name), key=actor_of(self.connection, person_id).key)
