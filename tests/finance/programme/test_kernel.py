"""The kernel as it stands here; where Numba is installed, the compiled one too."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import ndtr, ndtri

from poc_eval.finance.programme import kernel
from poc_eval.finance.programme.draws import uniforms
from poc_eval.finance.programme.paths import worths
from poc_eval.finance.programme.portfolio import portfolio_of_arrays

KERNELS = {"plain": lambda: kernel.settle} | ({"compiled": kernel.kernel} if kernel.available() else {})
FIRST_BLOCK = 3


@pytest.fixture
def portfolio():
    """Return a function that makes three programmes of four stages with triangular figures."""

    def made(common):
        random = np.random.default_rng(1)
        low = random.uniform(1, 5, (3, 4))
        gains = random.uniform(50, 90, 3)
        return portfolio_of_arrays(
            cost=np.stack([low, low * 1.5, low * 2], axis=-1),
            success=random.uniform(0.6, 0.95, (3, 4)),
            years=[0, 0.5, 1, 2, 3],
            payoff=np.stack([gains / 2, gains, gains * 2], axis=-1),
            rate=0.1,
            common=common,
        )

    return made


def settled(settle, portfolio, paths, shock):
    totals, sums = np.zeros(paths), np.zeros((3, 3))
    ids = np.arange(3, dtype=np.int64)
    with np.errstate(over="ignore"):  # words of 64 bits run over on purpose
        settle(
            np.uint64(9), FIRST_BLOCK, ids, portfolio.passed, portfolio.base, portfolio.figures,
            portfolio.since, shock, totals, sums,
        )  # fmt: skip
    return totals, sums


@pytest.mark.parametrize("made", KERNELS.values(), ids=KERNELS)
def test_the_kernel_draws_numpys_philox(made):
    found = np.empty(8)
    with np.errstate(over="ignore"):
        kernel.draw(np.uint64(9), 1000, 4, 77, found)
    assert found.tolist() == uniforms(9, 4, 8000, 8, programme=77).tolist()
    assert made() is not None


@pytest.mark.parametrize("made", KERNELS.values(), ids=KERNELS)
@pytest.mark.parametrize("paths", [8, 61])
def test_without_a_common_shock_the_kernel_is_numpy_to_the_bit(portfolio, made, paths):
    one, nobody = portfolio(0.0), np.zeros(paths)
    totals, sums = settled(made(), one, paths, nobody)
    rows = [worths(9, one, row, FIRST_BLOCK * 8, nobody, programme=row) for row in range(3)]
    assert totals.tolist() == (rows[0] + rows[1] + rows[2]).tolist()
    assert sums[:, 0] == pytest.approx([row.sum() for row in rows], rel=1e-12)
    assert sums[:, 1] == pytest.approx([row @ row for row in rows], rel=1e-12)
    assert sums[:, 2].tolist() == [np.count_nonzero(row < 0) for row in rows]


@pytest.mark.parametrize("made", KERNELS.values(), ids=KERNELS)
def test_with_a_common_shock_it_is_numpy_within_1e_12(portfolio, made):
    one, shock = portfolio(0.4), np.random.default_rng(2).normal(size=64)
    totals, _sums = settled(made(), one, 64, shock)
    rows = [worths(9, one, row, FIRST_BLOCK * 8, shock, programme=row) for row in range(3)]
    assert totals == pytest.approx(sum(rows), rel=1e-12)


def test_normal_scores_and_shares_are_scipys():
    shares = [1e-300, 1e-20, 2**-33, 0.01, 0.0749, 0.075, 0.3, 0.5, 0.7, 0.925, 0.99, 1 - 2**-33]
    assert [kernel.normal_score(share) for share in shares] == pytest.approx(
        ndtri(shares).tolist(), rel=1e-14, abs=1e-14
    )
    scores = [-8.0, -1.0, 0.0, 0.5, 6.0]
    assert [kernel.share_below(score) for score in scores] == pytest.approx(ndtr(scores).tolist(), rel=1e-14)
