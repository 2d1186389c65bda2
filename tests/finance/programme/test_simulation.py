"""Simulation beside exact answers, and the same whatever the order of work."""

from __future__ import annotations

import numpy as np
import pytest

from poc_eval.errors import InputError, NotDefinedError
from poc_eval.finance.programme import simulation
from poc_eval.finance.programme.general import worths_of_paths
from poc_eval.finance.programme.simulation import simulate, simulated_worths

SPREAD = """
discount: {rate: 0.10}
stages:
  - {id: plan, at: 0, cost: {uniform: [500000, 1500000]}, success: 0.6}
  - {id: trial, at: 1, cost: {triangular: [3000000, 4000000, 5500000]}, success: 0.4}
income: [{at: 3, amount: {triangular: [10000000, 30000000, 50000000]}}]
grants:
  - {id: city, amount: 2000000, instalments: [{share: 0.6, when: start}, {share: 0.4, when: {passed: trial}}]}
"""
MOVING = """
discount: {rate: 0.10, timing: middle}
stages:
  - id: plan
    months: {triangular: [6, 9, 18]}
    cost: {pert: [500000, 900000, 1500000]}
    success: {uniform: [0.4, 0.8]}
  - {id: trial, months: 12, cost: {lognormal: [4000000, 1000000]}, success: 0.4}
income: [{months: 6, amount: {discrete: [[10000000, 0.3], [40000000, 0.7]]}}]
"""
PATHS = 200_000


def within(summary, mean, errors=4.0):
    return abs(summary.mean - mean) < errors * summary.standard_error


def test_where_only_stages_are_random_the_distribution_is_exact(programme):
    value = programme(
        "discount: {rate: 0.10}\nstages: [{id: a, at: 0, cost: 1000000, success: 0.6}, "
        "{id: b, at: 1, cost: 4000000, success: 0.4}]\nincome: [{at: 3, amount: 30000000}]"
    ).value()
    found = simulate(value, 1000, seed=5)
    assert (found.method, found.paths, found.seed, found.standard_error) == ("exact", 1000, 5, 0.0)
    assert found.mean == pytest.approx(value.rnpv, rel=1e-12)
    assert found.p_loss == pytest.approx(0.76)
    # 36% of all end with -4.64 million, so the worst 5% and the lower quantile are that
    assert found.cvar95 == found.p05 == value.outcomes[1].npv
    assert (found.p50, found.p95) == (value.outcomes[0].npv, value.outcomes[2].npv)
    spread = sum(one.probability * (one.npv - value.rnpv) ** 2 for one in value.outcomes)
    assert found.sd == pytest.approx(spread**0.5)


def test_the_mean_of_independent_amounts_is_the_exact_value_within_its_standard_error(programme):
    value = programme(SPREAD).value()
    assert within(simulate(value, PATHS), value.rnpv)
    assert within(simulate(value, PATHS, support=True), value.rnpv_with_grant)


def test_the_standard_deviation_is_that_of_the_mixture(programme):
    value = programme(SPREAD).value()
    # variance = sum of p (variance within + mean squared) - mean squared, costs and income independent
    plan, trial = 1e12 / 12, (3e6**2 + 4e6**2 + 5.5e6**2 - 3e6 * 4e6 - 3e6 * 5.5e6 - 4e6 * 5.5e6) / 18
    income = (1e7**2 + 3e7**2 + 5e7**2 - 1e7 * 3e7 - 1e7 * 5e7 - 3e7 * 5e7) / 18
    within_each = [plan, plan + trial / 1.21, plan + trial / 1.21 + income / 1.331**2]
    second = sum(
        one.probability * (spread + one.npv**2)
        for one, spread in zip(value.outcomes, within_each, strict=True)
    )
    assert simulate(value, PATHS).sd == pytest.approx((second - value.rnpv**2) ** 0.5, rel=0.01)


def test_pieces_and_threads_change_nothing(programme):
    for text in (SPREAD, MOVING):
        value = programme(text).value()
        whole = simulated_worths(value, 5003, 11, threads=1, piece=8192)
        for threads, piece in ((2, 8), (3, 1000), (1, 4096)):
            assert simulated_worths(value, 5003, 11, threads=threads, piece=piece).tolist() == whole.tolist()


def test_more_paths_begin_with_the_same_ones(programme):
    value = programme(SPREAD).value()
    assert simulated_worths(value, 100, 3).tolist() == simulated_worths(value, 1000, 3)[:100].tolist()


def test_numba_and_numpy_simulate_the_same_to_the_bit(programme, monkeypatch):
    value = programme(SPREAD).value()
    monkeypatch.setattr(simulation, "WORTH_IT", 1)
    found = simulated_worths(value, 20_000, 4, support=True)
    monkeypatch.setattr(simulation.kernel, "available", lambda: False)
    assert simulated_worths(value, 20_000, 4, support=True).tolist() == found.tolist()


def test_the_general_way_gives_the_same_paths(programme):
    value = programme(SPREAD).value()
    found = simulated_worths(value, 5000, 2)
    assert worths_of_paths(value, 2, 0, 5000, support=False) == pytest.approx(found, rel=1e-9)


def test_durations_probabilities_and_other_shapes_are_drawn_too(programme):
    value = programme(MOVING).value()
    found = simulate(value, PATHS)
    # the three durations of the plan: E[1.1^-t] by the triangular density, everything else independent of it
    months = np.linspace(6, 18, 200_001)
    density = np.where(months < 9, 2 * (months - 6) / (12 * 3), 2 * (18 - months) / (12 * 9))
    factor = np.trapezoid(density * 1.1 ** (-months / 12), months)
    half = 1.1**-0.5
    plan = half * (500000 + 4 * 900000 + 1500000) / 6
    exact = -plan - 0.6 * 4000000 * half * factor + 0.24 * 31000000 * half * factor / 1.1**1.5
    assert within(found, exact)


def test_a_correlation_of_the_scores_shows_in_the_paths(programme):
    text = (
        "discount: {rate: 0}\nstages: [{id: a, at: 0, cost: {uniform: [0, 1]}, success: 1}, "
        "{id: b, at: 1, cost: {uniform: [0, 1]}, success: 1}]\ncorrelated: [{of: [a.cost, b.cost], rho: RHO}]"
    )
    for rho in (-0.9, 0.5):
        spread = simulated_worths(programme(text.replace("RHO", str(rho))).value(), PATHS).var()
        # of two uniforms with normal scores correlated by rho, the correlation is 6/pi asin(rho/2)
        assert spread == pytest.approx((1 + 6 / np.pi * np.arcsin(rho / 2)) / 6, rel=0.01)


def test_without_probabilities_there_is_nothing_to_simulate(programme):
    with pytest.raises(NotDefinedError, match="no probabilities"):
        simulate(programme("stages: [{id: a, months: 6, cost: {uniform: [1, 2]}}]").value(), 100)


def test_pieces_are_whole_blocks(programme):
    with pytest.raises(InputError):
        simulated_worths(programme(SPREAD).value(), 100, piece=12)
