"""Taxes on what a transfer earns: income tax of a year, cash awards at half, stamp tax.

The rates stand in policy files (``iit``, ``award-tax``, ``stamp-items``, ``equity-tax-instalments``), each
with its source; amounts are Decimal yuan in whole fen, rates exact.  This works out a figure for a decision;
the tax office decides what is due.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING, Final

from poc_eval.errors import Fault, InputError
from poc_eval.finance.amounts import day, yuan
from poc_eval.i18n import _
from poc_eval.money import Exact, allocate, round_money

if TYPE_CHECKING:
    from collections.abc import Sequence

    from poc_eval.finance.policy import Policy
    from poc_eval.i18n import Message

RELIEF_MONTHS: Final = 36
"""Within how many months of the income a cash award must be paid (财税〔2018〕58号)."""
BASIC_DEDUCTION: Final = "60000"
"""What every resident may deduct in a year (Individual Income Tax Law 2018, art. 6)."""

_DECEMBER: Final = 12


@dataclass(frozen=True, slots=True)
class AwardTax:
    """Income tax of a year in which a cash award was paid; amounts in yuan."""

    salary: Decimal
    award: Decimal
    deductions: Decimal
    """The basic deduction and the others that were given."""
    counted: Decimal
    """The part of the award that counts into the wages."""
    taxable: Decimal
    tax: Decimal
    taxable_without_relief: Decimal
    tax_without_relief: Decimal
    eligible: bool
    """Whether the relief holds."""
    reasons: tuple[Message, ...] = field(default=())
    """Why it does not hold; where it does, what was taken for granted because nothing was said of it."""

    @property
    def saved(self) -> Decimal:
        """Return how much less tax is due with the relief."""
        return self.tax_without_relief - self.tax


@dataclass(frozen=True, slots=True)
class TaxInstalment:
    """What is due in one calendar year."""

    year: int
    amount: Decimal


def comprehensive_income_tax(taxable: Exact) -> Decimal:
    """Return the income tax on the taxable comprehensive income of a year, both in yuan.

    ``taxable`` is income less all deductions; where the deductions are larger nothing is due.  Rate table 1
    of the Individual Income Tax Law (2018), as brackets added up, which the quick deductions abbreviate.
    Raises InputError for what is no amount.
    """
    plain = taxable.strip() if isinstance(taxable, str) else taxable
    if isinstance(plain, Decimal | int) and plain < 0:
        return Decimal("0.00")
    if isinstance(plain, str) and plain[:1] in {"-", "−", "("}:
        yuan(plain.lstrip("-−(").rstrip(")"), "taxable")
        return Decimal("0.00")
    return _income_tax(yuan(plain, "taxable"))


def award_tax(
    salary: Exact,
    award: Exact,
    *,
    basic_deduction: Exact = BASIC_DEDUCTION,
    other_deductions: Exact = "0",
    relief: bool = True,
    income_received: date | str | None = None,
    award_date: date | str | None = None,
    contract_registered: bool | None = None,
) -> AwardTax:
    """Return the income tax of a year's ``salary`` and a cash ``award`` for a transfer.

    The award is 职务科技成果转化现金奖励.  Half of the award counts into the wages of the month
    (财税〔2018〕58号, policy ``award-tax``) where it is paid within 36 months of ``income_received`` and from
    the day the rule is in force, and the technology contract is registered.  Income from before that day
    counts as received on it.  What is not given is taken as met and named in ``reasons``.  This is the yearly
    settlement: no other income, nothing paid in advance. Raises InputError for amounts and days that cannot
    be read, and where one day of two is given.
    """
    wages, paid = yuan(salary, "salary"), yuan(award, "award")
    deductions = yuan(basic_deduction, "basic_deduction") + yuan(other_deductions, "other_deductions")
    eligible, reasons = _relief_holds(
        relief=relief, received=income_received, awarded=award_date, registered=contract_registered
    )
    counted = round_money(Fraction(paid) * Fraction(_award_rate())) if eligible else paid
    nothing = Decimal("0.00")
    taxable = max(wages + counted - deductions, nothing)
    whole = max(wages + paid - deductions, nothing)
    return AwardTax(
        salary=wages,
        award=paid,
        deductions=deductions,
        counted=counted,
        taxable=taxable,
        tax=_income_tax(taxable),
        taxable_without_relief=whole,
        tax_without_relief=_income_tax(whole),
        eligible=eligible,
        reasons=reasons,
    )


def tax_instalments(
    tax: Exact, first_year: int, *, years: int | None = None, weights: Sequence[Exact] | None = None
) -> tuple[TaxInstalment, ...]:
    """Return a plan that pays ``tax`` (yuan) over calendar years, no fen lost.

    In equal parts, or by ``weights``.      As many years as the policy ``equity-tax-instalments`` has
    instalments are the most.  Raises InputError for more, for none, and for weights that are not one a year.
    """
    due = yuan(tax, "tax")
    most = len(_policy("equity-tax-instalments").instalments)
    wanted = years if years is not None else len(weights) if weights is not None else most
    if not 1 <= wanted <= most:
        what = _("{years} years of instalments are asked for", years=wanted)
        raise InputError(Fault(what, _("choose 1 to {most} years", most=most), place="years"))
    if weights is not None and len(weights) != wanted:
        what = _("{count} weights stand beside {years} years", count=len(weights), years=wanted)
        raise InputError(Fault(what, _("give one weight for each year"), place="weights"))
    parts = allocate(due, weights if weights is not None else [1] * wanted)
    return tuple(TaxInstalment(first_year + index, part) for index, part in enumerate(parts))


def stamp_tax(amount: Exact, items: str | Sequence[str], vat_listed: Exact | None = None) -> Decimal:
    """Return the stamp tax that each party owes on a document over ``amount`` (yuan).

    ``items``: one item of the policy ``stamp-items`` (``technology_contract``, ``patent_transfer``,
    ``lease``, …), or several whose amounts are not stated apart: then the highest rate holds (Stamp Tax Law
    2021, art. 9). ``vat_listed``: VAT stated apart in the document, which is left out (art. 5); None where it
    is not. Raises InputError for an item that is not known, none, or VAT above the amount.
    """
    whole = yuan(amount, "amount")
    vat = Decimal("0.00") if vat_listed is None else yuan(vat_listed, "vat_listed")
    if vat > whole:
        what = _("the VAT {vat} is more than the amount {amount}", vat=f"{vat:,f}", amount=f"{whole:,f}")
        raise InputError(Fault(what, _("write the amount with the VAT in it"), place="vat_listed"))
    rates = _stamp_rates()
    named = [items] if isinstance(items, str) else list(items)
    faults = [
        Fault(
            _('there is no item "{item}"', item=str(item)[:40]),
            _("known are: {ids}", ids=", ".join(rates)),
            place="items",
        )
        for item in (named or ["–"])
        if item not in rates
    ]
    if faults:
        raise InputError(*faults)
    return round_money(Fraction(whole - vat) * max(rates[item] for item in named))


def months_later(start: date, months: int) -> date:
    """Return the day ``months`` after ``start``; the month's last day where it has no such day."""
    year, month = divmod(start.year * _DECEMBER + start.month - 1 + months, _DECEMBER)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(start.day, last))


