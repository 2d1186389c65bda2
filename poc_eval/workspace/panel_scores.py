"""From the reviews in a workspace to a panel: what was submitted counts, what is a draft does not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from poc_eval.catalog.plain_text import shown
from poc_eval.errors import Fault, InputError, NotDefinedError, UnknownIdError
from poc_eval.i18n import _
from poc_eval.scoring.form_fields import OPINION, RECOMMENDATION
from poc_eval.scoring.panel_scores import OPTIONAL, REQUIRED, PanelScores, read_scores
from poc_eval.scoring.undertaking import CONFLICT_REASON
from poc_eval.workspace.panels import Panels
from poc_eval.workspace.records import PanelBasis, SteppedAside

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from poc_eval.scoring.panel import Panel
    from poc_eval.scoring.rubric import Rubric
    from poc_eval.workspace.records import DefinitionRef, ReviewRecord
    from poc_eval.workspace.workspace import Workspace

_ALPHABET: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_COLUMNS: Final = (*REQUIRED, *(name for name in OPTIONAL if name != "confidence"))


@dataclass(frozen=True, slots=True)
class _People:
    """What reviewers are called, and who is out on what and why."""

    names: Mapping[str, str]
    aside: Mapping[tuple[str, str], str]
    named: bool


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
    Without names, reviewers are the letters A, B, … in the order of their reviews' random ids. Raises
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
    names = {one.reviewer: one.reviewer for one in counted} if with_names else _letters(counted)
    ref = counted[0].rubric
    sheet = workspace.rubric(ref)
    aside = _aside(workspace, counted)
    rows = [row for one in counted for row in _rows(workspace, sheet, one, names[one.reviewer], aside)]
    read = read_scores(sheet, pd.DataFrame(rows, columns=list(_COLUMNS)))
    basis = _basis(workspace, found, counted, _People(names, aside, with_names))
    # Letters in the order in which people submitted would tell who is who.
    scores = PanelScores(read.ballots, tuple(one.id for one in basis.projects), tuple(names.values()))
    return Panel(sheet, scores), basis


def rubrics_reviewed(workspace: Workspace) -> tuple[str, ...]:
    """Return ``id@version`` of every rubric that a submitted review was made by, in order of first use."""
    refs = [one.rubric for one in workspace.reviews() if one.status == "submitted"]
    return tuple(dict.fromkeys(f"{ref.id}@{ref.version}" for ref in refs))


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


def _letters(counted: Iterable[ReviewRecord]) -> dict[str, str]:
    """Return a letter for each reviewer; review ids are random and printed nowhere beside the letters."""
    first: dict[str, str] = {}
    for one in counted:
        first[one.reviewer] = min(one.id, first.get(one.reviewer, one.id))
    in_order = sorted(first, key=first.__getitem__)
    return {name: _letter(place) for place, name in enumerate(in_order)}


def _letter(place: int) -> str:
    whole, rest = divmod(place, len(_ALPHABET))
    return (_letter(whole - 1) if whole else "") + _ALPHABET[rest]


def _aside(workspace: Workspace, counted: Iterable[ReviewRecord]) -> dict[tuple[str, str], str]:
    """Return who is out on what, by project and reviewer, with the reason: own word before the books'."""
    said = {
        (one.project_id, one.person): one.reason
        for panel in Panels(workspace.store).panels()
        for one in panel.step_asides
    }
    for one in counted:
        if workspace.evaluation(one).stepped_aside:
            said[one.project_id, one.reviewer] = one.values().get(CONFLICT_REASON, "")
    return said


def _rows(
    workspace: Workspace,
    sheet: Rubric,
    review: ReviewRecord,
    name: str,
    aside: Mapping[tuple[str, str], str],
) -> Iterator[tuple[str, str, str, str, str, str]]:
    evaluation, answers = workspace.evaluation(review), review.values()
    if (review.project_id, review.reviewer) in aside:
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
    people: _People,
) -> PanelBasis:
    ref: DefinitionRef = counted[0].rubric
    submitted = {one.project_id for one in counted}
    begun = {one.project_id for one in found} - submitted
    every = workspace.projects()
    projects = tuple(one for one in every if one.id in submitted)
    return PanelBasis(
        rubric=ref,
        projects=projects,
        reviews=len(counted),
        drafts=sum(one.status == "draft" for one in found),
        waiting=tuple(one for one in every if one.id in begun),
        aside=tuple(
            SteppedAside(
                one.project_id,
                people.names[one.reviewer],
                people.aside[one.project_id, one.reviewer],
            )
            for one in counted
            if (one.project_id, one.reviewer) in people.aside
        ),
        latest=max(one.submitted_at or one.updated_at for one in counted),
        example=any(one.example for one in counted) or any(one.example for one in projects),
        named=people.named,
        zone=workspace.settings.timezone.key,
    )
