"""From the reviews in a workspace to a panel: what was submitted counts, what is a draft does not."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from poc_eval.catalog.plain_text import shown
from poc_eval.errors import Fault, InputError, NotDefinedError, UnknownIdError
from poc_eval.i18n import _
from poc_eval.scoring.form_fields import OPINION, RECOMMENDATION
from poc_eval.scoring.panel_scores import OPTIONAL, REQUIRED, PanelScores, read_scores
from poc_eval.workspace.decision_book import Decisions
from poc_eval.workspace.panel_people import people_of
from poc_eval.workspace.panels import Panels
from poc_eval.workspace.records import PanelBasis, SteppedAside

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from poc_eval.scoring.panel import Panel
    from poc_eval.scoring.rubric import Rubric
    from poc_eval.workspace.panel_people import People
    from poc_eval.workspace.panel_records import Roster
    from poc_eval.workspace.records import Decision, DefinitionRef, ReviewRecord
    from poc_eval.workspace.workspace import Workspace

_COLUMNS: Final = (*REQUIRED, *(name for name in OPTIONAL if name != "confidence"))


def panel_of(
    workspace: Workspace,
    rubric: str,
    *,
    projects: Sequence[str] | None = None,
    with_names: bool = False,
) -> tuple[Panel, PanelBasis]:
    """Return the panel of everybody who submitted a review by ``rubric`` (``id`` or ``id@version``).

    Of each reviewer's versions the newest submitted one counts; who stepped aside, in the review or in the
    book of panels, counts in no figure of that project. ``projects`` are ids, without them all.
    Without names, experts are the letters A, B, … in the order of random ids. Raises
    UnknownIdError for a rubric that no review was made by or a project that is not there, InputError where
    reviews by several versions would be mixed, NotDefinedError where nothing is submitted.
    """
    import pandas as pd  # noqa: PLC0415 only a panel needs tables

    from poc_eval.scoring.panel import Panel  # noqa: PLC0415 the same

    found = _of_rubric(workspace, rubric, projects)
    counted = _newest_submitted(found)
    if not counted:
        raise NotDefinedError(
            Fault(
                _("not defined, because no review by {rubric} is submitted", rubric=rubric),
                _("submit reviews first; drafts do not count"),
            )
        )
    ref = counted[0].rubric
    sheet = workspace.rubric(ref)
    people = people_of(workspace, ref.id, counted, projects=projects, with_names=with_names)
    rows = [row for one in counted for row in _rows(workspace, sheet, one, people)]
    submitted = {one.project_id for one in counted}
    done = {(one.project_id, one.reviewer) for one in counted}
    out = [key for key in people.aside if key[0] in submitted and key not in done and key[1] in people.names]
    rows += [(project, people.names[name], "", "", "yes", "") for project, name in out]
    read = read_scores(sheet, pd.DataFrame(rows, columns=list(_COLUMNS)))
    basis = _basis(workspace, found, counted, people)
    # Letters in the order in which people submitted would tell who is who.
    on_it = {one.reviewer for one in counted} | {name for _project, name in out}
    called = tuple(letter for name, letter in people.names.items() if name in on_it)
    scores = PanelScores(read.ballots, tuple(one.id for one in basis.projects), called)
    return Panel(sheet, scores), basis


def roster_of(
    workspace: Workspace,
    rubric: str,
    *,
    projects: Sequence[str] | None = None,
    with_names: bool = False,
) -> Roster:
    """Return who is on the panel by ``rubric``, also before anybody handed in a review.

    Raises as ``panel_of`` does, and NotDefinedError where neither a review nor a panel is there.
    """
    try:
        counted = _newest_submitted(_of_rubric(workspace, rubric, projects))
    except UnknownIdError:
        # Before the meeting nobody has opened a review; a panel may be there.
        if projects is not None and not {one.id for one in workspace.projects()}.issuperset(projects):
            raise
        counted = []
    rubric_id = rubric.partition("@")[0]
    roster = people_of(workspace, rubric_id, counted, projects=projects, with_names=with_names).roster
    if not roster.seats:
        raise NotDefinedError(
            Fault(
                _("not defined, because nobody is on a panel by {rubric} yet", rubric=rubric),
                _("write down the panel's members first, or have reviews submitted"),
            )
        )
    return roster


def rubrics_reviewed(workspace: Workspace) -> tuple[str, ...]:
    """Return ``id@version`` of every rubric that a submitted review was made by, in order of first use."""
    refs = [one.rubric for one in workspace.reviews() if one.status == "submitted"]
    return tuple(dict.fromkeys(f"{ref.id}@{ref.version}" for ref in refs))


def usual_rubric(workspace: Workspace) -> str | None:
    """Return ``id@version`` of the rubric that most reviews were submitted by; None where there is none."""
    return _most_used(one for one in workspace.reviews() if one.status == "submitted")


def rubric_of_panel(workspace: Workspace, project_id: str) -> str | None:
    """Return the rubric that a project is judged by: its newest panel's, else that of its reviews.

    It is ``id@version`` where reviews by it are there, so that a panel stays on one version; else the id.
    None where neither says one.
    """
    here = [one for one in workspace.reviews() if one.project_id == project_id]
    books = [one for one in Panels(workspace.store).panels() if project_id in one.projects and one.rubric]
    if not books:
        return _most_used(one for one in here if one.status == "submitted") or _most_used(here)
    rubric = books[-1].rubric
    same = [one for one in workspace.reviews() if one.rubric.id == rubric]
    return _most_used(one for one in same if one.project_id == project_id) or _most_used(same) or rubric


def _most_used(reviews: Iterable[ReviewRecord]) -> str | None:
    counted = Counter(f"{one.rubric.id}@{one.rubric.version}" for one in reviews)
    return counted.most_common(1)[0][0] if counted else None


def _of_rubric(workspace: Workspace, rubric: str, projects: Sequence[str] | None) -> list[ReviewRecord]:
    """Return the reviews by a rubric on the projects asked for, oldest first."""
    wanted, _at, version = rubric.partition("@")
    every = workspace.reviews()
    found = [one for one in every if one.rubric.id == wanted and version in {"", one.rubric.version}]
    if not found:
        used = dict.fromkeys(f"{one.rubric.id}@{one.rubric.version}" for one in every)
        raise UnknownIdError(
            Fault(
                _('no review was made by the rubric "{id}"', id=shown(rubric)),
                _("choose one of: {known}", known=", ".join(used))
                if used
                else _("make reviews first: nobody has scored anything here"),
            )
        )
    refs = dict.fromkeys(one.rubric for one in found)
    if len(refs) > 1:
        raise InputError(
            Fault(
                _("reviews were made by several versions of the rubric {id}", id=wanted),
                _("name one of: {known}", known=", ".join(f"{ref.id}@{ref.version}" for ref in refs)),
            )
        )
    if projects is None:
        return found
    known = {project.id for project in workspace.projects()}
    faults = [
        Fault(_('there is no project "{id}"', id=shown(one)), _("choose one of: {known}", known=_ids(known)))
        for one in projects
        if one not in known
    ]
    if faults:
        raise UnknownIdError(*faults)
    return [one for one in found if one.project_id in projects]


def _ids(known: Iterable[str]) -> str:
    return ", ".join(sorted(known))


def _newest_submitted(found: Iterable[ReviewRecord]) -> list[ReviewRecord]:
    newest: dict[tuple[str, str], ReviewRecord] = {}
    for one in found:
        key = (one.project_id, one.reviewer)
        if one.status == "submitted" and (key not in newest or newest[key].version < one.version):
            newest[key] = one
    return list(newest.values())


def _rows(
    workspace: Workspace,
    sheet: Rubric,
    review: ReviewRecord,
    people: People,
) -> Iterator[tuple[str, str, str, str, str, str]]:
    evaluation, answers = workspace.evaluation(review), review.values()
    name = people.names[review.reviewer]
    if (review.project_id, review.reviewer) in people.aside:
        yield (review.project_id, name, "", "", "yes", "")
        return
    said = [
        (result.id, f"{result.score:f}", result.reason)
        for result in evaluation.criteria
        if result.score is not None and not result.is_group and result.measured_value is None
    ]
    said += [(item.id, answers.get(f"screening.{item.id}", ""), "") for item in sheet.screening]
    said += [(one, answers.get(f"inputs.{one}", ""), "") for one in sheet.asked_inputs]
    for kind, extras in (("bonuses", sheet.bonuses), ("deductions", sheet.deductions)):
        said += [
            (one.id, answers.get(f"{kind}.{one.id}.points", ""), answers.get(f"{kind}.{one.id}.reason", ""))
            for one in extras
        ]
    if evaluation.recommendation is not None:
        said.append((RECOMMENDATION, evaluation.recommendation.id, answers.get(OPINION, "")))
    for criterion, score, comment in said:
        if score:
            yield (review.project_id, name, criterion, score, "no", comment)


def _basis(
    workspace: Workspace,
    found: Sequence[ReviewRecord],
    counted: Sequence[ReviewRecord],
    people: People,
) -> PanelBasis:
    ref: DefinitionRef = counted[0].rubric
    roster = people.roster
    submitted = {one.project_id for one in counted}
    begun = {one.project_id for one in found} | {one.id for one in roster.projects}
    every = workspace.projects()
    projects = tuple(one for one in every if one.id in submitted)
    return PanelBasis(
        rubric=ref,
        projects=projects,
        reviews=len(counted),
        drafts=sum(one.status == "draft" for one in found),
        waiting=tuple(one for one in every if one.id in begun - submitted),
        aside=tuple(
            SteppedAside(
                project.id,
                called,
                people.aside[project.id, name].reason if roster.named else "",
                people.called(people.aside[project.id, name].replaced_by),
            )
            for project in projects
            for name, called in people.names.items()
            if (project.id, name) in people.aside
        ),
        latest=max(one.submitted_at or one.updated_at for one in counted),
        example=any(one.example for one in counted) or any(one.example for one in projects),
        named=roster.named,
        zone=workspace.settings.timezone.key,
        roster=roster,
        decisions=tuple(_decided(workspace, ref, submitted, named=roster.named)),
    )


def _decided(
    workspace: Workspace, ref: DefinitionRef, projects: Iterable[str], *, named: bool
) -> Iterator[Decision]:
    """Yield the decision that holds on each project, if it was made by this rubric; names only by leave."""
    for one in Decisions(workspace).in_force():
        if one.project_id in projects and one.rubric == ref:
            yield one if named else replace(one, decided_by=None, recorded_by=None)
