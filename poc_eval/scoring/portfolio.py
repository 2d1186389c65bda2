"""What a budget would buy of a panel's projects: advice, worked out from the official totals."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from poc_eval.errors import PocEvalError
from poc_eval.i18n import _
from poc_eval.scoring.selection import Candidate, Quota, next_step, select

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from decimal import Decimal

    from poc_eval.i18n import Message
    from poc_eval.scoring.panel_result import PanelResult, ProjectResult
    from poc_eval.scoring.rubric import Rubric
    from poc_eval.scoring.selection import NextStep, Selection


@dataclass(frozen=True, slots=True)
class PortfolioTerms:
    """What the money may buy; amounts in yuan, by project id."""

    budget: Decimal | None
    """None while nobody has stated it."""
    step: Decimal
    """How much more is tried out."""
    amounts: Mapping[str, Decimal] = field(default_factory=dict)
    fields: Mapping[str, str] = field(default_factory=dict)
    quotas: Mapping[str, tuple[int | None, int | None]] = field(default_factory=dict)
    """Least and most projects by field."""
    exclusive: tuple[tuple[str, ...], ...] = ()
    required: tuple[str, ...] = ()
    """Projects that must be in."""
    barred: tuple[str, ...] = ()
    """Projects that must stay out."""


@dataclass(frozen=True, slots=True)
class Selected:
    """What was selected; ``left_out`` are projects that could not stand for it, and why."""

    terms: PortfolioTerms
    left_out: Mapping[str, Message]
    selection: Selection | None
    more: NextStep | None
    why: tuple[Message, ...]
    """Why there is no selection."""


def selected(rubric: Rubric, result: PanelResult, terms: PortfolioTerms) -> Selected:
    """Return the selection with the highest sum of official totals within budget, quotas and exclusions.

    A project that must be in and cannot stand for selection is left out: say so before asking.
    """
    left_out = {
        one.project: why for one in result.projects if (why := _unfit(rubric, one, terms)) is not None
    }
    if terms.budget is None:
        return not_selected(terms, left_out, (_("The budget is not stated yet."),))
    candidates = [
        Candidate(
            one.project,
            float(one.official.total or 0),
            terms.amounts[one.project],
            terms.fields.get(one.project),
        )
        for one in by_rank(result)
        if one.project not in left_out
    ]
    quotas = {name: Quota(least, most) for name, (least, most) in terms.quotas.items()}
    exclusive = [[one for one in group if one not in left_out] for group in terms.exclusive]
    required = [one for one in terms.required if one not in left_out]
    try:
        chosen = select(candidates, terms.budget, quotas=quotas, exclusive=exclusive, required=required)
        more = next_step(
            candidates, terms.budget, terms.step, quotas=quotas, exclusive=exclusive, required=required
        )
    except PocEvalError as error:
        return not_selected(terms, left_out, tuple(one.what for one in error.faults))
    return Selected(terms, left_out, chosen, more, ())


def not_selected(terms: PortfolioTerms, left_out: Mapping[str, Message], why: Sequence[Message]) -> Selected:
    """Return that there is no selection, and why."""
    return Selected(terms, left_out, None, None, tuple(why))


def by_rank(result: PanelResult) -> tuple[ProjectResult, ...]:
    """Return the projects by official rank, those without one last, in the order in which they came."""
    return tuple(sorted(result.projects, key=lambda one: (one.official.rank is None, one.official.rank or 0)))


def _unfit(rubric: Rubric, project: ProjectResult, terms: PortfolioTerms) -> Message | None:
    """Return why a project does not stand for selection; None where it does."""
    if project.project in terms.barred:
        return _("it was stated that it stays out")
    return _without_rank(rubric, project) or _without_amount(rubric, project, terms)


def _without_rank(rubric: Rubric, project: ProjectResult) -> Message | None:
    marks = rubric.total_marks
    if marks is None or marks.best_low:
        return _("the sheet has no total of which more is better")
    if project.official.total is None:
        return _("no official total")
    if project.official.rank is None:
        return _("a requirement is not met")
    return None


def _without_amount(rubric: Rubric, project: ProjectResult, terms: PortfolioTerms) -> Message | None:
    # Of a rubric's decisions the first that holds is taken, so its last one is what is left for the weakest.
    outcomes = rubric.decisions
    if project.decision is not None and len(outcomes) > 1 and project.decision.id == outcomes[-1].id:
        return _("the conclusion is “{conclusion}”", conclusion=project.decision.title)
    if project.project not in terms.amounts:
        return _("no amount is stated")
    return None
