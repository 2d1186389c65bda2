"""The limits of a payout in words: cap, own funds, minimum, rounding, other rules, budget."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from poc_eval.finance.subsidy_words import percent, yuan
from poc_eval.finance.subsidy_working import CODE, NONE, exact, fen
from poc_eval.i18n import Message, _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from poc_eval.finance.policy_parts import Cap
    from poc_eval.finance.subsidy_claims import Claims
    from poc_eval.finance.subsidy_working import Branch, Working
    from poc_eval.i18n import Translatable

MODES: Final = {
    "half_up": _("rounded half up"),
    "half_even": _("rounded, halves to the even one"),
    "down": _("rounded down"),
    "up": _("rounded up"),
}


def limits(working: Working, branch: Branch, row: int, claims: Claims) -> Iterator[Message]:
    """Yield what limited a claim's payout, in the order in which the limits were applied."""
    yield from _cap(working, branch, row)
    yield from _own_funds(working, row)
    reason = int(working.reason[row])
    minimum = working.policy.payout.minimum
    if reason == CODE["below_minimum"] and minimum is not None:
        least = yuan(fen(minimum.amount))
        yield (
            _(
                "Before rounding, that is below {amount} yuan, the least that is paid; nothing is paid.",
                amount=least,
            )
            if minimum.test == "before_rounding"
            else _(
                "Rounded, that is below {amount} yuan, the least that is paid; nothing is paid.", amount=least
            )
        )
        return
    yield _rounding(working, row)
    yield from _beside(working, row)
    budget = working.policy.budget
    if reason == CODE["budget"] and budget is not None:
        yield _(
            "The budget of {amount} yuan does not suffice for all claims and is shared out {how}; "
            "this claim gets {paid} yuan.",
            amount=yuan(fen(budget.amount)),
            how=_how(budget.share),
            paid=yuan(int(working.amount[row])),
        )
    if claims.paid_before is not None and int(claims.paid_before[working.part.rows[row]]):
        yield _(
            "Paid under this rule before: {amount} yuan.",
            amount=yuan(int(claims.paid_before[working.part.rows[row]])),
        )


def nothing_more_above(working: Working, branch: Branch) -> int | None:
    """Return the base in fen above which a plain rate with one cap earns no more; None where it is not so."""
    policy, way = working.policy, branch.way
    caps = [cap for cap in branch.caps if cap.amount is not None]
    if not way.rate or len(caps) != 1 or len(branch.caps) != 1 or caps[0].per not in {"year", "project"}:
        return None
    if policy.payout.prorate.base or policy.payout.prorate.caps or policy.rounding.order == "round_each":
        return None
    return int(Fraction(fen(caps[0].amount)) / Fraction(way.rate))


def scope(cap: Cap, working: Working) -> Translatable:
    """Return what a cap is called."""
    if cap.share is not None and cap.of is not None:
        return _(
            "cap of {share} of {label}", share=percent(cap.share), label=working.policy.inputs[cap.of].label
        )
    return {
        "year": _("yearly cap"),
        "project": _("cap for a project"),
        "payee": _("cap for a unit"),
        "payee_year": _("yearly cap for a unit"),
        "lifetime": _("cap over all years"),
        None: _("cap"),
    }[cap.per]


def _cap(working: Working, branch: Branch, row: int) -> Iterator[Message]:
    if not working.capped[row]:
        return
    cap = int(working.cap[row])
    name = _binding(working, branch, row)
    end, base = nothing_more_above(working, branch), working.policy.payout.base
    if end is not None and base is not None and len(base.sum) == 1 and not base.less:
        yield _(
            "That is above the {name} of {amount} yuan, which is taken; "
            "{label} above {end} yuan earns nothing more.",
            name=name,
            amount=yuan(cap),
            label=working.policy.inputs[base.sum[0]].label,
            end=yuan(end),
        )
    else:
        yield _(
            "That is above what the {name} leaves, {amount} yuan, which is taken.",
            name=name,
            amount=yuan(cap),
        )


def _binding(working: Working, branch: Branch, row: int) -> Translatable:
    """Return the name of the cap that left the least."""
    found = int(working.cap[row])
    for cap in branch.caps:
        if cap.amount is not None and fen(cap.amount) == found:
            return scope(cap, working)
        if cap.share is not None and cap.of is not None:
            exact_cap = int(working.part.stated[cap.of][row]) * exact(cap.share)
            if abs(exact_cap - found) < 1:
                return scope(cap, working)
    return scope(branch.caps[-1], working)


def _own_funds(working: Working, row: int) -> Iterator[Message]:
    rule = working.policy.matching
    if rule is None:
        return
    own = yuan(int(working.part.stated[rule.input][row]))
    label = working.policy.inputs[rule.input].label
    limit = NONE if working.own_limit is None else int(working.own_limit[row])
    if limit == NONE:
        yield _(
            "{label}: {own} yuan, at least {ratio} times the payout.", label=label, own=own, ratio=rule.ratio
        )
    elif rule.if_short == "nothing":
        yield _(
            "{label}: {own} yuan, less than {ratio} times the payout; nothing is paid.",
            label=label,
            own=own,
            ratio=rule.ratio,
        )
    else:
        yield _(
            "{label}: {own} yuan, less than {ratio} times the payout, which is reduced to {limit} yuan.",
            label=label,
            own=own,
            ratio=rule.ratio,
            limit=yuan(limit),
        )


def _rounding(working: Working, row: int) -> Message:
    rule = working.policy.rounding
    order = (
        _("added up first, then rounded")
        if rule.order == "sum_then_round"
        else _("each figure rounded, then added up")
    )
    return _(
        "To multiples of {unit} yuan, {mode}: {amount} yuan ({order}).",
        unit=f"{rule.to:f}",
        mode=MODES[rule.mode],
        amount=yuan(int(working.entitled[row])),
        order=order,
    )


def _beside(working: Working, row: int) -> Iterator[Message]:
    if int(working.reason[row]) != CODE["excluded_by"] or working.policy.combine is None:
        return
    elsewhere = 0 if working.elsewhere is None else int(working.elsewhere[row])
    yield _(
        "For the same matter {amount} yuan are paid otherwise ({others}); "
        "by the group's rule ({rule}) {paid} yuan are paid here.",
        amount=yuan(elsewhere),
        others=", ".join(working.taken_by) or "–",
        rule=_group_rule(working.policy.combine.rule),
        paid=yuan(int(working.amount[row])),
    )


def _group_rule(rule: str) -> Message:
    return {
        "sum": _("all are paid"),
        "highest": _("only the highest is paid"),
        "top_up": _("the difference is paid"),
        "exclusive": _("one excludes the others"),
    }[rule]


def _how(share: str) -> Message:
    return {
        "rank": _("by rank"),
        "date": _("by date of application"),
        "prorata": _("in proportion"),
    }[share]
