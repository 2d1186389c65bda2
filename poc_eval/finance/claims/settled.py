"""A settlement row by row and as a whole: from declared to paid, what each limit took, when it falls due."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

from poc_eval.errors import InputError
from poc_eval.finance.ledger.plan import funding_of, instalments_of, plan
from poc_eval.finance.subsidy_cells import MISSING
from poc_eval.finance.subsidy_limits_explained import nothing_more_above
from poc_eval.finance.subsidy_rates import rates_of
from poc_eval.finance.subsidy_working import NONE, REASONS, fen
from poc_eval.money import from_fen

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from poc_eval.finance.policy import Policy
    from poc_eval.finance.subsidy import Settlement
    from poc_eval.finance.subsidy_explain import Explanation
    from poc_eval.finance.subsidy_working import Reason, Working

    Rates: TypeAlias = Mapping[int, tuple[Sequence[str], NDArray[Any]]]

Loss: TypeAlias = Literal["cap", "matching", "minimum", "left_out", "excluded_by", "budget", "rounding"]
LOSSES: Final[tuple[Loss, ...]] = (
    "cap",
    "matching",
    "minimum",
    "left_out",
    "excluded_by",
    "budget",
    "rounding",
)
_LOSS_OF: Final[Mapping[str, Loss]] = {
    "cap": "cap",
    "matching": "matching",
    "below_minimum": "minimum",
    "ineligible": "left_out",
    "not_in_force": "left_out",
    "rule_incomplete": "left_out",
    "excluded_by": "excluded_by",
    "budget": "budget",
}


@dataclass(frozen=True, slots=True)
class SettledRow:
    """A claim under a rule as the table prints it; amounts in fen, None where there is none."""

    claim_id: str
    payee: str
    period: str
    policy: Policy
    declared: int | None
    base: int | None
    rate: str | None
    uncapped: int
    cap: int | None
    amount: int
    capped: bool
    reason: Reason
    nothing_more_above: int | None
    explanation: Explanation

    @property
    def reduced(self) -> int | None:
        """Declared less base."""
        return None if self.declared is None or self.base is None else self.declared - self.base


def settled_rows(settlement: Settlement) -> tuple[SettledRow, ...]:
    """Return a row for each claim and rule, in the order of the claims."""
    rates = {id(one): rates_of(one) for one in settlement.workings}
    return tuple(_row(settlement, row, rates) for row in range(len(settlement.order)))


def _row(settlement: Settlement, row: int, rates: Rates) -> SettledRow:
    working, inner = settlement.at(row)
    place = int(working.part.rows[inner])
    texts, codes = rates[id(working)]
    code = int(codes[inner])
    branch = working.branch_of(inner)
    return SettledRow(
        claim_id=str(settlement.claims.ids[place]),
        payee=settlement.claims.payees[place],
        period=settlement.claims.periods[place],
        policy=working.policy,
        declared=_declared(working, inner),
        base=_or_none(int(working.base[inner])),
        rate=texts[code] if code >= 0 else None,
        uncapped=int(working.uncapped[inner]),
        cap=_or_none(int(working.cap[inner])),
        amount=int(working.amount[inner]),
        capped=bool(working.capped[inner]),
        reason=REASONS[int(working.reason[inner])],
        nothing_more_above=None if branch is None else nothing_more_above(working, branch),
        explanation=settlement.explain(row),
    )


def _or_none(value: int) -> int | None:
    return None if value == NONE else value


def _declared(working: Working, row: int) -> int | None:
    """Return what was declared of the base, taking what is verified where nothing else was declared."""
    base = working.policy.payout.base
    if base is None:
        return None
    total = 0
    for sign, names in ((1, base.sum), (-1, base.less)):
        for name in names:
            verified = int(working.part.stated[name][row])
            declared = int(working.part.declared[name][row]) if name in working.part.declared else MISSING
            found = verified if declared == MISSING else declared
            if found == MISSING:
                return None
            total += sign * found
    return total


@dataclass(frozen=True, slots=True)
class Waterfall:
    """How what was declared becomes what is paid, in fen.

    ``declared`` and ``base`` are those of claims that have both.
    """

    declared: int
    base: int
    uncapped: int
    """Of all claims, those without a base too."""
    uncapped_of_base: int
    """Of the claims with a base."""
    losses: dict[Loss, int]
    amount: int


def waterfall(settlement: Settlement) -> Waterfall:
    """Return what each limit took of the claims together; a claim's loss goes to the limit that took it."""
    losses: dict[Loss, int] = dict.fromkeys(LOSSES, 0)
    declared = base = uncapped = of_base = 0
    for working in settlement.workings:
        for row in range(working.size):
            stated = _declared(working, row)
            uncapped += int(working.uncapped[row])
            if stated is not None and int(working.base[row]) != NONE:
                declared += stated
                base += int(working.base[row])
                of_base += int(working.uncapped[row])
            for name, taken in _losses(working, row):
                losses[name] += taken
    return Waterfall(declared, base, uncapped, of_base, losses, settlement.total)


