"""From a review's record to its dossier; apart from other views: a report loads no panel for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from poc_eval.views.dossier import Dossier

if TYPE_CHECKING:
    from poc_eval.workspace.records import ReviewRecord
    from poc_eval.workspace.workspace import Workspace


def dossier_of(review: ReviewRecord, workspace: Workspace) -> Dossier:
    """Return a review with its project, its pinned rubric, and what follows from its answers.

    Raises ``UnknownIdError`` and ``WorkspaceError`` as the workspace does.
    """
    submission = workspace.store.submission(review.id)
    return Dossier(
        project=workspace.store.project(review.project_id),
        review=review,
        rubric=workspace.rubric(review.rubric),
        evaluation=workspace.evaluation(review),
        zone=workspace.settings.timezone.key,
        sealed=submission.sha256 if submission is not None else None,
        amended_by=_amendment_of(review, workspace),
    )


def _amendment_of(review: ReviewRecord, workspace: Workspace) -> str | None:
    """Return the version that took this one's place; a draft takes nobody's."""
    newer = workspace.store.newer_version(review.id)
    submitted = newer is not None and workspace.store.review(newer).status == "submitted"
    return newer if submitted else None
