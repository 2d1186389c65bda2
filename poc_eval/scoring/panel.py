"""From the reviews of a panel to a result by the rubric's own rule, and what to know about it.

A member who steps aside on a project is out of every figure of that project. Gates come before ranks, ranks
before decisions. Totals are exact until the rule's decimals; projects with equal printed totals are told
apart by the rule's tie criteria and otherwise share a rank.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from statistics import stdev
from typing import TYPE_CHECKING

from poc_eval.i18n import _
from poc_eval.scoring.agreement.intervals import DRAWS
from poc_eval.scoring.arithmetic import half_up
from poc_eval.scoring.decision import decide, gate_failed, screened_out
from poc_eval.scoring.evaluation import Outcome
from poc_eval.scoring.gating import gate_result, screening_result
from poc_eval.scoring.lottery import checked_seed, lottery_of
from poc_eval.scoring.panel_advice import advise, as_rows, scale_of, totals_table
from poc_eval.scoring.panel_average import Average, average, mean, median, trimmed
from poc_eval.scoring.panel_result import CriterionFigures, Official, PanelResult, ProjectResult
from poc_eval.scoring.panel_scores import PanelScores, read_scores, scores_of
from poc_eval.scoring.rules import PanelRule
from poc_eval.scoring.tally import Sum, Tally, for_ranking, tally

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from decimal import Decimal

    import pandas as pd

    from poc_eval.scoring.evaluation import GateResult
    from poc_eval.scoring.lottery import Lots
    from poc_eval.scoring.panel_scores import Ballot
    from poc_eval.scoring.rubric import Rubric

_HALF = Fraction(1, 2)
_FIGURE_DECIMALS = 4


class Panel:
    """The scores of several reviewers by one rubric.

    ``scores`` has one row a score, with the columns of ``panel_scores``; ``name`` and ``lines`` say where the
    rows stand in a file. ``draw_seed`` is the public seed of a draw, used only where the rubric's rule calls
    for one. Raises InputError with every fault.
    """

    def __init__(
        self,
        rubric: Rubric,
        scores: pd.DataFrame | PanelScores,
        *,
        name: str | None = None,
        lines: Sequence[int] | None = None,
        draw_seed: str | None = None,
    ) -> None:
        self.rubric = rubric
        self.draw_seed = checked_seed(draw_seed)
        self.compare = False
        """Whether other methods of ranking are shown beside; loading them takes seconds, so somebody asks."""
        self.scores = (
            scores if isinstance(scores, PanelScores) else read_scores(rubric, scores, name=name, lines=lines)
        )

    @cached_property
    def rule(self) -> PanelRule:
        """The rubric's panel rule; a plain mean where it states none."""
        return self.rubric.panel or PanelRule()

    def result(self, *, seed: int = 0) -> PanelResult:
        """Return the result; the same seed gives the same advice."""
        drafts = [self._draft(project) for project in self.scores.projects]
        ranks = _ranks(self.rubric, self.rule, drafts)
        advice = advise(self.rubric, self.scores, {d.project: d.totals for d in drafts}, seed)
        projects = [
            self._project(draft, rank, advice.ranks.get(draft.project))
            for draft, rank in zip(drafts, ranks, strict=True)
        ]
        return PanelResult(
            rubric=self.rubric,
            projects=tuple(projects),
            agreement=advice.agreement,
            by_criterion=advice.by_criterion,
            reviewers=advice.reviewers,
            seed=seed,
            advice=_("For the panel's discussion only; not the basis of the ranking."),
            needed=advice.needed,
            lottery=self._lottery(drafts, ranks, seed),
            present=advice.present,
            draws=DRAWS,
            ranked=sum(rank is not None for rank in ranks),
            unranked=advice.unranked,
        )

    def _lottery(self, drafts: Sequence[_Draft], ranks: Sequence[int | None], seed: int) -> Lots | None:
        if self.rule.lottery is None:
            return None
        ranked = {draft.project: rank for draft, rank in zip(drafts, ranks, strict=True) if rank is not None}
        rows = as_rows(self.scores, totals_table(self.scores, {one.project: one.totals for one in drafts}))
        best_low, width = scale_of(self.rubric)
        return lottery_of(
            self.rule.lottery,
            ranked,
            rows[rows["project"].isin(list(ranked))],
            seed=self.draw_seed,
            advice_seed=seed,
            best_low=best_low,
            width=width,
        )

    def ranks(self) -> dict[str, int | None]:
        """Return the official rank of each project; None where a gate failed or there is no total."""
        drafts = [self._draft(project) for project in self.scores.projects]
        return dict(zip(self.scores.projects, _ranks(self.rubric, self.rule, drafts), strict=True))

    def _draft(self, project: str) -> _Draft:
        ballots = self.scores.of(project)
        tallies = {
            one.reviewer: tally(self.rubric, scores_of(self.rubric, one), _extra(one)) for one in ballots
        }
        criteria = _panel_scores(self.rubric, ballots)
        sums = _official_sums(self.rubric, self.rule, ballots, tallies, criteria)
        inputs = _agreed_inputs(ballots)
        screening = tuple(
            screening_result(
                item, _majority([one.screening[item.id] for one in ballots if item.id in one.screening])
            )
            for item in self.rubric.screening
        )
        gates = tuple(gate_result(gate, self.rubric, inputs, sums.tally) for gate in self.rubric.gates)
        return _Draft(project, ballots, tallies, criteria, sums, screening, gates)

    def _project(
        self, draft: _Draft, rank: int | None, advice: tuple[float, tuple[float, float]] | None
    ) -> ProjectResult:
        enough = len(draft.ballots) >= self.rule.minimum
        decision = self._decision(draft, rank) if enough else None
        award = next(
            (one.award for one in self.rubric.decisions if decision is not None and one.id == decision.id),
            None,
        )
        return ProjectResult(
            project=draft.project,
            official=self._official(draft, rank, enough=enough),
            criteria={name: self._figures(values) for name, values in draft.criteria.items() if values},
            gates=(*draft.screening, *draft.gates),
            decision=decision,
            award=award,
            recommendations=_votes(self.rubric, draft.ballots),
            flags=tuple(_flags(self.rubric, draft, enough=enough)),
            reviewers=tuple(one.reviewer for one in draft.ballots),
            conflicted=tuple(self.scores.conflicted(draft.project)),
            expected_rank=None if advice is None else advice[0],
            interval=None if advice is None else advice[1],
            totals={
                name: None if total is None else half_up(total, self.rule.decimals)
                for name, total in draft.totals.items()
            },
        )

    def _official(self, draft: _Draft, rank: int | None, *, enough: bool) -> Official:
        found = draft.sums.average
        reason = None
        if not draft.ballots:
            reason = _("not defined, because {why}", why=_("everyone stepped aside"))
        elif self.rubric.scores is not None and draft.total is None:
            reason = _("not defined, because {why}", why=_("no review is complete"))
        elif not enough:
            reason = _(
                "{count} of at least {minimum} reviewers: without a decision",
                count=len(draft.ballots),
                minimum=self.rule.minimum,
            )
        return Official(
            method=self.rule.average,
            applied=None if found is None or found.applied == self.rule.average else found.applied,
            total=None if draft.total is None else half_up(draft.total, self.rule.decimals),
            rank=rank,
            given=0 if found is None else found.given,
            counted=0 if found is None else found.counted,
            reason=reason,
        )

    def _figures(self, values: Sequence[Fraction]) -> CriterionFigures:
        return CriterionFigures(
            mean=half_up(mean(values), _FIGURE_DECIMALS),
            median=half_up(median(values), _FIGURE_DECIMALS),
            trimmed=half_up(trimmed(self.rule.trim, values).value, _FIGURE_DECIMALS),
            sd=round(stdev([float(value) for value in values]), _FIGURE_DECIMALS)
            if len(values) > 1
            else None,
            n=len(values),
        )

    def _decision(self, draft: _Draft, rank: int | None) -> Outcome | None:
        """Screening comes before gates, gates before decisions, votes where the rubric has no decisions."""
        if any(item.passed is False for item in draft.screening):
            return screened_out(self.rubric)
        if any(gate.passed is False for gate in draft.gates):
            return gate_failed(self.rubric)
        # Screening that no row speaks of was done before the panel; a flag says so.
        undecided = (*draft.gates, *(draft.screening if draft.screened else ()))
        if any(item.passed is None for item in undecided):
            return None
        if self.rubric.decisions:
            return decide(self.rubric, draft.total, rank)
        return _voted(self.rubric, self.rule, draft.ballots)


