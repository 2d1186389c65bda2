"""Quantiles, loss and the worst 5% beside definitions."""

from __future__ import annotations

import numpy as np
import pytest

from poc_eval.finance.programme.summary import of_outcomes, of_paths
from poc_eval.finance.programme.value import Outcome


def test_of_a_hundred_paths_the_worst_five_make_cvar():
    found = of_paths(np.random.default_rng(0).permutation(np.arange(-10.0, 90.0)), seed=0)
    assert (found.p05, found.p50, found.p95) == (-6, 39, 84)
    assert found.cvar95 == np.mean([-10, -9, -8, -7, -6])
    assert found.p_loss == 0.1
    assert found.standard_error == pytest.approx(np.arange(100).std(ddof=1) / 10)


def test_a_part_of_a_path_counts_for_its_part():
    # 5% of 50 paths are two and a half
    assert of_paths(np.arange(50.0), seed=0).cvar95 == pytest.approx((0 + 1 + 0.5 * 2) / 2.5)


def test_one_path_is_its_own_summary():
    found = of_paths(np.array([-3.0]), seed=0)
    assert (found.mean, found.sd, found.p05, found.p95, found.p_loss) == (-3, 0, -3, -3, 1)
    assert found.cvar95 == pytest.approx(-3)


def test_outcomes_are_cut_where_five_percent_end():
    outcomes = [
        Outcome("a", 0.02, -100.0, None),
        Outcome("b", 0.48, 10.0, None),
        Outcome("success", 0.5, 20.0, None),
    ]
    found = of_outcomes(outcomes, 10, 0, with_grant=False)
    assert found.cvar95 == pytest.approx((0.02 * -100 + 0.03 * 10) / 0.05)
    assert (found.p05, found.p50, found.p95, found.p_loss) == (10, 10, 20, pytest.approx(0.02))
