"""The payments of a programme as people read them: one a row, those of a loan year by year."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from poc_eval.money import round_money

if TYPE_CHECKING:
    from decimal import Decimal

    from poc_eval.finance.programme.flows import Kind
    from poc_eval.finance.programme.value import Valuation

_MONTHLY: Final = frozenset({"interest", "repayment", "interest_subsidy"})


@dataclass(frozen=True, slots=True)
class Row:
    """One payment, or the payments of one kind for one loan in one year; ``when`` a day or a year."""

    when: str
    kind: Kind
    of: str | None
    stage: str | None
    payer: str | None
    payee: str | None
    amount: Decimal
    probability: float | None
    condition: tuple[str, str] | None


def calendar_rows(value: Valuation) -> list[Row]:
    """Return the rows in order of time."""
    rows: dict[tuple[object, ...], Row] = {}
    for place, flow in enumerate(value.plan.flows):
        monthly = flow.kind in _MONTHLY
        day = value.day(flow)
        when = str(day.year) if monthly else day.isoformat()
        key = (when, flow.kind, flow.of, flow.payer, flow.payee) if monthly else (place,)
        chance = value.plan.probability(flow.when.outcomes)
        before = rows[key].amount if key in rows else round_money(0)
        rows[key] = Row(
            when,
            flow.kind,
            flow.of,
            flow.when.stage,
            flow.payer,
            flow.payee,
            before + round_money(flow.amount),
            None if chance is None else float(chance),
            flow.when.condition,
        )
    return list(rows.values())
