"""Grants that a policy works out."""

from __future__ import annotations

from decimal import Decimal

from poc_eval.finance.programme.granted import granted

PLAN = (
    "stages: [{{id: build, months: 12, cost: 100}}]\n"
    "grants: [{{id: base, policy: {policy}, inputs: {inputs}}}]"
)


def first_grant(programme, policy, inputs):
    read = programme(PLAN.format(policy=policy, inputs=inputs))
    return granted(read, read.grants[0])


def test_a_grant_is_what_its_policy_pays(programme):
    found = first_grant(programme, "hefei-pilot-construction", "{actual_investment: 4000000}")
    assert (found.amount, found.payout.reason) == (Decimal("1200000.00"), "rate")
    assert "30%" in found.payout.explain["en"]


def test_the_policys_cap_holds(programme):
    found = first_grant(programme, "hefei-pilot-construction", "{actual_investment: 4000万}")
    assert (found.amount, found.payout.reason) == (Decimal("5000000.00"), "cap")


def test_a_policy_whose_year_begins_in_november_is_asked_for_the_first_day(programme):
    found = first_grant(programme, "zhongguancun-poc-support", "{own_funds: 5000000, agreed: 2025-11-01}")
    assert found.amount == Decimal("5000000.00")
