"""The tables of a workspace's store, in types that every SQL database knows.

Text is kept as typed. Instants are UTC text with microseconds, so that they sort, compare and hash the same
in every database. Hashes and keys are hex.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import (
    DDL,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    event,
)
from sqlalchemy.types import TypeDecorator

if TYPE_CHECKING:
    from sqlalchemy.engine import Dialect

SCHEMA: Final = 4
"""The number of this layout; ``migrations.MIGRATIONS`` leads here from every earlier one."""


class Instant(TypeDecorator[datetime]):
    """A moment in UTC; raises ``ValueError`` for a datetime without a zone."""

    impl = String(27)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        """Return the text that is stored."""
        del dialect  # the spelling is the same everywhere
        return None if value is None else instant_text(value)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:  # noqa: ANN401 the signature of SQLAlchemy
        """Return the moment that was stored."""
        del dialect  # the spelling is the same everywhere
        return None if value is None else datetime.fromisoformat(value)


def instant_text(moment: datetime) -> str:
    """Return ``2026-11-20T07:41:07.000000Z``; raises ``ValueError`` for a datetime without a zone."""
    if moment.tzinfo is None:
        msg = "an instant needs a zone"
        raise ValueError(msg)
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


metadata = MetaData()

meta = Table(
    "meta",
    metadata,
    Column("key", String(40), primary_key=True),
    Column("value", Text, nullable=False),
)
"""``schema``, ``workspace`` (its id) and ``secret`` (the key of the log's hashes)."""

people = Table(
    "people",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("key", String(64), nullable=False),
    Column("created_at", Instant, nullable=False),
)
"""The only place where a name stands. Without ``key`` no hash of the log can be led back to its person."""

projects = Table(
    "projects",
    metadata,
    Column("id", Text, primary_key=True),
    Column("content", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
)

definitions = Table(
    "definitions",
    metadata,
    Column("kind", String(20), primary_key=True),
    Column("id", Text, primary_key=True),
    Column("version", Text, primary_key=True),
    Column("hash", String(64), nullable=False),
    Column("file", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("pinned_at", Instant, nullable=False),
)

reviews = Table(
    "reviews",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("project_id", Text, ForeignKey("projects.id"), nullable=False),
    Column("person_id", String(36), ForeignKey("people.id"), nullable=False),
    Column("rubric_kind", String(20), nullable=False),
    Column("rubric_id", Text, nullable=False),
    Column("rubric_version", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("status", String(10), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("updated_at", Instant, nullable=False),
    Column("submitted_at", Instant),
    Column("amends", String(36), ForeignKey("reviews.id")),
    Column("amendment_reason", Text),
    Column("example", Boolean, nullable=False),
    ForeignKeyConstraint(
        ["rubric_kind", "rubric_id", "rubric_version"],
        ["definitions.kind", "definitions.id", "definitions.version"],
        name="pinned",
    ),
    CheckConstraint("status IN ('draft', 'submitted')", name="known_status"),
    CheckConstraint("(status = 'submitted') = (submitted_at IS NOT NULL)", name="submitted_when"),
    UniqueConstraint("project_id", "person_id", "rubric_id", "rubric_version", "version", name="one_line"),
)

Index(
    "one_draft",
    reviews.c.project_id,
    reviews.c.person_id,
    reviews.c.rubric_id,
    reviews.c.rubric_version,
    unique=True,
    sqlite_where=reviews.c.status == "draft",
    postgresql_where=reviews.c.status == "draft",
)

answers = Table(
    "answers",
    metadata,
    Column("review_id", String(36), ForeignKey("reviews.id"), primary_key=True),
    Column("field", Text, primary_key=True),
    Column("value", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("at", Instant, nullable=False),
)

submissions = Table(
    "submissions",
    metadata,
    Column("review_id", String(36), ForeignKey("reviews.id"), primary_key=True),
    Column("snapshot", Text, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("submitted_at", Instant, nullable=False),
)

log = Table(
    "log",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", String(27), nullable=False),
    Column("actor", String(64), nullable=False),
    Column("assurance", String(20), nullable=False),
    Column("action", String(40), nullable=False),
    Column("subject", Text, nullable=False),
    Column("content", String(64), nullable=False),
    Column("previous", String(64), nullable=False),
    Column("digest", String(64), nullable=False),
)


def refuse(table: Table, change: str, name: str) -> None:
    """Have the table refuse a kind of change from the moment it is made; ``name`` ends the guard's name."""
    rule = DDL(  # type: ignore[no-untyped-call]  # SQLAlchemy left it unannotated
        f"CREATE TRIGGER {table.name}_refuses_{name} BEFORE {change} ON {table.name} "
        f"BEGIN SELECT RAISE(ABORT, '{table.name}: {change} refused'); END"
    )
    event.listen(table, "after_create", rule.execute_if(dialect="sqlite"))


refuse(log, "UPDATE", "update")
refuse(log, "DELETE", "delete")
# A snapshot may go with its person, but it is never rewritten.
refuse(submissions, "UPDATE", "update")
