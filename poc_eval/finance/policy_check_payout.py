"""What can be wrong with what a rule pays: its base, its way to an amount, its limits."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from poc_eval.catalog.refusal import Refusal
from poc_eval.finance.policy_figures import stated_ways
from poc_eval.finance.policy_values import input_of_kind
from poc_eval.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from poc_eval.catalog.reader import Where
    from poc_eval.finance.policy import Policy
    from poc_eval.finance.policy_parts import Bracket, Cap, Payout, Way

_AT = ("payout",)


def payout(policy: Policy) -> Iterator[Refusal]:
    """Yield everything that is wrong under ``payout``, and with the order of rounding."""
    rule = policy.payout
    if rule.by is None:
        yield from _way(rule, _AT)
        for key in ("cases", "amounts"):
            if getattr(rule, key) is not None:
                yield Refusal(
                    _("{key} stands here, but nothing says by which input", key=key),
                    _("add by with the name of a choice"),
                    (*_AT, key),
                )
    else:
        yield from _by(policy)
    yield from _base(policy)
    yield from _caps(policy, rule.caps, _AT)
    if rule.minimum is not None and (rule.minimum.amount or 0) < 0:
        yield _below_zero((*_AT, "minimum", "amount"))
    yield from _prorate(policy)
    yield from _round_each(policy)


def ways(rule: Payout) -> list[tuple[Way, Where]]:
    """Return every way of the payout with its place: its own, or one for each case."""
    if rule.by is None:
        return [(rule, _AT)]
    return [(case, (*_AT, "cases", value)) for value, case in (rule.cases or {}).items()]


def needs_base(rule: Payout) -> bool:
    """Tell whether some way counts on a base."""
    return any({"rate", "brackets"} & set(stated_ways(way)) for way, _at in ways(rule))


def _way(way: Way, at: Where) -> Iterator[Refusal]:
    stated = stated_ways(way)
    if len(stated) != 1:
        yield Refusal(
            _("one way leads to the amount, and here are {count}", count=len(stated)),
            _("write rate, or fixed, or brackets; a figure that is not known is null"),
            at,
        )
        return
    if (way.brackets is not None) != (way.brackets_mode is not None) and stated != ("brackets",):
        yield Refusal(
            _("brackets_mode stands here without brackets"), _("take it away"), (*at, "brackets_mode")
        )
    if way.fixed is not None and way.fixed < 0:
        yield _below_zero((*at, "fixed"))
    if way.brackets is not None:
        yield from _brackets(way, at)


def _brackets(way: Way, at: Where) -> Iterator[Refusal]:
    brackets = way.brackets or ()
    if not brackets:
        yield Refusal(_("there is no bracket"), _("write at least one"), (*at, "brackets"))
    if way.brackets_mode is None:
        yield Refusal(
            _("nothing says how brackets are applied"),
            _("write brackets_mode: marginal (each part by its own rate) or whole (all by the rate reached)"),
            (*at, "brackets"),
        )
    for index, bracket in enumerate(brackets):
        here = (*at, "brackets", index)
        if bracket.rate is not None and bracket.fixed is not None:
            yield Refusal(_("a bracket has a rate and an amount"), _("keep one of them"), here)
        if "fixed" in bracket.model_fields_set and way.brackets_mode == "marginal":
            yield Refusal(
                _("an amount in a bracket cannot be added up over the brackets"),
                _("write brackets_mode: whole, or give the bracket a rate"),
                (*here, "fixed"),
            )
        if (bracket.fixed or 0) < 0:
            yield _below_zero((*here, "fixed"))
    yield from _bracket_ends(brackets, at)


def _bracket_ends(brackets: Sequence[Bracket], at: Where) -> Iterator[Refusal]:
    for index, (lower, upper) in enumerate(pairwise(brackets), start=1):
        if lower.up_to is None and "up_to" not in lower.model_fields_set:
            yield Refusal(
                _("only the last bracket has no end"),
                _("write up_to, or put this bracket last"),
                (*at, "brackets", index - 1),
            )
        elif lower.up_to is not None and upper.up_to is not None and upper.up_to <= lower.up_to:
            yield Refusal(
                _(
                    "this bracket ends at {upper}, the one before at {lower}",
                    upper=upper.up_to,
                    lower=lower.up_to,
                ),
                _("let each bracket end above the one before"),
                (*at, "brackets", index, "up_to"),
            )
    if brackets and brackets[0].up_to is not None and brackets[0].up_to <= 0:
        yield _below_zero((*at, "brackets", 0, "up_to"))


def _by(policy: Policy) -> Iterator[Refusal]:
    rule = policy.payout
    for name in stated_ways(rule):
        yield Refusal(_("{key} stands here beside by", key=name), _("put it into the cases"), (*_AT, name))
    if (rule.cases is None) == (rule.amounts is None):
        yield Refusal(
            _("by needs cases or amounts, one of them"),
            _("write cases with a way each, or amounts with an amount each"),
            (*_AT, "by"),
        )
        return
    found = list(input_of_kind(policy, str(rule.by), ("choice",), (*_AT, "by")))
    yield from found
    given = rule.cases if rule.cases is not None else rule.amounts or {}
    key = "cases" if rule.cases is not None else "amounts"
    if not found:
        values = policy.inputs[str(rule.by)].of
        yield from (
            _no_such_value(value, values, (*_AT, key, value)) for value in given if value not in values
        )
        missing = [value for value in values if value not in given]
        if missing:
            yield Refusal(
                _("nothing is said for {values}", values=", ".join(missing)),
                _("add it; a figure that is not known is null"),
                (*_AT, key),
            )
    for value, amount in (rule.amounts or {}).items():
        if (amount or 0) < 0:
            yield _below_zero((*_AT, "amounts", value))
    for value, case in (rule.cases or {}).items():
        yield from _way(case, (*_AT, "cases", value))
        yield from _caps(policy, case.caps or (), (*_AT, "cases", value))


def _no_such_value(value: str, values: Sequence[str], at: Where) -> Refusal:
    return Refusal(
        _('"{text}" is not one of the values', text=value),
        _("write one of these: {choices}", choices=", ".join(values) or "–"),
        at,
    )


def _base(policy: Policy) -> Iterator[Refusal]:
    base, needed = policy.payout.base, needs_base(policy.payout)
    if needed and base is None:
        yield Refusal(_('the key "{key}" is missing', key="base"), _("add it"), _AT)
    if base is None:
        return
    if not needed:
        yield Refusal(
            _("a base stands here, but what is paid does not depend on it"), _("take it away"), (*_AT, "base")
        )
    for key, names in (("sum", base.sum), ("less", base.less)):
        for index, name in enumerate(names):
            yield from input_of_kind(policy, name, ("amount",), (*_AT, "base", key, index))
    every = (*base.sum, *base.less)
    if len(set(every)) < len(every):
        yield Refusal(_("an input stands in the base twice"), _("let each count once"), (*_AT, "base"))


def _caps(policy: Policy, caps: Sequence[Cap], at: Where) -> Iterator[Refusal]:
    for index, cap in enumerate(caps):
        here = (*at, "caps", index)
        shared = {"share", "of"} & cap.model_fields_set
        if bool(shared) == bool({"amount", "per"} & cap.model_fields_set):
            yield Refusal(
                _("a cap is an amount for a scope, or a share of an input"),
                _("write amount and per, or share and of"),
                here,
            )
        elif shared and cap.of is None:
            yield Refusal(_('the key "{key}" is missing', key="of"), _("add it"), here)
        elif shared:
            yield from input_of_kind(policy, str(cap.of), ("amount",), (*here, "of"))
        elif cap.per is None:
            yield Refusal(_('the key "{key}" is missing', key="per"), _("add it"), here)
        if (cap.amount or 0) < 0:
            yield _below_zero((*here, "amount"))


def _prorate(policy: Policy) -> Iterator[Refusal]:
    rule = policy.payout.prorate
    if (rule.base or rule.caps) and rule.days is None:
        yield Refusal(
            _("nothing says how the days of a part period are counted"),
            _("write days: actual"),
            (*_AT, "prorate"),
        )
    if (rule.base or rule.caps) and policy.period.open:
        yield Refusal(
            _("a claim for any time has no part periods"),
            _("write period: year, or take prorate away"),
            (*_AT, "prorate"),
        )
    caps = [*policy.payout.caps]
    for case in (policy.payout.cases or {}).values():
        caps += case.caps or ()
    if rule.caps and not any(cap.per == "year" for cap in caps):
        yield Refusal(
            _("caps are to be prorated, but none of them is for a year"),
            _("write per: year at a cap, or caps: false"),
            (*_AT, "prorate", "caps"),
        )


def _round_each(policy: Policy) -> Iterator[Refusal]:
    if policy.rounding.order != "round_each":
        return
    if any(stated_ways(way) != ("rate",) for way, _at in ways(policy.payout)) or policy.payout.amounts:
        yield Refusal(
            _("rounding each part works with a plain rate alone"),
            _("write order: sum_then_round"),
            ("rounding", "order"),
        )


def _below_zero(at: Where) -> Refusal:
    return Refusal(_("the amount is below 0"), _("write an amount of 0 or more"), at)
