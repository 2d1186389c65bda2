"""The tables of the payment ledger: entries that are only ever added, and what can stand there only once.

Names still stand in ``people`` alone.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import CheckConstraint, Column, ForeignKey, Integer, String, Table, Text, UniqueConstraint

from poc_eval.workspace.tables import Instant, metadata, refuse

ledger_entries = Table(
    "ledger_entries",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("line_id", String(36), nullable=False),
    Column("number", Integer, nullable=False),
    Column("kind", String(20), nullable=False),
    Column("entry_key", String(120), nullable=False, unique=True),
    Column("content", Text, nullable=False),
    Column("person_id", String(36), ForeignKey("people.id")),
    Column("recorded_by", String(36), ForeignKey("people.id")),
    Column("at", Instant, nullable=False),
    UniqueConstraint("line_id", "number", name="one_entry_a_number"),
    CheckConstraint("number >= 1", name="entries_from_one"),
)
"""``line_id``: the payout that an entry is about; ``number`` counts its entries.

``entry_key``: whoever sends the same entry twice sends the same key.
"""

ledger_holds = Table(
    "ledger_holds",
    metadata,
    Column("kind", String(10), primary_key=True),
    Column("value", Text, primary_key=True),
    Column("entry_id", String(36), ForeignKey("ledger_entries.id"), nullable=False),
    CheckConstraint("kind IN ('matter', 'order')", name="known_hold"),
)
"""What can stand in the ledger once: a unit's payout under a policy for a period, and a payment order.

It goes free when its entry is reversed.
"""

ENTRY_LOGGED: Final = ("line_id", "number", "kind", "entry_key", "content", "person_id")
"""What the log remembers of an entry."""

LEDGER_GUARDS: Final = ("ledger_entries_refuses_rewriting", "ledger_entries_refuses_delete")

refuse(ledger_entries, "UPDATE OF line_id, number, kind, entry_key, content", "rewriting")
refuse(ledger_entries, "DELETE", "delete")
