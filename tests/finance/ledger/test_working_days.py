from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poc_eval.finance.ledger.working_days import holidays_known, is_working_day, last_day, length_of

DAYS = st.dates(date(2023, 1, 1), date(2026, 12, 31))


@pytest.mark.parametrize(
    ("first", "days", "counting", "last"),
    [
        ("2024-05-06", 5, "working", "2024-05-10"),  # Monday to Friday
        ("2024-05-06", 7, "natural", "2024-05-12"),
        ("2024-09-27", 5, "working", "2024-10-09"),  # Sunday 29 September is worked, National Day is not
        ("2026-02-13", 5, "working", "2026-02-26"),  # the Spring Festival of 2026, Saturday 14 is worked
        ("2025-01-24", 15, "natural", "2025-02-07"),
    ],
)
def test_a_notice_is_counted_with_its_first_and_last_day(first, days, counting, last):
    assert last_day(date.fromisoformat(first), days, counting) == date.fromisoformat(last)


def test_a_notice_that_ends_before_it_begins_stands_for_no_day():
    assert length_of(date(2026, 5, 6), date(2026, 5, 5), "natural") == 0
    assert length_of(date(2026, 5, 6), date(2026, 5, 5), "working") == 0


def test_each_year_has_the_public_holidays_of_its_notice():
    for year, printed in {2023: 249, 2024: 251, 2025: 248, 2026: 248}.items():
        days = (date(year, 1, 1) + timedelta(day) for day in range(366))
        assert sum(is_working_day(day) for day in days if day.year == year) == printed, year


def test_years_whose_holidays_are_not_known_say_so():
    assert holidays_known(date(2025, 12, 30), date(2026, 1, 5))
    assert not holidays_known(date(2026, 12, 30), date(2027, 1, 5))


@given(DAYS, st.integers(1, 30), st.sampled_from(["natural", "working"]))
def test_the_last_day_is_the_first_that_is_enough(first, days, counting):
    last = last_day(first, days, counting)
    assert length_of(first, last, counting) == days
    assert length_of(first, last - timedelta(1), counting) == days - 1
