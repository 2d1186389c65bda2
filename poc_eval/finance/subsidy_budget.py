"""A budget for all claims of a year: who gets how much of it where it does not suffice."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np

from poc_eval.errors import Fault, InputError
from poc_eval.finance.subsidy_working import fen
from poc_eval.i18n import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from poc_eval.finance.policy_parts import Budget
    from poc_eval.finance.subsidy_claims import Claims
    from poc_eval.finance.subsidy_working import Working


def keep_budgets(workings: Sequence[Working], claims: Claims) -> None:
    """Reduce what is paid to the budgets, for each pool and period.

    By rank or date, claims are paid in that order while the money lasts; equal ones share what is left in
    proportion.  ``prorata``: all share in proportion.  What is shared goes out in the rule's rounding unit,
    the rest to the largest remainders, among equal ones to the earlier.  Raises InputError where rules that
    share a pool state it differently.
    """
    pools: dict[str, list[Working]] = defaultdict(list)
    for one in workings:
        if one.policy.budget is not None and one.branches:
            pools[one.policy.budget.pool or f"{one.policy.id} {one.policy.version}"].append(one)
    for name, members in pools.items():
        budget = _one_budget(name, members)
        periods = np.unique(np.concatenate([one.part.spans.period_start for one in members]))
        for period in periods:
            _keep(budget, members, int(period), claims)


def _one_budget(pool: str, members: Sequence[Working]) -> Budget:
    budgets = [one.policy.budget for one in members if one.policy.budget is not None]
    first = budgets[0]
    for one in budgets[1:]:
        if (one.amount, one.share) != (first.amount, first.share):
            raise InputError(
                Fault(
                    _("the rules that share the budget {pool} state it differently", pool=pool),
                    _("write the same amount and share in each of them"),
                )
            )
    return first


def _keep(budget: Budget, members: Sequence[Working], period: int, claims: Claims) -> None:
    entries = [
        (one, int(row))
        for one in members
        for row in np.flatnonzero((one.part.spans.period_start == period) & (one.amount > 0))
    ]
    left = fen(budget.amount)
    if sum(int(one.amount[row]) for one, row in entries) <= left:
        return
    turns: dict[int, list[tuple[Working, int]]] = defaultdict(list)
    order = {"rank": claims.rank, "date": claims.date, "prorata": None}[budget.share]
    for one, row in entries:
        turns[0 if order is None else int(order[one.part.rows[row]])].append((one, row))
    for turn in sorted(turns):
        left -= _give(turns[turn], left)


def _give(entries: Sequence[tuple[Working, int]], left: int) -> int:
    """Give the claims of one turn what is left, in proportion; return what they got."""
    wanted = [int(one.amount[row]) for one, row in entries]
    total = sum(wanted)
    if total <= left:
        return total
    unit = max(fen(one.policy.rounding.to) for one, _row in entries)
    parts = [want * left // (total * unit) * unit for want in wanted]
    rests = [want * left - part * total for want, part in zip(wanted, parts, strict=True)]
    spare = (left - sum(parts)) // unit
    for index in sorted(range(len(parts)), key=lambda place: -rests[place])[:spare]:
        if parts[index] + unit <= wanted[index]:
            parts[index] += unit
    for (one, row), part in zip(entries, parts, strict=True):
        one.amount[row] = part
        one.set_reason(np.arange(one.size) == row, "budget")
    return sum(parts)
