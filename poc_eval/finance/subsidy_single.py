"""One rule and its claims: in force, eligible, within the term, the amount, and caps that claims share."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from poc_eval.finance.policy_values import encoded
from poc_eval.finance.subsidy_amount import branches_of, work_out
from poc_eval.finance.subsidy_cells import MISSING
from poc_eval.finance.subsidy_kernel import INT64
from poc_eval.finance.subsidy_working import NONE, Working, begin, fen

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from poc_eval.finance.policy import Policy
    from poc_eval.finance.policy_parts import Cap, Condition
    from poc_eval.finance.subsidy_claims import Claims, Part

TERM_OVER: Final = -2
ALREADY_CLAIMED: Final = -3


def settle(policy: Policy, claims: Claims, part: Part) -> Working:
    """Return what ``policy`` alone pays for its claims."""
    if policy.unknown:
        unpaid = begin(policy, part, ())
        unpaid.entitled = unpaid.amount
        return unpaid
    branches = branches_of(policy, part)
    working = begin(policy, part, branches)
    shared: dict[int, Cap] = {}
    for branch in branches:
        alone = [cap for cap in branch.caps if not is_shared(cap, claims)]
        shared |= {id(cap): cap for cap in branch.caps if is_shared(cap, claims)}
        work_out(working, branch, alone=alone)
    _leave_out(working, claims)
    for cap in shared.values():
        _share(working, claims, cap)
    # Groups and budgets take from `amount` in place; where there are none, it stays what it is.
    taken = policy.budget is not None or (policy.combine is not None and policy.combine.rule != "sum")
    working.entitled = working.amount.copy() if taken else working.amount
    return working


def is_shared(cap: Cap, claims: Claims) -> bool:
    """Tell whether several claims may have one such cap together."""
    if cap.share is not None:
        return False
    return cap.per in {"payee", "payee_year", "lifetime"} or claims.project_codes is not None


def _leave_out(working: Working, claims: Claims) -> None:
    """Pay nothing outside the rule's dates, to who is not eligible, or after the term."""
    policy, part = working.policy, working.part
    for index, condition in reversed(list(enumerate(policy.eligible))):
        working.failed[~_met(policy, condition, part)] = index
    _term(working, claims)
    left_out = working.failed != NONE
    outside = np.zeros(working.size, dtype=bool)
    span = policy.in_force
    if span.from_ is not None:
        outside |= part.spans.start < span.from_.toordinal()
    if span.to is not None:
        outside |= part.spans.end > span.to.toordinal()
    nothing = left_out | outside
    if not nothing.any():
        return
    known = np.zeros(working.size, dtype=bool)
    for branch in working.branches:
        known |= branch.mask
    working.set_reason(left_out & known, "ineligible")
    working.set_reason(outside & known, "not_in_force")
    working.amount[nothing] = 0
    working.capped[nothing] = False


def _met(policy: Policy, condition: Condition, part: Part) -> NDArray[np.bool_]:
    """Return where a condition holds; where an input that may be left out is, it counts as met."""
    kind, values = policy.inputs[condition.input], part.stated[condition.input]
    met = np.ones(len(values), dtype=bool)
    if condition.is_ is not None:
        met &= values == encoded(kind, condition.is_)
    if condition.one_of is not None:
        met &= np.isin(values, np.array([encoded(kind, word) for word in condition.one_of], dtype=np.int64))
    if condition.at_least is not None:
        met &= values >= (encoded(kind, condition.at_least) or 0)
    if condition.at_most is not None:
        met &= values <= (encoded(kind, condition.at_most) or 0)
    met |= values == MISSING
    return met


def _term(working: Working, claims: Claims) -> None:
    """Mark the claims beyond the number of periods, counted by unit and project in the order of time."""
    policy, part = working.policy, working.part
    if policy.term is None:
        return
    start = part.spans.period_start
    if policy.term.from_ is not None:
        agreed = part.stated[policy.term.from_]
        over = (part.spans.start < agreed) | (part.spans.end > _years_after(agreed, policy))
        working.failed[over & (working.failed == NONE)] = TERM_OVER
    who = _scope(claims, part)
    seen: dict[int, list[int]] = {}
    for row in np.lexsort((np.arange(working.size), start)):
        if working.failed[row] != NONE:
            continue
        periods = seen.setdefault(int(who[row]), [])
        if int(start[row]) in periods:
            if working.part.spans.period_days[row] and working.base[row] == NONE:
                working.failed[row] = ALREADY_CLAIMED
        elif len(periods) >= policy.term.periods:
            working.failed[row] = TERM_OVER
        else:
            periods.append(int(start[row]))


