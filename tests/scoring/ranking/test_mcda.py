import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from poc_eval.errors import InputError, NotDefinedError
from poc_eval.scoring.ranking import electre, promethee, topsis, vikor, weighted_sum

TZENG_HUANG_2011 = [[5, 8, 4], [7, 6, 8], [8, 8, 6], [7, 4, 6]]
METHODS = [topsis, vikor, electre, promethee, weighted_sum]


def test_topsis_tzeng_huang_2011():
    found = topsis(TZENG_HUANG_2011, [0.3, 0.4, 0.3], [True, True, True])
    assert found.closeness == pytest.approx([0.5037, 0.6581, 0.7482, 0.334], abs=1e-4)
    assert found.rank.tolist() == [3, 2, 1, 4]


def test_vikor_opricovic_tzeng_2004_mountain_climbing():
    found = vikor([[1, 3000], [2, 3750], [5, 4500]], [0.5, 0.5], [False, True])
    assert found.s == pytest.approx([0.5, 0.375, 0.5])
    assert found.r == pytest.approx([0.5, 0.25, 0.5])
    assert found.q == pytest.approx([1, 0, 1])
    assert found.rank.tolist() == [2, 1, 2]
    assert found.compromise == (1,)


def test_promethee_ii_of_the_pymcdm_manual():
    found = promethee([[4, 3, 2], [3, 2, 4], [5, 1, 3]], [0.5, 0.3, 0.2], [True] * 3)
    assert found.score == pytest.approx([0.1, -0.3, 0.2])
    assert found.rank.tolist() == [2, 3, 1]


@pytest.mark.parametrize("method", METHODS)
def test_a_project_that_is_best_on_everything_is_first(method):
    found = method([[1, 9, 3], [5, 2, 8], [3, 4, 5]], [0.2, 0.3, 0.5], [True, False, True])
    assert found.rank[1] == 1


@pytest.mark.parametrize("method", METHODS)
def test_a_criterion_on_which_all_are_equal_changes_nothing(method):
    without = method(TZENG_HUANG_2011, [0.3, 0.4, 0.3], [True] * 3)
    padded = np.column_stack([TZENG_HUANG_2011, [7, 7, 7, 7], [0, 0, 0, 0]])
    assert method(padded, [0.3, 0.4, 0.3, 0.5, 0.5], [True] * 5).rank.tolist() == without.rank.tolist()


@given(
    st.lists(st.tuples(*[st.integers(0, 9)] * 3), min_size=2, max_size=8),
    st.tuples(*[st.integers(0, 5)] * 3),
    st.tuples(*[st.booleans()] * 3),
)
def test_every_table_gives_ranks_or_a_reason_and_never_a_nan(rows, weights, maximise):
    for method in (topsis, promethee, weighted_sum):
        try:
            found = method(rows, weights, maximise)
        except (InputError, NotDefinedError):
            assert not any(
                w and len(set(column)) > 1 for w, column in zip(weights, zip(*rows, strict=True), strict=True)
            )
            continue
        assert found.rank.min() == 1
        assert not np.isnan(found.rank.astype(float)).any()
        score = found.closeness if method is topsis else found.score
        assert np.isfinite(score).all()


@pytest.mark.parametrize(
    ("matrix", "weights", "maximise", "message"),
    [
        ([[1, 2], [3, 4]], [1], [True], "same criteria"),
        ([[1, np.nan], [3, 4]], [1, 1], [True, True], "row 1, column 2 is missing"),
        ([[1, 2], [3, 4]], [1, -1], [True, True], "weight is negative"),
    ],
)
def test_what_does_not_fit_is_told(matrix, weights, maximise, message):
    with pytest.raises(InputError, match=message):
        topsis(matrix, weights, maximise)


def test_equal_projects_give_a_reason_and_no_rank():
    with pytest.raises(NotDefinedError, match="equal on every criterion"):
        topsis([[1, 2], [1, 2]], [0.5, 0.5], [True, True])


@pytest.mark.parametrize("said", [[False, True], [-1, 1], ["min", "max"], np.array([-1, 1])])
def test_directions_may_be_said_in_several_ways(said):
    assert vikor([[1, 3000], [2, 3750], [5, 4500]], [0.5, 0.5], said).rank.tolist() == [2, 1, 2]


def test_a_direction_that_says_nothing_is_told():
    with pytest.raises(InputError, match="less is"):
        topsis([[1, 2], [3, 4]], [0.5, 0.5], ["more", "less"])
    with pytest.raises(InputError, match=r"0\.5 says neither"):
        topsis([[1, 2], [3, 4]], [0.5, 0.5], [1, 0.5])


@pytest.mark.parametrize("method", METHODS)
def test_equals_share_the_smaller_rank_and_the_next_one_is_not_moved_up(method):
    found = method([[9, 9], [5, 5], [5, 5], [1, 1]], [0.5, 0.5], [True, True])
    assert found.rank.tolist() == [1, 2, 2, 4]


def test_vikor_where_group_utility_and_regret_are_equal_for_all_puts_nobody_first():
    found = vikor([[1, 2], [2, 1]], [1, 1], [True, True])
    assert found.q.tolist() == [0, 0]
    assert found.rank.tolist() == [1, 1]
    assert found.compromise == (0, 1)


@pytest.mark.parametrize("method", METHODS)
def test_a_single_project_and_text_are_told(method):
    with pytest.raises(NotDefinedError, match="only one project"):
        method([[1, 2]], [0.5, 0.5], [True, True])
    for matrix in ([["a", 2], [3, 4]], [[1, 2], [3]]):
        with pytest.raises(InputError, match="not a number, or its rows"):
            method(matrix, [0.5, 0.5], [True, True])