@dataclass(frozen=True)
class _OfficialSums:
    tally: Tally
    average: Average | None
    order: Fraction | None = None
    """What projects are put in order by where that is not the total."""


@dataclass(frozen=True)
class _Draft:
    project: str
    ballots: list[Ballot]
    tallies: Mapping[str, Tally]
    criteria: Mapping[str, list[Fraction]]
    sums: _OfficialSums
    screening: tuple[GateResult, ...]
    gates: tuple[GateResult, ...]

    @property
    def total(self) -> Fraction | None:
        return None if self.sums.tally.total is None else self.sums.tally.total.exact

    @property
    def totals(self) -> dict[str, Fraction | None]:
        return {name: None if one.total is None else one.total.exact for name, one in self.tallies.items()}

    @property
    def screened(self) -> bool:
        return any(one.screening for one in self.ballots)

    @property
    def stopped(self) -> bool:
        return any(item.passed is False for item in (*self.screening, *self.gates))


def _extra(ballot: Ballot) -> Fraction:
    return sum(ballot.extras.values(), Fraction(0))


def _panel_scores(rubric: Rubric, ballots: Sequence[Ballot]) -> dict[str, list[Fraction]]:
    every = [tally(rubric, scores_of(rubric, one), Fraction(0)).of for one in ballots]
    found: dict[str, list[Fraction]] = {}
    for node in rubric.every_node:
        exact = (of[node.criterion.id].exact for of in every)
        found[node.criterion.id] = [value for value in exact if value is not None]
    return found


