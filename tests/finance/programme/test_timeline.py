"""When stages begin and end."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from poc_eval.finance.programme.timeline import day_after, timeline


def test_stages_with_months_follow_one_another(programme):
    line = timeline(
        programme("stages: [{id: a, months: 9}, {id: b, months: {uniform: [3, 9]}}, {id: c, months: 12}]")
    )
    assert line.starts == (0, Fraction(3, 4), Fraction(5, 4))
    assert line.ends == (Fraction(3, 4), Fraction(5, 4), Fraction(9, 4))


def test_a_stage_without_months_ends_where_the_next_begins_and_the_last_where_income_comes(programme):
    line = timeline(
        programme(
            "stages: [{id: a, at: 0}, {id: b, at: 1}]\nincome: [{at: 3, amount: 5}, {at: 2.5, amount: 1}]"
        )
    )
    assert line.ends == (1, Fraction(5, 2))


def test_a_stage_may_name_the_one_that_it_follows(programme):
    line = timeline(
        programme(
            "stages: [{id: a, months: 6}, {id: c, months: 1, when: {passed: b}}, "
            "{id: b, months: 3, when: {passed: a}}]"
        )
    )
    assert [stage.id for stage in line.stages] == ["a", "b", "c"]
    assert line.starts == (0, Fraction(1, 2), Fraction(3, 4))


@pytest.mark.parametrize(
    ("start", "years", "day"),
    [
        (date(2026, 1, 31), Fraction(1, 12), date(2026, 2, 28)),
        (date(2024, 2, 29), Fraction(1), date(2025, 2, 28)),
        (date(2026, 1, 1), Fraction(5, 4), date(2027, 4, 1)),
        (date(2026, 1, 1), Fraction(1, 24), date(2026, 1, 16)),
        (date(2026, 11, 15), Fraction(1, 6), date(2027, 1, 15)),
    ],
)
def test_whole_months_are_counted_by_the_calendar(start, years, day):
    assert day_after(start, years) == day
