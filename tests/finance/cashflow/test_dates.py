from __future__ import annotations

from datetime import UTC, date, datetime

import numpy as np
import pandas as pd
import pytest

from poc_eval.errors import InputError
from poc_eval.finance.cashflow.dates import calendar_days, year_fractions

EXPECTED = ["2020-02-29", "2019-12-31"]


@pytest.mark.parametrize(
    "dates",
    [
        EXPECTED,
        [date(2020, 2, 29), date(2019, 12, 31)],
        [datetime(2020, 2, 29, 23, 59, tzinfo=UTC), "2019-12-31"],
        np.array(EXPECTED, dtype="datetime64[ns]"),
        [np.datetime64("2020-02-29T11"), np.datetime64("2019-12-31")],
        pd.to_datetime(EXPECTED),
        pd.Series(pd.to_datetime(EXPECTED)),
        [pd.Timestamp("2020-02-29 08:00"), pd.Timestamp("2019-12-31")],
        (day for day in EXPECTED),
    ],
)
def test_dates_of_every_kind_are_days(dates):
    assert calendar_days(dates).astype(str).tolist() == EXPECTED


@pytest.mark.parametrize(
    "wrong", ["2020-02-30", "20200229", "2020-2-9", "soon", "", 43890, None, 1.5, pd.NaT, True]
)
def test_what_is_no_date_is_named_by_its_place(wrong):
    with pytest.raises(InputError, match=r"dates\[1\]: this is not a date"):
        calendar_days(["2020-01-01", wrong])


@pytest.mark.parametrize("nothing", [[], np.datetime64("2020-01-01"), np.array([], dtype="datetime64[D]")])
def test_no_list_of_dates_is_refused(nothing):
    with pytest.raises(InputError):
        calendar_days(nothing)


@pytest.mark.parametrize(
    ("basis", "expected"),
    [
        ("ACT/365F", 31 / 365),
        ("ACT/360", 31 / 360),
        ("30E/360", 30 / 360),
        ("ACT/ACT ISDA", 2 / 365 + 29 / 366),
    ],
)
def test_years_are_counted_as_the_basis_says(basis, expected):
    days = calendar_days(["2019-12-30", "2020-01-30"])
    assert year_fractions(days, basis) == pytest.approx([0, expected])


def test_the_thirty_first_is_the_thirtieth_of_a_month_of_thirty_days():
    days = calendar_days(["2020-01-30", "2020-01-31", "2020-03-31"])
    assert year_fractions(days, "30E/360") == pytest.approx([0, 0, 60 / 360])


def test_a_basis_that_is_not_known_is_refused():
    with pytest.raises(InputError, match="ACT/ACT ISDA"):
        year_fractions(calendar_days(EXPECTED), "ACT/366")
