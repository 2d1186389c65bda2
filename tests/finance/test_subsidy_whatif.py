from __future__ import annotations

from datetime import date

import pytest

from poc_eval.errors import InputError
from poc_eval.finance.subsidy_whatif import altered, compare, exposure, marginal, version_for


def test_another_rate_is_compared_by_unit_and_in_total(build):
    policy = build.policy()
    other = altered(policy, {"rate": "0.40"})
    claims = build.claims(["1000", "4000000", "500"], payee=["甲", "乙", "甲"])
    found = compare([policy], [other], claims)
    assert found.by_payee().to_dict("list") == {
        "payee": ["甲", "乙"],
        "before_fen": [45000, 100_000_000],
        "after_fen": [60000, 100_000_000],
        "difference_fen": [15000, 0],
    }
    assert found.difference == 15000
    assert found.by_claim()["difference_fen"].tolist() == [10000, 0, 5000]


def test_another_cap_or_reading_too(build):
    policy = build.policy(
        ambiguities=[
            {
                "id": "scope",
                "question": build.both("上限按谁"),
                "taken": "claim",
                "other": {"caps": [{"amount": "1000000", "per": "payee"}]},
            }
        ]
    )
    claims = build.claims(["4000000", "4000000"], payee=["甲", "甲"])
    wider = altered(policy, {"caps": [{"amount": "2000000", "per": "year"}]})
    assert compare([policy], [wider], claims).difference == 40_000_000
    assert compare([policy], [policy.reading("scope")], claims).difference == -100_000_000


def test_a_change_that_does_not_fit_is_refused(build):
    with pytest.raises(InputError, match="write a share"):
        altered(build.policy(), {"rate": "a third"})
    with pytest.raises(InputError, match="not known here"):
        altered(build.policy(), {"rat": "0.3"})
    with pytest.raises(InputError, match="no input with the name"):
        altered(build.policy(), {"base": "cost"})


def test_the_next_yuan_earns_its_rate_until_the_cap(build):
    low, high = marginal([build.policy()], build.claims(["1000", "3333333.34"]))
    assert (low.next_yuan, high.next_yuan) == (30, 0)
    assert low.nothing_more_above == high.nothing_more_above == 333_333_333


def test_next_years_exposure_grows_until_caps_and_budgets(build):
    policy = build.policy(budget={"amount": "1100000", "share": "prorata"})
    found = exposure([policy], build.claims(["300000", "3000000"]), ["0", "0.10", "0.20", "-0.5"])
    assert found["wanted_fen"].tolist() == [99_000_000, 108_900_000, 110_800_000, 49_500_000]
    assert found["total_fen"].tolist() == [99_000_000, 108_900_000, 110_000_000, 49_500_000]
    assert found["capped"].tolist() == [0, 0, 1, 0]
    with pytest.raises(InputError, match="not a growth"):
        exposure([policy], build.claims(["1"]), ["-1"])


def test_the_rule_of_2023_as_known_in_march_2024(build):
    span = {"from": "2023-01-01", "to": "2023-12-31"}
    first = build.policy(version="1", in_force=span, known_from="2023-02-01")
    corrected = build.policy(version="2", in_force=span, known_from="2024-06-01")
    later = build.policy(version="3", in_force={"from": "2024-01-01", "to": "2024-12-31"})
    versions = [first, corrected, later]
    assert version_for(versions, "2023", known_on=date(2024, 3, 1)).version == "1"
    assert version_for(versions, "2023", known_on=date(2024, 7, 1)).version == "2"
    assert version_for(versions, "2023").version == "2"
    assert version_for(versions, "2024").version == "3"
    with pytest.raises(InputError, match="no version of rule holds for 2023"):
        version_for(versions, "2023", known_on=date(2023, 1, 1))
    with pytest.raises(InputError, match="is no period"):
        version_for(versions, "soon")
