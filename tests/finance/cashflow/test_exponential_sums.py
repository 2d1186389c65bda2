from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from poc_eval.finance.cashflow.exponential_sums import signs_changed, zeros

WHOLE = st.lists(st.integers(-9, 9), min_size=2, max_size=8).filter(any)


def without_leading_zeros(powers):
    while powers and powers[-1] == 0:
        powers = powers[:-1]
    return powers


def remainder(dividend, divisor):
    while len(dividend) >= len(divisor):
        share = dividend[-1] / divisor[-1]
        shift = len(dividend) - len(divisor)
        dividend = without_leading_zeros(
            [
                one - share * divisor[place - shift] if place >= shift else one
                for place, one in enumerate(dividend)
            ][:-1]
        )
    return dividend


def number_of_positive_roots(coefficients):
    """Count the distinct roots above zero by Sturm's theorem, in fractions."""
    powers = without_leading_zeros([Fraction(one) for one in coefficients])
    while powers and powers[0] == 0:
        powers = powers[1:]
    chain = [powers, [Fraction(place) * one for place, one in enumerate(powers)][1:]]
    while chain[-1]:
        chain.append([-one for one in remainder(chain[-2], chain[-1])])
    ends = [[one[place] for one in chain if one] for place in (0, -1)]
    changes = [sum(a * b < 0 for a, b in pairwise([one for one in end if one])) for end in ends]
    return changes[0] - changes[1]


def found(amounts):
    row = zeros(np.array([amounts], dtype=float), np.arange(len(amounts), dtype=float)[None])[0]
    return row[np.isfinite(row)]


@given(WHOLE, st.sampled_from([1.0, 0.1, 1e-12, 1e12, 1 / 3]))
def test_as_many_zeros_are_found_as_sturms_theorem_counts(amounts, scale):
    assert found(np.array(amounts) * scale).size == number_of_positive_roots(amounts)


@given(st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5), st.integers(1, 3)), min_size=1, max_size=3))
def test_a_multiple_zero_is_found_once(factors):
    assume(sum(times for _, _, times in factors) <= 6)
    product = np.array([1.0])
    for top, bottom, times in factors:
        for _time in range(times):
            product = np.convolve(product, [top, -bottom])
    growth = sorted({Fraction(bottom, top) for top, bottom, _ in factors})
    assert np.exp(found(product)) == pytest.approx([float(one) for one in growth], rel=1e-6)


@given(
    st.lists(st.floats(-1e6, 1e6).filter(lambda one: one == 0 or abs(one) > 1e-3), min_size=2, max_size=12)
)
def test_the_sum_really_is_zero_there(amounts):
    times = np.arange(len(amounts))
    for at in found(amounts):
        logs = (
            np.log(np.abs(amounts), where=np.array(amounts) != 0, out=np.full(len(amounts), -np.inf))
            - at * times
        )
        terms = np.sign(amounts) * np.exp(logs - logs.max())
        assert abs(terms.sum()) < 1e-14 * len(amounts) * (2 + abs(at) * len(amounts))


@given(WHOLE)
def test_turning_every_sign_changes_nothing(amounts):
    assert found(amounts) == pytest.approx(found([-one for one in amounts]))


def test_rows_of_every_kind_may_stand_side_by_side():
    rows = np.array([[-100, 230, -132, 0], [-100, 0, 0, 0], [0, -100, 110, 0], [0, 0, 0, 0], [-1, 6, -11, 6]])
    rates = np.expm1(zeros(rows.astype(float), np.arange(4.0)[None]))
    assert rates[0, :2] == pytest.approx([0.1, 0.2])
    assert np.isinf(rates[1]).all()
    assert rates[2, 0] == pytest.approx(0.1)
    assert np.isinf(rates[3]).all()
    assert rates[4] == pytest.approx([0, 1, 2], abs=1e-12)


@pytest.mark.parametrize("smallest", [1e-300, 1e-30, 1e30, 1e290])
def test_amounts_may_lie_as_far_apart_as_floats_go(smallest):
    assert found([-1.0, smallest]) == pytest.approx([np.log(smallest)])
    assert found([-smallest, 1.0]) == pytest.approx([-np.log(smallest)])


def test_two_hundred_changes_of_sign_are_not_too_many():
    amounts = np.where(np.arange(241) % 2, 1.0, -1.0)
    assert found(amounts).size == 0
    assert found([*amounts, 500.0]).size == 1


def test_zeros_have_no_sign():
    assert signs_changed(np.array([[-1.0, 0, 2, 0, -3], [0, 0, 0, 0, 0], [0, 1, 0, 2, 0]])).tolist() == [
        2,
        0,
        0,
    ]
