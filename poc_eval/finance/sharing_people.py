"""The people behind a team's part: what each gets, and what is left of it after income tax."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from poc_eval.errors import Fault, InputError
from poc_eval.finance.amounts import yuan
from poc_eval.finance.tax import AwardTax, TaxInstalment, award_tax, tax_instalments
from poc_eval.i18n import _
from poc_eval.money import Exact, allocate

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from poc_eval.finance.sharing import Part, Sharing


@dataclass(frozen=True, slots=True)
class Person:
    """One of those rewarded."""

    name: str
    weight: Exact
    """Parts of the team's amount: shares, percent or points; all in one measure."""
    main: bool = False
    """A main contributor (主要贡献人员)."""
    salary: Exact | None = None
    """Wages of the year in yuan; without them the tax is not worked out."""
    tax_on_shares: Exact | None = None
    """Income tax on awarded shares in yuan, as the tax office found it; of a cash award nothing."""


@dataclass(frozen=True, slots=True)
class PersonShare:
    """What one person gets; amounts in yuan."""

    person: Person
    amount: Decimal
    tax: AwardTax | None
    tax_on_shares: Decimal | None = None
    instalments: tuple[TaxInstalment, ...] = ()
    """The years in which the tax on shares is paid."""

    @property
    def award_tax(self) -> Decimal | None:
        """Return what the award adds to the person's income tax; None where it is not known."""
        if self.tax is None:
            return self.tax_on_shares
        alone = award_tax(self.tax.salary, 0, basic_deduction=self.tax.deductions).tax
        return self.tax.tax - alone

    @property
    def left(self) -> Decimal | None:
        """Return the award after the tax that it adds; None where that is not known."""
        return None if self.award_tax is None else self.amount - self.award_tax


@dataclass(frozen=True, slots=True)
class TeamShares:
    """What everybody gets, and whether the main contributors get what the rule asks for."""

    people: tuple[PersonShare, ...]
    main: Decimal
    """What the main contributors get together."""
    least_for_main: Decimal | None
    of_shares: bool = False
    """Whether shares are divided, at their value; nobody gets cash then."""

    @property
    def enough_for_main(self) -> bool | None:
        """Return whether they get enough; None where no least is stated."""
        return None if self.least_for_main is None else self.main >= self.least_for_main


def share_among(
    amount: Exact,
    people: Sequence[Person],
    *,
    least_for_main: Decimal | None = None,
    relief: bool = True,
    income_received: date | str | None = None,
    award_date: date | str | None = None,
    contract_registered: bool | None = None,
) -> TeamShares:
    """Divide a team's ``amount`` (yuan) among ``people`` by their weights, no fen lost, each with its tax.

    The days and the registration decide whether the half relief holds, as in
    :func:`poc_eval.finance.tax.award_tax`.  Raises InputError: nobody, a name twice or empty, weights that
    are no numbers or all 0, wages that are no amount.
    """
    names = [one.name.strip() for one in people]
    faults = [
        Fault(
            _('the name "{name}" stands here twice', name=name[:40]) if name else _("a person has no name"),
            _("give each person a name of its own"),
            place=f"people[{index}]",
        )
        for index, name in enumerate(names)
        if not name or name in names[:index]
    ]
    if not people:
        faults = [Fault(_("there is nobody to share with"), _("name at least one person"), place="people")]
    if faults:
        raise InputError(*faults)
    amounts = allocate(yuan(amount, "amount"), [one.weight for one in people])
    shares = tuple(
        PersonShare(
            one,
            part,
            None
            if one.salary is None
            else award_tax(
                one.salary,
                part,
                relief=relief,
                income_received=income_received,
                award_date=award_date,
                contract_registered=contract_registered,
            ),
        )
        for one, part in zip(people, amounts, strict=True)
    )
    main = sum((one.amount for one in shares if one.person.main), start=Decimal("0.00"))
    return TeamShares(shares, main, least_for_main)


def share_out(
    amount: Exact,
    people: Sequence[Person],
    *,
    least_for_main: Decimal | None = None,
    first_year: int | None = None,
    years: int | None = None,
) -> TeamShares:
    """Divide shares worth ``amount`` (yuan) among ``people`` by their weights, no fen lost.

    The half relief is for cash awards only, and what is due on shares is for the tax office to find: each
    person's ``tax_on_shares`` is taken as stated and, with a ``first_year``, planned over ``years`` calendar
    years, at most and by default as many as the policy ``equity-tax-instalments`` has. Raises InputError as
    :func:`share_among` and :func:`poc_eval.finance.tax.tax_instalments` do.
    """
    divided = share_among(
        amount, [Person(one.name, one.weight, one.main) for one in people], least_for_main=least_for_main
    )
    found = []
    for one, share in zip(people, divided.people, strict=True):
        due = None if one.tax_on_shares is None else yuan(one.tax_on_shares, "tax_on_shares")
        plan = () if due is None or first_year is None else tax_instalments(due, first_year, years=years)
        found.append(PersonShare(one, share.amount, None, due, plan))
    return TeamShares(tuple(found), divided.main, divided.least_for_main, of_shares=True)


@dataclass(frozen=True, slots=True)
class Division:
    """A division of income together with the people behind the team's part, where they are named."""

    sharing: Sharing
    team: TeamShares | None = None


def rewarded_part(sharing: Sharing) -> Part | None:
    """Return the part that rewards the contributors: the first one, the outermost before the inner ones."""
    return next((part for part in sharing.every_part() if part.reward), None)
