from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poc_eval.scoring.arithmetic import combine, half_up, printed, printed_beside

PARTS = [(Fraction(1), Fraction(4)), (Fraction(3), Fraction(2))]


@pytest.mark.parametrize(
    ("value", "decimals", "rounded"),
    [
        ("2.345", 2, "2.35"),
        ("-2.345", 2, "-2.35"),
        ("0.5", 0, "1"),
        ("1.5", 0, "2"),
        ("-0.001", 2, "0.00"),
        ("7", 2, "7.00"),
    ],
)
def test_a_half_goes_away_from_zero(value: str, decimals: int, rounded: str) -> None:
    assert str(half_up(Fraction(value), decimals)) == rounded


@given(st.decimals(min_value=-(10**6), max_value=10**6, places=6), st.integers(0, 5))
def test_rounding_is_that_of_decimal_arithmetic(value: Decimal, decimals: int) -> None:
    with localcontext(prec=40):
        assert half_up(Fraction(value), decimals) == value.quantize(
            Decimal(1).scaleb(-decimals), ROUND_HALF_UP
        )


def test_no_digit_is_lost_however_many_there_are() -> None:
    assert str(half_up(Fraction(10**40 + 1, 3), 2)) == "3" * 40 + ".67"


def test_the_three_ways_to_come_together() -> None:
    assert combine("sum", [(None, Fraction(4)), (None, Fraction(2))]) == 6
    assert combine("weighted_sum", PARTS) == 10
    assert combine("weighted_mean", PARTS) == Fraction(5, 2)


def test_siblings_without_weights_add_up_under_any_method() -> None:
    assert combine("weighted_mean", [(None, Fraction(4)), (None, Fraction(2))]) == 6


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Fraction(5, 2), "2.5"),
        (Fraction(1, 3), "0.333333333333"),
        (Decimal("2.50"), "2.5"),
        (Decimal("1E+3"), "1000"),
        (100, "100"),
        (Decimal("-0.0"), "0"),
    ],
)
def test_numbers_are_printed_plainly(value: Fraction | Decimal | int, text: str) -> None:
    assert printed(value) == text


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("59.995", "59.995"),
        ("60.004", "60.004"),
        ("60", "60"),
        ("59.9999999", "59.9999999"),
        ("75.555", "75.56"),
    ],
)
def test_a_value_beside_a_line_shows_on_which_side_it_is(value: str, shown: str) -> None:
    assert printed_beside(Fraction(value), Fraction(60), 2) == shown