def _official_sums(
    rubric: Rubric,
    rule: PanelRule,
    ballots: Sequence[Ballot],
    tallies: Mapping[str, Tally],
    criteria: Mapping[str, list[Fraction]],
) -> _OfficialSums:
    """Return the panel's figure for every criterion, and the total by totals or by criterion."""
    averages = {name: average(rule, values) for name, values in criteria.items()}
    leaves = {name: None if found is None else found.value for name, found in averages.items()}
    order = tally(rubric, for_ranking(rubric, leaves), None).total if rule.rank_weights else None
    weighted = order.so_far if order is not None and order.begun else None
    extra = mean([_extra(one) for one in ballots]) if ballots else None
    together = tally(rubric, leaves, extra)
    groups = {
        name: Sum(found.value, begun=True, complete=True) if found is not None else together.of[name]
        for name, found in averages.items()
    }
    by = rule.trim.by if rule.average == "trimmed" and rule.trim is not None else rule.by
    if rubric.scores is None:
        return _OfficialSums(Tally(groups, None), None)
    if by == "criterion":
        of_first = next((found for found in averages.values() if found is not None), None)
        return _OfficialSums(Tally(together.of, together.total), of_first, weighted)
    complete = [
        one.total.exact for one in tallies.values() if one.total is not None and one.total.exact is not None
    ]
    found = average(rule, complete)
    total = Sum(found.value if found else Fraction(0), begun=found is not None, complete=found is not None)
    return _OfficialSums(Tally(groups, total), found, weighted)


def _agreed_inputs(ballots: Sequence[Ballot]) -> dict[str, Decimal | bool]:
    """Return what reviewers found for each input: the majority of yes and no, the median figure."""
    found: dict[str, Decimal | bool] = {}
    for name in dict.fromkeys(name for one in ballots for name in one.inputs):
        values = [one.inputs[name] for one in ballots if name in one.inputs]
        answers = [value for value in values if isinstance(value, bool)]
        figures = sorted(value for value in values if not isinstance(value, bool))
        verdict = _majority(answers)
        if figures:
            found[name] = figures[(len(figures) - 1) // 2]
        elif verdict is not None:
            found[name] = verdict
    return found


def _majority(answers: Sequence[bool]) -> bool | None:
    """Return what more than half say; None for a draw or silence."""
    yes = sum(answers)
    return None if 2 * yes == len(answers) else 2 * yes > len(answers)


def _votes(rubric: Rubric, ballots: Sequence[Ballot]) -> dict[str, int]:
    return {
        option.id: sum(one.recommendation == option.id for one in ballots) for option in rubric.recommendation
    }


def _voted(rubric: Rubric, rule: PanelRule, ballots: Sequence[Ballot]) -> Outcome | None:
    """Return the recommendation that the rule's share of those present voted for, or more than half."""
    votes = _votes(rubric, ballots)
    present = len(ballots)
    for option in rubric.recommendation:
        share = Fraction(votes[option.id], present) if present else Fraction(0)
        if (rule.vote is not None and share >= rule.vote) or (rule.vote is None and share > _HALF):
            return Outcome(option.id, option.title)
    return None


def _flags(rubric: Rubric, draft: _Draft, *, enough: bool) -> list[str]:
    """Return what to look at: too few reviewers, missing scores, wide spread, disputed facts.

    Scores spread widely where the highest and lowest are half the scale or more apart.
    """
    flags = [] if enough else ["below_minimum"]
    if rubric.screening and not draft.screened:
        flags.append("screening_not_stated")
    if rubric.scores is not None:
        flags += [f"incomplete:{name}" for name, total in draft.totals.items() if total is None]
    for node in rubric.every_node:
        values = draft.criteria[node.criterion.id]
        width = node.marks.full_mark - node.marks.minimum
        if not node.children and values and width and max(values) - min(values) >= width * _HALF:
            flags.append(f"spread:{node.criterion.id}")
    for item in rubric.screening:
        if len({one.screening[item.id] for one in draft.ballots if item.id in one.screening}) > 1:
            flags.append(f"disputed:{item.id}")
    for name in dict.fromkeys(name for one in draft.ballots for name in one.inputs):
        if len({one.inputs[name] for one in draft.ballots if name in one.inputs}) > 1:
            flags.append(f"disputed:{name}")
    return flags


def _ranks(rubric: Rubric, rule: PanelRule, drafts: Sequence[_Draft]) -> list[int | None]:
    marks = rubric.total_marks
    sign = 1 if marks is not None and marks.best_low else -1

    def key(draft: _Draft) -> tuple[Fraction, ...] | None:
        if draft.total is None or draft.stopped:
            return None
        exact = draft.total if draft.sums.order is None else draft.sums.order
        shown = Fraction(half_up(exact, rule.decimals))
        ties = [
            draft.sums.tally.of[name].so_far * (1 if rubric.node(name).marks.best_low else -1)
            for name in rule.ties
        ]
        return (sign * shown, *ties)

    keys = [key(draft) for draft in drafts]
    ordered = sorted(one for one in keys if one is not None)
    return [None if one is None else ordered.index(one) + 1 for one in keys]
