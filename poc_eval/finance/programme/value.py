"""What a programme is worth: risk-adjusted, in each outcome, with the option to stop, and to each party.

The border to floats is here: amounts are exact up to the factor that discounts them.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Final

from poc_eval.finance.programme.flows import Flow, Plan, plan_of
from poc_eval.finance.programme.timeline import YEAR, actual_years, day_after
from poc_eval.money import round_money

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date
    from decimal import Decimal

    from poc_eval.finance.cashflow import RateReport
    from poc_eval.finance.programme.model import Programme

_SHIFT: Final = {"start": Fraction(0), "middle": Fraction(1, 2), "end": Fraction(1), "exact": Fraction(0)}


@dataclass(frozen=True, slots=True)
class Outcome:
    """One way in which a programme can end."""

    ends_at: str
    """The stage that fails, or ``success``."""
    probability: float
    npv: float
    npv_with_grant: float | None


@dataclass(frozen=True, slots=True)
class Need:
    """The most money that is needed at once: the amount, on which day, and after how many years."""

    amount: Decimal
    day: date
    years: float


@dataclass(frozen=True, slots=True)
class Party:
    """A party's view: what all its payments are worth, expected and where every stage succeeds."""

    npv: float | None
    npv_if_success: float | None
    need: Need


@dataclass(frozen=True)
class Valuation:
    """The exact figures of a programme, distributions at their mean; None where they are not known."""

    plan: Plan
    factors: Mapping[Fraction, float] = field(repr=False)

    @property
    def programme(self) -> Programme:
        """The programme."""
        return self.plan.programme

    @property
    def valued(self) -> bool:
        """Whether there are probabilities, so that there is a value and not only a calendar."""
        return self.programme.has_probabilities

    @property
    def supported(self) -> bool:
        """Whether there is any grant, deposit or loan."""
        return any(flow.supports for flow in self.plan.flows)

    @cached_property
    def financers(self) -> frozenset[str]:
        """Who gives grants or interest subsidies, or lends; all other parties are the programme's side."""
        giving = {"grant", "interest_subsidy", "loan"}
        return frozenset(flow.payer for flow in self.plan.flows if flow.kind in giving and flow.payer)

    @cached_property
    def outcomes(self) -> list[Outcome]:
        """Every way in which it can end; none without probabilities."""
        if not self.valued:
            return []
        names = [*(stage.id for stage in self.plan.line.stages), "success"]
        found = []
        for place, (name, chance) in enumerate(zip(names, self.plan.probabilities, strict=True)):
            bare = self.worth(self._plain, place)
            with_grant = bare + self.worth(self._support, place) if self.supported else None
            found.append(Outcome(name, float(chance), bare, with_grant))
        return found

    @property
    def p_success(self) -> float | None:
        """How likely it is that every stage succeeds."""
        return self.outcomes[-1].probability if self.valued else None

    @property
    def rnpv(self) -> float | None:
        """The risk-adjusted net present value of costs and income, without grants, deposits and loans."""
        return self._expected([one.npv for one in self.outcomes])

    @property
    def rnpv_with_grant(self) -> float | None:
        """The same with them, for all parties but those that give or lend; None where there are none."""
        if not self.supported:
            return None
        return self._expected([one.npv_with_grant or 0.0 for one in self.outcomes])

    @property
    def npv_if_success(self) -> float | None:
        """The value where every stage succeeds."""
        return self.outcomes[-1].npv if self.valued else None

    @cached_property
    def option(self) -> tuple[float, str | None] | None:
        """The value with the option to stop, and the stage before which one would; the first is committed."""
        if not self.valued:
            return None
        stages = self.plan.line.stages
        going_on = self.worth([one for one in self.plan.flows if one.kind == "income"], len(stages))
        stop = None
        for place in range(len(stages) - 1, -1, -1):
            costs = [one for one in self._plain if one.kind == "cost" and one.when.stage == stages[place].id]
            going_on = float(self.plan.successes[place]) * going_on + self.worth(costs, place)
            if place and going_on < 0:
                going_on, stop = 0.0, stages[place].id
        return going_on, stop

    @cached_property
    def rate(self) -> RateReport:
        """All internal rates of return a year where every stage succeeds."""
        # A calendar of payments is drawn up without arrays.
        import numpy as np  # noqa: PLC0415

        from poc_eval.finance.cashflow.rate_report import report_of  # noqa: PLC0415

        totals: dict[Fraction, float] = {}
        for flow in self._plain:
            if flow.when.outcomes[-1]:
                years = self.years(flow)
                totals[years] = totals.get(years, 0.0) + self._signed(flow)
        times = sorted(totals) or [Fraction(0)]
        amounts = np.array([totals.get(one, 0.0) for one in times])
        return report_of(amounts, np.array([float(one) for one in times]), yearly=True)

    @cached_property
    def payback_months(self) -> int | None:
        """Months until income has covered the costs where every stage succeeds; None where it never does."""
        total, owed = Fraction(0), False
        flows = [one for one in self._plain if one.when.outcomes[-1]]
        for place, flow in enumerate(flows):
            total += self._amount(flow)
            owed |= total < 0
            more = place + 1 < len(flows) and flows[place + 1].when.years == flow.when.years
            if total >= 0 and owed and not more:
                return math.ceil(flow.when.years * YEAR)
        return None if owed or not flows else 0

    @cached_property
    def need(self) -> Need:
        """The peak funding need without grants, deposits and loans, over all outcomes."""
        return self._need(self._plain, self._amount)

    @cached_property
    def need_with_grant(self) -> Need | None:
        """The same with them."""
        return self._need(self.plan.flows, self._amount) if self.supported else None

    @cached_property
    def parties(self) -> dict[str, Party]:
        """What each party pays and receives is worth."""
        return {name: self._party(name) for name in self.programme.parties}

    def worth(self, flows: Iterable[Flow], outcome: int) -> float:
        """Return what ``flows`` are worth to the programme's side in one outcome."""
        return math.fsum(
            self._signed(one) * self.factors[self.years(one)] for one in flows if one.when.outcomes[outcome]
        )

    def years(self, flow: Flow) -> Fraction:
        """Return the years from the start to a payment, as the programme counts them."""
        discount = self.programme.discount
        if discount is not None and discount.timing == "exact":
            return actual_years(self.programme.start, self.day(flow))
        return flow.when.years

    def day(self, flow: Flow) -> date:
        """Return the day of a payment."""
        return day_after(self.programme.start, flow.when.years)

    def sign(self, flow: Flow) -> int:
        """Return 1 where the programme's side receives a payment, -1 where it pays, 0 between its own."""
        if not flow.supports:
            return 1 if flow.kind == "income" else -1
        return (flow.payee is not None and flow.payee not in self.financers) - (
            flow.payer is not None and flow.payer not in self.financers
        )

    @cached_property
    def _plain(self) -> list[Flow]:
        return [flow for flow in self.plan.flows if not flow.supports]

    @cached_property
    def _support(self) -> list[Flow]:
        return [flow for flow in self.plan.flows if flow.supports]

    def _expected(self, values: Sequence[float]) -> float | None:
        if not self.valued:
            return None
        return math.fsum(one.probability * value for one, value in zip(self.outcomes, values, strict=True))

    def _amount(self, flow: Flow) -> Fraction:
        """Return a payment as the programme's side sees it: in above 0, out below; between its own 0."""
        return self.sign(flow) * flow.amount

    def _signed(self, flow: Flow) -> float:
        return float(self._amount(flow))

    def _of_party(self, flow: Flow, name: str) -> Fraction:
        return ((flow.payee == name) - (flow.payer == name)) * flow.amount

    def _need(self, flows: Iterable[Flow], amount: Callable[[Flow], Fraction]) -> Need:
        """Return the deepest point of the running total over all outcomes, a moment's payments together."""
        deepest, when = Fraction(0), Fraction(0)
        listed = list(flows)
        for outcome in range(len(self.plan.line.stages) + 1):
            moments: dict[Fraction, Fraction] = {}
            for flow in listed:
                if flow.when.outcomes[outcome]:
                    moments[flow.when.years] = moments.get(flow.when.years, Fraction(0)) + amount(flow)
            total = Fraction(0)
            for years, change in moments.items():
                total += change
                if total < deepest:
                    deepest, when = total, years
        return Need(round_money(-deepest), day_after(self.programme.start, when), float(when))

    def _party(self, name: str) -> Party:
        def of_party(flow: Flow) -> Fraction:
            return self._of_party(flow, name)

        own = [one for one in self.plan.flows if name in {one.payer, one.payee}]
        need = self._need(own, of_party)
        if not self.valued:
            return Party(None, None, need)
        worths = [
            math.fsum(
                float(of_party(one)) * self.factors[self.years(one)]
                for one in own
                if one.when.outcomes[outcome]
            )
            for outcome in range(len(self.outcomes))
        ]
        return Party(self._expected(worths), worths[-1], need)


def valuation(programme: Programme) -> Valuation:
    """Return the exact figures of a programme."""
    plan = plan_of(programme)
    found = Valuation(plan, {})
    return Valuation(plan, {years: factor(programme, years) for years in map(found.years, plan.flows)})


def factor(programme: Programme, years: Fraction) -> float:
    """Return what one yuan is worth that is paid so many years after the start; 1 without a rate."""
    discount = programme.discount
    if discount is None:
        return 1.0
    return math.exp(-math.log1p(float(discount.rate)) * float(years + discount_shift(programme)))


def discount_shift(programme: Programme) -> Fraction:
    """Return by how many years a payment counts later than it is due."""
    return Fraction() if programme.discount is None else _SHIFT[programme.discount.timing]
