"""The kernels as they stand here; where Numba is installed, the compiled ones too."""

from __future__ import annotations

import numpy as np
import pytest

from poc_eval.finance.cashflow import compiled
from poc_eval.finance.cashflow.ordinary import NOT_SETTLED, ordinary_rates

PLAIN = (compiled.turns, compiled.rates_by_period, compiled.rates_by_time)
KERNELS = {"plain": lambda: PLAIN} | ({"compiled": compiled.kernels} if compiled.available() else {})


@pytest.fixture(scope="module")
def rows():
    """Return rows of every kind: ordinary ones, several changes of sign, none, zeros in between."""
    random = np.random.default_rng(1)
    made = random.uniform(1, 100, (300, 7)) * np.where(
        np.arange(7) < random.integers(0, 7, 300)[:, None], -1, 1
    )
    made[:100] *= random.integers(0, 2, (100, 7))
    made[100:120] *= random.choice([-1, 1], (20, 7))
    return made


@pytest.mark.parametrize("kernels", KERNELS.values(), ids=KERNELS)
@pytest.mark.parametrize("times", ["periods", "shared", "own"])
def test_the_kernels_agree_with_numpy_within_1e_12_of_one_plus_the_rate(rows, kernels, times):
    own = np.sort(np.random.default_rng(2).uniform(0, 20, rows.shape), axis=1)
    years = {"periods": None, "shared": own[:1], "own": own}[times]
    expected = ordinary_rates(rows, years)
    found = compiled.shared_out(rows, years, *kernels())
    settled = np.isfinite(found) & np.isfinite(expected)
    assert settled.sum() > 150
    assert np.isnan(found).tolist() == np.isnan(expected).tolist()
    assert found[settled] + 1 == pytest.approx(expected[settled] + 1, rel=1e-12)


@pytest.mark.parametrize("kernels", KERNELS.values(), ids=KERNELS)
def test_what_is_not_ordinary_is_handed_on(kernels):
    rows = np.array([[-100.0, 230, -132], [-1e300, 1e-300, 0], [1, 2, 3], [-100, 110, 0]])
    for years in (None, np.array([[0.0, 1, 2]])):
        found = compiled.shared_out(rows, years, *kernels())
        assert found == pytest.approx([NOT_SETTLED, NOT_SETTLED, np.nan, 0.1], nan_ok=True)


def test_the_number_of_threads_changes_nothing(monkeypatch):
    rows = np.tile([[-100.0, 60, 60], [-100, 30, 90], [-1, 1, -1]], (2000, 1))
    periods = ordinary_rates(rows, None)

    def find_turns(_rows, turn_of):
        turn_of[:] = 1

    def solve(some, _years, _turn_of, found):
        found[:] = ordinary_rates(some, None)

    for processors in (1, 2, 3):
        monkeypatch.setattr(compiled, "_processors", lambda count=processors: range(count))
        assert compiled.shared_out(rows, None, find_turns, solve, solve).tolist() == periods.tolist()
