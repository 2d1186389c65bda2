"""The ledger at a glance: plan against actual, by payment, by unit, by budget line and by year; yuan."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from poc_eval.finance.ledger.entries import Payment, Recovered, Returned
from poc_eval.finance.ledger.line import NOTHING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from decimal import Decimal

    from poc_eval.finance.ledger.line import Line, Standing
    from poc_eval.finance.ledger.plan import Planned


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One planned payment beside what was done of it."""

    planned: Planned
    paid: Decimal
    due: bool

    @property
    def left(self) -> Decimal:
        """What is not paid of it."""
        return self.planned.amount - self.paid


@dataclass(frozen=True, slots=True)
class Sums:
    """What one line, or several together, come to."""

    verified: Decimal = NOTHING
    paid: Decimal = NOTHING
    due: Decimal = NOTHING
    """Due on the day asked about, and not paid."""
    to_recover: Decimal = NOTHING
    recovered: Decimal = NOTHING

    @property
    def left(self) -> Decimal:
        """Verified and not paid."""
        return self.verified - self.paid

    def plus(self, other: Sums) -> Sums:
        """Return both together."""
        return Sums(
            self.verified + other.verified,
            self.paid + other.paid,
            self.due + other.due,
            self.to_recover + other.to_recover,
            self.recovered + other.recovered,
        )


def plan_rows(standing: Standing, day: date) -> tuple[PlanRow, ...]:
    """Return each planned payment with what was paid of it, and whether it is due on ``day``."""
    return tuple(
        PlanRow(one, standing.paid_of(one), standing.is_due(one, day) and standing.to_recover <= 0)
        for one in standing.plan
    )


def sums_of(standing: Standing, day: date) -> Sums:
    """Return what a line comes to on ``day``."""
    return Sums(
        standing.verified,
        standing.paid,
        sum((row.left for row in plan_rows(standing, day) if row.due), NOTHING),
        standing.to_recover,
        standing.recovered,
    )


def total(lines: Sequence[Line], day: date) -> Sums:
    """Return what the lines come to together on ``day``."""
    found = Sums()
    for line in lines:
        found = found.plus(sums_of(line.standing(), day))
    return found


@dataclass(frozen=True, slots=True)
class BudgetRow:
    """What one level's budget line is to pay of the lines, and what it has paid."""

    level: str
    budget_code: str
    planned: Decimal
    paid: Decimal


def by_budget(lines: Sequence[Line]) -> tuple[BudgetRow, ...]:
    """Return plan and actual by level and budget code, in the order of first use."""
    planned: dict[tuple[str, str], Decimal] = defaultdict(lambda: NOTHING)
    paid: dict[tuple[str, str], Decimal] = defaultdict(lambda: NOTHING)
    for line in lines:
        standing = line.standing()
        codes = {one.level: one.budget_code for one in standing.plan}
        for one in standing.plan:
            planned[one.level, one.budget_code] += one.amount
        for order, payment in standing.payments.items():
            usual, used = codes[payment.level], payment.budget_code or codes[payment.level]
            net = standing.net(order)
            paid[payment.level, used] += net
            # What was paid out of another line than planned is no longer to come out of the planned one.
            planned[payment.level, usual] -= net
            planned[payment.level, used] += net
    keys = dict.fromkeys((*planned, *paid))
    return tuple(BudgetRow(*key, planned.get(key, NOTHING), paid.get(key, NOTHING)) for key in keys)


def paid_by_year(lines: Sequence[Line]) -> Mapping[int, Decimal]:
    """Return what was paid in each fiscal (calendar) year, less what came back or was recovered in it."""
    sums: dict[int, Decimal] = defaultdict(lambda: NOTHING)
    for line in lines:
        for _number, entry in line.in_force():
            if isinstance(entry, Payment):
                sums[entry.day.year] += entry.amount
            elif isinstance(entry, (Returned, Recovered)):
                sums[entry.day.year] -= entry.amount
    return dict(sorted(sums.items()))
