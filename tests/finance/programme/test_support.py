"""Grants, own funds, clawback and deposits to the fen."""

from __future__ import annotations

from decimal import Decimal

import pytest

from poc_eval.finance.programme.support import clawback_of, deposit_of
from poc_eval.money import round_money

STAGES = """
discount: {rate: 0.10}
stages:
  - {id: plan, at: 0, cost: 1000000, success: 0.6}
  - {id: trial, at: 1, cost: 4000000, success: 0.4}
income: [{at: 3, amount: 30000000}]
"""


def payments(value, *kinds):
    return [
        (
            value.day(flow).isoformat(),
            flow.kind,
            str(round_money(flow.amount)),
            value.plan.probability(flow.when.outcomes),
        )
        for flow in value.plan.flows
        if flow.kind in kinds
    ]


def test_first_payment_of_at_least_60_percent_of_a_municipal_grant(programme):
    value = programme(
        STAGES + "grants: [{id: city, amount: 1000000, instalments: "
        "[{share: 0.60, when: start}, {share: 0.25, when: {passed: plan}}, {share: 0.15, when: accepted}]}]"
    ).value()
    assert [one[2] for one in payments(value, "grant")] == ["600000.00", "250000.00", "150000.00"]
    assert [float(one[3]) for one in payments(value, "grant")] == [1, 0.6, 0.24]


def test_deposit_kept_where_the_milestone_is_missed(programme):
    value = programme(
        STAGES
        + "grants: [{id: partner, amount: 3000000, instalments: [{share: 1, when: {passed: trial}}]}]\n"
        "deposits: [{rate: 0.10, of: next_instalment, kept_if: {failed: trial}}]"
    ).value()
    assert payments(value, "deposit") == [("2027-01-01", "deposit", "300000.00", Decimal("0.6"))]
    (back,) = [flow for flow in value.plan.flows if flow.kind == "deposit_returned"]
    # nothing is returned where the trial fails, all of it where it is passed
    assert (back.when.outcomes, back.amount) == ((False, False, True), 300000)
    assert deposit_of(Decimal("3000000.00"), Decimal("0.10")) == Decimal("300000.00")


def test_clawback_of_what_was_paid_beyond_the_milestones_passed():
    assert clawback_of(Decimal("850000.00"), Decimal("1000000.00"), 3, 5) == Decimal("250000.00")
    assert clawback_of(Decimal("500000.00"), Decimal("1000000.00"), 3, 5) == 0


def test_the_same_clawback_in_a_programme(programme):
    stages = "".join(f"  - {{id: m{place}, months: 6, success: 0.9}}\n" for place in range(5))
    value = programme(
        f"discount: {{rate: 0}}\nstages:\n{stages}"
        "grants: [{id: city, amount: 1000000, instalments: "
        "[{share: 0.85, when: start}, {share: 0.15, when: accepted}], "
        "clawback: {keep: passed_stages}}]"
    ).value()
    assert [one[2] for one in payments(value, "clawback")] == [
        "850000.00",
        "650000.00",
        "450000.00",
        "250000.00",
        "50000.00",
    ]


def test_half_of_what_was_paid_goes_back_where_the_plan_fails(programme):
    value = programme(
        STAGES + "grants: [{id: city, amount: 2000000, instalments: [{share: 0.6, when: start}, "
        "{share: 0.4, when: {passed: trial}}], clawback: {share: 0.5, when: {failed: plan}}}]"
    ).value()
    assert payments(value, "clawback") == [("2027-01-01", "clawback", "600000.00", Decimal("0.4"))]
    funder, project = value.parties["funder"].npv, value.parties["project"].npv
    assert funder + project == pytest.approx(value.rnpv)
    assert value.rnpv_with_grant == pytest.approx(project)
    # 1,200,000 - 0.4 x 600,000 / 1.1 + 0.24 x 800,000 / 1.331
    assert value.rnpv_with_grant - value.rnpv == pytest.approx(1200000 - 240000 / 1.1 + 192000 / 1.331)


def test_instalments_lose_no_fen(programme):
    value = programme(
        STAGES + "grants: [{id: city, amount: 100.01, instalments: "
        "[{share: 0.3333, when: start}, {share: 0.3333, when: {at: 0.5}}, {share: 0.3334, when: accepted}]}]"
    ).value()
    assert sum(Decimal(one[2]) for one in payments(value, "grant")) == Decimal("100.01")


def test_a_payment_by_date_is_made_while_no_stage_has_failed(programme):
    value = programme(
        STAGES + "grants: [{id: city, amount: 100, instalments: "
        "[{share: 0.5, when: {at: 0.5}}, {share: 0.5, when: {at: 2}}]}]"
    ).value()
    assert [float(one[3]) for one in payments(value, "grant")] == [1, 0.6]


@pytest.mark.parametrize(("if_short", "paid"), [("prorate", "1500000.00"), ("nothing", None)])
def test_own_funds_that_fall_short_reduce_the_grant(programme, if_short, paid):
    value = programme(
        STAGES + "grants: [{id: city, amount: 2000000, "
        f"matching: {{amount: 3000000, ratio: 2, if_short: {if_short}}}}}]"
    ).value()
    assert [one[2] for one in payments(value, "grant") if one[2] != "0.00"] == ([paid] if paid else [])


def test_a_party_that_matches_a_grant_pays_beside_it(programme):
    value = programme(
        STAGES + "parties: [funder, host, project]\n"
        "grants: [{id: centre, amount: 5000000, matching: {amount: 6000000, by: host, ratio: 1}}]"
    ).value()
    assert [one[2] for one in payments(value, "matching")] == ["5000000.00"]
    assert value.parties["host"].npv == -5000000
