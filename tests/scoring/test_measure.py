from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poc_eval.scoring.criterion import Measured
from poc_eval.scoring.measure import measured_score

ROWS = [{"from": "0", "score": "0"}, {"from": "50", "score": "3"}, {"from": "200", "score": "5"}]


def table(between: str) -> Measured:
    return Measured.model_validate({"input": "services", "table": ROWS, "between": between})


@pytest.mark.parametrize(
    ("value", "step", "linear"),
    [
        ("0", 0, 0),
        ("49", 0, Fraction(147, 50)),
        ("50", 3, 3),
        ("100", 3, Fraction(11, 3)),
        ("199.99", 3, Fraction(37499, 7500)),
        ("200", 5, 5),
        ("100000", 5, 5),
    ],
)
def test_a_figure_gives_its_score_exactly(value: str, step: int, linear: Fraction | int) -> None:
    assert measured_score(table("step"), Fraction(value)) == step
    assert measured_score(table("linear"), Fraction(value)) == linear


def test_below_its_first_row_a_table_says_nothing() -> None:
    assert measured_score(table("step"), Fraction(-1)) is None


@given(st.fractions(0, 300), st.fractions(0, 300), st.sampled_from(["step", "linear"]))
def test_along_a_rising_table_more_is_never_less(one: Fraction, other: Fraction, between: str) -> None:
    low, high = sorted([one, other])
    scores = [measured_score(table(between), value) for value in (low, high)]
    assert scores[0] is not None
    assert scores[1] is not None
    assert 0 <= scores[0] <= scores[1] <= 5
