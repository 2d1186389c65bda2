import numpy as np
import pytest

from poc_eval.errors import NotDefinedError
from poc_eval.scoring.agreement import (
    alpha_interval,
    bootstrap_interval,
    concordance_interval,
    icc,
    kendall_w,
    krippendorff_alpha,
    mean_reliability_interval,
)


def mean_reliability(table):
    return icc(table)["ICC2k"]


def concordance(table):
    return kendall_w(table).w


def ratings(seed, *, reviewers=5, projects=14):
    generator = np.random.default_rng(seed)
    quality = generator.normal(0, 1.5, projects)
    return np.round(50 + 10 * (quality + generator.normal(0, 1, (reviewers, projects))))


@pytest.mark.parametrize("seed", [0, 1, 7])
@pytest.mark.parametrize("gaps", [0.0, 0.3])
def test_alpha_of_all_draws_at_once_is_alpha_of_each_draw(seed, gaps):
    table = ratings(seed)
    table[np.random.default_rng(seed).random(table.shape) < gaps] = np.nan
    slow = bootstrap_interval(krippendorff_alpha, table, draws=200, seed=seed)
    assert alpha_interval(table, draws=200, seed=seed) == pytest.approx(slow, abs=1e-9)


@pytest.mark.parametrize("seed", [0, 1, 7])
def test_reliability_of_all_draws_at_once_is_that_of_each_draw(seed):
    table = ratings(seed).T
    table[3, 1] = np.nan
    slow = bootstrap_interval(mean_reliability, table, axis=0, draws=200, seed=seed)
    assert mean_reliability_interval(table, draws=200, seed=seed) == pytest.approx(slow, abs=1e-9)


@pytest.mark.parametrize("seed", [0, 1, 7])
def test_concordance_of_all_draws_at_once_is_that_of_each_draw(seed):
    table = np.round(ratings(seed), -1)
    table[1, 3] = np.nan
    slow = bootstrap_interval(concordance, table, draws=200, seed=seed)
    assert concordance_interval(table, draws=200, seed=seed) == pytest.approx(slow, abs=1e-9)


@pytest.mark.parametrize("work_out", [alpha_interval, concordance_interval])
@pytest.mark.parametrize(
    "table", [[[1, 2, 3]], [[1.0, np.nan], [2.0, np.nan]], [[4, 4, 4], [4, 4, 4]], [[1], [2]]]
)
def test_what_cannot_be_resampled_gives_a_reason_and_no_number(work_out, table):
    with pytest.raises(NotDefinedError, match="not defined, because"):
        work_out(table)
    with pytest.raises(NotDefinedError, match="not defined, because"):
        mean_reliability_interval(np.transpose(table))
