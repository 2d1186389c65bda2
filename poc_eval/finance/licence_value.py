"""What the payments of one structure are worth: each with when it falls due, how probably, and how much.

Expected values are exact in what is uncertain: the trial, the sales, the milestones, and whether what is due
is paid.  Present values are floats: an estimate from which nothing is paid.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from poc_eval.finance.licence_parts import Deferred, Fixed, Guarantee, Milestone, Royalty
from poc_eval.finance.licence_royalty import base_of, owed
from poc_eval.money import round_money

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from poc_eval.finance.licence import Deal
    from poc_eval.finance.licence_parts import Payment

_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Line:
    """One payment that may fall due."""

    kind: str
    at: Fraction
    """Years after the start."""
    amount: Decimal
    """Yuan, if it falls due."""
    probability: Fraction
    """That it falls due."""
    licensor: float
    """Present value of what the licensor gets, in expectation."""
    licensee: float
    """Present value of what the licensee pays, in expectation."""
    paid: Fraction = Fraction(1)
    """The probability that the licensee pays it when it is due."""
    received: Fraction = Fraction(1)
    """The part of it that the licensor then gets, from the licensee or from the guarantee."""
    base: Fraction | None = None
    """What a royalty is a share of, in yuan; None for other payments."""


def discount(deal: Deal, at: Fraction) -> float:
    """Return what one yuan ``at`` years after the start is worth at the start."""
    growth = Fraction(1) + Fraction(deal.discount.rate)
    if at.denominator == 1:
        return float(1 / growth ** int(at))
    return math.pow(growth, -at)


def alive(deal: Deal, at: Fraction) -> Fraction:
    """Return the probability that the deal still runs: a failed trial with an exit ends it."""
    trial = deal.trial
    if trial is None or not trial.exit or at <= Fraction(trial.months, _MONTHS):
        return Fraction(1)
    return Fraction(trial.success)


def goes_on(deal: Deal, at: Fraction) -> Fraction:
    """Return the probability that the result works ``at`` that time: that a trial before it succeeded."""
    trial = deal.trial
    if trial is None or at <= Fraction(trial.months, _MONTHS):
        return Fraction(1)
    return Fraction(trial.success)


def sells(deal: Deal, at: Fraction) -> Fraction:
    """Return the probability that there are sales at that time."""
    return Fraction(deal.sales_probability) * goes_on(deal, at)


def lines(deal: Deal, payments: Sequence[Payment]) -> tuple[Line, ...]:
    """Return every payment of a structure, in the order of the file."""
    guarantee = next((one for one in payments if isinstance(one, Guarantee)), None)
    found: list[Line] = []
    for one in payments:
        for kind, at, amount, probability, expected in _due(deal, one):
            covered = Fraction(0)
            if guarantee is not None and _guaranteed(one):
                covered = Fraction(guarantee.covers)
            paid = Fraction(1) if isinstance(one, Guarantee) else Fraction(one.paid)
            received = paid + (1 - paid) * covered
            worth = discount(deal, at)
            found.append(
                Line(
                    kind,
                    at,
                    round_money(amount),
                    probability,
                    float(expected * received) * worth,
                    float(expected * paid) * worth,
                    paid,
                    received,
                    _base(deal, one, at) if kind == "royalty" else None,
                )
            )
    if guarantee is not None and guarantee.fee:
        found.append(_fee(guarantee, payments))
    return tuple(found)


def profit_before_payments(deal: Deal) -> float | None:
    """Return the present value of the licensee's margin less costs; None where either is not known."""
    margin, costs = deal.licensee.margin, deal.licensee.costs
    if margin is None or costs is None:
        return None
    earned = [
        float(sells(deal, Fraction(sale.at)) * Fraction(sale.amount) * Fraction(margin))
        * discount(deal, Fraction(sale.at))
        for sale in deal.sales
    ]
    spent = [
        float(goes_on(deal, Fraction(cost.at)) * Fraction(cost.amount)) * discount(deal, Fraction(cost.at))
        for cost in costs
    ]
    return math.fsum([*earned, *(-one for one in spent)])


