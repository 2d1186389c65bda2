"""Published figures: Excel's documentation, PhpSpreadsheet's, numpy-financial's and pyxirr's own cases."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from poc_eval.errors import NotDefinedError
from poc_eval.finance import irr, irr_report, mirr, npv, payback, xirr, xnpv
from poc_eval.finance.cashflow import xirr_report

CASES = json.loads((Path(__file__).parent / "published.json").read_text(encoding="utf-8"))


def cases(*methods):
    found = [case for case in CASES if case["method"] in methods]
    assert found
    return pytest.mark.parametrize("case", found, ids=[case["name"] for case in found])


def near(case):
    """Return the figure as printed: within its tolerance, of its size where it is above one."""
    return pytest.approx(case["expected"], rel=case["tolerance"], abs=case["tolerance"])


def flows(case):
    return np.array(case["input"]["cashflows"], dtype=float) * case["input"].get("scale", 1)


def worth_of_the_rate(growth, dates, amounts, basis):
    """Return the present value at a rate, over its largest term; the growth holds the rate in full."""
    report = xirr_report(dates, amounts, basis=basis)
    assert growth in report.growth
    days = np.array(dates, dtype="datetime64[D]")
    years = (days - days.min()).astype(float) / 365
    terms = np.array(amounts) * growth**-years
    return terms.sum() / np.abs(terms).max()


@cases("irr")
def test_a_published_rate_of_return_is_found(case):
    found = irr(flows(case))
    report = irr_report(flows(case))
    if case["expected"] is None:
        assert np.isnan(found)
        assert report.status == "none"
        assert report.roots == ()
        assert report.reason.text("zh") != report.reason.text("en")
    else:
        assert found == near(case)
        assert report.roots == (pytest.approx(found, rel=1e-14),)


def test_pyxirr_issue24_481_periods():
    assert irr([-172545.848122807, *[787.735232517999] * 480]) == pytest.approx(
        0.0038401048125706926, abs=1e-9
    )


@cases("irr_all_roots")
def test_all_published_rates_of_a_flow_are_found(case):
    report = irr_report(flows(case))
    assert list(report.roots) == near(case)
    assert report.status == ("several" if len(case["expected"]) > 1 else "unique")
    for root in case["expected"]:
        assert irr(flows(case), guess=root) == pytest.approx(root, rel=case["tolerance"])


@cases("xirr")
def test_a_published_dated_rate_is_found_and_brings_the_present_value_to_zero(case):
    given = case["input"]
    report = xirr_report(given["dates"], given["amounts"], basis=given["basis"])
    found = xirr(given["dates"], given["amounts"], basis=given["basis"])
    assert found == near(case)
    assert report.roots == (pytest.approx(found, rel=1e-13),)
    if given["basis"] == "ACT/365F":
        assert abs(worth_of_the_rate(report.growth[0], **given)) < 1e-13 * (1 + abs(np.log(report.growth[0])))
        # what the last digit of the rate itself is worth, which is much only next to -100%
        digit = np.finfo(float).eps * max(1.0, abs(found)) / (1 + found)
        largest = max(np.abs(amount) * (1 + found) ** -when for amount, when in dated(given))
        span = max(when for _, when in dated(given))
        value = xnpv(found, given["dates"], given["amounts"])
        assert abs(value) / largest < 1e-12 + 4 * digit * span * len(given["dates"])


def dated(given):
    days = np.array(given["dates"], dtype="datetime64[D]")
    return list(zip(given["amounts"], (days - days.min()).astype(float) / 365, strict=True))


@cases("xirr_all_roots")
def test_all_published_dated_rates_are_found(case):
    given = case["input"]
    report = xirr_report(given["dates"], given["amounts"])
    assert list(report.roots) == near(case)
    assert report.status == "several"
    for growth in report.growth:
        assert abs(worth_of_the_rate(growth, **given)) < 1e-13 * (1 + abs(np.log(growth)))


@cases("npv_begin", "npv_end")
def test_a_published_present_value_is_reproduced(case):
    given, when = case["input"], case["method"].removeprefix("npv_")
    if case["expected"] is None:
        with pytest.raises(NotDefinedError):
            npv(given["rate"], given["cashflows"], when=when)
    else:
        assert npv(given["rate"], given["cashflows"], when=when) == near(case)


@cases("xnpv")
def test_a_published_dated_present_value_is_reproduced(case):
    given = case["input"]
    assert xnpv(given["rate"], given["dates"], given["amounts"]) == near(case)


@cases("mirr")
def test_a_published_modified_rate_is_reproduced(case):
    assert mirr(**case["input"]) == near(case)


@cases("discounted_payback")
def test_a_published_payback_is_reproduced(case):
    assert payback(**case["input"]) == case["expected"]
