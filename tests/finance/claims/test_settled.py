from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from poc_eval.finance import Policy
from poc_eval.finance.claims.form import ClaimForm, Figure
from poc_eval.finance.claims.reckoning import reckon
from poc_eval.finance.claims.settled import budget_use, calendar, settled_rows, waterfall
from poc_eval.finance.subsidy import settle_claims

OPERATION = Policy.load("hefei-pilot-operation")
SHARED = Policy.load("example-city-district")


def settled(policies, forms):
    return reckon(policies, forms).settlement


def test_each_row_has_declared_reduced_verified_and_what_the_cap_means(three_claims):
    first, second, third = settled_rows(settled([OPERATION], three_claims))
    assert (first.declared, first.reduced, first.base) == (420_000_000, 20_000_000, 400_000_000)
    assert (first.rate, first.uncapped, first.cap, first.amount) == (
        "0.30",
        120_000_000,
        100_000_000,
        100_000_000,
    )
    assert (first.capped, first.reason, first.nothing_more_above) == (True, "cap", 333_333_333)
    assert (second.uncapped, second.amount, second.reason) == (84_200_030, 84_200_030, "rate")
    assert (third.uncapped, third.amount, third.reason) == (900_000, 0, "below_minimum")
    assert first.explanation.lines("zh")[0].startswith("1. ")


def test_the_waterfall_of_the_three_claims(three_claims):
    found = waterfall(settled([OPERATION], three_claims))
    assert (found.declared, found.base) == (790_666_767, 683_666_767)
    assert found.uncapped == found.uncapped_of_base == 205_100_030
    assert {name: taken for name, taken in found.losses.items() if taken} == {
        "cap": 20_000_000,
        "minimum": 900_000,
    }
    assert found.amount == 184_200_030


@given(
    st.lists(st.tuples(st.integers(0, 10**9), st.booleans()), min_size=1, max_size=6),
    st.sampled_from(["rank", "prorata"]),
    st.integers(0, 3 * 10**8),
    st.integers(0, 10**8),
)
def test_what_the_limits_take_is_always_the_whole_difference(claims, share, budget, cap):
    said = {"zh": "收入", "en": "income"}
    policy = Policy.model_validate(
        {
            "id": "rule",
            "version": "1",
            "title": said,
            "source": {"document": "测试", "clause": "一", "seen": "seed"},
            "in_force": {"from": None, "to": None, "open_ended": "yes"},
            "payee": "unit",
            "inputs": {
                "income": {"kind": "amount", "label": said},
                "valid": {"kind": "yes_no", "label": said},
            },
            "eligible": [{"input": "valid", "is": "yes"}],
            "payout": {
                "base": "income",
                "rate": "0.3",
                "caps": [{"amount": f"{Decimal(cap).scaleb(-2)}", "per": "payee_year"}],
                "minimum": {"amount": "100", "test": "before_rounding"},
            },
            "rounding": {"to": "100", "mode": "down"},
            "budget": {"amount": f"{Decimal(budget).scaleb(-2)}", "share": share},
        }
    )
    table = pd.DataFrame(
        {
            "claim_id": [f"C{at}" for at in range(len(claims))],
            "payee": [f"单位{at % 2}" for at in range(len(claims))],
            "period": ["2023"] * len(claims),
            "income": [Decimal(fen).scaleb(-2) for fen, _valid in claims],
            "valid": ["yes" if valid else "no" for _fen, valid in claims],
            "rank": [str(at + 1) for at in range(len(claims))],
        }
    )
    settlement = settle_claims([policy], table)
    found = waterfall(settlement)
    assert found.uncapped - sum(found.losses.values()) == found.amount == settlement.total
    assert all(taken >= 0 for taken in found.losses.values())
    (use,) = budget_use(settlement)
    assert use.paid == settlement.total
    assert use.paid <= min(use.budget, use.wanted)


def test_a_budget_is_told_with_what_the_rules_would_pay(three_claims):
    once = Policy.load("example-one-time")
    forms = [
        ClaimForm(
            f"C{at}", f"单位{at}", once.id, "2023", facts={"recognised": "yes", "date": f"2023-05-{at:02}"}
        )
        for at in range(1, 13)
    ]
    (use,) = budget_use(settled([once], forms))
    assert (use.budget, use.wanted, use.paid) == (200_000_000, 240_000_000, 200_000_000)
    assert budget_use(settled([OPERATION], three_claims)) == ()


def test_the_calendar_adds_up_to_what_is_paid_by_instalment_and_level():
    forms = [
        ClaimForm(
            f"C{at}",
            f"单位{at}",
            SHARED.id,
            "2023-01-01/2023-12-31",
            figures=[
                Figure("investment", None, Decimal(amount)),
                Figure("total_investment", None, Decimal("90000000.00")),
            ],
        )
        for at, amount in enumerate(("1000000.00", "2345600.00"))
    ]
    settlement = settled([SHARED], forms)
    rows, unknown = calendar(settlement)
    assert unknown == ()
    assert [(one.instalment, one.when, one.level, one.claims) for one in rows] == [
        (1, "approved", "市级", 2),
        (1, "approved", "区级", 2),
        (2, "accepted", "市级", 2),
        (2, "accepted", "区级", 2),
    ]
    assert sum(one.amount for one in rows) * 100 == settlement.total


def test_rules_whose_shares_are_not_known_are_named_instead_of_guessed(three_claims):
    rule = OPERATION.model_copy(update={"funding": Policy.load("city-district-link").funding})
    rows, unknown = calendar(settled([rule], three_claims))
    assert rows == ()
    assert [one.id for one in unknown] == [OPERATION.id]


def test_claims_without_payout_fall_due_never(three_claims):
    rows, _unknown = calendar(settled([OPERATION], [replace(three_claims[2])]))
    assert rows == ()
