"""A whole panel as its secretary writes it down at once: made equal to what is stated, all or nothing."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import delete, update

from poc_eval.workspace import people_rows
from poc_eval.workspace.canonical import canonical_json
from poc_eval.workspace.panel_rows import load_panels
from poc_eval.workspace.panel_tables import panel_members, panel_projects, panels, step_asides, ties
from poc_eval.workspace.project_rows import load_project

if TYPE_CHECKING:
    from datetime import date

    from poc_eval.workspace.records import Member, PanelRecord
    from poc_eval.workspace.writing import Write


@dataclass(frozen=True, slots=True)
class StatedTie:
    """What ties an expert to a project, as it is written down."""

    person: str
    project_id: str
    kind: str
    note: str
    until: date | None = None


@dataclass(frozen=True, slots=True)
class StatedAside:
    """Who steps aside on what, why, and who takes the place."""

    person: str
    project_id: str
    rule: str
    reason: str
    replaced_by: str | None = None


@dataclass(frozen=True, slots=True)
class Composition:
    """A panel as it is to stand in the book; looked at before, here it is only written."""

    title: str
    rubric: str | None
    held_on: date | None
    place: str
    projects: tuple[str, ...]
    members: tuple[Member, ...]
    ties: tuple[StatedTie, ...] = ()
    asides: tuple[StatedAside, ...] = ()


def compose(write: Write, stated: Composition, *, by: str) -> PanelRecord:
    """Make the panel of this title what is stated; what is there as stated keeps its moment and its author.

    Raises ``UnknownIdError`` for a project that is not there.
    """
    connection = write.connection
    for project in stated.projects:
        load_project(connection, project)
    held_on = None if stated.held_on is None else stated.held_on.isoformat()
    detail = {"held_on": held_on, "place": stated.place or None, "rubric": stated.rubric}
    before = next(iter(load_panels(connection, panels.c.title == stated.title)), None)
    text = canonical_json(detail)
    if before is None:
        panel_id = str(uuid.uuid4())
        row = {"id": panel_id, "title": stated.title, "detail": text, "created_at": write.at}
        connection.execute(panels.insert().values(row))
    else:
        panel_id = before.id
        connection.execute(update(panels).where(panels.c.id == panel_id).values(detail=text))
    _write_projects(write, panel_id, stated)
    ids = {name: people_rows.ensure_person(connection, name, write.at) for name in _names(stated)}
    _write_members(write, panel_id, stated, ids)
    _write_asides(write, panel_id, stated, ids, decided=people_rows.ensure_person(connection, by, write.at))
    _write_ties(write, stated, ids)
    said = {
        "title": stated.title,
        "projects": list(stated.projects),
        **detail,
        "members": [ids[one.name] for one in stated.members],
        "asides": [[ids[one.person], one.project_id, one.rule] for one in stated.asides],
    }
    write.log(write.actor(by), "panel", f"panel:{panel_id}", said)
    return load_panels(connection, panels.c.id == panel_id)[0]


def _names(stated: Composition) -> list[str]:
    named = [one.name for one in stated.members]
    named += [one.person for one in stated.ties]
    named += [one.person for one in stated.asides]
    named += [one.replaced_by for one in stated.asides if one.replaced_by]
    return list(dict.fromkeys(named))


def _write_projects(write: Write, panel_id: str, stated: Composition) -> None:
    write.connection.execute(delete(panel_projects).where(panel_projects.c.panel_id == panel_id))
    for number, project in enumerate(stated.projects):
        row = {"panel_id": panel_id, "project_id": project, "number": number}
        write.connection.execute(panel_projects.insert().values(row))


def _write_members(write: Write, panel_id: str, stated: Composition, ids: dict[str, str]) -> None:
    write.connection.execute(delete(panel_members).where(panel_members.c.panel_id == panel_id))
    for number, one in enumerate(stated.members):
        row = {"panel_id": panel_id, "person_id": ids[one.name], "number": number, "unit": one.unit}
        row |= {"title": one.title, "field": one.field, "chair": one.chair}
        write.connection.execute(panel_members.insert().values(row))


def _write_asides(
    write: Write, panel_id: str, stated: Composition, ids: dict[str, str], *, decided: str
) -> None:
    """Write what is new or changed; an entry that stays keeps who decided it and when."""
    own = step_asides.c.panel_id == panel_id
    kept = {
        (row.person_id, row.project_id): row
        for row in write.connection.execute(step_asides.select().where(own))
    }
    wanted = {(ids[one.person], one.project_id): one for one in stated.asides}
    for person, project in kept.keys() - wanted.keys():
        gone = own & (step_asides.c.person_id == person) & (step_asides.c.project_id == project)
        write.connection.execute(delete(step_asides).where(gone))
    for (person, project), one in wanted.items():
        other = ids[one.replaced_by] if one.replaced_by else None
        stays = kept.get((person, project))
        at = None if other is None else write.at
        if stays is not None and stays.replaced_by == other:
            at = stays.replaced_at
        row = {"rule": one.rule, "reason": one.reason, "replaced_by": other, "replaced_at": at}
        if stays is None:
            key = {"panel_id": panel_id, "person_id": person, "project_id": project}
            write.connection.execute(
                step_asides.insert().values(decided_by=decided, at=write.at, **key, **row)
            )
        elif (stays.rule, stays.reason, stays.replaced_by) != (one.rule, one.reason, other):
            same = own & (step_asides.c.person_id == person) & (step_asides.c.project_id == project)
            write.connection.execute(update(step_asides).where(same).values(row))


def _write_ties(write: Write, stated: Composition, ids: dict[str, str]) -> None:
    """Add the ties that are not known yet; what is known of a person stays known."""
    for one in stated.ties:
        day = None if one.until is None else one.until.isoformat()
        row: dict[str, str | None] = {"person_id": ids[one.person], "project_id": one.project_id}
        row |= {"kind": one.kind, "note": one.note, "until": day}
        known = ties.select().where(*(column == row[name] for name, column in ties.c.items() if name in row))
        if write.connection.execute(known).first() is None:
            new = str(uuid.uuid4())
            write.connection.execute(ties.insert().values(id=new, at=write.at, **row))
            write.log(write.actor_for(None, ids[one.person]), "tie", f"tie:{new}", row)
