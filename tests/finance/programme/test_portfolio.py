"""Many programmes at once, beside each alone and beside exact sums."""

from __future__ import annotations

import numpy as np
import pytest

from poc_eval.errors import InputError, NotDefinedError
from poc_eval.finance.programme import portfolio as module
from poc_eval.finance.programme.portfolio import portfolio_of, portfolio_of_arrays, simulate_portfolio

FIRST = """
discount: {rate: 0.10}
stages:
  - {id: plan, at: 0, cost: {triangular: [1, 2, 3]}, success: 0.6}
  - {id: trial, at: 1, cost: 4, success: 0.5}
income: [{at: 3, amount: {triangular: [10, 30, 50]}}]
"""
SECOND = """
discount: {rate: 0.05}
stages: [{id: only, at: 0, cost: {uniform: [3, 5]}, success: 0.8}]
income: [{at: 1, amount: {uniform: [5, 9]}}]
"""
PATHS = 40_000


def test_each_programme_has_its_exact_mean_and_the_sum_theirs(programme):
    every = [programme(FIRST), programme(SECOND)]
    exact = [one.value().rnpv for one in every]
    found = simulate_portfolio(portfolio_of(every), PATHS)
    errors = found.sd / np.sqrt(PATHS)
    assert (np.abs(found.mean - exact) < 4 * errors).all()
    assert abs(found.total.mean - sum(exact)) < 4 * found.total.standard_error
    assert found.total.mean == pytest.approx(found.mean.sum(), rel=1e-12)
    # without a common shock variances add up
    assert found.total.sd**2 == pytest.approx((found.sd**2).sum(), rel=0.03)
    assert ((found.p_loss > 0) & (found.p_loss < 1)).all()


def test_a_common_shock_leaves_each_mean_and_widens_the_sum(programme):
    every = [
        programme(FIRST.replace("success: 0.6", "success: 1").replace("success: 0.5", "success: 1"))
    ] * 20
    alone = simulate_portfolio(portfolio_of(every), PATHS)
    shared = simulate_portfolio(portfolio_of(every, common=0.5), PATHS)
    assert shared.total.mean == pytest.approx(alone.total.mean, rel=0.01)
    assert shared.sd == pytest.approx(alone.sd, rel=0.03)
    assert shared.total.sd > 2.5 * alone.total.sd


def test_threads_and_the_kernel_change_nothing(programme, monkeypatch):
    one = portfolio_of([programme(FIRST), programme(SECOND)] * 3, common=0.3)
    monkeypatch.setattr(module, "WORTH_IT", 1)
    first = simulate_portfolio(one, 3000, 7, threads=1)
    second = simulate_portfolio(one, 3000, 7, threads=3)
    assert first.mean.tolist() == second.mean.tolist()
    assert first.total == second.total
    monkeypatch.setattr(module.kernel, "available", lambda: False)
    plain = simulate_portfolio(one, 3000, 7)
    assert plain.mean == pytest.approx(first.mean, rel=1e-12)
    assert plain.sd == pytest.approx(first.sd, rel=1e-9)
    assert plain.p_loss.tolist() == first.p_loss.tolist()
    assert plain.total.cvar95 == pytest.approx(first.total.cvar95, rel=1e-12)


def test_arrays_say_the_same_as_files(programme):
    of_files = portfolio_of([programme(FIRST)])
    of_arrays = portfolio_of_arrays(
        cost=[[[1, 2, 3], [4, 4, 4]]], success=[[0.6, 0.5]], years=[0, 1, 3], payoff=[[10, 30, 50]], rate=0.1
    )
    # numbers are drawn by place, and a fixed cost takes one in arrays only
    first, second = simulate_portfolio(of_files, PATHS), simulate_portfolio(of_arrays, PATHS)
    assert first.mean[0] == pytest.approx(second.mean[0], abs=5 * first.sd[0] / np.sqrt(PATHS))
    assert first.p_loss == pytest.approx(second.p_loss, abs=0.01)


def test_grants_are_taken_in_where_asked(programme):
    with_grant = FIRST + "grants: [{id: city, amount: 1}]"
    bare, helped = (
        simulate_portfolio(portfolio_of([programme(with_grant)], support=support), 1000)
        for support in (False, True)
    )
    assert helped.mean - bare.mean == pytest.approx([1])


def test_what_a_portfolio_cannot_draw_is_refused(programme):
    for text in (
        FIRST.replace("success: 0.5", "success: {uniform: [0.4, 0.6]}"),
        FIRST.replace("cost: 4", "cost: {pert: [1, 2, 3]}"),
    ):
        with pytest.raises(InputError, match="cannot draw"):
            portfolio_of([programme(text)])
    with pytest.raises(NotDefinedError):
        portfolio_of([programme("stages: [{id: a, months: 1}]")])
    with pytest.raises(InputError):
        portfolio_of([])
    with pytest.raises(InputError, match="correlation"):
        portfolio_of([programme(FIRST)], common=1.5)
    with pytest.raises(InputError, match="do not fit"):
        portfolio_of_arrays(
            cost=[[[1, 2, 3]]], success=[[0.5, 0.5]], years=[0, 1], payoff=[[1, 2, 3]], rate=0.1
        )
