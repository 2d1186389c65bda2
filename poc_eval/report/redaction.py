"""Papers without names: what is listed here is carried, everything else stays behind.

A record that is not carried is still bound: the report holds a keyed hash that only the workspace can make.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from poc_eval.i18n import Text
from poc_eval.report.data import bound_content
from poc_eval.report.paper import Enclosed, Paper, Passage
from poc_eval.scoring.form_fields import OPINION, field_names
from poc_eval.scoring.review import evaluate
from poc_eval.scoring.undertaking import CONFLICT_REASON
from poc_eval.views.dossier import Dossier
from poc_eval.workspace.records import Answer, Project, ProjectFact, ReviewRecord
from poc_eval.workspace.sealing import COMMITMENT, keyed_hash

if TYPE_CHECKING:
    from datetime import datetime

    from poc_eval.report.paper import Part
    from poc_eval.report.scrubbing import Scrubber
    from poc_eval.scoring.rubric import Rubric
    from poc_eval.workspace.workspace import Workspace

_FREE: Final = (".reason", ".evidence", ".points")


def without_names(paper: Paper, workspace: Workspace, scrubber: Scrubber) -> Paper:
    """Return the paper on a review as it may leave the house: the reviewer a number local to the panel."""
    number = _numbers(paper.dossier.review, workspace)
    return Paper(
        dossier=_dossier(paper.dossier, number, scrubber),
        rubric_text=paper.rubric_text,
        parts=parts_without_names(paper.parts, number, scrubber),
        words_lang=paper.words_lang,
        template=paper.template,
        as_shipped=paper.as_shipped,
        chart=paper.chart,
        commitment=keyed_hash(workspace.store, COMMITMENT, bound_content(paper.dossier)),
    )


def _numbers(review: ReviewRecord, workspace: Workspace) -> str:
    """Return the reviewer's number among those who used the rubric, in an order that tells nothing."""
    first: dict[str, str] = {}
    for one in workspace.store.reviews():
        if one.rubric == review.rubric:
            first[one.reviewer] = min(one.id, first.get(one.reviewer, one.id))
    return str(sorted(first, key=first.__getitem__).index(review.reviewer) + 1)


def _dossier(dossier: Dossier, number: str, scrubber: Scrubber) -> Dossier:
    review = _review(dossier.review, dossier.rubric, number, dossier.zone, scrubber)
    return Dossier(
        project=project_without_names(dossier.project, scrubber),
        review=review,
        rubric=dossier.rubric,
        evaluation=evaluate(dossier.rubric, review.values()),
        zone=dossier.zone,
        sealed=None,
        amended_by=None if dossier.amended_by is None else str(review.version + 1),
        named=False,
    )


def _review(review: ReviewRecord, rubric: Rubric, number: str, zone: str, scrubber: Scrubber) -> ReviewRecord:
    day = day_of(review.submitted_at or review.updated_at, zone)
    fields = field_names(rubric)
    free = frozenset({OPINION, *(name for name in fields if name.endswith(_FREE))})
    answers = {}
    for name in fields:
        if name in review.answers:
            value = review.answers[name].value
            said = (
                scrubber.answer(name, value, free)
                if name != CONFLICT_REASON
                else ("—" if value.strip() else "")
            )
            answers[name] = Answer(said, 1, day)
    return ReviewRecord(
        id="",
        project_id=review.project_id,
        reviewer=number,
        rubric=review.rubric,
        version=review.version,
        status=review.status,
        revision=1,
        created_at=day,
        updated_at=day,
        submitted_at=None if review.submitted_at is None else day,
        amends=None,
        amendment_reason=None,
        example=review.example,
        answers=answers,
    )


def project_without_names(project: Project, scrubber: Scrubber) -> Project:
    """Return a project with no name in what people wrote of it."""

    def both(text: Text | None) -> Text | None:
        return None if text is None else Text(scrubber.text(text.zh), scrubber.text(text.en))

    return Project(
        id=project.id,
        title=Text(scrubber.text(project.title.zh), scrubber.text(project.title.en)),
        applicant=both(project.applicant),
        field=both(project.field),
        kind=project.kind,
        stage=both(project.stage),
        summary=both(project.summary),
        facts=tuple(
            ProjectFact(
                Text(scrubber.text(one.label.zh), scrubber.text(one.label.en)),
                Text(scrubber.text(one.value.zh), scrubber.text(one.value.en)),
                None if one.source is None else scrubber.text(one.source),
            )
            for one in project.facts
        ),
        source=None if project.source is None else scrubber.text(project.source),
        example=project.example,
        amount=project.amount,
    )


def parts_without_names(parts: tuple[Part, ...], number: str, scrubber: Scrubber) -> tuple[Part, ...]:
    """Return words and the reviewer's other reviews; a picture may show anybody, so none is carried."""
    kept: list[Part] = []
    for part in parts:
        if isinstance(part, Passage):
            kept.append(Passage(scrubber.markdown(part.text)))
        elif isinstance(part, Enclosed):
            kept.append(Enclosed(_dossier(part.dossier, number, scrubber), part.rubric_text))
        else:
            scrubber.replaced += 1
    return tuple(kept)


def day_of(at: datetime, zone: str) -> datetime:
    """Return the beginning of the day: the minute in which somebody submits tells who it was."""
    there = at.astimezone(ZoneInfo(zone))
    return there.replace(hour=0, minute=0, second=0, microsecond=0).astimezone(at.tzinfo)
