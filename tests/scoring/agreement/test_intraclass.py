import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from poc_eval.errors import InputError, NotDefinedError
from poc_eval.scoring.agreement import icc, reviewers_needed, spearman_brown

SHROUT_FLEISS_1979 = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]


@pytest.mark.parametrize(
    ("form", "value", "printed_interval"),
    [
        ("ICC1", 0.165742, (-0.13, 0.72)),
        ("ICC2", 0.289764, (0.02, 0.76)),
        ("ICC3", 0.714841, (0.34, 0.95)),
        ("ICC1k", 0.442797, (-0.88, 0.91)),
        ("ICC2k", 0.620051, (0.07, 0.93)),
        ("ICC3k", 0.909316, (0.68, 0.99)),
    ],
)
def test_shrout_fleiss_1979_tables_2_to_4(form, value, printed_interval):
    found = icc(SHROUT_FLEISS_1979)
    assert found[form] == pytest.approx(value, abs=1e-6)
    assert found.intervals[form] == pytest.approx(printed_interval, abs=0.0051)


def test_a_target_with_a_missing_rating_is_left_out_and_counted():
    found = icc([*SHROUT_FLEISS_1979, [5, math.nan, 3, 4]])
    assert found["ICC2"] == pytest.approx(0.289764, abs=1e-6)
    assert (found.targets, found.left_out) == (6, 1)


def test_perfect_agreement_is_one_in_every_form():
    found = icc([[1, 1, 1], [2, 2, 2], [5, 5, 5]])
    assert list(found.values()) == [1.0] * 6
    assert all(not math.isnan(bound) for interval in found.intervals.values() for bound in interval)


@pytest.mark.parametrize(("k", "value"), [(4, 0.442798), (10, 0.665182), (20, 0.79893)])
def test_spearman_brown_on_shrout_fleiss_1979(k, value):
    assert spearman_brown(0.165742, k) == pytest.approx(value, abs=1e-6)


def test_twenty_one_reviewers_reach_eighty_per_cent_on_shrout_fleiss_1979():
    assert reviewers_needed(0.165742, 0.80) == 21
    assert spearman_brown(0.165742, 21) >= 0.80 > spearman_brown(0.165742, 20)


def test_no_number_of_reviewers_helps_where_one_carries_no_signal():
    assert reviewers_needed(0.0) is None
    assert reviewers_needed(-0.2) is None
    assert reviewers_needed(1.0) == 1


@pytest.mark.parametrize("table", [[[1, 2, 3]], [[1], [2]], [[4, 4], [4, 4]], [[math.nan, 1], [2, math.nan]]])
def test_too_little_to_compare_gives_a_reason_and_no_number(table):
    with pytest.raises(NotDefinedError, match="not defined, because"):
        icc(table)


@pytest.mark.parametrize("table", [[[1, 3], [1, 3], [1, 3]], [[1, 5], [5, 1], [3, 3], [3, 3]]])
def test_projects_with_one_and_the_same_mean_give_a_reason_and_neither_nan_nor_infinity(table):
    with pytest.raises(NotDefinedError, match="all projects have the same mean"):
        icc(table)


@given(
    st.lists(st.lists(st.integers(0, 5), min_size=3, max_size=3), min_size=3, max_size=8),
    st.floats(-1e6, 1e6),
    st.sampled_from([1e-9, 1.0, 1e9]),
)
def test_every_table_gives_six_finite_figures_that_moving_and_stretching_leave_alone(rows, shift, factor):
    try:
        found = icc(rows)
    except NotDefinedError:
        return
    assert list(found) == ["ICC1", "ICC2", "ICC3", "ICC1k", "ICC2k", "ICC3k"]
    assert np.isfinite(list(found.values())).all()
    assert not any(np.isnan(bound) for interval in found.intervals.values() for bound in interval)
    moved = icc((np.array(rows, dtype=float) + np.round(shift)) * factor)
    for form in ("ICC1", "ICC2", "ICC3"):
        assert moved[form] == pytest.approx(found[form], abs=1e-6)


def test_a_reliability_too_far_below_zero_gives_a_reason():
    with pytest.raises(NotDefinedError, match="reviewers differ from each other"):
        spearman_brown(-0.5, 3)


def test_an_unreachable_reliability_is_refused():
    with pytest.raises(InputError, match="between 0 and 1"):
        reviewers_needed(0.5, 1.0)
