from __future__ import annotations

import numpy as np
import pytest

from poc_eval.errors import InputError
from poc_eval.finance.cashflow.schedule import schedule, together

DAYS = ["2021-01-01", "2020-01-02", "2021-01-01", "2020-01-02"]


def test_flows_are_put_in_order_and_those_of_one_day_added_up():
    made = schedule(DAYS, [1, 2, 4, 8], "ACT/365F")
    assert made.years.tolist() == [0, 0, 1, 1]
    assert made.amounts.tolist() == [2, 8, 1, 4]
    assert together(made.amounts, made.years).tolist() == [10, 0, 5, 0]


def test_shared_dates_order_every_row_alike():
    made = schedule(DAYS, [[[1, 2, 4, 8]], [[0, 1, 0, 1]]], "ACT/365F")
    assert made.amounts.tolist() == [[[2, 8, 1, 4]], [[1, 1, 0, 0]]]
    assert together(made.amounts, made.years).tolist() == [[[10, 0, 5, 0]], [[2, 0, 0, 0]]]


def test_rows_with_dates_of_their_own_are_ordered_alone_and_the_input_is_left_as_it_was():
    days = np.array([DAYS, ["2020-01-01", "2020-12-31", "2021-12-31", "2022-12-31"]], dtype="datetime64[D]")
    amounts = np.array([[1.0, 2, 4, 8], [1, 2, 4, 8]])
    made = schedule(days, amounts, "ACT/365F")
    assert made.amounts.tolist() == [[2, 8, 1, 4], [1, 2, 4, 8]]
    assert together(made.amounts, made.years).tolist() == [[10, 0, 5, 0], [1, 2, 4, 8]]
    assert made.years.tolist() == [[0, 0, 1, 1], [0, 1, 2, 3]]
    assert amounts.tolist() == [[1, 2, 4, 8], [1, 2, 4, 8]]
    assert days[0].astype(str).tolist() == DAYS


@pytest.mark.parametrize(
    ("dates", "amounts"),
    [
        (DAYS, [1, 2, 3]),
        (DAYS[:1], [1, 2]),
        ([DAYS, DAYS], [1, 2, 3, 4]),
        ([DAYS, DAYS], [[1, 2, 3, 4]] * 3),
    ],
)
def test_dates_and_amounts_must_fit(dates, amounts):
    with pytest.raises(InputError, match="do not fit"):
        schedule(dates, amounts, "ACT/365F")


def test_dates_in_rows_of_unequal_length_are_refused():
    with pytest.raises(InputError):
        schedule([DAYS, DAYS[:2]], [[1, 2, 3, 4]] * 2, "ACT/365F")
    with pytest.raises(InputError):
        schedule(5, [1, 2], "ACT/365F")
