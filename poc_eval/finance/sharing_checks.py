"""All rules of the sharing format that go beyond the type of one key."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

from poc_eval.catalog.refusal import Refusal
from poc_eval.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from poc_eval.catalog.reader import Where
    from poc_eval.finance.sharing_rule import Portion, SharingRule


def refusals_of(rule: SharingRule) -> tuple[Refusal, ...]:
    """Return everything that is wrong with ``rule``, each with its place."""
    return tuple(_all(rule))


def _all(rule: SharingRule) -> Iterator[Refusal]:
    yield from _says_something(rule)
    yield from _deductions(rule)
    for kind in ("cash", "equity", "own_use"):
        yield from _portions(getattr(rule, kind), (kind,), inside=False)
    yield from _tiers(rule)
    for index, one in enumerate(rule.ambiguities):
        for kind in ("cash", "equity"):
            other = getattr(one.other, kind) or ()
            yield from _portions(other, ("ambiguities", index, "other", kind), inside=False)


def _says_something(rule: SharingRule) -> Iterator[Refusal]:
    divides = rule.cash or rule.equity or rule.own_use
    if not divides and not rule.approvals.by_amount and not rule.approvals.by_post and not rule.procedure:
        yield Refusal(
            _("the rule says neither who gets what nor who approves"),
            _("add cash, equity, own_use, approvals or procedure"),
        )
    if rule.base == "net" and not any(one.share is None for one in rule.deductions):
        yield Refusal(
            _("the base is net income, and nothing is named that is taken away"),
            _("name the costs under deductions, without a share"),
            ("base",),
        )


def _deductions(rule: SharingRule) -> Iterator[Refusal]:
    seen: set[str] = set()
    for index, one in enumerate(rule.deductions):
        if one.id in seen:
            yield Refusal(
                _('"{text}" stands here twice', text=one.id),
                _("take one of them away"),
                ("deductions", index, "id"),
            )
        seen.add(one.id)


def _portions(portions: Sequence[Portion], at: Where, *, inside: bool) -> Iterator[Refusal]:
    seen: set[str] = set()
    for index, one in enumerate(portions):
        where: Where = (*at, index)
        if one.to in seen:
            yield Refusal(
                _('"{text}" stands here twice', text=one.to), _("take one of them away"), (*where, "to")
            )
        seen.add(one.to)
        yield from _one_way(one, where)
        if one.of == "whole" and not inside:
            yield Refusal(
                _("of: whole says something only inside another part"), _("take it away"), (*where, "of")
            )
        yield from _portions(one.inside, (*where, "inside"), inside=True)
    yield from _together(portions, at)


def _one_way(one: Portion, where: Where) -> Iterator[Refusal]:
    ways = sum((one.share is not None, one.chosen, one.rest is not None))
    if ways != 1 or one.rest == 0:
        yield Refusal(
            _("a part has one of share, at_least and at_most, or rest (1 or more)"),
            _("keep one of them"),
            where,
        )
    if one.at_least is not None and one.at_most is not None and one.at_most < one.at_least:
        yield Refusal(
            _("the range goes from {low} to {high}", low=one.at_least, high=one.at_most),
            _("let the second be the higher one"),
            (*where, "at_most"),
        )


def _together(portions: Sequence[Portion], at: Where) -> Iterator[Refusal]:
    """Yield what is wrong with the sum: above the whole, or short of it with nobody who takes the rest."""
    if not portions or any(one.of == "whole" for one in portions):
        return
    nothing = Decimal(0)
    fixed = sum((one.share or nothing for one in portions), start=nothing)
    least = fixed + sum((one.at_least or nothing for one in portions), start=nothing)
    open_end = any(one.rest is not None for one in portions)
    if least > 1:
        yield Refusal(
            _("the shares add up to {share}%, more than the whole", share=_percent(least)),
            _("let them add up to 100%"),
            at,
        )
    elif not open_end and (fixed != 1 or any(one.chosen for one in portions)):
        yield Refusal(
            _("the shares add up to {share}%, and nobody takes the rest", share=_percent(fixed)),
            _("let them add up to 100%, or add a part with rest: 1"),
            at,
        )


def _percent(share: Decimal) -> str:
    return f"{(share * 100).normalize():f}"


def _tiers(rule: SharingRule) -> Iterator[Refusal]:
    tiers = rule.approvals.by_amount
    for index, one in enumerate(tiers):
        ends = [end for end in (one.up_to, one.below) if end is not None]
        last = index == len(tiers) - 1
        if len(ends) > 1 or (not ends and not last):
            yield Refusal(
                _("a line is up_to or below, and only the last one has neither"),
                _("keep one of them"),
                ("approvals", "by_amount", index),
            )
    lines = [one.up_to if one.up_to is not None else one.below for one in tiers]
    for index, (before, after) in enumerate(pairwise(lines), start=1):
        if before is not None and after is not None and after <= before:
            yield Refusal(
                _("{after} stands after {before}", after=after, before=before),
                _("order the lines from the lowest to the highest"),
                ("approvals", "by_amount", index),
            )
