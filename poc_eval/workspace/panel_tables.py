"""The tables of schema 2: what a panel's secretary keeps beside the reviews.

Names still stand in ``people`` alone. A person who only entered, checked or decided something may be
forgotten and leaves an empty place; what is about a person goes with them.
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

project_history = Table(
    "project_history",
    metadata,
    Column("project_id", Text, ForeignKey("projects.id"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("content", Text, nullable=False),
    Column("replaced_at", Instant, nullable=False),
)
"""What a project said before it was changed, oldest first."""

review_origins = Table(
    "review_origins",
    metadata,
    Column("review_id", String(36), ForeignKey("reviews.id"), primary_key=True),
    Column("kind", String(10), nullable=False),
    Column("entered_by", String(36), ForeignKey("people.id")),
    Column("checked_by", String(36), ForeignKey("people.id")),
    Column("file", Text),
    Column("sha256", String(64)),
    Column("revision", Integer, nullable=False),
    Column("detail", Text, nullable=False),
    Column("at", Instant, nullable=False),
    CheckConstraint("kind IN ('import', 'paper')", name="known_origin"),
)
"""Reviews that did not come from their reviewer's own form, and the revision that they came with."""

panels = Table(
    "panels",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("title", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
)
"""``detail``: when and where it meets, as JSON."""

panel_projects = Table(
    "panel_projects",
    metadata,
    Column("panel_id", String(36), ForeignKey("panels.id"), primary_key=True),
    Column("project_id", Text, ForeignKey("projects.id"), primary_key=True),
    Column("number", Integer, nullable=False),
)

panel_members = Table(
    "panel_members",
    metadata,
    Column("panel_id", String(36), ForeignKey("panels.id"), primary_key=True),
    Column("person_id", String(36), ForeignKey("people.id"), primary_key=True),
    Column("unit", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("field", Text, nullable=False),
    Column("chair", Boolean, nullable=False),
    Column("number", Integer, nullable=False),
)

ties = Table(
    "ties",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("person_id", String(36), ForeignKey("people.id"), nullable=False),
    Column("project_id", Text, ForeignKey("projects.id"), nullable=False),
    Column("kind", String(40), nullable=False),
    Column("note", Text, nullable=False),
    Column("until", String(10)),
    Column("at", Instant, nullable=False),
)
"""What is known to tie an expert to a project; ``until`` is the day on which it ended, if it did."""

step_asides = Table(
    "step_asides",
    metadata,
    Column("panel_id", String(36), ForeignKey("panels.id"), primary_key=True),
    Column("person_id", String(36), ForeignKey("people.id"), primary_key=True),
    Column("project_id", Text, ForeignKey("projects.id"), primary_key=True),
    Column("rule", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("decided_by", String(36), ForeignKey("people.id")),
    Column("at", Instant, nullable=False),
    Column("replaced_by", String(36), ForeignKey("people.id")),
    Column("replaced_at", Instant),
)

scans = Table(
    "scans",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("subject", Text, nullable=False),
    Column("file", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("kind", String(10), nullable=False),
    Column("size", Integer, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("attached_by", String(36), ForeignKey("people.id")),
    Column("at", Instant, nullable=False),
    UniqueConstraint("subject", "sha256", name="once"),
)
"""Files of the workspace that show what a record says; ``subject`` is the record, as in the log."""

paper_scores = Table(
    "paper_scores",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("project_id", Text, ForeignKey("projects.id"), nullable=False),
    Column("person_id", String(36), ForeignKey("people.id"), nullable=False),
    Column("rubric_kind", String(20), nullable=False),
    Column("rubric_id", Text, nullable=False),
    Column("rubric_version", Text, nullable=False),
    Column("status", String(10), nullable=False),
    Column("entered_by", String(36), ForeignKey("people.id")),
    Column("entered_at", Instant, nullable=False),
    Column("entered", Text, nullable=False),
    Column("checked_by", String(36), ForeignKey("people.id")),
    Column("checked_at", Instant),
    Column("checked", Text),
    Column("review_id", String(36), ForeignKey("reviews.id")),
    ForeignKeyConstraint(
        ["rubric_kind", "rubric_id", "rubric_version"],
        ["definitions.kind", "definitions.id", "definitions.version"],
        name="paper_pinned",
    ),
    CheckConstraint("status IN ('entered', 'differs', 'confirmed')", name="known_paper_status"),
    CheckConstraint("status = 'confirmed' OR review_id IS NULL", name="review_when_confirmed"),
)
"""A score sheet on paper as one person typed it (``entered``) and as another did (``checked``)."""

formal_checks = Table(
    "formal_checks",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("project_id", Text, ForeignKey("projects.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("list_kind", String(20), nullable=False),
    Column("list_id", Text, nullable=False),
    Column("list_version", Text, nullable=False),
    Column("content", Text, nullable=False),
    Column("checked_by", String(36), ForeignKey("people.id")),
    Column("at", Instant, nullable=False),
    ForeignKeyConstraint(
        ["list_kind", "list_id", "list_version"],
        ["definitions.kind", "definitions.id", "definitions.version"],
        name="list_pinned",
    ),
    UniqueConstraint("project_id", "number", name="one_round"),
)

decisions = Table(
    "decisions",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("project_id", Text, ForeignKey("projects.id"), nullable=False),
    Column("panel_id", String(36), ForeignKey("panels.id")),
    Column("number", Integer, nullable=False),
    Column("content", Text, nullable=False),
    Column("decided_by", String(36), ForeignKey("people.id")),
    Column("recorded_by", String(36), ForeignKey("people.id")),
    Column("at", Instant, nullable=False),
    UniqueConstraint("project_id", "number", name="one_after_another"),
)
"""A later decision on the same project takes the place of the earlier one; both stay."""

DECISION_LOGGED: Final = ("project_id", "panel_id", "number", "content", "decided_by")
CHECK_LOGGED: Final = ("project_id", "number", "list_kind", "list_id", "list_version", "content")
"""What the log remembers of a row."""

GUARDED: Final = ("project_history", "formal_checks", "decisions")
"""Their content is written once; a correction is a new row."""

for _table in (project_history, formal_checks, decisions):
    refuse(_table, "UPDATE OF content", "rewriting")
