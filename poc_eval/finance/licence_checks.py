"""All rules of the deal format that go beyond the type of one key."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from poc_eval.catalog.refusal import Refusal
from poc_eval.finance.licence_parts import Deferred, Fixed, Guarantee, Milestone, Royalty
from poc_eval.finance.licence_pricing_checks import pricing_refusals
from poc_eval.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

    from poc_eval.catalog.reader import Where
    from poc_eval.finance.licence import Deal
    from poc_eval.finance.licence_parts import Payment, Tier


LONGEST: Final = 200
"""Years that a deal lasts at most."""


def refusals_of(deal: Deal) -> tuple[Refusal, ...]:
    """Return everything that is wrong with ``deal``, each with its place."""
    return tuple(_all(deal))


def _all(deal: Deal) -> Iterator[Refusal]:
    if not deal.years:
        yield Refusal(_("the deal lasts 0 years"), _("write 1 or more"), ("years",))
    if deal.years > LONGEST:
        yield Refusal(
            _("the deal lasts {years} years", years=f"{deal.years:,}"),
            _("write at most {limit}; a calendar year such as 2027 is not meant", limit=LONGEST),
            ("years",),
        )
    yield from _sales(deal)
    for index, cost in enumerate(deal.licensee.costs or ()):
        yield from _when(deal, cost.at, ("licensee", "costs", index, "at"))
        yield from _amount(cost.amount, ("licensee", "costs", index, "amount"))
    for name, payments in deal.structures.items():
        for index, one in enumerate(payments):
            yield from _payment(deal, one, ("structures", name, index))
        yield from _guarantees(payments, ("structures", name))
    for name in deal.titles:
        if name not in deal.structures:
            known = ", ".join(deal.structures)
            yield Refusal(
                _('there is no structure "{name}"', name=name),
                _("known are: {ids}", ids=known),
                ("titles", name),
            )
    if deal.pricing is not None:
        yield from pricing_refusals(deal.pricing)


def _sales(deal: Deal) -> Iterator[Refusal]:
    for index, sale in enumerate(deal.sales):
        at: Where = ("sales", index)
        yield from _when(deal, sale.at, (*at, "at"))
        yield from _amount(sale.amount, (*at, "amount"))
        if sale.gross is not None and sale.gross < sale.amount:
            yield Refusal(
                _("gross sales of {gross} are below net sales of {net}", gross=sale.gross, net=sale.amount),
                _("write gross sales of at least the net sales"),
                (*at, "gross"),
            )
    for index, (before, after) in enumerate(pairwise(deal.sales), start=1):
        if int(after.at) <= int(before.at):
            yield Refusal(
                _("sales at {after} stand after sales at {before}", after=after.at, before=before.at),
                _("give one figure a year, from the first year to the last"),
                ("sales", index, "at"),
            )


def _when(deal: Deal, at: Decimal, where: Where) -> Iterator[Refusal]:
    if at < 0:
        yield Refusal(
            _("{at} lies before the start", at=at), _("count years from the start: 0 or more"), where
        )
    elif at > deal.years:
        yield Refusal(
            _("{at} lies after the {years} years of the deal", at=at, years=deal.years),
            _("write a year within the deal, or more years"),
            where,
        )


def _amount(amount: Decimal, where: Where) -> Iterator[Refusal]:
    if amount < 0:
        yield Refusal(
            _("the amount {amount} is negative", amount=f"{amount:,f}"),
            _("write an amount of 0 or more"),
            where,
        )


def _payment(deal: Deal, one: Payment, where: Where) -> Iterator[Refusal]:
    if isinstance(one, Fixed | Milestone):
        yield from _when(deal, one.at, (*where, "at"))
    if isinstance(one, Fixed | Milestone | Deferred):
        yield from _amount(one.amount, (*where, "amount"))
    if isinstance(one, Deferred):
        yield from _deferred(deal, one, where)
    if isinstance(one, Royalty):
        yield from _royalty(deal, one, where)


def _deferred(deal: Deal, one: Deferred, where: Where) -> Iterator[Refusal]:
    until = one.until
    if until.months is None and until.or_ is None:
        yield Refusal(
            _("nothing says until when the payment is put off"),
            _("write months, or: first_revenue, or both"),
            (*where, "until"),
        )
    if until.months is not None and until.months > 12 * deal.years:
        yield Refusal(
            _(
                "{months} months lie after the {years} years of the deal",
                months=until.months,
                years=deal.years,
            ),
            _("write fewer months, or more years"),
            (*where, "until", "months"),
        )
    if until.or_ is not None and not deal.sales:
        yield Refusal(_("there are no sales to wait for"), _("add sales"), (*where, "until"))


def _royalty(deal: Deal, one: Royalty, where: Where) -> Iterator[Refusal]:
    if (one.rate is None) == (one.tiers is None):
        yield Refusal(_("a royalty has a rate or tiers, one of them"), _("keep one of them"), where)
    yield from _amount(one.minimum, (*where, "minimum"))
    if not deal.sales:
        yield Refusal(_("there are no sales for the royalty"), _("add sales"), where)
    if one.of == "profit" and deal.licensee.margin is None:
        yield Refusal(
            _("a royalty on profit needs the licensee's margin"),
            _("add licensee with a margin"),
            (*where, "of"),
        )
    yield from _tiers(one.tiers or (), (*where, "tiers"))


def _tiers(tiers: Sequence[Tier], at: Where) -> Iterator[Refusal]:
    for index, one in enumerate(tiers):
        last = index == len(tiers) - 1
        if (one.up_to is None) != last:
            yield Refusal(
                _("every tier but the last has an end, and the last has none"),
                _("add up_to, or take it away"),
                (*at, index),
            )
    for index, (before, after) in enumerate(pairwise(tiers), start=1):
        if before.up_to is not None and after.up_to is not None and after.up_to <= before.up_to:
            yield Refusal(
                _("{after} stands after {before}", after=after.up_to, before=before.up_to),
                _("order the lines from the lowest to the highest"),
                (*at, index, "up_to"),
            )


def _guarantees(payments: Sequence[Payment], where: Where) -> Iterator[Refusal]:
    places = [index for index, one in enumerate(payments) if isinstance(one, Guarantee)]
    for index in places[1:]:
        yield Refusal(
            _("a structure has one guarantee, and here is another"), _("keep one of them"), (*where, index)
        )
    later = any(
        isinstance(one, Deferred | Milestone) or (isinstance(one, Fixed) and one.at > 0) for one in payments
    )
    if places and not later:
        yield Refusal(
            _("the guarantee has nothing to guarantee"),
            _("add a payment that falls due later, or take the guarantee away"),
            (*where, places[0]),
        )
