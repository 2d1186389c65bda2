"""Every payment of a programme: when, from whom to whom, how much, and in which outcomes it is made.

Outcome ``k`` is the failing of stage ``k`` in order; the last one is success.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Literal, TypeAlias

from poc_eval.finance.programme.timeline import YEAR, timeline

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from poc_eval.finance.programme.model import Programme
    from poc_eval.finance.programme.parts import Moment
    from poc_eval.finance.programme.timeline import Timeline

Kind: TypeAlias = Literal[
    "cost",
    "income",
    "grant",
    "matching",
    "clawback",
    "deposit",
    "deposit_returned",
    "loan",
    "interest",
    "repayment",
    "interest_subsidy",
]
Outcomes: TypeAlias = tuple[bool, ...]
Anchor: TypeAlias = tuple[Literal["start", "stage", "end"], int]
"""What a moment moves with where durations are random: nothing, a stage's beginning, or its end."""


@dataclass(frozen=True, slots=True)
class Occasion:
    """A moment of a programme."""

    years: Fraction
    outcomes: Outcomes
    stage: str | None = None
    condition: tuple[str, str] | None = None
    anchor: Anchor = ("start", 0)

    def later(self, years: Fraction) -> Occasion:
        """Return the moment so many years after this one."""
        return Occasion(self.years + years, self.outcomes, self.stage, self.condition, self.anchor)


@dataclass(frozen=True, slots=True)
class Flow:
    """One payment; ``amount`` in yuan, a distribution at its mean, then named by ``figure``."""

    kind: Kind
    of: str | None
    """The grant, income or loan that it belongs to."""
    when: Occasion
    payer: str | None
    payee: str | None
    amount: Fraction
    figure: str | None = None

    @property
    def supports(self) -> bool:
        """Whether it is money from outside that follows the stages: not a cost, not income."""
        return self.kind not in {"cost", "income"}


@dataclass(frozen=True, slots=True)
class Plan:
    """A programme with its stages in order and all its payments, in order of time."""

    programme: Programme
    line: Timeline
    flows: tuple[Flow, ...]

    @property
    def successes(self) -> list[Fraction]:
        """How likely each stage is to be passed, distributions at their mean; 1 where nothing is said."""
        return [Fraction(1) if one.success is None else one.success.mean for one in self.line.stages]

    @property
    def probabilities(self) -> list[Fraction]:
        """How likely each outcome is."""
        found, reached = [], Fraction(1)
        for success in self.successes:
            found.append(reached * (1 - success))
            reached *= success
        return [*found, reached]

    def probability(self, outcomes: Outcomes) -> Fraction | None:
        """Return how likely a payment is; None where that depends on what nothing is known of."""
        if all(outcomes):
            return Fraction(1)
        if not self.programme.has_probabilities:
            return None
        pairs = zip(self.probabilities, outcomes, strict=True)
        return sum((chance for chance, there in pairs if there), Fraction())


def plan_of(programme: Programme) -> Plan:
    """Return every payment of a programme.

    Raises what the policy of a grant raises where it has changed since the programme was read.
    """
    from poc_eval.finance.programme.loans import loan_flows  # noqa: PLC0415 the two know each other
    from poc_eval.finance.programme.support import support_flows  # noqa: PLC0415 the same

    line = timeline(programme)
    flows = [*_costs(programme, line), *_income(programme, line)]
    flows += support_flows(programme, line)
    flows += loan_flows(programme, line)
    return Plan(programme, line, tuple(sorted(flows, key=lambda flow: flow.when.years)))


def occasions(line: Timeline, moment: Moment) -> list[Occasion]:
    """Return when a moment comes: one occasion, or one for each stage where any may fail."""
    count = len(line.stages)
    if moment.event == "failed":
        return [_failed(line, place) for place in range(count)]
    if moment.failed is not None:
        return [_failed(line, line.place(moment.failed))]
    if moment.passed is not None or moment.event == "accepted":
        place = count - 1 if moment.passed is None else line.place(moment.passed)
        name = line.stages[place].id
        return [
            Occasion(
                line.ends[place],
                tuple(outcome > place for outcome in range(count + 1)),
                name,
                ("passed", name),
                ("end", place),
            )
        ]
    if moment.reached is not None:
        return [reached(line, line.place(moment.reached))]
    years = Fraction(moment.at or 0)
    alive = tuple(outcome == count or line.ends[outcome] > years for outcome in range(count + 1))
    return [Occasion(years, alive if years else (True,) * (count + 1))]


def reached(line: Timeline, place: int) -> Occasion:
    """Return the beginning of a stage."""
    name = line.stages[place].id
    outcomes = tuple(outcome >= place for outcome in range(len(line.stages) + 1))
    return Occasion(
        line.starts[place], outcomes, name, ("reached", name) if place else None, ("stage", place)
    )


def _failed(line: Timeline, place: int) -> Occasion:
    name = line.stages[place].id
    outcomes = tuple(outcome == place for outcome in range(len(line.stages) + 1))
    return Occasion(line.ends[place], outcomes, name, ("failed", name), ("end", place))


def _costs(programme: Programme, line: Timeline) -> Iterator[Flow]:
    for place, stage in enumerate(line.stages):
        if stage.cost.random or stage.cost.mean:
            bearer = stage.cost_by or programme.bearer
            figure = f"{stage.id}.cost"
            yield Flow("cost", None, reached(line, place), bearer, None, stage.cost.mean, figure)


def _income(programme: Programme, line: Timeline) -> Iterator[Flow]:
    last = len(line.stages) - 1
    outcomes = tuple(outcome > last for outcome in range(last + 2))
    name = line.stages[last].id
    for index, one in enumerate(programme.income):
        if one.at is not None:
            when = Occasion(Fraction(one.at), outcomes, None, ("passed", name))
        else:
            after = line.ends[last] + Fraction(one.months or 0) / YEAR
            when = Occasion(after, outcomes, None, ("passed", name), ("end", last))
        figure = f"income.{one.id or index + 1}"
        yield Flow("income", one.id, when, None, one.to or programme.bearer, one.amount.mean, figure)


def paid_by(flows: Sequence[Flow], place: int, years: Fraction) -> Fraction:
    """Return what ``flows`` have paid by then where stage ``place`` fails."""
    return sum(
        (one.amount for one in flows if one.when.outcomes[place] and one.when.years <= years), Fraction()
    )
