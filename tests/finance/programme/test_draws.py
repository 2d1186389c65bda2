"""Random numbers that have their place, whatever the order of work."""

from __future__ import annotations

import numpy as np
import pytest

from poc_eval.errors import InputError
from poc_eval.finance.programme.draws import check_size, uniforms


def test_a_number_is_the_same_in_whatever_piece_it_is_drawn():
    whole = uniforms(7, 2, 0, 1000, programme=5)
    assert (
        np.concatenate([uniforms(7, 2, 0, 104, programme=5), uniforms(7, 2, 104, 896, programme=5)]).tolist()
        == whole.tolist()
    )


def test_seed_variable_and_programme_each_change_every_number():
    first = uniforms(7, 2, 0, 1000)
    for other in (uniforms(8, 2, 0, 1000), uniforms(7, 3, 0, 1000), uniforms(7, 2, 0, 1000, programme=1)):
        assert not np.isin(first, other).any()


def test_the_first_numbers_of_seed_0_stay_what_they_were():
    # a change here changes every simulation that was ever reported
    assert (uniforms(0, 1, 0, 4) * 2**32 - 0.5).astype(np.int64).tolist() == [
        4097329110,
        2709270201,
        2118863426,
        3289324186,
    ]


def test_they_are_uniform_inside_0_and_1():
    drawn = uniforms(3, 1, 0, 200_000)
    assert 0 < drawn.min() < drawn.max() < 1
    counts = np.histogram(drawn, bins=50, range=(0, 1))[0]
    # chi-squared with 49 degrees of freedom; 0.999 quantile 85.35
    assert ((counts - 4000) ** 2 / 4000).sum() < 85.35


@pytest.mark.parametrize(("paths", "seed"), [(0, 0), (-1, 0), (10**9 + 1, 0), (1, -1), (1, 2**63)])
def test_what_cannot_be_simulated_is_refused(paths, seed):
    with pytest.raises(InputError):
        check_size(paths, seed)
