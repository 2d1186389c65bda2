import numpy as np
import pandas as pd
import pytest

from poc_eval.errors import InputError
from poc_eval.scoring.sorting import Indicator, Lines, grades, sort_results

INDICATORS = [
    Indicator("claims", 2, 0, 20),
    Indicator("citations", 1, 0, 10),
    Indicator("years_left", 1, 2, 18),
]


def results(*rows, **more):
    return pd.DataFrame(rows, columns=["result", "claims", "citations", "years_left"]).assign(**more)


def test_values_worked_by_hand():
    found = sort_results(
        results(("A", 20, 10, 18), ("B", 10, 5, 10), ("C", 0, 0, 2), ("D", 30, -5, 10)), INDICATORS
    )
    assert found["value"].tolist() == pytest.approx([1, 0.5, 0, 0.625])
    assert found["heap"].tolist() == ["promote", "unclear", "abandon_or_transfer", "unclear"]


def test_what_is_not_measured_widens_the_range_and_makes_it_unclear():
    found = sort_results(
        results(("A", np.nan, 10, 18), ("B", 20, 10, np.nan)), INDICATORS, Lines(complete=0.75)
    )
    assert found["measured"].tolist() == pytest.approx([0.5, 0.75])
    assert (found["low"][0], found["high"][0]) == pytest.approx((0.5, 1))
    assert found["heap"].tolist() == ["unclear", "promote"]


def test_nothing_measured_at_all_is_unclear():
    found = sort_results(results(("A", np.nan, np.nan, np.nan)), INDICATORS)
    assert found["heap"].tolist() == ["unclear"]
    assert (found["low"][0], found["high"][0]) == (0, 1)


def test_what_a_person_decided_counts():
    found = sort_results(
        results(("A", 20, 10, 18), ("B", 0, 0, 2), checked=["abandon_or_transfer", None]), INDICATORS
    )
    assert found["heap"].tolist() == ["abandon_or_transfer", "abandon_or_transfer"]
    assert found["checked"].tolist() == [True, False]


def test_less_can_be_better():
    found = sort_results(
        pd.DataFrame({"result": ["A", "B"], "cost": [1.0, 9.0]}), [Indicator("cost", 1, 9, 1)]
    )
    assert found["value"].tolist() == [1, 0]


def test_three_grades():
    lines = [("high-value", 0.8), ("important", 0.5), ("general", 0)]
    assert grades([0.9, 0.8, 0.6, 0.1], lines) == ["high-value", "high-value", "important", "general"]
    with pytest.raises(InputError, match="do not go down"):
        grades([1], [("a", 0.1), ("b", 0.5)])


def test_every_fault_is_told_with_line_and_column():
    table = results(("A", "many", 1, 2), ("A", 1, 2, float("inf")), checked=["", "keep"])
    with pytest.raises(InputError) as caught:
        sort_results(table, INDICATORS)
    assert [(fault.line, fault.place) for fault in caught.value.faults] == [
        (2, "claims"),
        (3, "years_left"),
        (3, "result"),
        (3, "checked"),
    ]
    with pytest.raises(InputError, match="the column years_left is missing"):
        sort_results(table.drop(columns="years_left"), INDICATORS)
    with pytest.raises(InputError, match="lines cross"):
        sort_results(table, INDICATORS, Lines(promote=0.2, let_go=0.5))


def test_a_result_without_a_name_and_a_grade_without_a_value_are_told():
    with pytest.raises(InputError) as caught:
        sort_results(results(("A", 1, 1, 1), (None, 1, 1, 1), ("  ", 1, 1, 1)), INDICATORS)
    assert [(fault.line, fault.place) for fault in caught.value.faults] == [(3, "result"), (4, "result")]
    with pytest.raises(InputError, match="row 2 has no value"):
        grades([0.5, float("nan")], [("a", 0.1)])
