import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from poc_eval.errors import InputError, NotDefinedError
from poc_eval.scoring.ranking import rank_acceptability


def test_two_projects_that_split_two_criteria_split_the_first_rank():
    found = rank_acceptability([[1, 0], [0, 1]], draws=20_000)
    assert found.share[0, 0] == pytest.approx(0.5, abs=0.015)
    # given that it wins, its criterion weighs 3/4 on average: the mean of the upper half of a uniform share
    assert found.central[0] == pytest.approx([0.75, 0.25], abs=0.01)


def test_three_projects_on_a_line_of_weights():
    # first wins where w1 > 2/3, last where w1 < 1/3 of a uniform share, the middle one between
    found = rank_acceptability([[3, 0], [2, 2], [0, 3]], draws=40_000)
    assert found.share[:, 0] == pytest.approx([1 / 3, 1 / 3, 1 / 3], abs=0.015)


@given(st.lists(st.tuples(*[st.integers(0, 20)] * 3), min_size=2, max_size=9), st.integers(0, 3))
def test_every_draw_gives_every_rank_once(rows, seed):
    try:
        found = rank_acceptability(rows, draws=50, seed=seed)
    except NotDefinedError:
        assert len(set(rows)) == 1
        return
    assert found.share.sum(axis=0) == pytest.approx(1)
    assert found.share.sum(axis=1) == pytest.approx(1)
    assert found.mean_rank.sum() == pytest.approx(len(rows) * (len(rows) + 1) / 2)


def test_ranks_equal_those_of_sorting_each_draw():
    matrix = np.random.default_rng(2).random((40, 5))
    found = rank_acceptability(matrix, draws=300, seed=9)
    scaled = (matrix - matrix.min(axis=0)) / np.ptp(matrix, axis=0)
    weights = np.random.Generator(np.random.Philox(9)).dirichlet(np.ones(5), 300)
    counts = np.zeros((40, 40))
    for draw in weights:
        counts[np.argsort(-(scaled @ draw)), np.arange(40)] += 1
    assert found.share * 300 == pytest.approx(counts)


def test_weights_known_well_leave_little_doubt():
    matrix = [[9, 1], [5, 5], [1, 9]]
    sure = rank_acceptability(matrix, weights=[0.8, 0.2], concentration=10_000)
    assert sure.share[0, 0] > 0.99
    assert sure.central[2] is None


def test_what_does_not_fit_is_told():
    with pytest.raises(InputError, match="0 draws"):
        rank_acceptability([[1, 2], [2, 1]], draws=0)
    with pytest.raises(InputError, match="same criteria"):
        rank_acceptability([[1, 2], [2, 1]], weights=[1, 2, 3])
