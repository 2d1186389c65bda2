"""What of a rule is known: which way it pays, and which of its figures are still missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from poc_eval.catalog.reader import place

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from poc_eval.catalog.reader import Where
    from poc_eval.finance.policy import Policy
    from poc_eval.finance.policy_parts import Bracket, Cap, Way

WAYS = ("rate", "fixed", "brackets")


def stated_ways(way: Way) -> tuple[str, ...]:
    """Return the ways to an amount that the file states, also with null."""
    return tuple(name for name in WAYS if name in way.model_fields_set)


def unknown_figures(policy: Policy) -> tuple[str, ...]:
    """Return the places of figures that every claim under ``policy`` needs and that are null."""
    return tuple(place(where) for where in _unknown(policy))


def unknown_in_case(policy: Policy, value: str) -> tuple[str, ...]:
    """Return the places of figures that claims with this value of the choice need and that are null."""
    payout = policy.payout
    if payout.amounts is not None:
        return (place(("payout", "amounts", value)),) if payout.amounts.get(value) is None else ()
    case = (payout.cases or {}).get(value)
    if case is None:
        return ()
    at: Where = ("payout", "cases", value)
    return tuple(place(where) for where in (*_way(case, at), *_caps(case.caps or (), at)))


def _unknown(policy: Policy) -> Iterator[Where]:
    payout = policy.payout
    if payout.by is None:
        yield from _way(payout, ("payout",))
    yield from _caps(payout.caps, ("payout",))
    if payout.minimum is not None and payout.minimum.amount is None:
        yield ("payout", "minimum", "amount")
    if policy.matching is not None and policy.matching.ratio is None:
        yield ("matching", "ratio")
    if policy.budget is not None and policy.budget.amount is None:
        yield ("budget", "amount")


def _way(way: Way, at: Where) -> Iterator[Where]:
    for name in stated_ways(way):
        if getattr(way, name) is None:
            yield (*at, name)
    yield from _brackets(way.brackets or (), at)


def _brackets(brackets: Sequence[Bracket], at: Where) -> Iterator[Where]:
    for index, bracket in enumerate(brackets):
        if bracket.rate is None and bracket.fixed is None:
            yield (*at, "brackets", index, "rate")
        if bracket.up_to is None and index < len(brackets) - 1:
            yield (*at, "brackets", index, "up_to")


def _caps(caps: Sequence[Cap], at: Where) -> Iterator[Where]:
    for index, cap in enumerate(caps):
        if cap.amount is None and cap.share is None:
            yield (*at, "caps", index, "share" if "share" in cap.model_fields_set else "amount")
