"""The statements that lead a store of schema 3 to schema 4, as they were when schema 4 came.

They stay as they are for good, whatever becomes of the tables later.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import text

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

STATEMENTS: Final = (
    """
    CREATE TABLE ledger_entries (
        id VARCHAR(36) NOT NULL,
        line_id VARCHAR(36) NOT NULL,
        number INTEGER NOT NULL,
        kind VARCHAR(20) NOT NULL,
        entry_key VARCHAR(120) NOT NULL,
        content TEXT NOT NULL,
        person_id VARCHAR(36),
        recorded_by VARCHAR(36),
        at VARCHAR(27) NOT NULL,
        PRIMARY KEY (id),
        CONSTRAINT one_entry_a_number UNIQUE (line_id, number),
        CONSTRAINT entries_from_one CHECK (number >= 1),
        UNIQUE (entry_key),
        FOREIGN KEY(person_id) REFERENCES people (id),
        FOREIGN KEY(recorded_by) REFERENCES people (id)
    )
    """,
    """
    CREATE TABLE ledger_holds (
        kind VARCHAR(10) NOT NULL,
        value TEXT NOT NULL,
        entry_id VARCHAR(36) NOT NULL,
        PRIMARY KEY (kind, value),
        CONSTRAINT known_hold CHECK (kind IN ('matter', 'order')),
        FOREIGN KEY(entry_id) REFERENCES ledger_entries (id)
    )
    """,
    """
    CREATE TRIGGER ledger_entries_refuses_rewriting
    BEFORE UPDATE OF line_id, number, kind, entry_key, content ON ledger_entries
    BEGIN SELECT RAISE(
        ABORT, 'ledger_entries: UPDATE OF line_id, number, kind, entry_key, content refused'
    ); END
    """,
    """
    CREATE TRIGGER ledger_entries_refuses_delete BEFORE DELETE ON ledger_entries
    BEGIN SELECT RAISE(ABORT, 'ledger_entries: DELETE refused'); END
    """,
)


def to_schema_4(connection: Connection) -> None:
    """Add the tables of the payment ledger; what was there stays as it is."""
    for statement in STATEMENTS:
        connection.execute(text(statement))
