from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from poc_eval.errors import InputError, NotDefinedError
from poc_eval.finance import payback


@pytest.mark.parametrize(
    ("cashflows", "first", "final"),
    [
        ([-100, 50, 50], 2.0, 2.0),
        ([-100, 40, 120], 1.5, 1.5),
        ([0, -100, 50, 60], 2 + 50 / 60, 2 + 50 / 60),
        ([-100, 150, -100, 200], 100 / 150, 2.25),
        ([-100, 150, -100], 100 / 150, None),
        ([-100, 30, 30], None, None),
        ([100, -200, 150], 1 + 100 / 150, 1 + 100 / 150),
        ([100, -200], None, None),
        ([-100], None, None),
        ([100], 0.0, 0.0),
        ([0, 0], 0.0, 0.0),
        ([-0.3, 0.1, 0.1, 0.1], 3.0, 3.0),
    ],
)
def test_the_moment_lies_on_the_line_between_two_periods(cashflows, first, final):
    assert payback(cashflows) == (first if first is None else pytest.approx(first))
    assert payback(cashflows, final=True) == (final if final is None else pytest.approx(final))


def test_discounted_money_comes_back_later():
    assert payback([-100, 60, 60], rate=0.1) == pytest.approx(1 + (100 - 60 / 1.1) / (60 / 1.21))


@pytest.mark.parametrize(
    ("cost", "plain", "discounted"), [(7000, 1.53, 1.81), (10_000, 2.08, 2.54), (13_000, 2.57, 3.26)]
)
def test_payback_of_ross_westerfield_jordan_at_14_per_cent(cost, plain, discounted):
    flows = [-cost, 4200, 5300, 6100, 7400]
    assert payback(flows) == pytest.approx(plain, abs=5e-3)
    assert payback(flows, rate=0.14) == pytest.approx(discounted, abs=5e-3)


def test_rows_are_worked_out_alone_and_never_is_nan_there():
    found = payback([[-100, 50, 50], [-100, 30, 30], [1, 2, 3]])
    assert found == pytest.approx([2.0, np.nan, 0.0], nan_ok=True)
    assert payback([-100, 60, 60], rate=[0.0, 0.5, -1.0]) == pytest.approx(
        [5 / 3, np.nan, np.nan], nan_ok=True
    )


@given(
    st.lists(st.integers(-1000, 1000), min_size=1, max_size=12),
    st.sampled_from([1e-12, 1e12]),
    st.booleans(),
)
def test_scaling_changes_nothing(cashflows, scale, final):
    found = payback(cashflows, final=final)
    scaled = payback(np.array(cashflows) * scale, final=final)
    assert scaled == (found if found is None else pytest.approx(found, rel=1e-9))


def test_a_rate_of_minus_one_and_no_numbers_are_refused():
    with pytest.raises(NotDefinedError):
        payback([-1, 2], rate=-1)
    with pytest.raises(InputError):
        payback([-1, float("nan")])
