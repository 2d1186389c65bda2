"""Working papers in their tables: opening, reading, writing, sealing and amending them."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select, update

from poc_eval.catalog.plain_text import shown
from poc_eval.errors import Fault, LockedError, StaleRevisionError, UnknownIdError
from poc_eval.i18n import _
from poc_eval.workspace.canonical import canonical_json, sha256
from poc_eval.workspace.field_changes import sort_changes
from poc_eval.workspace.paper_records import PaperRecord, PaperSeal, WorkedBy
from poc_eval.workspace.paper_tables import paper_definitions, paper_fields, paper_seals, papers
from poc_eval.workspace.project_rows import load_project, project_content
from poc_eval.workspace.records import Answer, DefinitionRef
from poc_eval.workspace.tables import definitions, instant_text, people

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from sqlalchemy.engine import Connection, Row
    from sqlalchemy.sql import ColumnElement, Select

    from poc_eval.workspace.field_changes import Sorted
    from poc_eval.workspace.store import Change

SNAPSHOT_SCHEMA: Final = 1


@dataclass(frozen=True, slots=True)
class NewPaper:
    """What a paper is opened with; kind, title and project are the same in all its versions."""

    kind: str
    title: str
    project_id: str | None
    definitions: tuple[WorkedBy, ...] = ()
    example: bool = False


def load_papers(connection: Connection, *where: ColumnElement[bool]) -> tuple[PaperRecord, ...]:
    """Return the papers that fit all conditions on ``papers``, oldest first, with their fields."""
    rows = connection.execute(
        select(papers, people.c.name)
        .join(people, people.c.id == papers.c.opened_by, isouter=True)
        .where(*where)
        .order_by(papers.c.created_at, papers.c.version, papers.c.id)
    ).all()
    wanted = select(papers.c.id).where(*where)
    filled: dict[str, dict[str, Answer]] = {row.id: {} for row in rows}
    for row in connection.execute(
        select(paper_fields)
        .where(paper_fields.c.paper_id.in_(wanted))
        .order_by(paper_fields.c.paper_id, paper_fields.c.field)
    ):
        filled[row.paper_id][row.field] = Answer(row.value, row.revision, row.at)
    worked_by = _worked_by(connection, wanted)
    return tuple(_record(row, filled[row.id], worked_by.get(row.id, ())) for row in rows)


def load_paper(connection: Connection, paper_id: str) -> PaperRecord:
    """Return one paper; raises ``UnknownIdError``."""
    found = load_papers(connection, papers.c.id == paper_id)
    if not found:
        raise UnknownIdError(
            Fault(
                _("there is no working paper {paper} in this workspace", paper=shown(paper_id)),
                _("open its notebook again from the launcher; the paper may belong to another workspace"),
            )
        )
    return found[0]


def newest_paper(connection: Connection, new: NewPaper) -> PaperRecord | None:
    """Return the newest version of the paper of this kind and title on this project."""
    found = load_papers(
        connection,
        papers.c.kind == new.kind,
        papers.c.title == new.title,
        papers.c.project_id.is_(None) if new.project_id is None else papers.c.project_id == new.project_id,
    )
    return max(found, key=lambda paper: paper.version, default=None)


def insert_paper(connection: Connection, new: NewPaper, person: str | None, at: datetime) -> str:
    """Open a first, empty draft; return its id."""
    made = str(uuid.uuid4())
    connection.execute(
        papers.insert().values(
            id=made,
            kind=new.kind,
            title=new.title,
            project_id=new.project_id,
            opened_by=person,
            version=1,
            status="draft",
            revision=0,
            created_at=at,
            updated_at=at,
            example=new.example,
        )
    )
    for number, one in enumerate(new.definitions):
        connection.execute(
            paper_definitions.insert().values(
                paper_id=made, number=number, kind=one.kind, id=one.ref.id, version=one.ref.version
            )
        )
    return made


def author_of(connection: Connection, paper_id: str) -> str | None:
    """Return the id of the person who opened a paper; None after they were forgotten."""
    found = connection.execute(select(papers.c.opened_by).where(papers.c.id == paper_id)).scalar_one()
    return None if found is None else str(found)


def write_fields(
    connection: Connection, paper: PaperRecord, changes: Sequence[Change], at: datetime
) -> Sorted:
    """Sort the changes out and write what can be written; raises ``LockedError`` for a concluded paper."""
    revision = paper.revision + 1
    locked = None if paper.status == "draft" else _locked(paper)
    became = sort_changes(paper.fields, changes, revision, locked)
    for change in became.written:
        row = {"value": change.value, "revision": revision, "at": at}
        if change.field in paper.fields:
            own = (paper_fields.c.paper_id == paper.id) & (paper_fields.c.field == change.field)
            connection.execute(update(paper_fields).where(own).values(row))
        else:
            connection.execute(paper_fields.insert().values(paper_id=paper.id, field=change.field, **row))
    if became.written:
        values = {"revision": revision, "updated_at": at}
        connection.execute(update(papers).where(papers.c.id == paper.id).values(values))
    return became


def seal_paper(
    connection: Connection, paper: PaperRecord, outcome: Mapping[str, object], at: datetime
) -> PaperSeal:
    """Write the sealed text and lock the paper."""
    project = None if paper.project_id is None else load_project(connection, paper.project_id)
    snapshot = canonical_json(
        {
            "schema": SNAPSHOT_SCHEMA,
            "paper": {
                "id": paper.id,
                "kind": paper.kind,
                "title": paper.title,
                "version": paper.version,
                "amends": paper.amends,
                "amendment_reason": paper.amendment_reason,
                # The person's id, not the name: the sealed text need not change when a name is deleted.
                "person": author_of(connection, paper.id),
                "revision": paper.revision,
                "example": paper.example,
                "created_at": instant_text(paper.created_at),
                "concluded_at": instant_text(at),
            },
            "project": None if project is None else project_content(project),
            "definitions": [
                {"kind": one.kind, "id": one.ref.id, "version": one.ref.version, "hash": one.ref.hash}
                for one in paper.definitions
            ],
            "fields": paper.values(),
            "outcome": dict(outcome),
        }
    )
    seal = PaperSeal(paper.id, snapshot, sha256(snapshot), at)
    connection.execute(
        paper_seals.insert().values(paper_id=paper.id, snapshot=snapshot, sha256=seal.sha256, concluded_at=at)
    )
    values = {"status": "concluded", "concluded_at": at, "updated_at": at}
    connection.execute(update(papers).where(papers.c.id == paper.id).values(values))
    return seal


def load_seal(connection: Connection, paper_id: str) -> PaperSeal | None:
    """Return the sealed text of a paper; None while it is a draft."""
    row = connection.execute(select(paper_seals).where(paper_seals.c.paper_id == paper_id)).first()
    return None if row is None else PaperSeal(row.paper_id, row.snapshot, row.sha256, row.concluded_at)


def newer_paper(connection: Connection, paper_id: str) -> PaperRecord | None:
    """Return the amendment of this paper, if there is one."""
    found = load_papers(connection, papers.c.amends == paper_id)
    return found[0] if found else None


def insert_paper_amendment(connection: Connection, paper: PaperRecord, reason: str, at: datetime) -> str:
    """Open the next version with the same fields and definitions; return its id."""
    new = str(uuid.uuid4())
    old = connection.execute(select(papers).where(papers.c.id == paper.id)).one()._asdict()
    changed = {
        "id": new,
        "version": paper.version + 1,
        "status": "draft",
        "revision": 1,
        "created_at": at,
        "updated_at": at,
        "concluded_at": None,
        "amends": paper.id,
        "amendment_reason": reason,
    }
    connection.execute(papers.insert().values(old | changed))
    named = select(paper_definitions).where(paper_definitions.c.paper_id == paper.id)
    for row in connection.execute(named).all():
        connection.execute(paper_definitions.insert().values(row._asdict() | {"paper_id": new}))
    copies = [
        {"paper_id": new, "field": name, "value": answer.value, "revision": 1, "at": at}
        for name, answer in paper.fields.items()
    ]
    if copies:
        connection.execute(paper_fields.insert(), copies)
    return new


def refuse_stale(paper: PaperRecord, revision: int) -> None:
    """Raise ``StaleRevisionError``, or ``LockedError`` once concluded, unless it stands at ``revision``."""
    if paper.revision == revision:
        return
    if paper.status == "concluded":
        raise LockedError(_locked(paper))
    raise StaleRevisionError(
        Fault(
            _("this working paper was changed somewhere else after you last saw it; it was not concluded"),
            _("look through it once more, then conclude it again"),
        )
    )


def refuse_paper_amendment(paper: PaperRecord, newer: PaperRecord | None) -> None:
    """Raise ``LockedError`` unless this is the newest concluded version."""
    if paper.status == "draft":
        raise LockedError(
            Fault(
                _("this working paper is not concluded yet, so there is nothing to amend"),
                _("change it as it is, then conclude it"),
            )
        )
    if newer is not None:
        raise LockedError(
            Fault(
                _(
                    "this working paper was amended already: version {version} follows it",
                    version=newer.version,
                ),
                _("open the newest version, {review}", review=newer.id),
            )
        )


def _locked(paper: PaperRecord) -> Fault:
    return Fault(
        _("this working paper was concluded and is locked; nothing in it was changed"),
        _("to correct it, choose Amend and give the reason: version {next} begins", next=paper.version + 1),
    )


def _worked_by(connection: Connection, wanted: Select[tuple[str]]) -> dict[str, tuple[WorkedBy, ...]]:
    found: dict[str, tuple[WorkedBy, ...]] = {}
    rows = connection.execute(
        select(paper_definitions, definitions.c.hash)
        .join(
            definitions,
            (definitions.c.kind == paper_definitions.c.kind)
            & (definitions.c.id == paper_definitions.c.id)
            & (definitions.c.version == paper_definitions.c.version),
        )
        .where(paper_definitions.c.paper_id.in_(wanted))
        .order_by(paper_definitions.c.paper_id, paper_definitions.c.number)
    )
    for row in rows:
        one = WorkedBy(row.kind, DefinitionRef(row.id, row.version, row.hash))
        found[row.paper_id] = (*found.get(row.paper_id, ()), one)
    return found


def _record(row: Row[Any], filled: Mapping[str, Answer], worked_by: tuple[WorkedBy, ...]) -> PaperRecord:
    return PaperRecord(
        id=row.id,
        kind=row.kind,
        title=row.title,
        project_id=row.project_id,
        author=row.name,
        definitions=worked_by,
        version=row.version,
        status=row.status,
        revision=row.revision,
        created_at=row.created_at,
        updated_at=row.updated_at,
        concluded_at=row.concluded_at,
        amends=row.amends,
        amendment_reason=row.amendment_reason,
        example=row.example,
        fields=filled,
    )
