from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from poc_eval.finance import Policy
from poc_eval.finance.claims.form import Figure
from poc_eval.finance.claims.reckoning import reckon

OPERATION = Policy.load("hefei-pilot-operation")
CENTRE = Policy.load("hefei-poc-centre")


def told(reckoning):
    return [(one.claim, one.fault.place) for one in reckoning.faults]


def test_claims_without_faults_are_settled(three_claims):
    found = reckon([OPERATION], three_claims)
    assert found.faults == found.doubts == found.findings == ()
    assert found.settlement.total == 184_200_030


def test_a_policy_that_no_claim_names_stays_out(three_claims):
    found = reckon([OPERATION, CENTRE], three_claims)
    assert [one.policy.id for one in found.settlement.workings] == ["hefei-pilot-operation"]


def test_with_one_fault_nothing_is_paid_and_all_faults_are_told(three_claims):
    first, second, third = three_claims
    wrong = [
        replace(first, credit_code="91350100M000100Y44"),
        replace(second, figures=[replace(second.figures[0], verified=Decimal("2806667.66"))]),
        replace(third, policy="elsewhere"),
    ]
    found = reckon([OPERATION], wrong)
    assert found.settlement is None
    assert told(found) == [("C3", "policy"), ("C1", "credit_code"), ("C2", "service_revenue")]


def test_faults_of_the_table_stand_at_their_claim(three_claims):
    first, second, third = three_claims
    missing = replace(second, figures=[Figure("service_revenue", None, None)])
    found = reckon([OPERATION], [first, missing, replace(third, period="去年")])
    assert found.settlement is None
    assert told(found) == [("C2", "service_revenue"), ("C3", "period")]
    assert "nothing is not 0" in found.faults[0].fault.text("en")


def test_without_policies_or_claims_it_says_so(three_claims):
    assert told(reckon([], three_claims)) == [(None, "policies")]
    assert told(reckon([OPERATION], [])) == [(None, "claims")]


def test_claims_from_elsewhere_are_only_compared_with(three_claims):
    earlier = replace(three_claims[0], claim_id="2024-17")
    found = reckon([OPERATION], three_claims, also=[earlier])
    assert [(one.kind, one.claims, one.certain) for one in found.findings] == [
        ("same_matter", ("C1", "2024-17"), True)
    ]
    assert found.settlement.total == 184_200_030
