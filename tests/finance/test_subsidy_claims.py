"""What can be wrong with claims: every fault at once, with row, column and the way out; nothing is paid."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pandas as pd
import pytest

from poc_eval.errors import InputError
from poc_eval.finance.subsidy import settle_claims


def faults(policy, claims, **more):
    with pytest.raises(InputError) as caught:
        policy.pay(claims, **more)
    return caught.value.lines("en")


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        (float("nan"), "nothing stands here"),
        (None, "nothing stands here"),
        ("", "nothing stands here"),
        (pd.NA, "nothing stands here"),
        (float("inf"), '"Infinity" is not an amount'),
        (float("-inf"), '"-Infinity" is not an amount'),
        (Decimal("NaN"), "is not an amount"),
        (-1, "the amount is below 0"),
        ("-1.00", "the amount is below 0"),
        ("（1.00）", "the amount is below 0"),
        (-0.5, "the amount is below 0"),
        ("1000.005", "more exact than one fen"),
        (1000.005, "more exact than one fen"),
        (Decimal("1000.005"), "more exact than one fen"),
        ("abc", '"abc" is not an amount'),
        ("1e5", "is not an amount"),
        (True, "True is no amount"),
        (np.bool_(0), "False is no amount"),
        (np.datetime64("2023-01-01"), "is not an amount"),
        ("99999999999999999999", "10,000 trillion"),
    ],
)
def test_a_cell_that_is_no_amount_is_told_with_row_and_column(build, cell, said):
    claims = build.claims(pd.Series(["1", cell], dtype=object))
    (line,) = faults(build.policy(), claims)
    assert line.startswith("income[2]: ")
    assert said in line
    assert "; " in line


@pytest.mark.parametrize("values", [[True, False], [1.0, float("nan")], [1.0, 0.125], [1, -1]])
def test_a_whole_column_of_such_cells_is_told_too(build, values):
    assert faults(build.policy(), build.claims(values))


def test_all_faults_come_at_once_in_the_order_of_the_rows(build):
    claims = pd.DataFrame(
        {
            "claim_id": ["C1", "C1", ""],
            "payee": ["甲", " ", "丙"],
            "period": ["2023", "2023-05-01/2023-04-01", "soon"],
            "income": ["x", "5", "-1"],
            "income_declared": ["1", "4", "1"],
        }
    )
    found = faults(build.policy(), claims)
    assert [line.split(": ", 1)[0] for line in found] == [
        "income[1]", "payee[2]", "claim_id[2]", "income[2]", "period[2]", "claim_id[3]",
        "income[3]", "period[3]",
    ]  # fmt: skip
    assert any("a reduction below 0" in line for line in found)


def test_in_a_file_the_line_is_named(build):
    table = build.claims(["x"])
    table.index = [7]
    with pytest.raises(InputError, match=r'^claims.csv:7: income: "x" is not an amount'):
        settle_claims([build.policy()], table, file="claims.csv")


def test_missing_columns_are_named_with_what_they_hold(build):
    found = faults(build.policy(), pd.DataFrame({"claim_id": ["1"], "payee": ["a"], "period": ["2023"]}))
    assert found == ['income: the column "income" is missing; add it: 收入']
    assert len(faults(build.policy(), pd.DataFrame({"income": ["1"]}))) == 3


def test_a_unit_that_nobody_knows_is_told_with_the_near_one(build):
    (line,) = faults(build.policy(), build.claims(["1"]), payees=["单位1号"])
    assert 'did you mean "单位1号"?' in line


def test_a_fault_is_no_more_than_fifty_lines(build):
    found = faults(build.policy(), build.claims(["x"] * 80))
    assert len(found) == 51
    assert "30 more faults" in found[-1]


@pytest.mark.parametrize(
    ("kind", "cell"),
    [
        ("yes_no", "maybe"),
        ("choice", "other"),
        ("count", "1.5"),
        ("share", "half"),
        ("date", "2023-02-30"),
        ("count", True),
    ],
)
def test_other_kinds_of_input_say_what_fits(build, kind, cell):
    more = {"of": ["a", "b"]} if kind == "choice" else {}
    inputs = {"income": build.amount(), "fact": {"kind": kind, "label": build.both("事实"), **more}}
    (line,) = faults(build.policy(inputs=inputs), build.claims(["1"], fact=[cell]))
    assert line.startswith("fact[1]: ")
    assert "write " in line


def test_more_taken_off_than_there_is(build):
    inputs = {"a": build.amount(), "b": build.amount()}
    policy = build.policy({"base": {"sum": ["a"], "less": ["b"]}, "rate": "1"}, inputs=inputs)
    (line,) = faults(policy, build.claims(a=["1"], b=["2"]))
    assert line.startswith("b[1]: more is taken off")


def test_a_row_for_a_policy_that_was_not_given_is_told(build):
    (line,) = faults(build.policy(), build.claims(["1"], policy=["other"]))
    assert line.startswith('policy[1]: "other" is none of the policies given')


def test_a_claim_outside_the_dates_is_paid_nothing_and_says_so(build):
    policy = build.policy(in_force={"from": "2023-07-01", "to": "2023-12-31"})
    result = policy.pay(build.claims(["1000", "1000"], period=["2023", "2023-07-01/2023-12-31"]))
    assert result["reason"].tolist() == ["not_in_force", "rate"]
    assert result["amount_fen"].tolist() == [0, 30000]
    assert "2023-07-01 to 2023-12-31" in result["explain"][0]["en"]


def test_what_may_be_left_out_is_not_checked_and_the_result_says_so(build):
    inputs = {
        "income": build.amount(),
        "valid": {"kind": "yes_no", "label": build.both("备案"), "required": "no"},
    }
    policy = build.policy(inputs=inputs, eligible=[{"input": "valid", "is": "yes"}])
    result = policy.pay(build.claims(["1000"]))
    assert result["amount_fen"].tolist() == [30000]
    assert "未核对：备案" in result["explain"][0]["zh"]
    stated = policy.pay(build.claims(["1000", "1000"], valid=["否", True]))
    assert stated["reason"].tolist() == ["ineligible", "rate"]
