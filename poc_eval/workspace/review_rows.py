"""Reviews in their tables: opening, reading, saving, sealing and amending, inside somebody's transaction."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import select, update

from poc_eval.catalog.plain_text import shown
from poc_eval.errors import Fault, InputError, LockedError, StaleRevisionError, UnknownIdError
from poc_eval.i18n import _
from poc_eval.workspace.canonical import canonical_json, sha256
from poc_eval.workspace.field_changes import sort_changes
from poc_eval.workspace.origin_rows import load_origins
from poc_eval.workspace.project_rows import load_project, project_content
from poc_eval.workspace.records import Answer, DefinitionRef, ReviewRecord, Submission
from poc_eval.workspace.tables import answers, definitions, instant_text, people, reviews, submissions

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime
    from typing import Any

    from sqlalchemy.engine import Connection, Row
    from sqlalchemy.sql import ColumnElement

    from poc_eval.workspace.field_changes import Sorted
    from poc_eval.workspace.records import ReviewOrigin
    from poc_eval.workspace.store import Change

REASON_AT_MOST: Final = 2000
"""Characters of the reason for an amendment."""
SNAPSHOT_SCHEMA: Final = 1


def load_reviews(connection: Connection, *where: ColumnElement[bool]) -> tuple[ReviewRecord, ...]:
    """Return the reviews that fit all conditions, on reviews and people, oldest first, with their answers."""
    rows = connection.execute(
        select(reviews, people.c.name, definitions.c.hash)
        .join(people, people.c.id == reviews.c.person_id)
        .join(
            definitions,
            (definitions.c.kind == reviews.c.rubric_kind)
            & (definitions.c.id == reviews.c.rubric_id)
            & (definitions.c.version == reviews.c.rubric_version),
        )
        .where(*where)
        .order_by(reviews.c.created_at, reviews.c.version, reviews.c.id)
    ).all()
    wanted = select(reviews.c.id).join(people, people.c.id == reviews.c.person_id).where(*where)
    answered: dict[str, dict[str, Answer]] = {row.id: {} for row in rows}
    for row in connection.execute(
        select(answers).where(answers.c.review_id.in_(wanted)).order_by(answers.c.review_id, answers.c.field)
    ):
        answered[row.review_id][row.field] = Answer(row.value, row.revision, row.at)
    origins = load_origins(connection, wanted)
    return tuple(_record(row, answered[row.id], origins.get(row.id)) for row in rows)


def load_review(connection: Connection, review_id: str) -> ReviewRecord:
    """Return one review; raises ``UnknownIdError``."""
    found = load_reviews(connection, reviews.c.id == review_id)
    if not found:
        raise UnknownIdError(
            Fault(
                _("there is no review {review} in this workspace", review=shown(review_id)),
                _(
                    "open the project's notebook again from the launcher; "
                    "the review may belong to another workspace"
                ),
            )
        )
    return found[0]


def person_of(connection: Connection, review_id: str) -> str:
    """Return the id of the person whose review this is."""
    return str(connection.execute(select(reviews.c.person_id).where(reviews.c.id == review_id)).scalar_one())


@dataclass(frozen=True, slots=True)
class Line:
    """What all versions of one review have in common."""

    project_id: str
    person_id: str
    rubric: DefinitionRef


def newest_review(connection: Connection, line: Line) -> ReviewRecord | None:
    """Return the newest version of a person's review of a project by a rubric."""
    found = load_reviews(
        connection,
        reviews.c.project_id == line.project_id,
        reviews.c.person_id == line.person_id,
        reviews.c.rubric_id == line.rubric.id,
        reviews.c.rubric_version == line.rubric.version,
    )
    return max(found, key=lambda review: review.version, default=None)


def insert_review(connection: Connection, line: Line, at: datetime, *, example: bool) -> str:
    """Open a first, empty draft; return its id."""
    new = str(uuid.uuid4())
    connection.execute(
        reviews.insert().values(
            id=new,
            project_id=line.project_id,
            person_id=line.person_id,
            rubric_kind="rubric",
            rubric_id=line.rubric.id,
            rubric_version=line.rubric.version,
            version=1,
            status="draft",
            revision=0,
            created_at=at,
            updated_at=at,
            example=example,
        )
    )
    return new


def write_changes(
    connection: Connection, review: ReviewRecord, changes: Sequence[Change], at: datetime
) -> Sorted:
    """Sort the changes out and write what can be written; of several of one field the last one counts.

    Raises ``LockedError`` where a submitted review would change.
    """
    revision = review.revision + 1
    locked = None if review.status == "draft" else _locked(review)
    became = sort_changes(review.answers, changes, revision, locked)
    for change in became.written:
        row = {"value": change.value, "revision": revision, "at": at}
        _put(connection, review, change.field, row)
    if became.written:
        values = {"revision": revision, "updated_at": at}
        connection.execute(update(reviews).where(reviews.c.id == review.id).values(values))
    return became


