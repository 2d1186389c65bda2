"""Loan schedules beside numpy-financial's, and the interest subsidy on them."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import numpy_financial as npf
import pytest

from poc_eval.finance.programme.loans import schedule
from poc_eval.finance.programme.parts import Loan


def loan(**keys):
    return Loan.model_validate({"amount": "3000000", "rate": "0.045", "months": "36"} | keys)


@pytest.mark.parametrize(
    ("amount", "rate", "months"),
    [("3000000", "0.045", "36"), ("500000", "0.0385", "12"), ("99.99", "0.12", "7")],
)
def test_an_annuity_is_numpy_financials_to_the_fen_of_each_month(amount, rate, months):
    found = schedule(loan(amount=amount, rate=rate, months=months))
    numbers = np.arange(1, int(months) + 1)
    monthly, present = float(rate) / 12, -float(amount)
    interest = npf.ipmt(monthly, numbers, int(months), present)
    principal = npf.ppmt(monthly, numbers, int(months), present)
    # each month's fen are rounded, so the schedules part by at most a fen for each month gone by
    slack = 0.01 * int(months)
    np.testing.assert_allclose([float(one.interest) for one in found], interest, atol=slack)
    np.testing.assert_allclose([float(one.repayment) for one in found], principal, atol=slack)
    payment = npf.pmt(monthly, int(months), present)
    assert all(abs(float(one.interest + one.repayment) - payment) < 0.005 + 1e-9 for one in found[:-1])


@pytest.mark.parametrize("repayment", ["annuity", "equal_principal", "bullet"])
@pytest.mark.parametrize("rate", ["0", "0.045"])
def test_repayments_add_up_to_the_loan(repayment, rate):
    found = schedule(loan(amount="1000000.01", rate=rate, repayment=repayment))
    assert sum(one.repayment for one in found) == Decimal("1000000.01")
    assert found[-1].owed == 0


def test_half_of_the_interest_is_subsidised_to_the_fen():
    found = schedule(loan(interest_subsidy={"share": "0.5"}))
    assert found[0].interest == Decimal("11250.00")
    assert found[0].subsidy == Decimal("5625.00")
    assert all(abs(2 * one.subsidy - one.interest) <= Decimal("0.01") for one in found)


def test_a_subsidy_ends_with_its_months_and_its_cap():
    limited = schedule(loan(interest_subsidy={"share": "1", "months": "12"}))
    assert [bool(one.subsidy) for one in limited] == [True] * 12 + [False] * 24
    capped = schedule(loan(interest_subsidy={"share": "1", "cap": "20000"}))
    assert sum(one.subsidy for one in capped) == Decimal("20000.00")


def test_a_loan_is_paid_back_whatever_becomes_of_the_stages(programme):
    value = programme(
        "discount: {rate: 0.045}\nstages: [{id: only, months: 6, cost: 1, success: 0.5}]\n"
        "loans: [{amount: 120000, rate: 0.06, months: 12, interest_subsidy: {share: 1}}]"
    ).value()
    drawn = sum(flow.amount for flow in value.plan.flows if flow.kind == "loan")
    repaid = sum(flow.amount for flow in value.plan.flows if flow.kind == "repayment")
    assert drawn == repaid == 120000
    assert all(value.plan.probability(flow.when.outcomes) == 1 for flow in value.plan.flows if flow.supports)
    assert value.need_with_grant.amount < value.need.amount + 1
