"""Where reviews came from that were not filled in by their reviewer in a form."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlalchemy import delete, select

from poc_eval.workspace.canonical import canonical_json
from poc_eval.workspace.panel_tables import review_origins
from poc_eval.workspace.people_rows import ensure_person, names_of
from poc_eval.workspace.records import ReviewOrigin

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any, Literal

    from sqlalchemy.engine import Connection
    from sqlalchemy.sql import Select

    from poc_eval.workspace.writing import Write


@dataclass(frozen=True, slots=True)
class Provenance:
    """Who brings reviews in for others, and from what."""

    kind: Literal["import", "paper"]
    entered_by: str | None
    checked_by: str | None = None
    file: str | None = None
    sha256: str | None = None
    detail: Mapping[str, Any] = field(default_factory=dict)


def put_origin(write: Write, review_id: str, revision: int, came: Provenance) -> None:
    """Note where a review came from, as it stands at ``revision``."""
    entered, checked = (
        None if name is None else ensure_person(write.connection, name, write.at)
        for name in (came.entered_by, came.checked_by)
    )
    write.connection.execute(delete(review_origins).where(review_origins.c.review_id == review_id))
    write.connection.execute(
        review_origins.insert().values(
            review_id=review_id,
            kind=came.kind,
            entered_by=entered,
            checked_by=checked,
            file=came.file,
            sha256=came.sha256,
            revision=revision,
            detail=canonical_json(dict(came.detail)),
            at=write.at,
        )
    )


def load_origins(connection: Connection, wanted: Select[tuple[str]]) -> dict[str, ReviewOrigin]:
    """Return the origins of the reviews whose ids ``wanted`` selects."""
    rows = connection.execute(select(review_origins).where(review_origins.c.review_id.in_(wanted))).all()
    if not rows:
        return {}
    names = names_of(connection, {one for row in rows for one in (row.entered_by, row.checked_by)})
    return {
        row.review_id: ReviewOrigin(
            kind=row.kind,
            entered_by=names.get(row.entered_by),
            checked_by=names.get(row.checked_by),
            file=row.file,
            sha256=row.sha256,
            revision=row.revision,
            detail=json.loads(row.detail),
            at=row.at,
        )
        for row in rows
    }
