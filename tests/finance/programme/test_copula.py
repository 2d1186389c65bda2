"""The matrix that makes figures move together."""

from __future__ import annotations

import numpy as np
import pytest

from poc_eval.finance.programme.copula import correlations, factor

THREE = """
discount: {rate: 0.1}
stages:
  - {id: a, at: 0, success: 0.5, cost: {uniform: [1, 2]}}
  - {id: b, at: 1, success: 0.5, cost: {uniform: [1, 2]}}
  - {id: c, at: 2, success: 0.5, cost: {uniform: [1, 2]}}
"""


@pytest.mark.parametrize(
    "correlated",
    [
        "{of: [a.cost, b.cost, c.cost], rho: 0.4}",
        "{of: [a.cost, c.cost], rho: -0.7}",
        "{of: [a.cost, b.cost, c.cost], rho: 1}",
    ],
)
def test_the_factor_times_itself_gives_the_correlations(programme, correlated):
    one = programme(f"{THREE}correlated: [{correlated}]")
    lower = factor(one)
    assert np.triu(lower, 1).tolist() == np.zeros((3, 3)).tolist()
    assert lower @ lower.T == pytest.approx(correlations(one), abs=1e-12)