def _relief_holds(
    *, relief: bool, received: date | str | None, awarded: date | str | None, registered: bool | None
) -> tuple[bool, tuple[Message, ...]]:
    if (received is None) != (awarded is None):
        place = "income_received" if received is None else "award_date"
        what = _("one of the two days is missing, so 36 months cannot be counted")
        raise InputError(Fault(what, _("give income_received and award_date, or neither"), place=place))
    against: list[Message] = []
    assumed: list[Message] = []
    if not relief:
        against.append(_("the relief is not claimed"))
    if registered is False:
        against.append(_("the technology contract is not registered"))
    elif registered is None:
        assumed.append(_("taken as given: the technology contract is registered"))
    if received is not None and awarded is not None:
        against += _outside(day(received, "income_received"), day(awarded, "award_date"))
    else:
        assumed.append(_("taken as given: the award is paid within 36 months of the income"))
    return not against, tuple(against or assumed)


def _outside(received: date, awarded: date) -> list[Message]:
    since = _policy("award-tax").in_force.from_
    found = []
    if awarded < received:
        found.append(
            _("the award of {award} was paid before the income of {income}", award=awarded, income=received)
        )
    if since is not None and awarded < since:
        found.append(
            _("the award was paid on {award}, before the rule of {since}", award=awarded, since=since)
        )
    start = received if since is None else max(received, since)
    last = months_later(start, RELIEF_MONTHS)
    if awarded > last:
        found.append(
            _("the award was paid on {award}; the 36 months ended on {last}", award=awarded, last=last)
        )
    return found


def _income_tax(taxable: Decimal) -> Decimal:
    """Return what the brackets of the policy ``iit`` add up to."""
    tax, below = Fraction(0), Fraction(0)
    for top, rate in income_brackets():
        upper = Fraction(taxable) if top is None else min(Fraction(taxable), top)
        tax += max(upper - below, Fraction(0)) * rate
        below = upper if top is None else top
    return round_money(tax)


@cache
def _policy(name: str) -> Policy:
    from poc_eval.finance.policy import Policy  # noqa: PLC0415 importing this module stays cheap

    return Policy.load(name)


@cache
def income_brackets() -> tuple[tuple[Fraction | None, Fraction], ...]:
    """Return the brackets of the income tax: where each ends in yuan (the last has no end), and its rate."""
    brackets = _policy("iit").payout.brackets or ()
    return tuple(
        (None if one.up_to is None else Fraction(one.up_to), Fraction(one.rate or 0)) for one in brackets
    )


@cache
def _award_rate() -> Decimal:
    rate = _policy("award-tax").payout.rate
    return Decimal(1) if rate is None else rate


@cache
def _stamp_rates() -> dict[str, Fraction]:
    cases = _policy("stamp-items").payout.cases or {}
    return {name: Fraction(case.rate) for name, case in cases.items() if case.rate is not None}
