from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from poc_eval.errors import InputError
from poc_eval.finance import irr, irr_report, xirr
from poc_eval.finance.cashflow import xirr_report

REASONS = {
    "every amount is zero": [0, 0, 0],
    "one payment only": [0, -100, 0],
    "money only goes out": [-1, 0, -3],
    "money only comes in": [1, 2, 3],
    "no rate brings their present value to zero": [-100, 250, -160],
}


@pytest.mark.parametrize("reason", REASONS)
def test_where_there_is_no_rate_the_reason_is_said_in_both_languages(reason):
    report = irr_report(REASONS[reason])
    assert (report.roots, report.growth, report.status, report.rate) == ((), (), "none", None)
    assert reason in report.reason.text("en")
    assert report.reason.text("zh") != report.reason.text("en")
    assert report.warnings == ()
    assert np.isnan(irr(REASONS[reason]))


def test_one_rate_needs_no_reason():
    report = irr_report([-100, 110])
    assert report.status == "unique"
    assert report.rate == pytest.approx(0.1)
    assert report.growth == pytest.approx([1.1])
    assert report.reason is None


def test_of_several_rates_none_is_the_rate():
    report = irr_report([-1, 6, -11, 6])
    assert report.roots == pytest.approx([0, 1, 2], abs=1e-12)
    assert (report.status, report.rate) == ("several", None)
    assert "3 rates fit" in report.reason.text("en")
    assert "3 个收益率" in report.reason.text("zh")


def test_payments_on_one_day_have_no_rate():
    report = xirr_report(["2020-01-01"] * 2, [-100, 110])
    assert report.status == "none"
    assert "one day" in report.reason.text("en")
    assert xirr_report(["2020-01-01"] * 2, [-100, 100]).reason == report.reason


@pytest.mark.parametrize("amounts", [[-1, 1e9], [-1e9, 1]])
def test_a_rate_that_no_float_holds_is_said_and_not_guessed(amounts):
    report = xirr_report(["2020-01-01", "2020-01-02"], amounts)
    assert report.status == "none"
    assert "too near -100%" in report.reason.text("en")
    assert np.isnan(xirr(["2020-01-01", "2020-01-02"], amounts))
    assert np.isnan(xirr(["2020-01-01", "2020-01-02"], [amounts] * 5000)).all()


def test_a_yearly_rate_of_days_and_a_total_loss_carry_a_warning():
    short = xirr_report(["2020-01-01", "2020-01-16"], [-1, 5])
    assert ["three months" in one.text("en") for one in short.warnings] == [True]
    loss = irr_report([-1e8, 1])
    assert ["total loss" in one.text("en") for one in loss.warnings] == [True]


def test_a_report_is_on_one_row_and_does_not_change():
    with pytest.raises(InputError, match="2 rows"):
        irr_report([[-1, 2], [-1, 2]])
    with pytest.raises(InputError, match="2 rows"):
        xirr_report(["2020-01-01", "2021-01-01"], [[-1, 2], [-1, 2]])
    with pytest.raises(dataclasses.FrozenInstanceError):
        irr_report([-1, 2]).status = "none"