def seal(
    connection: Connection, review: ReviewRecord, revision: int, outcome: Mapping[str, object], at: datetime
) -> Submission:
    """Write the sealed text and lock the review; raises ``StaleRevisionError``."""
    if review.revision != revision:
        raise StaleRevisionError(
            Fault(
                _("this review was changed somewhere else after you last saw it; it was not submitted"),
                _("look through the form once more, then submit again"),
            )
        )
    snapshot = canonical_json(
        {
            "schema": SNAPSHOT_SCHEMA,
            "review": {
                "id": review.id,
                "version": review.version,
                "amends": review.amends,
                "amendment_reason": review.amendment_reason,
                # The person's id, not the name: the sealed text need not change when a name is deleted.
                "person": person_of(connection, review.id),
                "revision": review.revision,
                "example": review.example,
                "created_at": instant_text(review.created_at),
                "submitted_at": instant_text(at),
            },
            "project": project_content(load_project(connection, review.project_id)),
            "rubric": {"id": review.rubric.id, "version": review.rubric.version, "hash": review.rubric.hash},
            "answers": review.values(),
            "outcome": dict(outcome),
        }
    )
    submission = Submission(review.id, snapshot, sha256(snapshot), at)
    connection.execute(
        submissions.insert().values(
            review_id=review.id, snapshot=snapshot, sha256=submission.sha256, submitted_at=at
        )
    )
    values = {"status": "submitted", "submitted_at": at, "updated_at": at}
    connection.execute(update(reviews).where(reviews.c.id == review.id).values(values))
    return submission


def refuse_other_submission(review: ReviewRecord, revision: int) -> None:
    """Raise ``LockedError`` unless the review was submitted as it stood at ``revision``."""
    if review.revision != revision:
        raise LockedError(_locked(review))


def load_submission(connection: Connection, review_id: str) -> Submission | None:
    """Return the sealed text of a review, if it was sealed."""
    row = connection.execute(select(submissions).where(submissions.c.review_id == review_id)).first()
    return None if row is None else Submission(row.review_id, row.snapshot, row.sha256, row.submitted_at)


def newer_version(connection: Connection, review_id: str) -> ReviewRecord | None:
    """Return the amendment of this review, if there is one."""
    found = load_reviews(connection, reviews.c.amends == review_id)
    return found[0] if found else None


def insert_amendment(connection: Connection, review: ReviewRecord, reason: str, at: datetime) -> str:
    """Open the next version with the same answers; return its id."""
    new = str(uuid.uuid4())
    old = connection.execute(select(reviews).where(reviews.c.id == review.id)).one()._asdict()
    changed = {
        "id": new,
        "version": review.version + 1,
        "status": "draft",
        "revision": 1,
        "created_at": at,
        "updated_at": at,
        "submitted_at": None,
        "amends": review.id,
        "amendment_reason": reason,
    }
    connection.execute(reviews.insert().values(old | changed))
    copies = [
        {"review_id": new, "field": name, "value": answer.value, "revision": 1, "at": at}
        for name, answer in review.answers.items()
    ]
    if copies:
        connection.execute(answers.insert(), copies)
    return new


def clean_reason(reason: str) -> str:
    """Return the reason without outer spaces; raises ``InputError`` where there is none or far too much."""
    shown = reason.strip()
    if 0 < len(shown) <= REASON_AT_MOST:
        return shown
    raise InputError(
        Fault(
            _("an amendment needs its reason"),
            _("say in 1 to {most} characters what is amended and why", most=REASON_AT_MOST),
            place="reason",
        )
    )


def refuse_amendment(review: ReviewRecord, newer: ReviewRecord | None) -> None:
    """Raise ``LockedError`` unless this is the newest submitted version."""
    if review.status == "draft":
        raise LockedError(
            Fault(
                _("this review is not submitted yet, so there is nothing to amend"),
                _("change it as it is, then submit it"),
            )
        )
    if newer is not None:
        raise LockedError(
            Fault(
                _("this review was amended already: version {version} follows it", version=newer.version),
                _("open the newest version, {review}", review=newer.id),
            )
        )


def _locked(review: ReviewRecord) -> Fault:
    return Fault(
        _("this review was submitted and is locked; nothing in it was changed"),
        _("to correct it, choose Amend and give the reason: version {next} begins", next=review.version + 1),
    )


def _put(connection: Connection, review: ReviewRecord, name: str, row: Mapping[str, object]) -> None:
    if name in review.answers:
        own = (answers.c.review_id == review.id) & (answers.c.field == name)
        connection.execute(update(answers).where(own).values(row))
    else:
        connection.execute(answers.insert().values(review_id=review.id, field=name, **row))


def _record(row: Row[Any], answered: Mapping[str, Answer], origin: ReviewOrigin | None) -> ReviewRecord:
    return ReviewRecord(
        id=row.id,
        project_id=row.project_id,
        reviewer=row.name,
        rubric=DefinitionRef(row.rubric_id, row.rubric_version, row.hash),
        version=row.version,
        status=row.status,
        revision=row.revision,
        created_at=row.created_at,
        updated_at=row.updated_at,
        submitted_at=row.submitted_at,
        amends=row.amends,
        amendment_reason=row.amendment_reason,
        example=row.example,
        answers=answered,
        origin=origin,
    )
