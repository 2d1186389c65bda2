from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from poc_eval.views.figures import DASH, date, decimals_of, instant, number


def test_a_column_takes_the_decimals_that_its_scores_need_and_no_more_than_two() -> None:
    assert decimals_of([Decimal("22.0"), Decimal("12.50"), None]) == 1
    assert decimals_of([Decimal(100), Decimal("1E+2")]) == 0
    assert decimals_of([Decimal(10) / Decimal(3)]) == 2
    assert decimals_of([]) == 0


@pytest.mark.parametrize(
    ("value", "decimals", "shown"),
    [
        ("22", 1, "22.0"),
        ("12.345", None, "12.35"),
        ("0.125", 2, "0.13"),
        ("-0.001", 1, "0.0"),
        ("-2", 1, "-2.0"),
        ("30000000", None, "30,000,000"),
        ("1E+3", None, "1,000"),
        ("123456789012345678901234567890.5", None, "123,456,789,012,345,678,901,234,567,890.5"),
    ],
)
def test_numbers_are_rounded_half_up_and_grouped(value: str, decimals: int | None, shown: str) -> None:
    assert number(Decimal(value), decimals) == shown


def test_no_figure_is_a_dash() -> None:
    assert number(None) == DASH


def test_instants_are_printed_in_the_workspaces_zone() -> None:
    at = datetime(2026, 11, 20, 16, 30, tzinfo=UTC)
    assert instant(at, "Asia/Shanghai") == "2026-11-21 00:30 (UTC+08:00)"
    assert date(at, "Asia/Shanghai", "zh") == "2026年11月21日"
    assert date(at, "Asia/Shanghai", "en") == "21 November 2026"
    assert date(at, "America/New_York", "en") == "20 November 2026"
