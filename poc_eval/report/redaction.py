"""Papers without names: what is listed here is carried, everything else stays behind.

A record that is not carried is still bound: the report holds a keyed hash that only the workspace can make.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from poc_eval.i18n import Text
from poc_eval.report.data import bound_content
from poc_eval.report.panel_gathering import bound_panel, unnamed
from poc_eval.report.paper import Enclosed, PanelPaper, Paper, Passage
from poc_eval.scoring.form_fields import OPINION, field_names
from poc_eval.scoring.panel import Panel
from poc_eval.scoring.panel_scores import Ballot, PanelScores
from poc_eval.scoring.review import evaluate
from poc_eval.scoring.undertaking import CONFLICT_REASON
from poc_eval.views.dossier import Dossier
from poc_eval.views.panel_board import board_of
from poc_eval.views.portfolio import portfolio_of
from poc_eval.workspace.records import Answer, Project, ProjectFact, ReviewRecord
from poc_eval.workspace.sealing import COMMITMENT, keyed_hash

if TYPE_CHECKING:
    from datetime import datetime

    from poc_eval.report.paper import Part
    from poc_eval.report.scrubbing import Scrubber
    from poc_eval.scoring.rubric import Rubric
    from poc_eval.workspace.panel_records import Roster
    from poc_eval.workspace.workspace import Workspace

_FREE: Final = (".reason", ".evidence", ".points")


def without_names(paper: Paper, workspace: Workspace, scrubber: Scrubber) -> Paper:
    """Return the paper on a review as it may leave the house: the reviewer a number local to the panel."""
    number = _numbers(paper.dossier.review, workspace)
    return Paper(
        dossier=_dossier(paper.dossier, number, scrubber),
        rubric_text=paper.rubric_text,
        parts=_parts(paper.parts, number, scrubber),
        words_lang=paper.words_lang,
        template=paper.template,
        as_shipped=paper.as_shipped,
        chart=paper.chart,
        commitment=keyed_hash(workspace.store, COMMITMENT, bound_content(paper.dossier)),
    )


def panel_without_names(
    paper: PanelPaper, full: PanelPaper, workspace: Workspace, scrubber: Scrubber
) -> PanelPaper:
    """Return the paper on a panel, gathered without names, as it may leave the house; ``full`` has all."""
    basis = unnamed(paper.board.basis)
    basis = replace(
        basis,
        projects=tuple(_project(one, scrubber) for one in basis.projects),
        waiting=tuple(_project(one, scrubber) for one in basis.waiting),
        roster=None if basis.roster is None else _roster(basis.roster, scrubber),
        decisions=tuple(
            replace(one, reasons=scrubber.text(one.reasons), body=scrubber.text(one.body), decided_by=None)
            for one in basis.decisions
        ),
    )
    order = {one.id: place for place, one in enumerate(basis.projects)}
    # In the order of their making, ballots would tell who was first.
    ballots = sorted(
        (_ballot(one, scrubber) for one in paper.ballots), key=lambda one: (order[one.project], one.reviewer)
    )
    scores = PanelScores(
        {(one.project, one.reviewer): one for one in ballots}, tuple(order), tuple(paper.board.reviewers)
    )
    panel = Panel(paper.board.rubric, scores)
    portfolio = None if paper.portfolio is None else portfolio_of(panel, basis, paper.portfolio.terms)
    return PanelPaper(
        board=board_of(panel, basis) if portfolio is None else portfolio.panel,
        portfolio=portfolio,
        ballots=tuple(ballots),
        rubric_text=paper.rubric_text,
        parts=_parts(paper.parts, "", scrubber),
        words_lang=paper.words_lang,
        template=paper.template,
        as_shipped=paper.as_shipped,
        commitment=keyed_hash(workspace.store, COMMITMENT, bound_panel(full)),
        texts=paper.texts,
    )


def _roster(roster: Roster, scrubber: Scrubber) -> Roster:
    """Return the roster, letters already, with no name in the titles of projects and meetings either."""
    return replace(
        roster,
        projects=tuple(_project(one, scrubber) for one in roster.projects),
        meetings=tuple(
            replace(
                one,
                title=scrubber.text(one.title),
                place=None if one.place is None else scrubber.text(one.place),
            )
            for one in roster.meetings
        ),
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
        project=_project(dossier.project, scrubber),
        review=review,
        rubric=dossier.rubric,
        evaluation=evaluate(dossier.rubric, review.values()),
        zone=dossier.zone,
        sealed=None,
        amended_by=None if dossier.amended_by is None else str(review.version + 1),
        named=False,
    )


def _review(review: ReviewRecord, rubric: Rubric, number: str, zone: str, scrubber: Scrubber) -> ReviewRecord:
    day = _day(review.submitted_at or review.updated_at, zone)
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


def _project(project: Project, scrubber: Scrubber) -> Project:
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


def _ballot(one: Ballot, scrubber: Scrubber) -> Ballot:
    return Ballot(
        project=one.project,
        reviewer=one.reviewer,
        conflicted=one.conflicted,
        scores=dict(one.scores),
        inputs=dict(one.inputs),
        screening=dict(one.screening),
        extras=dict(one.extras),
        recommendation=one.recommendation,
        comments={name: scrubber.text(words) for name, words in one.comments.items()},
    )


def _parts(parts: tuple[Part, ...], number: str, scrubber: Scrubber) -> tuple[Part, ...]:
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


def _day(at: datetime, zone: str) -> datetime:
    """Return the beginning of the day: the minute in which somebody submits tells who it was."""
    there = at.astimezone(ZoneInfo(zone))
    return there.replace(hour=0, minute=0, second=0, microsecond=0).astimezone(at.tzinfo)
