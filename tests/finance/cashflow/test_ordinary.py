from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from poc_eval.finance import irr_report
from poc_eval.finance.cashflow import compiled
from poc_eval.finance.cashflow.ordinary import NOT_SETTLED, ordinary_rates, rates_told

TIMES = np.array([[0.0, 1, 2, 3]])


@pytest.mark.parametrize("times", [None, TIMES, np.repeat(TIMES, 5, axis=0) + 7])
def test_ordinary_rows_have_their_rate_and_the_others_are_told_apart(times):
    rows = np.array(
        [
            [-100.0, 110, 0, 0],
            [0, 100, -50, 0],
            [1, 2, 3, 4],
            [0, 0, 0, 0],
            [-100, 230, -132, 0],
        ]
    )
    found = ordinary_rates(rows, times)
    assert found == pytest.approx([0.1, -0.5, np.nan, np.nan, NOT_SETTLED], nan_ok=True)


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ([0, 0, 0, 0], 0),
        ([1, 0, 2, 0], 0),
        ([-100, 0, 50, 60], 1),
        ([-100, 80, -10, 90], 1),  # totals turn once onward, never back
        ([-100, 150, -100, 200], 3),
        ([-100, 230, -132, 0], 2),
        ([-0.3, 0.1, -0.1, 0.3], 3),  # the totals end at zero within rounding
    ],
)
def test_signs_tell_how_many_rates_there_are_or_leave_it_open(row, told):
    assert rates_told(np.array([row], dtype=float)).tolist() == [told]
    turn = np.empty(1, dtype=np.int64)
    compiled.turns(np.array([row], dtype=float), turn)
    assert np.sign(turn[0]) == {0: 0, 1: 1}.get(told, -1)


@given(st.lists(st.integers(-20, 20), min_size=3, max_size=10))
def test_where_signs_tell_one_rate_there_is_one(row):
    rows = np.array([row], dtype=float)
    if rates_told(rows)[0] == 1:
        assert irr_report(row).status == "unique"
        found = ordinary_rates(rows, None)[0]
        assert found == pytest.approx(irr_report(row).roots[0], rel=1e-9, abs=1e-9) or found == NOT_SETTLED


@pytest.mark.parametrize("times", [None, TIMES])
@pytest.mark.parametrize("row", [[-1e300, 1e-300, 0, 0], [-1e-200, 0, 0, 1e200]])
def test_what_leaves_the_range_of_floats_is_handed_on(row, times):
    assert ordinary_rates(np.array([row]), times)[0] == NOT_SETTLED
