"""Loans paid back month by month, and the interest subsidy (贷款贴息) on them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from poc_eval.finance.programme.flows import Flow, occasions
from poc_eval.finance.programme.timeline import YEAR
from poc_eval.money import round_money

if TYPE_CHECKING:
    from collections.abc import Iterator

    from poc_eval.finance.programme.model import Programme
    from poc_eval.finance.programme.parts import InterestSubsidy, Loan
    from poc_eval.finance.programme.timeline import Timeline


@dataclass(frozen=True, slots=True)
class Month:
    """One month of a loan, in yuan to the fen: interest, repayment, what is still owed, and the subsidy."""

    number: int
    interest: Decimal
    repayment: Decimal
    owed: Decimal
    subsidy: Decimal


def schedule(loan: Loan) -> list[Month]:
    """Return the months of a loan; each is paid at its end.

    Interest is a twelfth of the yearly rate on what is owed, rounded half up to the fen.  ``annuity``: the
    same payment each month, ``A r / (1 - (1 + r)^-n)`` rounded half up, as ``numpy_financial.pmt``;
    ``equal_principal``: the same repayment each month, rounded down; ``bullet``: all at the end.  The last
    month pays what is left, so that repayments add up to the loan.
    """
    monthly = Fraction(loan.rate) / YEAR
    owed, months, given = loan.amount, [], Decimal(0)
    for number in range(1, loan.months + 1):
        interest = round_money(Fraction(owed) * monthly)
        repayment = owed if number == loan.months else min(_repaid(loan, monthly, interest), owed)
        owed -= repayment
        subsidy = _subsidy(loan.interest_subsidy, number, interest, given)
        given += subsidy
        months.append(Month(number, interest, repayment, owed, subsidy))
    return months


def loan_flows(programme: Programme, line: Timeline) -> Iterator[Flow]:
    """Yield the payments of all loans; one that was drawn is paid back whatever becomes of the stages."""
    for index, loan in enumerate(programme.loans):
        name, borrower = loan.id or f"loan-{index + 1}", loan.to or programme.bearer
        for drawn in occasions(line, loan.when):
            yield Flow("loan", name, drawn, loan.lender, borrower, Fraction(loan.amount))
            for month in schedule(loan):
                when = drawn.later(Fraction(month.number, YEAR))
                if month.interest:
                    yield Flow("interest", name, when, borrower, loan.lender, Fraction(month.interest))
                if month.repayment:
                    yield Flow("repayment", name, when, borrower, loan.lender, Fraction(month.repayment))
                if month.subsidy and loan.interest_subsidy is not None:
                    giver = loan.interest_subsidy.by or programme.payer
                    yield Flow("interest_subsidy", name, when, giver, borrower, Fraction(month.subsidy))


def _repaid(loan: Loan, monthly: Fraction, interest: Decimal) -> Decimal:
    if loan.repayment == "bullet":
        return Decimal(0)
    if loan.repayment == "equal_principal" or not monthly:
        return round_money(Fraction(loan.amount) / loan.months, mode="down")
    growth = (1 + monthly) ** loan.months
    return max(round_money(Fraction(loan.amount) * monthly * growth / (growth - 1)) - interest, Decimal(0))


def _subsidy(rule: InterestSubsidy | None, number: int, interest: Decimal, given: Decimal) -> Decimal:
    if rule is None or (rule.months is not None and number > rule.months):
        return Decimal(0)
    share = round_money(Fraction(interest) * Fraction(rule.share))
    return share if rule.cap is None else max(min(share, rule.cap - given), Decimal(0))
