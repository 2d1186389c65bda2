from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poc_eval.errors import InputError
from poc_eval.finance import Policy
from poc_eval.finance.ledger.plan import FundingRule, InstalmentRule, funding_of, instalments_of, plan

PARTS = st.lists(st.integers(0, 100), min_size=1, max_size=6).filter(any)


def test_sixty_and_forty_by_city_and_district():
    policy = Policy.load("example-city-district")
    rows = plan(Decimal("1000000.01"), instalments_of(policy), funding_of(policy))
    assert [(one.instalment, one.when, one.level, str(one.amount)) for one in rows] == [
        (1, "approved", "市级", "360000.01"),
        (1, "approved", "区级", "240000.00"),
        (2, "accepted", "市级", "240000.00"),
        (2, "accepted", "区级", "160000.00"),
    ]


def test_a_rule_without_instalments_and_levels_is_paid_at_once_by_one():
    policy = Policy.load("hefei-pilot-operation")
    (row,) = plan(Decimal("842000.30"), instalments_of(policy), funding_of(policy))
    assert (row.instalment, row.when, row.level, row.amount) == (1, "approved", "", Decimal("842000.30"))


def test_shares_that_the_rule_does_not_know_are_asked_for():
    with pytest.raises(InputError, match="does not say how the payout is shared out"):
        funding_of(Policy.load("city-district-link"))


@given(st.integers(1, 10**15), PARTS, PARTS)
def test_no_fen_is_lost_by_instalment_or_by_level(fen, instalments, levels):
    amount = Decimal(fen).scaleb(-2)
    rows = plan(
        amount,
        [InstalmentRule(f"when {at}", Decimal(share)) for at, share in enumerate(instalments)],
        [FundingRule(f"level {at}", Decimal(share)) for at, share in enumerate(levels)],
    )
    assert len(rows) == len(instalments) * len(levels)
    assert sum(one.amount for one in rows) == amount
    assert all(one.amount >= 0 for one in rows)
    for at, share in enumerate(levels):
        exact = Decimal(fen) * share / sum(levels)
        assert abs(sum(one.amount for one in rows if one.level == f"level {at}") * 100 - exact) < 1
    for at, share in enumerate(instalments):
        exact = Decimal(fen) * share / sum(instalments)
        assert abs(sum(one.amount for one in rows if one.instalment == at + 1) * 100 - exact) < 1
