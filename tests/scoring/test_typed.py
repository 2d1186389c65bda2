from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from poc_eval.scoring.typed import characters, is_blank, number, share, yes_no


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("22", "22"),
        (" 22.5 ", "22.5"),
        ("２２．５", "22.5"),
        ("２２。５", "22.5"),
        ("－３", "-3"),
        ("−3", "-3"),
        ("+3", "3"),
        ("\u30007", "7"),
        ("007", "7"),
        ("-0", "0"),
    ],
)
def test_what_a_keyboard_or_an_input_method_gives_is_read(typed: str, value: str) -> None:
    assert str(number(typed)) == value


NOT_NUMBERS = (
    *("", "NaN", "Infinity", "1E+1000000000", "1e999999", "0x10", "1_000", "1,00", "¥1", "1 2", "1\n2"),
    *("二十", "5分", "1.", ".5", "½", "②", "٣", "9" * 13, "0." + "1" * 7, "\x00"),
)


@pytest.mark.parametrize("typed", NOT_NUMBERS)
def test_everything_else_is_no_number(typed: str) -> None:
    assert number(typed) is None


@given(st.decimals(min_value=-999999, max_value=999999, places=4))
def test_a_plain_number_is_read_exactly(value: Decimal) -> None:
    assert number(f"{value:f}") == value


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=40))
def test_no_text_breaks_the_reading(text: str) -> None:
    read = number(text)
    assert read is None or read.is_finite()
    assert characters(text) <= len(text)


@pytest.mark.parametrize(
    ("typed", "value"), [("0.5", "0.5"), ("50%", "0.5"), ("５０％", "0.5"), ("100%", "1"), ("0", "0")]
)
def test_a_share_is_a_part_of_one_or_a_percentage(typed: str, value: str) -> None:
    assert share(typed) == Decimal(value)


@pytest.mark.parametrize("typed", ["1.01", "101%", "-1%", "50", "%", "50%%"])
def test_a_share_lies_between_nothing_and_all(typed: str) -> None:
    assert share(typed) is None


def test_only_yes_and_no_are_answers() -> None:
    assert [yes_no(text) for text in ("yes", " no ", "Yes", "true", "")] == [True, False, None, None, None]


def test_characters_are_those_that_a_reader_sees() -> None:
    assert characters("需求 明确\u3000、\n普遍") == 7
    assert characters("a\u200bb\u0301") == 2
    assert is_blank(" \u3000\u200b\ufeff\n")
