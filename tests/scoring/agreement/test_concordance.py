import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import friedmanchisquare

from poc_eval.errors import NotDefinedError
from poc_eval.scoring.agreement import kendall_w

KENDALL_GIBBONS = [
    [1, 4.5, 2, 4.5, 3, 7.5, 6, 9, 7.5, 10],
    [2.5, 1, 2.5, 4.5, 4.5, 8, 9, 6.5, 10, 6.5],
    [2, 1, 4.5, 4.5, 4.5, 4.5, 8, 8, 8, 10],
]


def test_kendall_gibbons_three_rankings_with_ties():
    found = kendall_w(KENDALL_GIBBONS)
    assert found.w == pytest.approx(0.827731, abs=1e-6)
    assert found.chi2 == pytest.approx(22.348739, abs=1e-6)
    assert found.df == 9


@given(
    st.lists(st.lists(st.integers(0, 4), min_size=4, max_size=4), min_size=3, max_size=6).filter(
        lambda rows: any(len(set(row)) > 1 for row in rows)
    )
)
def test_the_test_statistic_is_friedmans(rows):
    found = kendall_w(rows)
    oracle = friedmanchisquare(*zip(*rows, strict=True))
    assert found.chi2 == pytest.approx(oracle.statistic, abs=1e-9)
    assert found.p == pytest.approx(oracle.pvalue, abs=1e-9)
    assert 0 <= found.w <= 1 + 1e-12


def test_scores_or_ranks_turned_round_give_the_same():
    assert kendall_w([[9, 5, 1], [8, 7, 2]]).w == kendall_w([[1, 2, 3], [1, 2, 3]]).w == 1


@pytest.mark.parametrize("table", [[[1, 2, 3]], [[1], [2]], [[4, 4, 4], [2, 2, 2]]])
def test_too_little_to_rank_gives_a_reason_and_no_number(table):
    with pytest.raises(NotDefinedError, match="not defined, because"):
        kendall_w(table)
