"""The statements that lead a store of schema 1 to schema 2, as they were when schema 2 came.

They stay as they are for good, whatever becomes of the tables later.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import text

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

STATEMENTS: Final = (
    """
    CREATE TABLE project_history (
        project_id TEXT NOT NULL,
        number INTEGER NOT NULL,
        content TEXT NOT NULL,
        replaced_at VARCHAR(27) NOT NULL,
        PRIMARY KEY (project_id, number),
        FOREIGN KEY(project_id) REFERENCES projects (id)
    )
    """,
    """
    CREATE TABLE review_origins (
        review_id VARCHAR(36) NOT NULL,
        kind VARCHAR(10) NOT NULL,
        entered_by VARCHAR(36),
        checked_by VARCHAR(36),
        file TEXT,
        sha256 VARCHAR(64),
        revision INTEGER NOT NULL,
        detail TEXT NOT NULL,
        at VARCHAR(27) NOT NULL,
        PRIMARY KEY (review_id),
        CONSTRAINT known_origin CHECK (kind IN ('import', 'paper')),
        FOREIGN KEY(review_id) REFERENCES reviews (id),
        FOREIGN KEY(entered_by) REFERENCES people (id),
        FOREIGN KEY(checked_by) REFERENCES people (id)
    )
    """,
    """
    CREATE TABLE panels (
        id VARCHAR(36) NOT NULL,
        title TEXT NOT NULL,
        detail TEXT NOT NULL,
        created_at VARCHAR(27) NOT NULL,
        PRIMARY KEY (id)
    )
    """,
    """
    CREATE TABLE panel_projects (
        panel_id VARCHAR(36) NOT NULL,
        project_id TEXT NOT NULL,
        number INTEGER NOT NULL,
        PRIMARY KEY (panel_id, project_id),
        FOREIGN KEY(panel_id) REFERENCES panels (id),
        FOREIGN KEY(project_id) REFERENCES projects (id)
    )
    """,
    """
    CREATE TABLE panel_members (
        panel_id VARCHAR(36) NOT NULL,
        person_id VARCHAR(36) NOT NULL,
        unit TEXT NOT NULL,
        title TEXT NOT NULL,
        field TEXT NOT NULL,
        chair BOOLEAN NOT NULL,
        number INTEGER NOT NULL,
        PRIMARY KEY (panel_id, person_id),
        FOREIGN KEY(panel_id) REFERENCES panels (id),
        FOREIGN KEY(person_id) REFERENCES people (id)
    )
    """,
    """
    CREATE TABLE ties (
        id VARCHAR(36) NOT NULL,
        person_id VARCHAR(36) NOT NULL,
        project_id TEXT NOT NULL,
        kind VARCHAR(40) NOT NULL,
        note TEXT NOT NULL,
        until VARCHAR(10),
        at VARCHAR(27) NOT NULL,
        PRIMARY KEY (id),
        FOREIGN KEY(person_id) REFERENCES people (id),
        FOREIGN KEY(project_id) REFERENCES projects (id)
    )
    """,
    """
    CREATE TABLE step_asides (
        panel_id VARCHAR(36) NOT NULL,
        person_id VARCHAR(36) NOT NULL,
        project_id TEXT NOT NULL,
        rule TEXT NOT NULL,
        reason TEXT NOT NULL,
        decided_by VARCHAR(36),
        at VARCHAR(27) NOT NULL,
        replaced_by VARCHAR(36),
        replaced_at VARCHAR(27),
        PRIMARY KEY (panel_id, person_id, project_id),
        FOREIGN KEY(panel_id) REFERENCES panels (id),
        FOREIGN KEY(person_id) REFERENCES people (id),
        FOREIGN KEY(project_id) REFERENCES projects (id),
        FOREIGN KEY(decided_by) REFERENCES people (id),
        FOREIGN KEY(replaced_by) REFERENCES people (id)
    )
    """,
    """
    CREATE TABLE scans (
        id VARCHAR(36) NOT NULL,
        subject TEXT NOT NULL,
        file TEXT NOT NULL,
        name TEXT NOT NULL,
        kind VARCHAR(10) NOT NULL,
        size INTEGER NOT NULL,
        sha256 VARCHAR(64) NOT NULL,
        attached_by VARCHAR(36),
        at VARCHAR(27) NOT NULL,
        PRIMARY KEY (id),
        CONSTRAINT once UNIQUE (subject, sha256),
        FOREIGN KEY(attached_by) REFERENCES people (id)
    )
    """,
    """
    CREATE TABLE paper_scores (
        id VARCHAR(36) NOT NULL,
        project_id TEXT NOT NULL,
        person_id VARCHAR(36) NOT NULL,
        rubric_kind VARCHAR(20) NOT NULL,
        rubric_id TEXT NOT NULL,
        rubric_version TEXT NOT NULL,
        status VARCHAR(10) NOT NULL,
        entered_by VARCHAR(36),
        entered_at VARCHAR(27) NOT NULL,
        entered TEXT NOT NULL,
        checked_by VARCHAR(36),
        checked_at VARCHAR(27),
        checked TEXT,
        review_id VARCHAR(36),
        PRIMARY KEY (id),
        CONSTRAINT paper_pinned FOREIGN KEY(rubric_kind, rubric_id, rubric_version)
            REFERENCES definitions (kind, id, version),
        CONSTRAINT known_paper_status CHECK (status IN ('entered', 'differs', 'confirmed')),
        CONSTRAINT review_when_confirmed CHECK (status = 'confirmed' OR review_id IS NULL),
        FOREIGN KEY(project_id) REFERENCES projects (id),
        FOREIGN KEY(person_id) REFERENCES people (id),
        FOREIGN KEY(entered_by) REFERENCES people (id),
        FOREIGN KEY(checked_by) REFERENCES people (id),
        FOREIGN KEY(review_id) REFERENCES reviews (id)
    )
    """,
    """
    CREATE TABLE formal_checks (
        id VARCHAR(36) NOT NULL,
        project_id TEXT NOT NULL,
        number INTEGER NOT NULL,
        list_kind VARCHAR(20) NOT NULL,
        list_id TEXT NOT NULL,
        list_version TEXT NOT NULL,
        content TEXT NOT NULL,
        checked_by VARCHAR(36),
        at VARCHAR(27) NOT NULL,
        PRIMARY KEY (id),
        CONSTRAINT list_pinned FOREIGN KEY(list_kind, list_id, list_version)
            REFERENCES definitions (kind, id, version),
        CONSTRAINT one_round UNIQUE (project_id, number),
        FOREIGN KEY(project_id) REFERENCES projects (id),
        FOREIGN KEY(checked_by) REFERENCES people (id)
    )
    """,
    """
    CREATE TABLE decisions (
        id VARCHAR(36) NOT NULL,
        project_id TEXT NOT NULL,
        panel_id VARCHAR(36),
        number INTEGER NOT NULL,
        content TEXT NOT NULL,
        decided_by VARCHAR(36),
        recorded_by VARCHAR(36),
        at VARCHAR(27) NOT NULL,
        PRIMARY KEY (id),
        CONSTRAINT one_after_another UNIQUE (project_id, number),
        FOREIGN KEY(project_id) REFERENCES projects (id),
        FOREIGN KEY(panel_id) REFERENCES panels (id),
        FOREIGN KEY(decided_by) REFERENCES people (id),
        FOREIGN KEY(recorded_by) REFERENCES people (id)
    )
    """,
    """
    CREATE TRIGGER project_history_refuses_rewriting BEFORE UPDATE OF content ON project_history
    BEGIN SELECT RAISE(ABORT, 'project_history: UPDATE OF content refused'); END
    """,
    """
    CREATE TRIGGER formal_checks_refuses_rewriting BEFORE UPDATE OF content ON formal_checks
    BEGIN SELECT RAISE(ABORT, 'formal_checks: UPDATE OF content refused'); END
    """,
    """
    CREATE TRIGGER decisions_refuses_rewriting BEFORE UPDATE OF content ON decisions
    BEGIN SELECT RAISE(ABORT, 'decisions: UPDATE OF content refused'); END
    """,
)


def to_schema_2(connection: Connection) -> None:
    """Add the tables for panels, paper, formal checks and decisions; what was there stays as it is."""
    for statement in STATEMENTS:
        connection.execute(text(statement))
