"""The tables of schema 3: working papers (工作底稿), field by field as the answers of a review.

A working paper belongs to the office that keeps it. Whoever opened it may be forgotten and leaves an empty
place.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from poc_eval.workspace.tables import Instant, metadata, refuse

papers = Table(
    "papers",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("kind", String(64), nullable=False),
    Column("title", Text, nullable=False),
    Column("project_id", Text, ForeignKey("projects.id")),
    Column("opened_by", String(36), ForeignKey("people.id")),
    Column("version", Integer, nullable=False),
    Column("status", String(10), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("updated_at", Instant, nullable=False),
    Column("concluded_at", Instant),
    Column("amends", String(36), ForeignKey("papers.id")),
    Column("amendment_reason", Text),
    Column("example", Boolean, nullable=False),
    CheckConstraint("status IN ('draft', 'concluded')", name="known_standing"),
    CheckConstraint("(status = 'concluded') = (concluded_at IS NOT NULL)", name="concluded_when"),
    UniqueConstraint("amends", name="one_amendment"),
)

paper_definitions = Table(
    "paper_definitions",
    metadata,
    Column("paper_id", String(36), ForeignKey("papers.id"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("kind", String(20), nullable=False),
    Column("id", Text, nullable=False),
    Column("version", Text, nullable=False),
    ForeignKeyConstraint(
        ["kind", "id", "version"],
        ["definitions.kind", "definitions.id", "definitions.version"],
        name="worked_by",
    ),
)
"""The pinned definitions that a paper is worked by, in their order."""

paper_fields = Table(
    "paper_fields",
    metadata,
    Column("paper_id", String(36), ForeignKey("papers.id"), primary_key=True),
    Column("field", Text, primary_key=True),
    Column("value", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("at", Instant, nullable=False),
)

paper_seals = Table(
    "paper_seals",
    metadata,
    Column("paper_id", String(36), ForeignKey("papers.id"), primary_key=True),
    Column("snapshot", Text, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("concluded_at", Instant, nullable=False),
)

refuse(paper_seals, "UPDATE", "update")

PAPER_GUARDS: Final = frozenset({"paper_seals_refuses_update"})
"""The triggers that schema 3 added."""