def royalty_years(deal: Deal) -> Iterator[tuple[Fraction, int | None]]:
    """Yield each year from the first with sales to the end of the deal, with the index of its sales.

    A minimum is due in a year without sales too; such a year is counted from the first one's day.
    """
    first = Fraction(deal.sales[0].at)
    years = {int(sale.at): index for index, sale in enumerate(deal.sales)}
    start = int(first)
    for year in range(start, deal.years + 1):
        index = years.get(year)
        at = first + (year - start) if index is None else Fraction(deal.sales[index].at)
        if at <= deal.years:
            yield at, index


def _due(deal: Deal, one: Payment) -> Iterator[tuple[str, Fraction, Fraction, Fraction, Fraction]]:
    """Yield kind, time, amount, probability and expected amount of what falls due."""
    if isinstance(one, Fixed | Milestone):
        at = Fraction(one.at)
        reached = Fraction(one.probability) if isinstance(one, Milestone) else Fraction(1)
        probability = reached * alive(deal, at)
        yield one.kind, at, Fraction(one.amount), probability, Fraction(one.amount) * probability
    elif isinstance(one, Deferred):
        for at, probability in _deferred(deal, one):
            yield one.kind, at, Fraction(one.amount), probability, Fraction(one.amount) * probability
    elif isinstance(one, Royalty):
        yield from _royalty(deal, one)


def _deferred(deal: Deal, one: Deferred) -> Iterator[tuple[Fraction, Fraction]]:
    """Yield when a deferred payment falls due and how probably: at the first revenue or at the set time."""
    months = one.until.months
    last = None if months is None else Fraction(months, _MONTHS)
    first = Fraction(deal.sales[0].at) if one.until.or_ is not None else None
    if first is not None and (last is None or first < last):
        yield first, sells(deal, first)
    if last is None:
        return
    early = Fraction(0)
    if first is not None and first < last:
        early = sells(deal, first) * (1 if goes_on(deal, first) < 1 else alive(deal, last))
    yield last, alive(deal, last) - early


def _royalty(deal: Deal, one: Royalty) -> Iterator[tuple[str, Fraction, Fraction, Fraction, Fraction]]:
    least = Fraction(one.minimum)
    for at, index in royalty_years(deal):
        runs = alive(deal, at)
        selling = sells(deal, at) if index is not None else Fraction(0)
        if index is not None:
            amount = max(owed(one, deal.sales[index], deal.licensee.margin), least)
            yield one.kind, at, amount, selling, amount * selling
        if least and runs > selling:
            yield "minimum", at, least, runs - selling, least * (runs - selling)


def _base(deal: Deal, one: Payment, at: Fraction) -> Fraction | None:
    sale = next((sale for sale in deal.sales if sale.at == at), None)
    if sale is None or not isinstance(one, Royalty):
        return None
    return base_of(one, sale, deal.licensee.margin)


def _guaranteed(one: Payment) -> bool:
    return isinstance(one, Milestone | Deferred) or (isinstance(one, Fixed) and one.at > 0)


def _fee(guarantee: Guarantee, payments: Sequence[Payment]) -> Line:
    """Return the fee: of the guaranteed amount, once, at the start."""
    amounts = [
        one.amount for one in payments if isinstance(one, Fixed | Milestone | Deferred) and _guaranteed(one)
    ]
    amount = round_money(
        Fraction(guarantee.fee) * Fraction(guarantee.covers) * Fraction(sum(amounts, start=Decimal(0)))
    )
    by_licensor = guarantee.fee_by == "licensor"
    return Line(
        "guarantee_fee",
        Fraction(0),
        amount,
        Fraction(1),
        -float(amount) if by_licensor else 0.0,
        0.0 if by_licensor else float(amount),
    )
