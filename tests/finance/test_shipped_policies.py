"""Every policy that comes with the program, each with an example that a person can work out by hand."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest

from poc_eval.catalog.shipped import shipped_folder
from poc_eval.errors import InputError
from poc_eval.finance.policy import Policy
from poc_eval.finance.policy_family import family_faults
from poc_eval.finance.subsidy import pay
from poc_eval.finance.subsidy_shares import funding, instalments

FILES = sorted(shipped_folder("policies").glob("*.yaml"))

WORKED = re.compile(r"\| [^|]*\| `([a-z0-9-]+)` \| `([^|]*)` \| ([^|]+) \| ([0-9,.]+) \| `([a-z_]+)` \|")
DOCUMENTED = (Path(__file__).parents[2] / "docs" / "subsidies.md").read_text(encoding="utf-8")
EXAMPLES = [
    (rule, columns, paid, reason) for rule, columns, _by_hand, paid, reason in WORKED.findall(DOCUMENTED)
]
"""Every line of the table in the documentation, where the sums are written out for people."""


def claim(period="2023", **columns):
    return pd.DataFrame([{"claim_id": "C1", "payee": "示例单位", "period": period, **columns}])


def yuan(fen):
    return f"{Decimal(int(fen)).scaleb(-2):.2f}"


@pytest.mark.parametrize(("policy", "columns", "paid", "reason"), EXAMPLES)
def test_a_rule_pays_what_is_worked_out_by_hand_in_the_documentation(policy, columns, paid, reason):
    row = Policy.load(policy).pay(claim(**dict(one.split("=") for one in columns.split(", ")))).iloc[0]
    assert (f"{Decimal(yuan(row['amount_fen'])):,}", row["reason"]) == (paid, reason)
    assert row["explain"]["zh"]
    assert row["explain"]["en"]


def test_every_shipped_policy_is_worked_out_by_hand():
    lines = sum(line.startswith("| ") for line in DOCUMENTED.splitlines()) - 1
    assert len(EXAMPLES) == lines
    assert {file.stem for file in FILES} == {rule for rule, *_others in EXAMPLES}


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
