from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from poc_eval.errors import InputError, NotDefinedError
from poc_eval.finance import npv, xnpv

FLOWS = [-40000, 5000, 8000, 12000, 30000]
DAYS = ["2020-01-01", "2021-06-30", "2024-02-29"]


def test_the_last_axis_is_time_in_a_square_table_too():
    square = np.array([[-100.0, 110.0], [-50.0, 0.0]])
    assert npv(0.1, square) == pytest.approx([0.0, -50.0], abs=1e-12)


def test_flows_at_the_end_are_worth_one_period_less():
    assert npv(0.08, FLOWS, when="end") == pytest.approx(npv(0.08, FLOWS) / 1.08)


def test_one_flow_is_worth_itself():
    assert npv(0.5, [7]) == 7.0


def test_rates_in_an_array_meet_their_rows():
    rates = [0.0, 0.08, 0.2]
    one_row = npv(rates, FLOWS)
    assert one_row == pytest.approx([npv(rate, FLOWS) for rate in rates])
    assert npv(rates, [FLOWS] * 3) == pytest.approx(one_row)
    assert npv(np.array(rates)[:, None], [FLOWS] * 2).shape == (3, 2)


def test_rates_that_fit_no_row_are_refused():
    with pytest.raises(InputError, match="do not fit"):
        npv([0.1, 0.2], [FLOWS] * 3)


@pytest.mark.parametrize("rate", [-1, -1.5, -1e9])
def test_a_single_rate_at_or_below_minus_one_is_a_stated_error(rate):
    with pytest.raises(NotDefinedError, match="above -1"):
        npv(rate, FLOWS)
    with pytest.raises(NotDefinedError, match="above -1"):
        xnpv(rate, DAYS, [-1, 1, 1])


def test_in_an_array_such_a_rate_gives_nan_at_its_place():
    assert np.isnan(npv([-1.0, 0.1, np.nan, -2.0], FLOWS)).tolist() == [True, False, True, True]
    assert np.isnan(xnpv([-1.0, 0.1], DAYS, [-1, 1, 1])).tolist() == [True, False]


def test_a_value_beyond_floats_is_a_stated_error():
    with pytest.raises(NotDefinedError, match="too large"):
        npv(-1 + 1e-16, [1.0] * 100)
    assert np.isnan(npv([-1 + 1e-16], [1.0] * 100)).all()


@pytest.mark.parametrize("rate", [float("nan"), float("inf"), "8%", None, True])
def test_a_single_rate_that_is_no_number_is_refused(rate):
    with pytest.raises(InputError):
        npv(rate, FLOWS)


def test_a_timing_that_is_not_known_is_refused():
    with pytest.raises(InputError, match="choose begin or end"):
        npv(0.1, FLOWS, when="middle")


def test_dated_flows_are_valued_on_the_earliest_date_in_whatever_order_they_come():
    amounts = [100.0, 200.0, 300.0]
    expected = 100 + 200 / 1.1 ** (546 / 365) + 300 / 1.1 ** (1520 / 365)
    assert xnpv(0.1, DAYS, amounts) == pytest.approx(expected, rel=1e-14)
    assert xnpv(0.1, DAYS[::-1], amounts[::-1]) == pytest.approx(expected, rel=1e-14)


def test_dates_may_be_shared_or_given_for_each_row():
    amounts = np.array([[100.0, 200.0, 300.0], [1.0, 2.0, 3.0]])
    shared = xnpv(0.1, DAYS, amounts)
    days = np.array([DAYS, DAYS], dtype="datetime64[D]")
    assert xnpv(0.1, days, amounts) == pytest.approx(shared)
    assert xnpv([0.1, 0.2], [date.fromisoformat(day) for day in DAYS], amounts)[0] == pytest.approx(shared[0])
