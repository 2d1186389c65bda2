"""The statements that lead a store of schema 2 to schema 3, as they were when schema 3 came.

They stay as they are for good, whatever becomes of the tables later.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import text

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

STATEMENTS: Final = (
    """
    CREATE TABLE papers (
        id VARCHAR(36) NOT NULL,
        kind VARCHAR(64) NOT NULL,
        title TEXT NOT NULL,
        project_id TEXT,
        opened_by VARCHAR(36),
        version INTEGER NOT NULL,
        status VARCHAR(10) NOT NULL,
        revision INTEGER NOT NULL,
        created_at VARCHAR(27) NOT NULL,
        updated_at VARCHAR(27) NOT NULL,
        concluded_at VARCHAR(27),
        amends VARCHAR(36),
        amendment_reason TEXT,
        example BOOLEAN NOT NULL,
        PRIMARY KEY (id),
        CONSTRAINT known_standing CHECK (status IN ('draft', 'concluded')),
        CONSTRAINT concluded_when CHECK ((status = 'concluded') = (concluded_at IS NOT NULL)),
        CONSTRAINT one_amendment UNIQUE (amends),
        FOREIGN KEY(project_id) REFERENCES projects (id),
        FOREIGN KEY(opened_by) REFERENCES people (id),
        FOREIGN KEY(amends) REFERENCES papers (id)
    )
    """,
    """
    CREATE TABLE paper_definitions (
        paper_id VARCHAR(36) NOT NULL,
        number INTEGER NOT NULL,
        kind VARCHAR(20) NOT NULL,
        id TEXT NOT NULL,
        version TEXT NOT NULL,
        PRIMARY KEY (paper_id, number),
        CONSTRAINT worked_by FOREIGN KEY(kind, id, version) REFERENCES definitions (kind, id, version),
        FOREIGN KEY(paper_id) REFERENCES papers (id)
    )
    """,
    """
    CREATE TABLE paper_fields (
        paper_id VARCHAR(36) NOT NULL,
        field TEXT NOT NULL,
        value TEXT NOT NULL,
        revision INTEGER NOT NULL,
        at VARCHAR(27) NOT NULL,
        PRIMARY KEY (paper_id, field),
        FOREIGN KEY(paper_id) REFERENCES papers (id)
    )
    """,
    """
    CREATE TABLE paper_seals (
        paper_id VARCHAR(36) NOT NULL,
        snapshot TEXT NOT NULL,
        sha256 VARCHAR(64) NOT NULL,
        concluded_at VARCHAR(27) NOT NULL,
        PRIMARY KEY (paper_id),
        FOREIGN KEY(paper_id) REFERENCES papers (id)
    )
    """,
    """
    CREATE TRIGGER paper_seals_refuses_update BEFORE UPDATE ON paper_seals
    BEGIN SELECT RAISE(ABORT, 'paper_seals: UPDATE refused'); END
    """,
)


def to_schema_3(connection: Connection) -> None:
    """Add the tables for working papers; what was there stays as it is."""
    for statement in STATEMENTS:
        connection.execute(text(statement))
