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


CEBRIAN_PORCAR_2009 = [
    [6, 5, 28, 5, 5], [4, 2, 25, 10, 9], [5, 7, 35, 9, 6],
    [6, 1, 27, 6, 7], [6, 8, 30, 7, 9], [5, 6, 26, 4, 8],
]  # fmt: skip
WANG_TRIANTAPHYLLOU_2008 = [
    [1, 2, 1, 5, 2, 2, 4], [3, 5, 3, 5, 3, 3, 3], [3, 5, 3, 5, 3, 2, 2], [1, 2, 2, 5, 1, 1, 1],
    [1, 1, 3, 5, 4, 1, 5],
]  # fmt: skip
OPRICOVIC_TZENG_2007 = [
    [4184.3, 2914.0, 407.2, 251.0, 195, 244, 15, 2.41], [5211.9, 3630.0, 501.7, 308.3, 282, 346, 21, 1.41],
    [5021.3, 3920.5, 504.0, 278.6, 12, 56, 3, 4.42], [5566.1, 3957.9, 559.5, 335.3, 167, 268, 16, 3.36],
    [5060.5, 3293.5, 514.1, 284.2, 69, 90, 7, 4.04], [4317.9, 2925.9, 432.8, 239.3, 12, 55, 3, 4.36],
]  # fmt: skip


@pytest.mark.parametrize(
    ("matrix", "weights", "maximise", "score", "rank"),
    [
        (
            CEBRIAN_PORCAR_2009,
            [0.25, 0.25, 0.1, 0.2, 0.2],
            [1, 1, -1, 1, 1],
            [5, 2.5, 2, 4, 1, 3],
            [6, 3, 2, 5, 1, 4],
        ),
        (
            WANG_TRIANTAPHYLLOU_2008,
            [0.078, 0.118, 0.157, 0.314, 0.235, 0.039, 0.059],
            [1] * 7,
            [3, 1, 2, 4, 1.5],
            [4, 1, 3, 5, 2],
        ),
    ],
    ids=["Cebrian & Porcar 2009", "Wang & Triantaphyllou 2008"],
)
def test_electre_ii_published_rankings(matrix, weights, maximise, score, rank):
    found = electre(matrix, weights, maximise)
    assert (-found.score).tolist() == score
    assert found.rank.tolist() == rank


@pytest.mark.parametrize(
    ("weights", "q", "rank", "compromise"),
    [
        ([1] * 8, [0.991, 1, 0.473, 0.670, 0, 0.578], [5, 6, 2, 4, 1, 3], {4}),
        ([2] * 4 + [1] * 4, [1, 0.533, 0.552, 0.563, 0, 0.686], [6, 2, 3, 4, 1, 5], {4}),
        ([1] * 4 + [2] * 4, [0.684, 1, 0.147, 0.554, 0.041, 0.191], [5, 6, 2, 4, 1, 3], {2, 4, 5}),
        ([1] * 4 + [3.2] * 4, [0.668, 1, 0.051, 0.588, 0.058, 0.078], [5, 6, 1, 4, 2, 3], {2, 4, 5}),
    ],
)
def test_vikor_opricovic_tzeng_2007_hydropower(weights, q, rank, compromise):
    found = vikor(OPRICOVIC_TZENG_2007, weights, [1, -1, 1, 1, -1, -1, -1, 1])
    assert found.q == pytest.approx(q, abs=1.1e-3)
    assert found.rank.tolist() == rank
    assert set(found.compromise) == compromise


def test_vikor_best_but_not_stable_as_in_scikit_criteria():
    rows = [[1, 101, 1, 101, 1], [101, 1, 101, 1, 101], [1, 1, 1, 1, 101], [11, 11, 11, 16, 61], [56] * 5]
    found = vikor(rows, [0.2] * 5, [False] * 5)
    assert found.q == pytest.approx([0.75, 1, 0.5, 0.068, 0.4375], abs=1e-3)
    assert found.rank.tolist() == [4, 5, 3, 1, 2]
    assert set(found.compromise) == {3, 4}


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("unit", [10_000, 1e300, 1e-300, 1e-318])
def test_no_unit_of_measurement_changes_a_rank(method, unit):
    matrix, weights, maximise = (
        np.array(CEBRIAN_PORCAR_2009, dtype=float),
        [0.25, 0.25, 0.1, 0.2, 0.2],
        [True] * 5,
    )
    in_other_units = matrix * [1, unit, 1, 1, 1 / 7]
    expected = method(matrix, weights, maximise).rank.tolist()
    assert method(in_other_units, weights, maximise).rank.tolist() == expected


@pytest.mark.parametrize("method", METHODS)
def test_the_largest_and_the_smallest_floats_are_ranked(method):
    found = method([[1.7e308, 5e-324], [-1.7e308, 1e-323], [0, 5e-324]], [0.5, 0.5], [True, True])
    assert np.isfinite(
        found.closeness if method is topsis else found.score if hasattr(found, "score") else found.q
    ).all()
    assert found.rank[0] < found.rank[2]