def _losses(working: Working, row: int) -> Iterator[tuple[Loss, int]]:
    uncapped, entitled, amount = (
        int(column[row]) for column in (working.uncapped, working.entitled, working.amount)
    )
    name = _LOSS_OF.get(REASONS[int(working.reason[row])])
    later: Loss | None = name if name in {"excluded_by", "budget"} else None
    if later is not None:
        yield later, entitled - amount
        own = uncapped - entitled
    else:
        own = uncapped - amount
    if name in {"minimum", "left_out"}:
        yield name, own
        return
    if bool(working.capped[row]):
        by_cap = max(uncapped - int(working.cap[row]), 0)
        yield "cap", by_cap
        own -= by_cap
    if name == "matching":
        yield "matching", own
    else:
        yield "rounding", own


@dataclass(frozen=True, slots=True)
class BudgetUse:
    """A budget for the claims of a period, in fen: what there is, what the rules would pay, what is paid."""

    policies: tuple[str, ...]
    period: str
    budget: int
    wanted: int
    paid: int


def budget_use(settlement: Settlement) -> tuple[BudgetUse, ...]:
    """Return the use of each budget that is known, by pool and period, in the order of the claims."""
    sums: dict[tuple[str, int], list[int]] = defaultdict(lambda: [0, 0])
    periods: dict[tuple[str, int], str] = {}
    members: dict[str, dict[str, int]] = defaultdict(dict)
    for working in settlement.workings:
        budget = working.policy.budget
        if budget is None or budget.amount is None or not working.branches:
            continue
        pool = budget.pool or working.policy.id
        members[pool][working.policy.id] = fen(budget.amount)
        for row in range(working.size):
            key = (pool, int(working.part.spans.period_start[row]))
            sums[key][0] += int(working.entitled[row])
            sums[key][1] += int(working.amount[row])
            periods.setdefault(key, settlement.claims.periods[int(working.part.rows[row])])
    return tuple(
        BudgetUse(tuple(members[pool]), periods[pool, start], next(iter(members[pool].values())), *found)
        for (pool, start), found in sums.items()
    )


@dataclass(frozen=True, slots=True)
class CalendarRow:
    """What falls due of a rule's payouts at one of its instalments, by the level that pays; in yuan."""

    policy: Policy
    instalment: int
    when: str
    level: str
    budget_code: str
    amount: Decimal
    claims: int


def calendar(settlement: Settlement) -> tuple[tuple[CalendarRow, ...], tuple[Policy, ...]]:
    """Return what falls due when, and the rules whose shares are not known and that are left out of it."""
    rows: list[CalendarRow] = []
    unknown: list[Policy] = []
    for working in settlement.workings:
        policy = working.policy
        paid = [from_fen(int(amount)) for amount in working.amount if amount]
        try:
            parts = [plan(amount, instalments_of(policy), funding_of(policy)) for amount in paid]
        except InputError:
            unknown.append(policy)
            continue
        for column in zip(*parts, strict=True):
            first = column[0]
            total = sum((one.amount for one in column), Decimal("0.00"))
            rows.append(
                CalendarRow(
                    policy, first.instalment, first.when, first.level, first.budget_code, total, len(column)
                )
            )
    return tuple(rows), tuple(unknown)
