from __future__ import annotations

from importlib.util import find_spec

import numpy as np
import numpy_financial as npf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from poc_eval.errors import NotDefinedError
from poc_eval.finance import irr, irr_report, mirr, npv, xirr
from poc_eval.finance.cashflow import compiled, engine, xirr_report

AMOUNTS = st.lists(st.integers(-10_000, 10_000), min_size=2, max_size=9)
DAYS = st.lists(st.integers(0, 8000), min_size=9, max_size=9)


@pytest.fixture(scope="module")
def ordinary():
    """Return more ordinary rows than it takes to be worked out by what is fastest."""
    random = np.random.default_rng(0)
    rows = random.uniform(10, 100, (compiled.WORTH_IT + 100, 10))
    rows[:, 0] = -random.uniform(100, 600, rows.shape[0])
    return rows


@given(AMOUNTS)
def test_the_rate_is_nan_exactly_where_a_report_finds_none(amounts):
    found, report = irr(amounts), irr_report(amounts)
    if report.status == "none":
        assert np.isnan(found)
    else:
        nearest = min(report.roots, key=lambda root: abs(root - 0.1))
        assert found == pytest.approx(nearest, rel=1e-9, abs=1e-12)


@given(AMOUNTS)
def test_at_the_rate_the_present_value_is_zero(amounts):
    found = irr(amounts)
    if not np.isnan(found):
        terms = np.abs(amounts) * (1 + found) ** -np.arange(len(amounts), dtype=float)
        digit = np.finfo(float).eps * max(1, abs(found)) / (1 + found)
        assert abs(npv(found, amounts)) < terms.max() * len(amounts) ** 2 * (1e-14 + digit)


@given(AMOUNTS, st.sampled_from([1e-12, 1e-9, 0.01, 1e9, 1e12]))
def test_neither_scale_nor_sign_changes_the_rate(amounts, scale):
    expected = pytest.approx(irr(amounts), rel=1e-9, abs=1e-9, nan_ok=True)
    assert irr(np.array(amounts) * scale) == expected
    assert irr(-np.array(amounts) * scale) == expected


@given(AMOUNTS, DAYS, st.randoms(use_true_random=False))
def test_the_order_of_dated_flows_changes_nothing(amounts, days, random):
    pairs = list(zip(np.datetime64("2020-01-01") + np.array(days[: len(amounts)]), amounts, strict=True))
    expected = xirr(*zip(*pairs, strict=True))
    random.shuffle(pairs)
    assert xirr(*zip(*pairs, strict=True)) == pytest.approx(expected, rel=1e-9, abs=1e-9, nan_ok=True)


def test_whole_years_of_365_days_are_periods():
    days = np.datetime64("2021-01-01") + 365 * np.arange(6)
    flows = [-70000, 12000, 15000, 18000, 21000, 26000]
    assert xirr(days, flows) == pytest.approx(irr(flows), rel=1e-13)


def test_any_shape_may_lead():
    rows = np.array([[[-100, 110], [-100, 120]], [[-100, -1], [100, -130]]], dtype=float)
    assert irr(rows) == pytest.approx(np.array([[0.1, 0.2], [np.nan, 0.3]]), nan_ok=True)
    assert irr(np.empty((0, 5))).shape == (0,)
    assert isinstance(irr([-100, 110]), float)
    days = np.array(["2021-01-01", "2022-01-01"], dtype="datetime64[D]")
    assert xirr(days, rows) == pytest.approx(irr(rows), nan_ok=True)
    assert xirr(np.broadcast_to(days, rows.shape), rows) == pytest.approx(irr(rows), nan_ok=True)


def test_the_guess_chooses_among_several_rates_and_changes_nothing_else():
    assert irr([-100, 230, -132], guess=0.12) == pytest.approx(0.1)
    assert irr([-100, 230, -132], guess=5) == pytest.approx(0.2)
    assert irr([-100, 110], guess=5) == pytest.approx(0.1)
    mixed = irr([[-100, 230, -132], [-100, 110, 0]], guess=0.3)
    assert mixed == pytest.approx([0.2, 0.1])


def test_a_row_has_the_same_rate_alone_and_among_others(ordinary):
    ordinary = ordinary.copy()
    ordinary[5] = [-100, 230, -132, *[0] * 7]
    ordinary[6] = 0
    together = irr(ordinary)
    alone = [irr(row) for row in ordinary[:50]]
    assert together[:50] == pytest.approx(alone, rel=1e-12, nan_ok=True)


def test_many_rows_agree_with_numpy_financial(ordinary):
    assert irr(ordinary)[:100] == pytest.approx([npf.irr(row) for row in ordinary[:100]], rel=1e-9)


def test_numba_works_where_it_is_installed_and_numpy_elsewhere(ordinary, monkeypatch):
    expected = "numba" if find_spec("numba") else "numpy"
    used = []
    original = compiled.compiled_rates
    monkeypatch.setattr(compiled, "compiled_rates", lambda *given: used.append("numba") or original(*given))
    irr(ordinary)
    irr(ordinary[:10])
    assert engine() == expected
    assert used == ["numba"] * (expected == "numba")


def test_mirr_agrees_with_numpy_financial_on_many_rows(ordinary):
    found = mirr(ordinary, 0.07, 0.05)
    assert found[:100] == pytest.approx([npf.mirr(row, 0.07, 0.05) for row in ordinary[:100]], rel=1e-12)


def test_mirr_is_nan_where_money_flows_one_way_and_scales_away():
    assert np.isnan(mirr([[1, 2], [-1, -2], [0, 0]], 0.1, 0.1)).all()
    assert np.isnan(mirr([-1], 0.1, 0.1))
    assert mirr(np.array([-1e-300, 2e-300]), 0.1, 0.1) == pytest.approx(1.0)
    assert mirr(np.array([-1e300, 2e300]), 0.1, 0.1) == pytest.approx(1.0)


def test_mirr_states_which_rate_is_wrong():
    with pytest.raises(NotDefinedError, match="finance_rate"):
        mirr([-1, 2], -1, 0.1)
    with pytest.raises(NotDefinedError, match="reinvest_rate"):
        mirr([-1, 2], 0.1, -2)
    assert np.isnan(mirr([-1, 2], [0.1, -1], 0.1)).tolist() == [False, True]


@pytest.mark.parametrize("amounts", [[-100, 110, 50], [-100, 100, -50], [-100, 90, 30], [50, -100, 60]])
def test_flows_of_one_day_count_as_their_sum(amounts):
    days = ["2020-01-01", "2020-01-01", "2022-01-01"]
    expected = pytest.approx(xirr(days[1:], [amounts[0] + amounts[1], amounts[2]]), nan_ok=True)
    assert xirr(days, amounts) == expected
    assert xirr(days, [amounts] * 5000)[-1] == expected
    assert xirr_report(days, amounts).roots == xirr_report(days[1:], [sum(amounts[:2]), amounts[2]]).roots
