from __future__ import annotations

import pytest

from poc_eval.errors import InputError
from poc_eval.finance import Policy
from poc_eval.finance.claims.reckoning import reckon
from poc_eval.finance.claims.what_if import growths, readings, under
from poc_eval.i18n import Text

OPERATION = Policy.load("hefei-pilot-operation")


@pytest.fixture
def reckoning(three_claims):
    """The three claims reckoned up."""
    return reckon([OPERATION], three_claims)


def test_each_other_reading_says_what_it_would_change(reckoning):
    found = readings(reckoning)
    assert [one.difference for one in found] == [0, 900_000, 0]
    small = found[1]
    assert "116" in small.title.text("en")
    assert (small.total, small.difference, small.by_payee) == (
        185_100_030,
        900_000,
        (("示例单位丙", 900_000),),
    )


def test_another_rate_or_cap_is_compared_by_unit(reckoning):
    found = under(reckoning, OPERATION, {"rate": "0.20"}, Text("比例", "rate"))
    assert (found.total, found.difference) == (136_133_353, -48_066_677)
    assert dict(found.by_payee) == {"示例单位甲": -20_000_000, "示例单位乙": -28_066_677}
    with pytest.raises(InputError):
        under(reckoning, OPERATION, {"rate": "-1"}, Text("比例", "rate"))


def test_growth_reaches_the_caps(reckoning):
    found = {one.growth: one for one in growths(reckoning)}
    assert found["0"].total == 184_200_030
    assert found["0.20"].total == 201_080_000
    assert found["0.20"].capped == 2


def test_without_a_settlement_nothing_is_told():
    empty = reckon([OPERATION], [])
    assert readings(empty) == ()
    assert growths(empty) == ()
