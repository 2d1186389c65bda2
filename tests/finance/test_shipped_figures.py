"""The shipped rules on round figures, at their caps, and under properties that hold whatever is claimed."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from poc_eval.finance.policy import Policy
from poc_eval.finance.subsidy import pay
from poc_eval.finance.subsidy_shares import funding, instalments


def paid(policy, column, *figures):
    claims = pd.DataFrame(
        {
            "claim_id": [f"C{number}" for number in range(len(figures))],
            "payee": [f"单位{number}" for number in range(len(figures))],
            "period": "2023",
            column: list(figures),
        }
    )
    result = Policy.load(policy).pay(claims, explain=False)
    yuan = [f"{Decimal(int(fen)).scaleb(-2):.2f}" for fen in result["amount_fen"]]
    return list(zip(yuan, result["capped"].tolist(), result["reason"].tolist(), strict=True))


HEFEI = [
    ("hefei-poc-centre", "service_revenue", "1000000"),
    ("hefei-pilot-operation", "service_revenue", "1000000"),
    ("hefei-pilot-construction", "actual_investment", "5000000"),
]


@pytest.mark.parametrize(("policy", "column", "cap"), HEFEI)
def test_hefei_pays_thirty_per_cent_of_round_figures(policy, column, cap):
    assert paid(policy, column, "100000", "100万", "200万元", "3000000.00") == [
        ("30000.00", False, "rate"),
        ("300000.00", False, "rate"),
        ("600000.00", False, "rate"),
        ("900000.00", False, "rate"),
    ]
    assert paid(policy, column, "1亿") == [(f"{cap}.00", True, "cap")]


@pytest.mark.parametrize("policy", ["hefei-poc-centre", "hefei-pilot-operation"])
def test_hefeis_million_is_reached_a_fen_before_it_binds(policy):
    boundary = ("3333333.30", "3333333.31", "3333333.32", "3333333.33", "3333333.34")
    assert paid(policy, "service_revenue", *boundary) == [
        ("999999.99", False, "rate"),
        ("999999.99", False, "rate"),
        ("1000000.00", False, "rate"),
        ("1000000.00", False, "rate"),
        ("1000000.00", True, "cap"),
    ]


def test_hefeis_five_million_for_building_is_reached_a_fen_before_it_binds():
    boundary = ("16666666.64", "16666666.65", "16666666.66", "16666666.67")
    assert paid("hefei-pilot-construction", "actual_investment", *boundary) == [
        ("4999999.99", False, "rate"),
        ("5000000.00", False, "rate"),
        ("5000000.00", False, "rate"),
        ("5000000.00", True, "cap"),
    ]


def test_heke_2023_116_in_the_shipped_rule_compares_before_rounding():
    assert paid("hefei-pilot-operation", "service_revenue", "33333.34", "33333.33") == [
        ("10000.00", False, "rate"),
        ("0.00", False, "below_minimum"),
    ]


def test_five_and_five_million_a_year_are_fifteen_of_the_authoritys_in_three_years_and_no_more():
    claims = pd.DataFrame(
        {
            "claim_id": list("abcd"),
            "payee": "清华工研院",
            "period": ["2020", "2021", "2022", "2023"],
            "own_funds": "5000000",
            "agreed": "2020-11-01",
        }
    )
    result = Policy.load("zhongguancun-poc-support").pay(claims)
    assert result["amount_fen"].tolist() == [500_000_000] * 3 + [0]
    assert result["reason"].tolist() == ["fixed", "fixed", "fixed", "ineligible"]
    assert int(result["amount_fen"].sum()) == 1_500_000_000
    more = claims.assign(own_funds=["4999999.99", "6000000", "0", "5000000"])
    assert Policy.load("zhongguancun-poc-support").pay(more)["amount_fen"].tolist() == [
        499_999_999,
        500_000_000,
        0,
        0,
    ]


# The figure that is claimed, and what else a claim states; caps are of the claim itself.
RULES = {
    "hefei-poc-centre": ("service_revenue", {}),
    "hefei-pilot-operation": ("service_revenue", {}),
    "hefei-pilot-construction": ("actual_investment", {}),
    "shenzhen-poc-2024": ("own_cost", {"payee_type": "firm"}),
    "beijing-pilot-2026": ("total_investment", {"tier": "lower_independent"}),
    "first-instalment": ("grant", {}),
    "law-art-45": ("amount_shared", {"way": "own_use"}),
    "iit": ("taxable", {}),
    "stamp": ("contract_amount", {"listed_vat": "0"}),
    "shenzhen-risk-share": ("loss", {}),
    "example-contract-share": ("contract_income", {}),
    "example-voucher": ("service_cost", {"registered": "yes"}),
    "example-city-district": ("investment", {"total_investment": "7000000"}),
}


@pytest.mark.parametrize("name", RULES)
@settings(max_examples=20)
@given(fen=st.lists(st.integers(0, 10**11), min_size=1, max_size=30))
def test_a_shipped_rule_never_pays_below_nothing_above_its_cap_or_less_for_more(name, fen):
    column, stated = RULES[name]
    policy = Policy.load(name)
    claims = pd.DataFrame(
        {
            "claim_id": range(len(fen)),
            "payee": [f"单位{number}" for number in range(len(fen))],
            "period": "2023",
            f"{column}_fen": np.array(sorted(fen), dtype=np.int64),
            **stated,
        }
    )
    result = policy.pay(claims, explain=False)
    amounts = result["amount_fen"].tolist()
    assert min(amounts) >= 0
    assert amounts == sorted(amounts)
    unit = int(policy.rounding.to * 100)
    assert all(amount % unit == 0 for amount in amounts)
    caps = result["cap_fen"].tolist()
    assert all(cap is pd.NA or amount <= cap for amount, cap in zip(amounts, caps, strict=True))
    for amount in amounts:
        for parts in (instalments(policy, amount), funding(policy, amount)):
            assert not parts or sum(part.fen for part in parts) == amount


def test_income_tax_of_the_law_equals_its_table_of_quick_deductions():
    table = [
        (36_000, 3, 0), (144_000, 10, 2_520), (300_000, 20, 16_920), (420_000, 25, 31_920),
        (660_000, 30, 52_920), (960_000, 35, 85_920), (None, 45, 181_920),
    ]  # fmt: skip
    incomes = [0, 36_000, 36_001, 144_000, 299_999, 300_000, 420_001, 660_000, 959_999, 960_000, 5_000_000]
    for income in incomes:
        rate, quick = next((rate, quick) for top, rate, quick in table if top is None or income <= top)
        exact = Fraction(income * rate, 100) - quick
        ((amount, _capped, _reason),) = paid("iit", "taxable", str(income))
        assert Fraction(Decimal(amount)) == exact


def test_claims_of_several_rules_for_one_matter_add_up_to_no_more_than_the_highest():
    claims = pd.DataFrame(
        {"claim_id": ["C1"], "payee": ["甲"], "period": ["2023"], "service_revenue": ["3000000"]}
    )
    result = pay([Policy.load("hefei-poc-centre"), Policy.load("example-top-up")], claims, explain=False)
    assert result["amount_fen"].sum() == max(90_000_000, 120_000_000)
