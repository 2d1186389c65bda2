"""Several rules for the same matters: groups that pay once, the higher one or the difference."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from poc_eval.finance.policy_family import order_of_groups

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from poc_eval.finance.subsidy_claims import Claims
    from poc_eval.finance.subsidy_working import Working


def combine(workings: Sequence[Working], claims: Claims) -> None:
    """Take back what the groups of the rules do not let be paid beside other payments for one matter."""
    paid: dict[str, NDArray[np.int64]] = {}
    matters = int(claims.matter_codes.max(initial=-1)) + 1
    for unit in units_of(workings):
        rule = unit[0].policy.combine
        if rule is not None and rule.rule != "sum":
            _beside(unit, claims, paid)
            _pay_once(unit, claims)
        for one in unit:
            of_rule = np.zeros(matters, dtype=np.int64)
            np.add.at(of_rule, claims.matter_codes[one.part.rows], one.amount)
            paid[one.policy.id] = paid.get(one.policy.id, 0) + of_rule
            if one.policy.combine is not None:
                group = one.policy.combine.group
                paid[group] = paid.get(group, 0) + of_rule


def units_of(workings: Sequence[Working]) -> Iterator[list[Working]]:
    """Yield the groups, and the rules without one, each after those that it comes after."""
    by_name: dict[str, list[Working]] = {}
    for one in workings:
        group = one.policy.combine
        by_name.setdefault(f"group {group.group}" if group else f"rule {id(one)}", []).append(one)
    left = list(by_name.values())
    while left:
        waiting = {id(unit): _names(unit) for unit in left}
        ready = next((unit for unit in left if not _waits(unit, waiting)), left[0])
        left.remove(ready)
        inside = {id(one.policy): one for one in ready}
        yield [inside[id(policy)] for policy in order_of_groups([one.policy for one in ready])]


def names_after(unit: Sequence[Working]) -> list[str]:
    """Return the rules and groups outside ``unit`` that it comes after."""
    return sorted(_after(unit) - _names(unit))


def _names(unit: Sequence[Working]) -> set[str]:
    names = {one.policy.id for one in unit}
    return names | {one.policy.combine.group for one in unit if one.policy.combine is not None}


def _after(unit: Sequence[Working]) -> set[str]:
    return {name for one in unit if one.policy.combine is not None for name in one.policy.combine.after}


def _waits(unit: Sequence[Working], waiting: dict[int, set[str]]) -> bool:
    others = {name for key, names in waiting.items() if key != id(unit) for name in names}
    return bool(_after(unit) & others)


def _beside(unit: Sequence[Working], claims: Claims, paid: dict[str, NDArray[np.int64]]) -> None:
    """Note what was paid for each claim's matter outside the group."""
    names = names_after(unit)
    for one in unit:
        matters = claims.matter_codes[one.part.rows]
        elsewhere = np.zeros(one.size, dtype=np.int64)
        for name in names:
            if name in paid:
                elsewhere += paid[name][matters]
        if claims.already_paid is not None:
            elsewhere += claims.already_paid[one.part.rows]
        one.elsewhere = elsewhere
        one.taken_by = [other.policy.id for other in unit if other is not one] + names


def _pay_once(unit: Sequence[Working], claims: Claims) -> None:
    """Pay each matter once: the highest claim, the first one, or each the difference to what came before."""
    rule = unit[0].policy.combine
    entries = [
        (one, row, int(matter))
        for one in unit
        for row, matter in enumerate(claims.matter_codes[one.part.rows])
        if one.amount[row]
    ]
    if rule is not None and rule.rule == "highest":
        entries.sort(key=lambda entry: -int(entry[0].amount[entry[1]]))
    so_far: dict[int, int] = {}
    for one, row, matter in entries:
        outside = 0 if one.elsewhere is None else int(one.elsewhere[row])
        before = so_far.get(matter, 0) + outside
        own = int(one.amount[row])
        difference = rule is not None and rule.rule == "top_up"
        granted = max(own - before, 0) if difference else own if before == 0 else 0
        so_far[matter] = so_far.get(matter, 0) + granted
        if granted < own:
            if one.elsewhere is not None:
                one.elsewhere[row] = before
            one.amount[row] = granted
            one.set_reason(np.arange(one.size) == row, "excluded_by")
