"""Who gets what of a transfer's income or shares: to the fen, by a sharing rule, under each reading of it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import lcm
from typing import TYPE_CHECKING, Final

from poc_eval.errors import Fault, InputError
from poc_eval.finance.amounts import yuan
from poc_eval.finance.least_reward import CASES, LeastReward, Way, least_reward, share_of
from poc_eval.finance.sharing_rule import Kind, SharingRule
from poc_eval.i18n import _
from poc_eval.money import Exact, allocate, round_money

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator, Mapping, Sequence

    from poc_eval.finance.sharing_rule import Ambiguity, Portion
    from poc_eval.i18n import Message, Text


_KINDS: Final[Mapping[Way, Kind]] = {
    "transfer": "cash",
    "licence": "cash",
    "contribution_in_kind": "equity",
    "own_use": "own_use",
}


@dataclass(frozen=True, slots=True)
class Deducted:
    """What was taken away before sharing, and what remained."""

    id: str
    title: Text
    amount: Decimal
    remaining: Decimal


@dataclass(frozen=True, slots=True)
class Part:
    """What one party gets, in yuan, and how it is divided in its turn."""

    to: str
    title: Text
    share: Fraction
    """Of the whole base."""
    amount: Decimal
    reward: bool
    inside: tuple[Part, ...] = ()
    least_for_main: Decimal | None = None
    """What the main contributors together get at least; None where the rule says nothing."""


@dataclass(frozen=True, slots=True)
class Sharing:
    """A division of income, shares or profit by a rule; amounts in yuan add up to the fen."""

    rule: SharingRule
    way: Way
    received: Decimal
    deductions: tuple[Deducted, ...]
    base: Decimal
    parts: tuple[Part, ...]
    least: LeastReward
    approvals: tuple[Text, ...]
    """Who must approve, in order; empty where the rule does not say."""
    notes: tuple[Message, ...]
    """What to know: a base that the text does not name, an approval that cannot be told, a loss."""
    holding: Fraction | None = None
    """For shares: which part of the company they are."""
    reading: str | None = None
    """The ambiguity whose other reading was taken; None for the reading of the file."""
    others: tuple[tuple[Ambiguity, Sharing], ...] = ()
    """The same under each other reading of the rule."""

    def amount(self, to: str) -> Decimal:
        """Return what ``to`` gets, wherever it stands in the tree; raises InputError."""
        found = [part for part in self.every_part() if part.to == to]
        if not found:
            known = ", ".join(part.to for part in self.every_part())
            what = _('nobody is called "{text}" here', text=to[:40])
            raise InputError(Fault(what, _("known are: {ids}", ids=known)))
        return found[0].amount

    def every_part(self) -> Iterator[Part]:
        """Yield every part, each before what it is divided into."""
        waiting = list(self.parts)
        while waiting:
            part = waiting.pop(0)
            yield part
            waiting[:0] = part.inside


def share_income(
    rule: SharingRule | str | os.PathLike[str],
    received: Exact,
    *,
    way: Way = "transfer",
    costs: Mapping[str, Exact] | None = None,
    chosen: Mapping[str, Exact] | None = None,
    post: str | None = None,
    holding: Exact | None = None,
    reading: str | None = None,
) -> Sharing:
    """Return how ``received`` (yuan) is divided by ``rule``, no fen lost.

    ``received``: income of a transfer or licence; with ``way="contribution_in_kind"`` the value at which a
    result became shares (``holding``: which part of the company they are); with ``own_use`` a year's
    operating profit. ``costs``: what is taken away, by the ids of the rule's deductions; where the rule
    shares the income received they only lead to the net income of art. 45.  ``chosen``: the share of each
    party for whom the rule leaves a range.  ``post``: the highest post among those rewarded, where approval
    goes by it. Each list is divided by largest remainder, from the top down; deductions are rounded half up,
    in order. Raises InputError with every fault of what was given, UnknownIdError and DefinitionError of the
    rule.
    """
    read = rule if isinstance(rule, SharingRule) else SharingRule.load(rule)
    case = _Case(yuan(received, "received"), way, costs or {}, chosen or {}, post, holding)
    if way not in CASES:
        what = _('there is no way of transfer "{way}"', way=str(way)[:40])
        raise InputError(Fault(what, _("known are: {ids}", ids=", ".join(CASES)), place="way"))
    if reading is not None:
        return _shared(read.reading(reading), case, reading, ())
    others = tuple((one, _shared(read.reading(one.id), case, one.id, ())) for one in read.ambiguities)
    return _shared(read, case, None, others)


@dataclass(frozen=True, slots=True)
class _Case:
    """What was given beside the rule."""

    received: Decimal
    way: Way
    costs: Mapping[str, Exact]
    chosen: Mapping[str, Exact]
    post: str | None
    holding: Exact | None


def _shared(
    rule: SharingRule, case: _Case, reading: str | None, others: tuple[tuple[Ambiguity, Sharing], ...]
) -> Sharing:
    kind = _KINDS[case.way]
    spent = _spent(rule, kind, case.costs)
    portions = rule.portions(kind)
    chosen = _chosen(portions, case.chosen)
    deducted = tuple(_deductions(rule, kind, case.received, spent))
    base = deducted[-1].remaining if deducted else case.received
    parts = _divide(portions, base, Fraction(1), chosen) if portions else ()
    rewarded = _rewarded(parts)
    least = least_reward(
        case.received,
        case.way,
        costs=sum(spent.values(), start=Decimal("0.00")),
        reward=sum(rewarded, start=Decimal("0.00")) if rewarded else None,
        state_institution=rule.state_institution,
    )
    approvals, told = _approvals(rule, case.received, case.post)
    return Sharing(
        rule=rule,
        way=case.way,
        received=case.received,
        deductions=deducted,
        base=base,
        parts=parts,
        least=least,
        approvals=approvals,
        notes=(*_notes(rule, kind, spent, case.received), *told),
        holding=None if case.holding is None else share_of(case.holding, "holding"),
        reading=reading,
        others=others,
    )


def _rewarded(parts: Sequence[Part]) -> list[Decimal]:
    """Return what rewards the contributors: of a part that does not, what inside it does."""
    found = []
    for part in parts:
        found += [part.amount] if part.reward else _rewarded(part.inside)
    return found


def _spent(rule: SharingRule, kind: Kind, costs: Mapping[str, Exact]) -> dict[str, Decimal]:
    """Return the stated costs in yuan; raises InputError for one that the rule does not name."""
    known = [one.id for one in rule.deductions if one.share is None]
    faults = []
    if kind == "cash" and rule.base == "net":
        faults = [
            Fault(
                _('the rule takes nothing away that is called "{text}"', text=name[:40]),
                _("known are: {ids}", ids=", ".join(known)),
                place="costs",
            )
            for name in costs
            if name not in known
        ]
    if faults:
        raise InputError(*faults)
    return {name: yuan(amount, f"costs.{name}") for name, amount in costs.items()}


def _deductions(
    rule: SharingRule, kind: Kind, income: Decimal, spent: Mapping[str, Decimal]
) -> Iterator[Deducted]:
    remaining = income
    for one in rule.deductions if kind == "cash" else ():
        if one.share is None:
            amount = spent.get(one.id, Decimal("0.00"))
        else:
            amount = round_money(
                Fraction(income if one.of == "received" else remaining) * Fraction(one.share)
            )
        amount = min(amount, remaining)
        remaining -= amount
        yield Deducted(one.id, one.title, amount, remaining)


def _chosen(portions: Sequence[Portion], chosen: Mapping[str, Exact]) -> dict[str, Fraction]:
    """Return the shares chosen by the parties; raises InputError with everything that does not fit."""
    ranges = dict(_ranges(portions))
    faults, shares = [], {}
    for name, given in chosen.items():
        if name not in ranges:
            what = _('nothing is to be chosen for "{text}"', text=name[:40])
            remedy = _("known are: {ids}", ids=", ".join(ranges) or "–")
            faults.append(Fault(what, remedy, place="chosen"))
            continue
        try:
            shares[name] = share_of(given, f"chosen.{name}")
        except InputError as error:
            faults += error.faults
    for name, one in ranges.items():
        low, high = one.at_least or Decimal(0), one.at_most if one.at_most is not None else Decimal(1)
        between = _("choose a share from {low}% to {high}%", low=_percent(low), high=_percent(high))
        if name not in chosen:
            faults.append(
                Fault(
                    _("the share of {title} is to be chosen", title=one.title),
                    between,
                    place=f"chosen.{name}",
                )
            )
        elif name in shares and not Fraction(low) <= shares[name] <= Fraction(high):
            what = _(
                "{share}% is outside the range for {title}", share=_percent(chosen[name]), title=one.title
            )
            faults.append(Fault(what, between, place=f"chosen.{name}"))
    if faults:
        raise InputError(*faults)
    return shares


def _percent(share: Exact) -> str:
    return f"{float(share_of(share, 'share') * 100):.6f}".rstrip("0").rstrip(".")


def _ranges(portions: Sequence[Portion]) -> Iterator[tuple[str, Portion]]:
    for one in portions:
        if one.chosen:
            yield one.to, one
        yield from _ranges(one.inside)


def _divide(
    portions: Sequence[Portion], amount: Decimal, whole: Fraction, chosen: Mapping[str, Fraction]
) -> tuple[Part, ...]:
    """Divide ``amount``, which is the part ``whole`` of the base."""
    fixed = [_fixed(one, whole, chosen) for one in portions]
    left = 1 - sum((share for share in fixed if share is not None), start=Fraction(0))
    if left < 0:
        what = _("the shares add up to {share}%, more than the whole", share=_percent_of(1 - left))
        raise InputError(Fault(what, _("choose smaller shares"), place="chosen"))
    rests = sum(one.rest or 0 for one in portions)
    if left and not rests:
        what = _("the shares add up to {share}%, and nobody takes the rest", share=_percent_of(1 - left))
        raise InputError(Fault(what, _("choose shares that add up to 100%"), place="chosen"))
    shares = [
        share if share is not None else left * Fraction(one.rest or 0, rests or 1)
        for one, share in zip(portions, fixed, strict=True)
    ]
    under = lcm(*(share.denominator for share in shares))
    amounts = allocate(amount, [int(share * under) for share in shares])
    return tuple(
        Part(
            one.to,
            one.title,
            share * whole,
            part,
            one.reward,
            _divide(one.inside, part, share * whole, chosen) if one.inside else (),
            _least_for_main(one, part, whole, amount),
        )
        for one, share, part in zip(portions, shares, amounts, strict=True)
    )


def _fixed(one: Portion, whole: Fraction, chosen: Mapping[str, Fraction]) -> Fraction | None:
    """Return the share of the amount at hand; None for one that takes of the rest."""
    if one.rest is not None:
        return None
    share = chosen[one.to] if one.chosen else Fraction(one.share or 0)
    if one.of == "portion":
        return share
    return share / whole if whole else Fraction(0)


def _least_for_main(one: Portion, part: Decimal, whole: Fraction, amount: Decimal) -> Decimal | None:
    floor = one.main_contributors
    if floor is None:
        return None
    base = Fraction(part) if floor.of == "portion" else Fraction(amount) / (whole or 1)
    return round_money(base * Fraction(floor.at_least), mode="up")


def _percent_of(share: Fraction) -> str:
    return f"{float(share * 100):.6f}".rstrip("0").rstrip(".")


def _approvals(
    rule: SharingRule, amount: Decimal, post: str | None
) -> tuple[tuple[Text, ...], list[Message]]:
    for tier in rule.approvals.by_amount:
        if (tier.up_to is None or amount <= tier.up_to) and (tier.below is None or amount < tier.below):
            return (tier.body,), []
    posts = {one.post: one for one in rule.approvals.by_post}
    if not posts:
        notes = [_("who must approve this amount is not stated")] if rule.approvals.by_amount else []
        return (), notes
    if post is None:
        return (), [_("approval goes by the post that somebody rewarded holds; none was given")]
    if post not in posts:
        what = _('there is no post "{post}" in the rule', post=post[:40])
        raise InputError(Fault(what, _("known are: {ids}", ids=", ".join(posts)), place="post"))
    return posts[post].steps, []


def _notes(rule: SharingRule, kind: Kind, spent: Mapping[str, Decimal], income: Decimal) -> Iterator[Message]:
    divided = bool(rule.portions(kind))
    if not divided:
        yield _("the text does not say how this is divided")
    if kind == "cash" and divided and rule.base is None:
        yield _("the text names no base; the income received is taken")
    if kind == "cash" and rule.base == "net" and not spent:
        yield _("no costs were stated, so net income is taken to be the income received")
    if sum(spent.values(), start=Decimal(0)) > income:
        yield _("the costs are more than the income: there is nothing to share")
