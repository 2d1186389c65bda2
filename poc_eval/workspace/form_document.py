"""One review as the form shows it: the project, the sheet, the answers, and what follows from them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from poc_eval.scoring.arithmetic import printed
from poc_eval.workspace.figures import score_text, total_text
from poc_eval.workspace.sheet_document import sheet_document

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from poc_eval.i18n import Language, Translatable
    from poc_eval.scoring.evaluation import Evaluation, FieldNote
    from poc_eval.scoring.rubric import Rubric
    from poc_eval.workspace.records import Project, ReviewRecord
    from poc_eval.workspace.workspace import Workspace


def form_document(workspace: Workspace, review_id: str, lang: Language) -> dict[str, Any]:
    """Return the form document of a review: plain JSON, numbers as text, words in ``lang``.

    Raises ``UnknownIdError``, ``WorkspaceError``.
    """
    review = workspace.store.review(review_id)
    rubric = workspace.rubric(review.rubric)
    evaluation = workspace.evaluation(review)
    required = {
        result.id: None if result.required is None else printed(result.required)
        for result in evaluation.criteria
    }
    return {
        "review": _review(workspace, review),
        "project": _project(workspace.store.project(review.project_id), lang),
        "sheet": sheet_document(rubric, review.rubric, required, lang),
        "answers": {
            name: {"value": answer.value, "revision": answer.revision}
            for name, answer in review.answers.items()
        },
        "evaluation": evaluation_document(rubric, evaluation, lang),
        "earlier": list(_earlier(workspace, review, rubric, lang)),
    }


def evaluation_document(rubric: Rubric, evaluation: Evaluation, lang: Language) -> dict[str, Any]:
    """Return what follows from the answers, as the form shows it."""
    decision = evaluation.decision
    return {
        "total": total_text(rubric, evaluation.total),
        "running_total": total_text(rubric, evaluation.running_total),
        "full_mark": None if evaluation.full_mark is None else printed(evaluation.full_mark),
        "complete": evaluation.complete,
        "stepped_aside": evaluation.stepped_aside,
        "missing": notes_document(evaluation.missing, lang),
        "faults": notes_document(evaluation.faults, lang),
        "gates": [
            {
                "id": gate.id,
                "title": gate.title.text(lang),
                "required": gate.required.text(lang),
                "found": None if gate.found is None else gate.found.text(lang),
                "passed": gate.passed,
            }
            for gate in evaluation.gates
        ],
        "criteria": [
            {
                "id": result.id,
                "score": score_text(rubric, result.id, result.score),
                "anchor": None if result.anchor is None else result.anchor.text(lang),
            }
            for result in evaluation.criteria
        ],
        "decision": None if decision is None else {"id": decision.id, "title": decision.title.text(lang)},
    }


def notes_document(notes: Iterable[FieldNote], lang: Language) -> list[dict[str, str]]:
    """Return notes beside fields as the form shows them."""
    return [{"field": note.field, "text": note.message.text(lang)} for note in notes]


def printed_moment(workspace: Workspace, moment: datetime | None) -> str | None:
    """Return a moment in the workspace's zone, ``2026-11-20T15:41:07+08:00``."""
    return None if moment is None else workspace.local_time(moment).isoformat(timespec="seconds")


def _review(workspace: Workspace, review: ReviewRecord) -> dict[str, Any]:
    return {
        "id": review.id,
        "version": review.version,
        "status": review.status,
        "revision": review.revision,
        "reviewer": review.reviewer,
        "created_at": printed_moment(workspace, review.created_at),
        "saved_at": printed_moment(workspace, review.updated_at) if review.revision else None,
        "submitted_at": printed_moment(workspace, review.submitted_at),
        "amends": review.amends,
        "amendment_reason": review.amendment_reason,
        "amended_by": workspace.store.newer_version(review.id),
        "example": review.example,
    }


def _project(project: Project, lang: Language) -> dict[str, Any]:
    def words(text: Translatable | None) -> str | None:
        return None if text is None else text.text(lang)

    return {
        "id": project.id,
        "title": project.title.text(lang),
        "applicant": words(project.applicant),
        "field": words(project.field),
        "kind": project.kind,
        "stage": words(project.stage),
        "summary": words(project.summary),
        "facts": [
            {"label": fact.label.text(lang), "value": fact.value.text(lang), "source": fact.source}
            for fact in project.stated
        ],
        "source": project.source,
        "example": project.example,
    }


def _earlier(
    workspace: Workspace, review: ReviewRecord, rubric: Rubric, lang: Language
) -> Iterable[dict[str, Any]]:
    """Yield the reviewer's newest review of each other project by the same rubric, where it has a score."""
    mine = workspace.store.reviews(reviewer=review.reviewer)
    amended = {one.amends for one in mine}
    titles = {project.id: project.title.text(lang) for project in workspace.projects()}
    for one in mine:
        if one.project_id == review.project_id or one.rubric != review.rubric or one.id in amended:
            continue
        evaluation = workspace.evaluation(one)
        scores = {
            result.id: score_text(rubric, result.id, result.score)
            for result in evaluation.criteria
            if result.score is not None
        }
        if not scores:
            continue
        yield {
            "review": one.id,
            "project": titles[one.project_id],
            "reviewer": one.reviewer,
            "version": one.version,
            "submitted_at": printed_moment(workspace, one.submitted_at),
            "status": one.status,
            "total": total_text(rubric, evaluation.total),
            "criteria": scores,
        }
