"""A review that somebody brings in for its reviewer, from a table or from paper, by the store's own rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from poc_eval.workspace.origin_rows import put_origin
from poc_eval.workspace.outcome import sealed_outcome
from poc_eval.workspace.review_rows import (
    insert_review,
    load_review,
    newest_review,
    seal,
    write_changes,
)
from poc_eval.workspace.store import Change

if TYPE_CHECKING:
    from collections.abc import Mapping

    from poc_eval.scoring.evaluation import Evaluation
    from poc_eval.workspace.origin_rows import Provenance
    from poc_eval.workspace.review_rows import Line
    from poc_eval.workspace.writing import Write


def bring_in(
    write: Write, line: Line, answers: Mapping[str, str], came: Provenance, evaluation: Evaluation | None
) -> str:
    """Write the answers into the person's draft, new where there is none; return the review's id.

    With ``evaluation`` the review is submitted with the figures that follow. Every entry of the log names the
    one who brings it in. Raises ``LockedError`` where the newest version is submitted already.
    """
    connection = write.connection
    actor = write.actor_for(came.entered_by, line.person_id)
    review = newest_review(connection, line)
    if review is None:
        new = insert_review(connection, line, write.at, example=False)
        said = {"project": line.project_id, "rubric": str(line.rubric), "example": False}
        write.log(actor, "open", f"review:{new}", said)
        review = load_review(connection, new)
    subject = f"review:{review.id}"
    # What an earlier import said and this one does not is emptied.
    wanted = dict.fromkeys(review.answers, "") | dict(answers)
    changes = [Change(field, value, review.revision) for field, value in wanted.items()]
    became = write_changes(connection, review, changes, write.at)
    review = load_review(connection, review.id)
    if became.written:
        said = {"revision": review.revision, "answers": {one.field: one.value for one in became.written}}
        write.log(actor, "save", subject, said)
    put_origin(write, review.id, review.revision, came)
    if evaluation is not None:
        submission = seal(connection, review, review.revision, sealed_outcome(evaluation), write.at)
        write.log(actor, "submit", subject, {"sha256": submission.sha256})
    return review.id
