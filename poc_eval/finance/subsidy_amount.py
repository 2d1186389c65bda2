"""From a base to an amount for each claim of one rule: rate, fixed, brackets, cap, own funds, rounding."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from poc_eval.finance.policy_figures import stated_ways, unknown_in_case
from poc_eval.finance.policy_parts import Case, Way
from poc_eval.finance.subsidy_exact import Exact
from poc_eval.finance.subsidy_kernel import BELOW_MINIMUM, CAPPED, NO_CAP, Rule, pay_fen
from poc_eval.finance.subsidy_working import NONE, Branch, Working, exact, fen

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from poc_eval.finance.policy import Policy
    from poc_eval.finance.policy_parts import Cap
    from poc_eval.finance.subsidy_claims import Part
    from poc_eval.finance.subsidy_working import Reason


def branches_of(policy: Policy, part: Part) -> list[Branch]:
    """Return the ways that the claims go: one, or one for each value of ``by`` whose figures are known."""
    payout, size = policy.payout, len(part.rows)
    if payout.by is None:
        return [Branch(payout, payout.caps, np.ones(size, dtype=bool))]
    codes = part.stated[payout.by]
    found = []
    for code, value in enumerate(policy.inputs[payout.by].of):
        if unknown_in_case(policy, value):
            continue
        if payout.cases is not None:
            way: Way = payout.cases[value]
            own = way.caps if isinstance(way, Case) else None
            caps = payout.caps if own is None else own
        else:
            way, caps = Way(fixed=(payout.amounts or {})[value]), payout.caps
        found.append(Branch(way, caps, codes == code))
    return found


def work_out(working: Working, branch: Branch, *, alone: Sequence[Cap]) -> None:
    """Fill in what the claims of ``branch`` are paid; ``alone`` are the caps of each claim for itself."""
    if not branch.mask.any():
        return
    way = stated_ways(branch.way)[0]
    everything = bool(branch.mask.all())
    rows = np.arange(working.size) if everything else np.flatnonzero(branch.mask)
    name: Reason = "bracket" if way == "brackets" else "rate" if way == "rate" else "fixed"
    working.set_reason(slice(None) if everything else rows, name)
    values = working.part.stated if everything else {k: v[rows] for k, v in working.part.stated.items()}
    if working.policy.payout.base is not None and way != "fixed":
        base = _base(working.policy, values)
        if everything:
            working.base = base
        else:
            working.writable("base")[rows] = base
    if _plain(working.policy, branch.way, alone):
        _by_kernel(working, branch.way, alone, slice(None) if everything else rows)
    else:
        _step_by_step(working, branch.way, alone, rows, values)


def _plain(policy: Policy, way: Way, alone: Sequence[Cap]) -> bool:
    """Tell whether the kernel alone can do it."""
    prorate = policy.payout.prorate
    return (
        way.rate is not None
        and policy.matching is None
        and not (prorate.base or prorate.caps)
        and policy.rounding.order == "sum_then_round"
        and all(cap.share is None for cap in alone)
    )


def _base(policy: Policy, values: Mapping[str, NDArray[np.int64]]) -> NDArray[np.int64]:
    base = policy.payout.base
    if base is None:
        message = "this rule has no base"
        raise ValueError(message)
    if len(base.sum) == 1 and not base.less:
        return values[base.sum[0]]
    total = Exact.of(values[base.sum[0]])
    for name in base.sum[1:]:
        total = total.plus(Exact.of(values[name]))
    taken = total.over - sum(values[name].astype(total.over.dtype) for name in base.less)
    return Exact.of(taken).rounded(1, "down")


def _by_kernel(working: Working, way: Way, alone: Sequence[Cap], rows: slice | NDArray[np.int64]) -> None:
    policy = working.policy
    times, by = exact(way.rate).as_integer_ratio()
    minimum = policy.payout.minimum
    cap = min((fen(cap.amount) for cap in alone), default=NO_CAP)
    mode = policy.rounding.mode
    base = working.base[rows]
    found = pay_fen(
        base,
        Rule(
            times=times,
            by=by,
            cap=cap,
            minimum=0 if minimum is None else fen(minimum.amount),
            minimum_before=minimum is None or minimum.test == "before_rounding",
            unit=fen(policy.rounding.to),
            mode=mode,
        ),
        uncapped=True,
    )
    capped, below = (found.state & CAPPED) > 0, (found.state & BELOW_MINIMUM) > 0
    if isinstance(rows, slice):  # every claim: the arrays themselves, not copies of them
        working.amount, working.uncapped, working.capped = found.amount, found.uncapped, capped
        working.set_reason(capped, "cap")
        working.set_reason(below, "below_minimum")
    else:
        working.amount[rows], working.uncapped[rows], working.capped[rows] = (
            found.amount,
            found.uncapped,
            capped,
        )
        working.set_reason(rows[capped], "cap")
        working.set_reason(rows[below], "below_minimum")
    if cap != NO_CAP:
        working.writable("cap")[rows] = cap


def _step_by_step(
    working: Working,
    way: Way,
    alone: Sequence[Cap],
    rows: NDArray[np.int64],
    values: Mapping[str, NDArray[np.int64]],
) -> None:
    policy, mode = working.policy, working.policy.rounding.mode
    unit = fen(policy.rounding.to)
    raw = raw_of(working, way, rows, values)
    working.uncapped[rows] = raw.rounded(1, mode)
    value, ceiling = raw, None
    cap = lowest_cap(working, alone, rows, values)
    if cap is not None:
        above = raw.above(cap)
        value, ceiling = raw.where(above, cap), cap
        working.writable("cap")[rows], working.capped[rows] = cap.rounded(1, mode), above
        working.set_reason(rows[above], "cap")
    if policy.matching is not None:
        limit = Exact.of(values[policy.matching.input]).times(1 / exact(policy.matching.ratio))
        short = value.above(limit)
        nothing = Exact.same(0, len(rows)) if policy.matching.if_short == "nothing" else limit
        value = value.where(short, nothing)
        ceiling = limit if ceiling is None else ceiling.where(ceiling.above(limit), limit)
        if working.own_limit is None:
            working.own_limit = np.full(working.size, NONE, dtype=np.int64)
        working.own_limit[rows[short]] = limit.rounded(1, "down")[short]
        working.set_reason(rows[short], "matching")
    amount = value.rounded(unit, mode)
    if ceiling is not None:  # rounding up never passes the cap or the own funds, each to the fen
        amount[amount > ceiling.rounded(1, mode)] -= unit
    below = _below(policy, value, amount)
    amount[below] = 0
    working.set_reason(rows[below], "below_minimum")
    working.amount[rows] = amount


def _below(policy: Policy, value: Exact, amount: NDArray[np.int64]) -> NDArray[np.bool_]:
    minimum = policy.payout.minimum
    if minimum is None:
        return np.zeros(len(amount), dtype=bool)
    least = fen(minimum.amount)
    if minimum.test == "after_rounding":
        return amount < least
    return Exact.same(least, len(amount)).above(value)


def raw_of(
    working: Working, way: Way, rows: NDArray[np.int64], values: Mapping[str, NDArray[np.int64]]
) -> Exact:
    """Return what the way gives, before every limit."""
    policy = working.policy
    if way.fixed is not None:
        return _part_of_period(working, Exact.same(fen(way.fixed), len(rows)), rows)
    base = Exact.of(working.base[rows])
    if way.brackets is not None:
        return _bracketed(way, _part_of_period(working, base, rows))
    if policy.rounding.order == "round_each":
        return _part_of_period(working, _each_rounded(policy, way, values), rows)
    return _part_of_period(working, base.times(exact(way.rate)), rows)


def _part_of_period(working: Working, value: Exact, rows: NDArray[np.int64]) -> Exact:
    if not working.policy.payout.prorate.base:
        return value
    spans = working.part.spans
    return value.scaled(spans.days[rows], spans.period_days[rows])


def _each_rounded(policy: Policy, way: Way, values: Mapping[str, NDArray[np.int64]]) -> Exact:
    """Rate and round every part of the base, then add up; never below 0."""
    base, unit = policy.payout.base, fen(policy.rounding.to)
    total = np.zeros(len(next(iter(values.values()))), dtype=object)
    for names, sign in ((base.sum if base else (), 1), (base.less if base else (), -1)):
        for name in names:
            part = Exact.of(values[name]).times(exact(way.rate)).rounded(unit, policy.rounding.mode)
            total = total + sign * part.astype(object)
    return Exact.of(np.maximum(total, 0))


def _bracketed(way: Way, base: Exact) -> Exact:
    brackets = way.brackets or ()
    size = len(base.over)
    total, lower = Exact.same(0, size), Exact.same(0, size)
    below = np.zeros(size, dtype=bool)
    for bracket in brackets:
        upper = None if bracket.up_to is None else Exact.same(fen(bracket.up_to), size)
        if way.brackets_mode == "marginal":
            top = base if upper is None else base.where(base.above(upper), upper)
            total = total.plus(top.over_and_above(lower).times(exact(bracket.rate)))
            lower = base if upper is None else upper
            continue
        inside = ~below & (np.ones(size, dtype=bool) if upper is None else ~base.above(upper))
        gives = (
            base.times(exact(bracket.rate)) if bracket.fixed is None else Exact.same(fen(bracket.fixed), size)
        )
        total = total.where(inside, gives)
        below |= inside
    return total


def lowest_cap(
    working: Working, alone: Sequence[Cap], rows: NDArray[np.int64], values: Mapping[str, NDArray[np.int64]]
) -> Exact | None:
    """Return the lowest of the caps that a claim has for itself; None where there is none."""
    lowest: Exact | None = None
    for cap in alone:
        if cap.share is not None and cap.of is not None:
            one = Exact.of(values[cap.of]).times(exact(cap.share))
        else:
            one = Exact.same(fen(cap.amount), len(rows))
            if working.policy.payout.prorate.caps and cap.per == "year":
                spans = working.part.spans
                one = one.scaled(spans.days[rows], spans.period_days[rows])
        lowest = one if lowest is None else lowest.where(lowest.above(one), one)
    return lowest