def _years_after(days: NDArray[np.int64], policy: Policy) -> NDArray[np.int64]:
    """Return the last day of the term that begins on each of ``days``."""
    years = (policy.term.periods if policy.term is not None else 0) * policy.period.years

    def last(day: int) -> int:
        first = date.fromordinal(day)
        leap = (first.month, first.day) == (2, 29)
        then = date(first.year + years, 3, 1) if leap else first.replace(year=first.year + years)
        return then.toordinal() - 1

    return np.array([last(int(day)) for day in days], dtype=np.int64)


def _scope(claims: Claims, part: Part) -> NDArray[np.int64]:
    """Return the units' numbers, or those of units with their projects where the claims name them."""
    codes = claims.payee_codes if claims.project_codes is None else claims.project_codes
    return codes[part.rows]


def _share(working: Working, claims: Claims, cap: Cap) -> None:
    """Let claims with one cap together have it in the order of time, then of the table."""
    order, group = _turns(working, claims, cap)
    before = _paid_before(working, claims, cap)
    left = _left(working.amount[order], group, fen(cap.amount), None if before is None else before[order])
    back = np.empty_like(order)
    back[order] = np.arange(working.size)
    _take_at_most(working, left[back])


def shared_keys(
    working: Working, claims: Claims, cap: Cap
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64] | None]:
    """Return for each claim the number of those that share ``cap`` with it, its turn, and what was spent.

    Numbers and turns count from 1; ``spent`` is what the sharers were paid in earlier years, in fen, None
    where no claim states it.
    """
    order, group = _turns(working, claims, cap)
    numbers, turns = np.empty(working.size, dtype=np.int64), np.empty(working.size, dtype=np.int64)
    numbers[order], turns[order] = group + 1, np.arange(working.size) + 1
    before = _paid_before(working, claims, cap)
    if before is None:
        return numbers, turns, None
    spent = np.zeros(working.size + 1, dtype=np.int64)
    np.maximum.at(spent, numbers, before)
    return numbers, turns, spent[numbers]


def _turns(working: Working, claims: Claims, cap: Cap) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the order in which claims have a shared cap, and in that order the numbers of the sharers."""
    part = working.part
    years = part.spans.period_start
    of_unit = cap.per in {"payee", "payee_year", "lifetime"}
    codes = claims.payee_codes[part.rows] if of_unit else _scope(claims, part)
    keys: list[NDArray[Any]] = [codes, years] if cap.per in {"year", "payee_year"} else [codes]
    order = np.lexsort((np.arange(working.size), part.spans.start, *reversed(keys)))
    edges = np.zeros(working.size, dtype=bool)
    for key in keys:
        edges[1:] |= key[order][1:] != key[order][:-1]
    return order, np.cumsum(edges)


def _paid_before(working: Working, claims: Claims, cap: Cap) -> NDArray[np.int64] | None:
    if claims.paid_before is None or cap.per != "lifetime":
        return None
    found: NDArray[np.int64] = claims.paid_before[working.part.rows]
    return found


def _left(
    amounts: NDArray[np.int64], group: NDArray[np.int64], cap: int, before: NDArray[np.int64] | None
) -> NDArray[np.int64]:
    """Return what is left of the cap when each claim's turn comes; ``group`` is ascending."""
    if int(amounts.max(initial=0)) * (len(amounts) + 1) > INT64:
        amounts = amounts.astype(object)
    sums = np.cumsum(amounts)
    firsts = (
        np.flatnonzero(np.r_[True, group[1:] != group[:-1]]) if len(group) else np.zeros(0, dtype=np.int64)
    )
    earlier = sums - amounts - (sums - amounts)[firsts][group]
    caps = np.full(len(amounts), cap, dtype=np.int64)
    if before is not None and len(group):
        spent = np.maximum.reduceat(before, firsts)[group]
        caps = np.maximum(caps - spent, 0)
    left: NDArray[np.int64] = np.maximum(caps - np.minimum(earlier, caps), 0).astype(np.int64)
    return left


def _take_at_most(working: Working, left: NDArray[np.int64]) -> None:
    paid = working.amount > 0
    cut = paid & (working.amount > left)
    working.cap = np.where((working.cap == NONE) | (left < working.cap), left, working.cap)
    working.capped |= paid & (working.uncapped > left)
    working.amount[cut] = left[cut]
    working.set_reason(cut, "cap")
    minimum = working.policy.payout.minimum
    unit = fen(working.policy.rounding.to)
    working.amount[cut] -= working.amount[cut] % unit
    if minimum is not None:
        small = cut & (working.amount < fen(minimum.amount))
        working.amount[small] = 0
        working.set_reason(small, "below_minimum")
