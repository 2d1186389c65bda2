"""The running total of cash: expected, where every stage is passed, and between which bounds."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from poc_eval.finance.programme.timeline import YEAR

if TYPE_CHECKING:
    from datetime import date

    from poc_eval.finance.programme.value import Valuation

LOWER: Final = Fraction(5, 100)
UPPER: Final = Fraction(95, 100)


@dataclass(frozen=True, slots=True)
class Standing:
    """The running total after the payments of one moment, in yuan, not discounted.

    ``low`` and ``high`` are the 5% and 95% quantiles over the outcomes, ``expected`` their mean; all three
    are that of success where the stages have no probabilities.
    """

    day: date
    months: float
    success: Fraction
    expected: Fraction
    low: Fraction
    high: Fraction


def cumulative(value: Valuation, *, support: bool) -> list[Standing]:
    """Return the running total at every moment of a payment, distributions at their mean."""
    flows = [flow for flow in value.plan.flows if support or not flow.supports]
    outcomes = len(value.plan.line.stages) + 1
    chances = value.plan.probabilities if value.valued else [Fraction(0)] * (outcomes - 1) + [Fraction(1)]
    totals = [Fraction(0)] * outcomes
    found: list[Standing] = []
    for place, flow in enumerate(flows):
        for outcome in range(outcomes):
            if flow.when.outcomes[outcome]:
                totals[outcome] += value.sign(flow) * flow.amount
        if place + 1 < len(flows) and flows[place + 1].when.years == flow.when.years:
            continue
        found.append(
            Standing(
                value.day(flow),
                float(flow.when.years * YEAR),
                totals[-1],
                sum((chance * total for chance, total in zip(chances, totals, strict=True)), Fraction(0)),
                _quantile(totals, chances, LOWER),
                _quantile(totals, chances, UPPER),
            )
        )
    return found


def _quantile(totals: list[Fraction], chances: list[Fraction], share: Fraction) -> Fraction:
    reached = Fraction(0)
    pairs = sorted(zip(totals, chances, strict=True))
    for total, chance in pairs:
        reached += chance
        if reached >= share:
            return total
    return pairs[-1][0]
