"""Reviews from a panel's table into the workspace, each under its reviewer's name and marked as imported."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING, Literal

from poc_eval.errors import Fault, InputError
from poc_eval.i18n import _
from poc_eval.scoring.review import evaluate
from poc_eval.workspace import people_rows
from poc_eval.workspace.bringing import bring_in
from poc_eval.workspace.origin_rows import Provenance
from poc_eval.workspace.project_rows import load_project
from poc_eval.workspace.review_rows import Line, newest_review

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from poc_eval.i18n import Message
    from poc_eval.scoring.rubric import Rubric
    from poc_eval.spreadsheet.ballot_answers import ImportedReview
    from poc_eval.spreadsheet.importing_scores import ScoreTable
    from poc_eval.workspace.records import DefinitionRef, ReviewRecord
    from poc_eval.workspace.store import Ledger

Becomes = Literal["submitted", "draft", "same"]


@dataclass(frozen=True, slots=True)
class ReviewOutcome:
    """What becomes of one review of the table; ``draft`` where scores are missing."""

    stated: ImportedReview
    becomes: Becomes
    review: str | None = None
    """The record's id; None in a dry run."""


@dataclass(frozen=True, slots=True)
class ScoreImport:
    """A table of scores on its way into the workspace: by which rubric, from which file, by whom."""

    table: ScoreTable
    rubric: Rubric
    ref: DefinitionRef
    sha256: str
    by: str


def import_reviews(ledger: Ledger, asked: ScoreImport, *, dry_run: bool = False) -> tuple[ReviewOutcome, ...]:
    """Keep the reviews of a table, all or none; return what becomes of each.

    A review whose scores are all there is submitted, in the name of its reviewer and by the person who
    imports; one that lacks some stays a draft. Nothing is overwritten that a reviewer wrote. The rubric must
    have been pinned, but for a dry run. Raises ``InputError`` with every review that cannot be taken.
    """
    if dry_run:
        with ledger.reading() as connection:
            return tuple(outcome for outcome, _kept in _plan(connection, asked))
    with ledger.writing() as write:
        done = []
        plan = _plan(write.connection, asked)
        for outcome, _kept in plan:
            if outcome.becomes == "same":
                done.append(outcome)
                continue
            stated = outcome.stated
            person = people_rows.ensure_person(write.connection, stated.reviewer, write.at)
            came = Provenance(
                "import",
                asked.by,
                file=PurePath(asked.table.name).name,
                sha256=asked.sha256,
                detail={"confidence": dict(stated.confidence), "unstated": list(stated.unstated)},
            )
            line = Line(stated.project, person, asked.ref)
            evaluation = evaluate(asked.rubric, stated.answers) if stated.finished else None
            review = bring_in(write, line, stated.answers, came, evaluation)
            done.append(ReviewOutcome(stated, outcome.becomes, review))
        if any(outcome.becomes != "same" for outcome in done):
            said = {"file": PurePath(asked.table.name).name, "sha256": asked.sha256, "reviews": len(done)}
            write.log(write.actor(asked.by), "import", f"file:{asked.sha256}", said)
        return tuple(done)


def _plan(connection: Connection, asked: ScoreImport) -> list[tuple[ReviewOutcome, ReviewRecord | None]]:
    plan = []
    faults = []
    for stated in asked.table.reviews:
        load_project(connection, stated.project)
        person = people_rows.person_id(connection, people_rows.clean_name(stated.reviewer))
        kept = newest_review(connection, Line(stated.project, person, asked.ref)) if person else None
        refusal = None if kept is None else _refusal(kept, stated)
        if refusal is not None:
            what, remedy = refusal
            faults.append(Fault(what, remedy, file=asked.table.name, line=stated.line))
        same = (
            kept is not None and _says(kept, stated) and (kept.status == "submitted" or not stated.finished)
        )
        becomes: Becomes = "same" if same else "submitted" if stated.finished else "draft"
        plan.append((ReviewOutcome(stated, becomes, kept.id if kept and same else None), kept))
    if faults:
        raise InputError(*faults)
    return plan


def _says(kept: ReviewRecord, stated: ImportedReview) -> bool:
    """Tell whether all that the table states stands in the record."""
    values = kept.values()
    return all(values.get(field, "") == value for field, value in stated.answers.items())


def _refusal(kept: ReviewRecord, stated: ImportedReview) -> tuple[Message, Message] | None:
    if kept.status == "submitted":
        if _says(kept, stated):
            return None
        return (
            _(
                "{reviewer}'s review of {project} was submitted and says something else",
                reviewer=stated.reviewer,
                project=stated.project,
            ),
            _("take the rows out of the table, or have the review amended with a reason"),
        )
    by_hand = kept.origin is None or kept.revision != kept.origin.revision
    if kept.revision and by_hand:
        return (
            _(
                "{reviewer} has begun a review of {project} in the form",
                reviewer=stated.reviewer,
                project=stated.project,
            ),
            _("take the rows out of the table, or let the reviewer submit the form"),
        )
    return None
