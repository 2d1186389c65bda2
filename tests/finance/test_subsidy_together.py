"""Caps that claims share, groups of rules, terms and budgets."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from poc_eval.errors import InputError
from poc_eval.finance.subsidy import pay


def yuan(result):
    return [f"{Decimal(int(fen)).scaleb(-2):.2f}" for fen in result["amount_fen"]]


def capped(per, amount="100"):
    return {"base": "income", "rate": "1", "caps": [{"amount": amount, "per": per}]}


@pytest.mark.parametrize(
    ("per", "amounts"),
    [
        ("year", ["80.00", "80.00", "80.00", "80.00"]),
        ("project", ["80.00", "80.00", "80.00", "80.00"]),
        ("payee", ["80.00", "20.00", "0.00", "80.00"]),
        ("payee_year", ["80.00", "20.00", "80.00", "80.00"]),
        ("lifetime", ["80.00", "20.00", "0.00", "80.00"]),
    ],
)
def test_claims_share_a_cap_by_its_scope_in_the_order_of_time(build, per, amounts):
    claims = build.claims(["80"] * 4, payee=["甲", "甲", "甲", "乙"], period=["2023", "2023", "2024", "2023"])
    result = build.policy(capped(per)).pay(claims)
    assert yuan(result) == amounts
    for capped_, amount, reason in zip(result["capped"], amounts, result["reason"], strict=True):
        assert capped_ == (amount != "80.00") == (reason == "cap")


def test_an_earlier_period_comes_first_whatever_the_order_of_the_rows(build):
    claims = build.claims(["80", "80"], payee=["甲", "甲"], period=["2024", "2023"])
    assert yuan(build.policy(capped("lifetime")).pay(claims, explain=False)) == ["20.00", "80.00"]


def test_claims_of_one_project_share_its_cap_where_projects_are_named(build):
    claims = build.claims(["80", "80", "80"], payee=["甲"] * 3, project=["一", "一", "二"])
    assert yuan(build.policy(capped("project")).pay(claims)) == ["80.00", "20.00", "80.00"]


def test_what_was_paid_in_earlier_years_counts_against_the_cap_over_all_years(build):
    claims = build.claims(["80", "80"], payee=["甲", "乙"], paid_before=["90", "0"])
    result = build.policy(capped("lifetime")).pay(claims)
    assert yuan(result) == ["10.00", "80.00"]
    assert "90.00" in result["explain"][0]["zh"]


def test_what_is_left_of_a_cap_below_the_minimum_is_not_paid(build):
    payout = {**capped("payee"), "minimum": {"amount": "30", "test": "before_rounding"}}
    claims = build.claims(["80", "80"], payee=["甲", "甲"])
    result = build.policy(payout).pay(claims)
    assert yuan(result) == ["80.00", "0.00"]
    assert result["reason"].tolist() == ["rate", "below_minimum"]


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 10**6)), min_size=1, max_size=12))
def test_no_unit_is_ever_paid_more_than_its_cap_and_the_cap_is_used_up(build, rows):
    claims = build.claims(
        income_fen=np.array([fen for _unit, fen in rows]), payee=[f"单位{unit}" for unit, _fen in rows]
    )
    result = build.policy(capped("payee", "5000")).pay(claims, explain=False)
    paid = result.groupby("payee")["amount_fen"].sum()
    claimed = pd.Series([fen for _unit, fen in rows]).groupby([f"单位{unit}" for unit, _fen in rows]).sum()
    assert (paid == claimed.clip(upper=500_000)).all()


def group(build, name, amount, rule, **more):
    return build.policy({"fixed": amount}, id=name, combine={"group": "g", "rule": rule, **more})


@pytest.mark.parametrize(
    ("rule", "amounts"),
    [
        ("sum", {"a": "60.00", "b": "90.00", "c": "90.00"}),
        ("highest", {"a": "0.00", "b": "90.00", "c": "0.00"}),
        ("top_up", {"a": "60.00", "b": "30.00", "c": "0.00"}),
        ("exclusive", {"a": "60.00", "b": "0.00", "c": "0.00"}),
    ],
)
def test_a_group_pays_a_matter_by_its_rule(build, rule, amounts):
    policies = [group(build, name, amount, rule) for name, amount in (("a", "60"), ("b", "90"), ("c", "90"))]
    result = pay(policies, build.claims(["1"]))
    assert dict(zip(result["policy"], yuan(result), strict=True)) == amounts
    for reason, amount, due in zip(result["reason"], yuan(result), ("60.00", "90.00", "90.00"), strict=True):
        assert reason == ("fixed" if amount == due else "excluded_by")


def test_what_was_paid_elsewhere_counts_in_a_group(build):
    claims = build.claims(["1"], already_paid=["50"])
    assert yuan(pay([group(build, "a", "60", "top_up")], claims)) == ["10.00"]
    assert yuan(pay([group(build, "a", "60", "highest")], claims)) == ["0.00"]
    assert yuan(pay([group(build, "a", "60", "exclusive")], claims)) == ["0.00"]
    assert yuan(pay([group(build, "a", "60", "sum")], claims)) == ["60.00"]


def test_a_rule_that_comes_after_another_sees_what_that_paid(build):
    city = build.policy({"fixed": "60"}, id="city")
    district = build.policy(
        {"fixed": "90"}, id="district", combine={"group": "d", "rule": "top_up", "after": ["city"]}
    )
    result = pay([district, city], build.claims(["1"]))
    assert dict(zip(result["policy"], yuan(result), strict=True)) == {"district": "30.00", "city": "60.00"}
    assert "city" in result["explain"][0]["en"]


def test_rows_that_name_their_rule_are_one_matter_by_unit_and_period_or_by_name(build):
    policies = [group(build, "a", "60", "highest"), group(build, "b", "90", "highest")]
    claims = build.claims(["1", "1"], payee=["甲", "甲"], policy=["a", "b"])
    assert yuan(pay(policies, claims)) == ["0.00", "90.00"]
    assert yuan(pay(policies, claims.assign(matter=["一", "二"]))) == ["60.00", "90.00"]


def test_a_term_ends_after_its_periods_and_one_period_is_paid_once(build):
    policy = build.policy({"fixed": "5"}, term={"periods": 2})
    claims = build.claims(["1"] * 4, payee=["甲"] * 4, period=["2021", "2022", "2022", "2023"])
    result = policy.pay(claims)
    assert yuan(result) == ["5.00", "5.00", "0.00", "0.00"]
    assert result["reason"].tolist() == ["fixed", "fixed", "ineligible", "ineligible"]


def budgeted(build, share, amount="100", **more):
    return build.policy({"base": "income", "rate": "1"}, budget={"amount": amount, "share": share, **more})


def test_a_budget_goes_by_rank_by_date_or_in_proportion(build):
    claims = build.claims(["80", "80", "40"], rank=[2, 1, 3], date=["2023-01-02", "2023-01-01", "2023-01-02"])
    assert yuan(budgeted(build, "rank").pay(claims)) == ["20.00", "80.00", "0.00"]
    assert yuan(budgeted(build, "date").pay(claims)) == ["13.33", "80.00", "6.67"]
    result = budgeted(build, "prorata").pay(claims)
    assert yuan(result) == ["40.00", "40.00", "20.00"]
    assert result["reason"].tolist() == ["budget"] * 3
    assert "预算 100.00 元" in result["explain"][0]["zh"]


def test_a_budget_is_for_each_year_and_may_be_shared_by_rules(build):
    claims = build.claims(["80", "80"], period=["2023", "2024"])
    assert yuan(budgeted(build, "prorata").pay(claims)) == ["80.00", "80.00"]
    one = budgeted(build, "prorata", pool="city")
    two = one.model_copy(update={"id": "two"})
    assert yuan(pay([one, two], build.claims(["80"]))) == ["50.00", "50.00"]
    odd = budgeted(build, "prorata", "90", pool="city").model_copy(update={"id": "two"})
    with pytest.raises(InputError, match="state it differently"):
        pay([one, odd], build.claims(["80"]))


def test_a_budget_by_rank_needs_ranks(build):
    with pytest.raises(InputError, match="rank"):
        budgeted(build, "rank").pay(build.claims(["1"]))


def test_nobody_is_paid_by_two_versions_of_one_policy(build):
    with pytest.raises(InputError, match="two versions"):
        pay([build.policy(), build.policy(version="2")], build.claims(["1"]))


def test_own_funds_that_fall_short_reduce_or_end_the_payout(build):
    inputs = {"income": build.amount(), "own": build.amount()}
    for if_short, amounts in (("prorate", ["50.00", "100.00"]), ("nothing", ["0.00", "100.00"])):
        policy = build.policy(
            {"base": "income", "rate": "1"},
            inputs=inputs,
            matching={"input": "own", "ratio": "2", "if_short": if_short},
        )
        result = policy.pay(build.claims(["100", "100"], own=["100", "200"]))
        assert yuan(result) == amounts
        assert result["reason"].tolist() == ["matching", "rate"]


def test_brackets_by_part_or_by_the_whole(build):
    brackets = [{"up_to": "100", "rate": "0.3"}, {"up_to": "200", "rate": "0.1"}, {"rate": "0"}]
    claims = build.claims(["100", "100.01", "200", "500"])
    marginal = build.policy({"base": "income", "brackets": brackets, "brackets_mode": "marginal"}).pay(claims)
    assert yuan(marginal) == ["30.00", "30.00", "40.00", "40.00"]
    whole = build.policy({"base": "income", "brackets": brackets, "brackets_mode": "whole"}).pay(claims)
    assert yuan(whole) == ["30.00", "10.00", "20.00", "0.00"]
    assert whole["rate"].tolist() == ["0.3", "0.1", "0.1", "0"]
    assert marginal["rate"].isna().all()


def test_rounding_up_never_passes_the_cap(build):
    policy = build.policy(capped("year", "15000"), rounding={"to": "10000", "mode": "up"})
    assert yuan(policy.pay(build.claims(["12000", "9000"]))) == ["10000.00", "10000.00"]
