"""Published and constructed cases, each named for its source, through the policy format."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from poc_eval.errors import InputError

MILLION = "1000000"


def rule(rate="0.30", cap=MILLION, **more):
    return {"base": "income", "rate": rate, "caps": [{"amount": cap, "per": "year"}], **more}


@pytest.mark.parametrize(
    ("base", "amount", "capped"),
    [
        ("3333333.30", "999999.99", False),
        ("3333333.31", "999999.99", False),
        ("3333333.32", "1000000.00", False),
        ("3333333.33", "1000000.00", False),
        ("3333333.34", "1000000.00", True),
        ("0.00", "0.00", False),
        ("1234567.89", "370370.37", False),
    ],
)
def test_the_boundary_of_hefeis_cap_for_poc_centres(build, base, amount, capped):
    result = build.policy(rule()).pay(build.claims([base]), explain=False).iloc[0]
    assert Decimal(int(result["amount_fen"])).scaleb(-2) == Decimal(amount)
    assert bool(result["capped"]) is capped
    assert result["reason"] == ("cap" if capped else "rate")


def test_the_boundary_of_hefeis_cap_for_building_pilot_bases(build):
    policy = build.policy(rule(cap="5000000"))
    result = policy.pay(build.claims(["16666666.65"]), explain=False).iloc[0]
    assert (result["amount_fen"], result["capped"]) == (500_000_000, False)


@pytest.mark.parametrize(
    ("base", "mode", "amount"),
    [
        ("0.05", "half_up", "0.02"),
        ("0.15", "half_up", "0.05"),
        ("0.15", "half_even", "0.04"),
        ("0.25", "half_even", "0.08"),
        ("33.35", "half_even", "10.00"),
        ("1000000.15", "half_up", "300000.05"),
        ("1000000.15", "half_even", "300000.04"),
    ],
)
def test_rounding_ties(build, base, mode, amount):
    policy = build.policy(rule(), rounding={"to": "0.01", "mode": mode})
    assert build.paid(policy, base) == [amount]


@pytest.mark.parametrize(("base", "amount"), [("33333.34", "10000.00"), ("33333.33", "0.00")])
def test_heke_2023_116_pays_no_clause_below_ten_thousand_compared_before_rounding(build, base, amount):
    minimum = {"amount": "10000", "test": "before_rounding"}
    assert build.paid(build.policy(rule(minimum=minimum)), base) == [amount]


def test_compared_after_rounding_the_same_claim_is_paid(build):
    minimum = {"amount": "10000", "test": "after_rounding"}
    assert build.paid(build.policy(rule(minimum=minimum)), "33333.33") == ["10000.00"]


@pytest.mark.parametrize(("order", "amount"), [("sum_then_round", "0.05"), ("round_each", "0.06")])
def test_three_lines_of_five_fen_are_added_up_first_or_rounded_first(build, order, amount):
    policy = build.policy(
        {"base": {"sum": ["a", "b", "c"]}, "rate": "0.30"},
        inputs={name: build.amount() for name in "abc"},
        rounding={"to": "0.01", "mode": "half_up", "order": order},
    )
    assert build.paid(policy, a=["0.05"], b=["0.05"], c=["0.05"]) == [amount]


@pytest.mark.parametrize(("prorate", "amount"), [("no", "1000000.00"), ("yes", "753424.66")])
def test_a_part_year_of_275_days_with_the_cap_whole_or_prorated(build, prorate, amount):
    days = {"base": "no", "caps": prorate, "days": "actual"}
    result = build.policy(rule(prorate=days)).pay(
        build.claims(["4000000.00"], period=["2025-04-01/2025-12-31"]), explain=False
    )
    assert Decimal(int(result["amount_fen"][0])).scaleb(-2) == Decimal(amount)
    assert bool(result["capped"][0])


def test_shenzhen_longgang_2024_tops_up_to_the_highest(build):
    policy = build.policy({"fixed": "900000"}, combine={"group": "same", "rule": "top_up"})
    assert build.paid(policy, "1", already_paid=["600000.00"]) == ["300000.00"]


@pytest.mark.parametrize(
    ("rate", "base", "amount", "capped"),
    [("0.50", "9999999.99", "5000000.00", False), ("1.00", "5000000.01", "5000000.00", True)],
)
def test_shenzhen_poc_2024_for_firms_and_public_units(build, rate, base, amount, capped):
    policy = build.policy(rule(rate, "5000000"))
    result = policy.pay(build.claims([base]), explain=False).iloc[0]
    assert (Decimal(int(result["amount_fen"])).scaleb(-2), result["capped"]) == (Decimal(amount), capped)


def test_beijing_pilot_platforms_2026(build):
    assert build.paid(build.policy(rule("0.35", "100000000")), "250000000.00") == ["87500000.00"]


def test_numbers_from_a_spreadsheet_count_as_typed(build):
    policy = build.policy(rule())
    assert build.paid(policy, 3333333.32, 1234567.89) == ["1000000.00", "370370.37"]
    assert build.paid(policy, Decimal("1234567.89")) == ["370370.37"]
    assert build.paid(policy, 1000, 2000) == ["300.00", "600.00"]
    assert build.paid(policy, "333.3333万元") == ["999999.90"]
    assert build.paid(policy, income_fen=np.array([123456789])) == ["370370.37"]


def test_a_hundred_thousand_random_claims_are_paid_as_fractions_say(build):
    fen = np.random.default_rng(11).integers(0, 10**9, 100_000)
    result = build.policy(rule()).pay(build.claims(income_fen=fen), explain=False)
    exact = [min(Fraction(int(one) * 3, 10), Fraction(10**8)) for one in fen]
    expected = [int(one + Fraction(1, 2)) for one in exact]
    assert result["amount_fen"].tolist() == expected
    assert result["capped"].tolist() == [Fraction(int(one) * 3, 10) > 10**8 for one in fen]
    assert result["amount_fen"].dtype == np.int64


def test_the_same_claims_are_paid_the_same_in_the_kernel_and_step_by_step(build):
    fen = np.random.default_rng(12).integers(0, 10**9, 20_000)
    minimum = {"amount": "10000", "test": "before_rounding"}
    for mode in ("half_up", "half_even", "down", "up"):
        for unit in ("0.01", "1", "10000"):
            rounding = {"to": unit, "mode": mode}
            quick = build.policy(rule(minimum=minimum), rounding=rounding)
            slow = build.policy(
                rule(minimum=minimum, prorate={"base": "yes", "days": "actual"}), rounding=rounding
            )
            one = quick.pay(build.claims(income_fen=fen), explain=False)
            other = slow.pay(build.claims(income_fen=fen), explain=False)
            pd.testing.assert_frame_equal(one, other)


def test_a_row_says_everything_that_the_contract_names(build):
    result = build.policy(rule()).pay(build.claims(["4000000"]))
    assert list(result.columns) == [
        "claim_id", "payee", "period", "policy", "base_fen", "rate", "uncapped_fen", "cap_fen", "amount_fen",
        "capped", "reason", "clause", "explain",
    ]  # fmt: skip
    row = result.iloc[0]
    assert (row["base_fen"], row["rate"], row["uncapped_fen"], row["cap_fen"], row["amount_fen"]) == (
        400_000_000, "0.30", 120_000_000, 100_000_000, 100_000_000,
    )  # fmt: skip
    assert (row["policy"], row["clause"], row["reason"]) == ("rule", "第一条", "cap")
    assert set(row["explain"]) == {"zh", "en"}


def test_no_claims_are_no_payouts(build):
    columns = ["claim_id", "payee", "period", "income"]
    assert build.policy(rule()).pay(pd.DataFrame(columns=columns)).empty


@given(st.lists(st.integers(0, 10**8), min_size=1, max_size=8), st.integers(1, 10**9))
@settings(max_examples=40)
def test_what_a_budget_gives_out_is_never_more_than_it_and_all_of_it(build, fen, budget):
    yuan = f"{Decimal(budget).scaleb(-2):f}"
    policy = build.policy({"base": "income", "rate": "1"}, budget={"amount": yuan, "share": "prorata"})
    result = policy.pay(build.claims(income_fen=np.array(fen, dtype=np.int64)), explain=False)
    assert int(result["amount_fen"].sum()) == min(sum(fen), budget)


def test_a_claim_of_numbers_too_large_is_refused_not_wrapped(build):
    policy = build.policy({"base": "income", "rate": "200"})
    with pytest.raises(InputError):
        policy.pay(build.claims(["9000000000000000"]))
