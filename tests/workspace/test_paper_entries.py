from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poc_eval.i18n import Text
from poc_eval.money import format_money, parse_money
from poc_eval.workspace.paper_entries import Entries, UnreadableError, read_text
from poc_eval.workspace.paper_records import Field, Layout, Option, Part

NAME = Text("名称", "Name")


def field(kind, **more):
    return Field("one", NAME, kind, **more)


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("text", "  某 公司\n", "某 公司"),
        ("long_text", " 第一行\n第二行 ", "第一行\n第二行"),
        ("amount", "333.3333万元", Decimal("3333333.00")),
        ("amount", "１２，０００．５０", Decimal("12000.50")),
        ("share", "30%", Decimal("0.3")),
        ("share", "0.125", Decimal("0.125")),
        ("number", "1,234.5", Decimal("1234.5")),
        ("count", "１２", 12),
        ("count", "3.0", 3),
        ("date", "2026-11-20", date(2026, 11, 20)),
        ("date", "2026/1/5", date(2026, 1, 5)),
        ("date", "2026年11月20日", date(2026, 11, 20)),
        ("yes_no", "no", False),
        ("yes_no", "是", True),
        ("yes_no", " 否 ", False),
        ("yes_no", "√", True),
        ("choice", "b", "b"),
        ("credit_code", "91350100m000100y43", "91350100M000100Y43"),
    ],
)
def test_what_people_type_is_read(kind, text, value):
    options = (Option("a", NAME), Option("b", NAME))
    assert read_text(text, field(kind, options=options)) == value


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("amount", "1,00"),
        ("amount", "-5"),
        ("amount", "0.001"),
        ("amount", "NaN"),
        ("amount", "=1+1"),
        ("share", "30"),
        ("share", "130%"),
        ("number", "12,34"),
        ("number", "-1"),
        ("count", "2.5"),
        ("date", "2026-02-29"),
        ("date", "20.11.2026"),
        ("yes_no", "maybe"),
        ("choice", "c"),
        ("credit_code", "91350100M000100I43"),
        ("text", "a\u202eb"),
        ("text", "长" * 501),
    ],
)
def test_what_does_not_fit_is_told_with_what_to_write(kind, text):
    with pytest.raises(UnreadableError) as told:
        read_text(text, field(kind))
    for lang in ("zh", "en"):
        assert len(told.value.message.text(lang)) > 8


def test_a_figure_below_zero_is_taken_where_it_fits():
    assert read_text("-5", field("amount", negative=True)) == Decimal(-5)
    assert read_text("－2.5", field("number", negative=True)) == Decimal("-2.5")


@given(st.integers(0, 10**15))
def test_an_amount_as_it_is_printed_is_the_amount(fen):
    amount = Decimal(fen).scaleb(-2)
    assert (
        read_text(format_money(amount, style="bare"), field("amount")) == parse_money(str(amount)) == amount
    )


@given(st.text(max_size=40))
def test_any_text_is_either_read_or_told(text):
    for kind in ("text", "amount", "share", "number", "count", "date", "yes_no", "choice", "credit_code"):
        entries = Entries(Layout((Part("p", NAME, (field(kind),)),)), {"one": text})
        assert len(entries.faults) <= 1
        assert not entries.missing


def test_a_value_of_another_type_is_a_programmers_error():
    entries = Entries(Layout((Part("p", NAME, (field("date"),)),)), {"one": "2026-11-20"})
    assert entries.day("one") == date(2026, 11, 20)
    for wrong in (entries.amount, entries.count, entries.yes_no, entries.text):
        with pytest.raises(TypeError):
            wrong("one")
    with pytest.raises(KeyError):
        entries.day("two")
