import numpy as np
import pytest

from poc_eval.errors import NotDefinedError
from poc_eval.scoring.agreement import bootstrap_interval, krippendorff_alpha


def ratings(units=60, noise=0.5, seed=3):
    generator = np.random.default_rng(seed)
    truth = generator.normal(size=units)
    return truth + noise * generator.normal(size=(5, units))


def test_the_same_seed_gives_the_same_interval_and_another_seed_another():
    first = bootstrap_interval(krippendorff_alpha, ratings(), draws=200, seed=1)
    assert first == bootstrap_interval(krippendorff_alpha, ratings(), draws=200, seed=1)
    assert first != bootstrap_interval(krippendorff_alpha, ratings(), draws=200, seed=2)


def test_the_interval_covers_the_true_reliability_about_as_often_as_it_says():
    truth = 1 / (1 + 0.5**2)
    covered = sum(
        low <= truth <= high
        for low, high in (
            bootstrap_interval(krippendorff_alpha, ratings(seed=seed), draws=200, seed=seed)
            for seed in range(60)
        )
    )
    assert 49 <= covered <= 60


def test_too_few_units_give_a_reason_and_no_interval():
    with pytest.raises(NotDefinedError, match="too few units"):
        bootstrap_interval(krippendorff_alpha, [[1, np.nan, np.nan], [2, np.nan, np.nan]], draws=50)
