"""Panels and ties in their tables, read back as records."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import select

from poc_eval.workspace.panel_tables import panel_members, panel_projects, panels, step_asides, ties
from poc_eval.workspace.people_rows import names_of
from poc_eval.workspace.records import Member, PanelRecord, StepAside, Tie
from poc_eval.workspace.tables import people

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy.engine import Connection
    from sqlalchemy.sql import ColumnElement


def load_panels(connection: Connection, *where: ColumnElement[bool]) -> tuple[PanelRecord, ...]:
    """Return the panels that fit all conditions, oldest first, with their members and who stepped aside."""
    rows = connection.execute(select(panels).where(*where).order_by(panels.c.created_at, panels.c.id)).all()
    found = []
    for row in rows:
        detail = json.loads(row.detail)
        found.append(
            PanelRecord(
                id=row.id,
                title=row.title,
                # Written since the books are joined with the scores.
                rubric=detail.get("rubric"),
                projects=_projects(connection, row.id),
                members=_members(connection, row.id),
                step_asides=_step_asides(connection, row.id),
                held_on=None if detail["held_on"] is None else date.fromisoformat(detail["held_on"]),
                place=detail["place"],
                created_at=row.created_at,
            )
        )
    return tuple(found)


def load_member_keys(connection: Connection, panel_ids: Collection[str]) -> dict[str, str]:
    """Return a random id of each member by name; it tells nothing of who they are."""
    rows = connection.execute(
        select(people.c.name, people.c.id)
        .join(panel_members, panel_members.c.person_id == people.c.id)
        .where(panel_members.c.panel_id.in_(panel_ids))
    )
    return {row.name: row.id for row in rows}


def load_ties(connection: Connection) -> tuple[Tie, ...]:
    """Return all ties, oldest first."""
    rows = connection.execute(
        select(ties, people.c.name)
        .join(people, people.c.id == ties.c.person_id)
        .order_by(ties.c.at, ties.c.id)
    )
    return tuple(
        Tie(
            id=row.id,
            person=row.name,
            project_id=row.project_id,
            kind=row.kind,
            note=row.note,
            until=None if row.until is None else date.fromisoformat(row.until),
        )
        for row in rows
    )


def _projects(connection: Connection, panel_id: str) -> tuple[str, ...]:
    found = connection.execute(
        select(panel_projects.c.project_id)
        .where(panel_projects.c.panel_id == panel_id)
        .order_by(panel_projects.c.number)
    )
    return tuple(found.scalars())


def _members(connection: Connection, panel_id: str) -> tuple[Member, ...]:
    rows = connection.execute(
        select(panel_members, people.c.name)
        .join(people, people.c.id == panel_members.c.person_id)
        .where(panel_members.c.panel_id == panel_id)
        .order_by(panel_members.c.number)
    )
    return tuple(Member(row.name, row.unit, row.title, row.field, row.chair) for row in rows)


def _step_asides(connection: Connection, panel_id: str) -> tuple[StepAside, ...]:
    rows = connection.execute(
        select(step_asides, people.c.name)
        .join(people, people.c.id == step_asides.c.person_id)
        .where(step_asides.c.panel_id == panel_id)
        .order_by(step_asides.c.at, people.c.name, step_asides.c.project_id)
    ).all()
    names = names_of(connection, {one for row in rows for one in (row.decided_by, row.replaced_by)})
    return tuple(
        StepAside(
            person=row.name,
            project_id=row.project_id,
            rule=row.rule,
            reason=row.reason,
            decided_by=names.get(row.decided_by),
            at=row.at,
            replaced_by=names.get(row.replaced_by),
            replaced_at=row.replaced_at,
        )
        for row in rows
    )
