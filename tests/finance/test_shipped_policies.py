"""Every policy that comes with the program, each with an example that a person can work out by hand."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd
import pytest

from poc_eval.catalog.shipped import shipped_folder
from poc_eval.errors import InputError
from poc_eval.finance.policy import Policy
from poc_eval.finance.policy_family import family_faults
from poc_eval.finance.subsidy import pay
from poc_eval.finance.subsidy_shares import funding, instalments

FILES = sorted(shipped_folder("policies").glob("*.yaml"))

EXAMPLES = [
    # 2,000,000 x 30%; 4,000,000 x 30% = 1,200,000, capped
    ("hefei-poc-centre", {"service_revenue": "2000000"}, "600000.00", "rate"),
    ("hefei-poc-centre", {"service_revenue": "4000000"}, "1000000.00", "cap"),
    # 10,000,000 x 30%; the cap is reached at 16,666,666.67
    ("hefei-pilot-construction", {"actual_investment": "10000000"}, "3000000.00", "rate"),
    ("hefei-pilot-construction", {"actual_investment": "16666666.67"}, "5000000.00", "cap"),
    ("hefei-pilot-operation", {"service_revenue": "2000000"}, "600000.00", "rate"),
    ("hefei-pilot-operation", {"service_revenue": "30000"}, "0.00", "below_minimum"),
    ("hefei-pilot-operation", {"service_revenue": "2000000", "filing_valid": "no"}, "0.00", "ineligible"),
    (
        "hefei-small-claims",
        {"clause_amount": "9999.99", "dishonest": "no", "fully_state_funded": "no"},
        "0.00",
        "below_minimum",
    ),
    (
        "hefei-small-claims",
        {"clause_amount": "10000", "dishonest": "yes", "fully_state_funded": "no"},
        "0.00",
        "ineligible",
    ),
    ("shenzhen-poc-2024", {"own_cost": "9999999.99", "payee_type": "firm"}, "5000000.00", "rate"),
    ("shenzhen-poc-2024", {"own_cost": "5000000.01", "payee_type": "public"}, "5000000.00", "cap"),
    ("beijing-pilot-2026", {"total_investment": "250000000", "tier": "higher"}, "87500000.00", "rate"),
    (
        "beijing-pilot-2026",
        {"total_investment": "250000000", "tier": "higher_independent"},
        "100000000.00",
        "cap",
    ),
    ("first-instalment", {"grant": "1000000"}, "600000.00", "rate"),
    ("deposit", {"next_payment": "3000000", "milestone_met": "no"}, "0.00", "ineligible"),
    ("deposit", {"next_payment": "3000000", "milestone_met": "yes"}, "300000.00", "rate"),
    ("highest-no-repeat", {"entitled": "900000", "already_paid": "600000"}, "300000.00", "excluded_by"),
    ("open-licence-guide", {"figure": "30000000", "kind_of_fee": "fixed_fee"}, "20000000.00", "cap"),
    ("open-licence-guide", {"figure": "1000000", "kind_of_fee": "profit"}, "400000.00", "rate"),
    ("law-art-45", {"amount_shared": "297000", "way": "transfer_or_licence"}, "148500.00", "rate"),
    ("law-art-45", {"amount_shared": "1000000", "way": "own_use"}, "50000.00", "rate"),
    ("law-art-18", {"price": "19980000", "found_by": "auction"}, "19980000.00", "rate"),
    (
        "award-tax",
        {"cash_award": "100000", "contract_registered": "yes", "within_36_months": "yes"},
        "50000.00",
        "rate",
    ),
    # 200,000 x 20% - 16,920
    ("iit", {"taxable": "200000"}, "23080.00", "bracket"),
    # 1,000,000 x 45% - 181,920
    ("iit", {"taxable": "1000000"}, "268080.00", "bracket"),
    ("stamp", {"contract_amount": "1060000", "listed_vat": "60000"}, "300.00", "rate"),
    (
        "stamp-items",
        {"contract_amount": "1060000", "listed_vat": "0", "item": "patent_transfer"},
        "318.00",
        "rate",
    ),
    (
        "stamp-items",
        {"contract_amount": "1060000", "listed_vat": "60000", "item": "lease"},
        "1000.00",
        "rate",
    ),
    ("equity-tax-instalments", {"tax": "1000000"}, "1000000.00", "rate"),
    ("beijing-post-subsidy", {"project_cost": "1000000", "accepted": "yes"}, "0.00", "rule_incomplete"),
    ("beijing-first-order", {"order_amount": "1000000", "kind_of_order": "first"}, "0.00", "rule_incomplete"),
    ("beijing-instruments", {"instrument": "voucher"}, "0.00", "rule_incomplete"),
    ("city-district-link", {"support": "1000000"}, "0.00", "rule_incomplete"),
    ("shenzhen-risk-share", {"loss": "1000000"}, "400000.00", "rate"),
    ("example-grade-award", {"grade": "excellent"}, "1000000.00", "fixed"),
    ("example-one-time", {"recognised": "yes", "date": "2023-05-01"}, "200000.00", "fixed"),
    ("example-by-payee", {"cost": "800000", "payee_type": "small_firm"}, "400000.00", "rate"),
    # 10,000,000 x 2% + 10,000,000 x 1%
    ("example-contract-share", {"contract_income": "20000000"}, "300000.00", "bracket"),
    # 50% is 999.995: whole yuan, rounded down, 999, and 1,000 is the least
    ("example-voucher", {"service_cost": "1999.99", "registered": "yes"}, "0.00", "below_minimum"),
    ("example-voucher", {"service_cost": "12345.67", "registered": "yes"}, "6172.00", "rate"),
    # 40% of 2,000,000 is 800,000, half of the whole investment 700,000
    ("example-city-district", {"investment": "2000000", "total_investment": "1400000"}, "700000.00", "cap"),
    ("example-top-up", {"service_revenue": "2000000", "already_paid": "600000"}, "200000.00", "excluded_by"),
]


def claim(period="2023", **columns):
    return pd.DataFrame([{"claim_id": "C1", "payee": "示例单位", "period": period, **columns}])


def yuan(fen):
    return f"{Decimal(int(fen)).scaleb(-2):.2f}"


@pytest.mark.parametrize(("policy", "columns", "amount", "reason"), EXAMPLES)
def test_a_worked_example(policy, columns, amount, reason):
    row = Policy.load(policy).pay(claim(**columns)).iloc[0]
    assert (yuan(row["amount_fen"]), row["reason"]) == (amount, reason)
    assert row["explain"]["zh"]
    assert row["explain"]["en"]


def test_every_shipped_policy_has_a_worked_example():
    assert {file.stem for file in FILES} == {name for name, *_rest in EXAMPLES} | {"zhongguancun-poc-support"}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_shipped_policy_says_how_sure_it_is(file):
    policy = Policy.load(file.stem)
    assert policy.id == file.stem
    assert policy.source.seen is not None or policy.id.startswith("example-")
    assert not (policy.source.quote and policy.source.seen in {"seed", "named"})


def test_shipped_policies_meet_without_gaps_or_circles():
    from poc_eval.catalog.definitions import load_definition  # noqa: PLC0415 used once

    assert family_faults([load_definition(Policy, file, folders=()) for file in FILES]) == ()


def test_the_centre_of_zhongguancun_gets_five_million_a_year_beside_its_own_for_three_years():
    policy = Policy.load("zhongguancun-poc-support")
    years = ["2020", "2021", "2022", "2023"]
    claims = pd.DataFrame(
        {
            "claim_id": years,
            "payee": "概念验证中心",
            "period": years,
            "own_funds": ["5000000", "5000000", "4000000", "5000000"],
            "agreed": "2020-11-01",
        }
    )
    result = policy.pay(claims)
    assert [yuan(fen) for fen in result["amount_fen"]] == ["5000000.00", "5000000.00", "4000000.00", "0.00"]
    assert result["reason"].tolist() == ["fixed", "fixed", "matching", "ineligible"]
    assert "3 期" in result["explain"][3]["zh"]
    other = policy.reading("own-funds-short").pay(claims, explain=False)
    assert yuan(other["amount_fen"][2]) == "0.00"


def test_the_city_pays_first_and_the_district_the_difference():
    claims = claim(service_revenue="2000000")
    both = pay([Policy.load("example-top-up"), Policy.load("hefei-poc-centre")], claims, explain=False)
    assert dict(zip(both["policy"], map(yuan, both["amount_fen"]), strict=True)) == {
        "hefei-poc-centre": "600000.00",
        "example-top-up": "200000.00",
    }


def test_parts_of_a_payout_add_up_to_it():
    policy = Policy.load("example-city-district")
    assert [part.fen for part in instalments(policy, 100_001)] == [60_001, 40_000]
    assert [part.fen for part in funding(policy, 100_001)] == [60_001, 40_000]
    assert [part.fen for part in funding(Policy.load("city-district-link"), 5)] == [None, None]
    assert instalments(Policy.load("iit"), 5) == ()


def test_a_claim_of_two_years_at_once_is_refused_where_a_rule_counts_by_year():
    with pytest.raises(InputError, match="over two periods"):
        Policy.load("hefei-poc-centre").pay(claim(period="2022-07-01/2023-06-30", service_revenue="1"))
