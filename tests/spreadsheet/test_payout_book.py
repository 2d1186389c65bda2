"""The workbook of a settlement, recomputed to the fen by engines that are not ours."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from poc_eval.errors import InputError
from poc_eval.finance.subsidy import settle_claims
from poc_eval.money import round_money
from poc_eval.spreadsheet.payouts import book as book_module


def values_instead(path):
    """Return the claims whose payout is no formula, from the sheets of steps."""
    book = load_workbook(path)
    return [
        (page.title, cell.coordinate)
        for page in book
        if page.title.startswith("计算")
        for row in page.iter_rows(min_row=5)
        for cell in row
        if isinstance(cell.value, str) and "a value)" in cell.value and "due" in cell.value
    ]


@pytest.mark.slow
def test_every_kind_of_rule_recomputes_to_the_same_fen(tmp_path, engine, cases):
    table = cases.claims(cases.RULES, 3)
    settlement, path = cases.made(list(cases.RULES.values()), table, tmp_path)
    values = engine(path)
    assert cases.assert_recomputed(path, values) > 1500
    assert cases.paid(values, len(table)) == cases.due(settlement)
    reasons = set(settlement.frame(explain=False)["reason"])
    assert reasons >= {
        "rate",
        "fixed",
        "bracket",
        "cap",
        "matching",
        "below_minimum",
        "ineligible",
        "not_in_force",
    }
    named = {load_workbook(path)[sheet]["A1"].value for sheet, _cell in values_instead(path)}
    assert len(values_instead(path)) == 1, named  # only the rule whose figure is not known


def test_a_changed_figure_moves_the_payout_as_the_rule_would(tmp_path, engine, cases):
    table = cases.claims(["half-up", "marginal", "matched"], 4)
    rules = [cases.RULES[name] for name in ("half-up", "marginal", "matched")]
    _settlement, path = cases.made(rules, table, tmp_path)
    book = load_workbook(path)
    page = book["填报数据 Claims"]
    heads = {str(cell.value).split("\n")[0]: cell.column for cell in page[4]}
    for row in range(len(table)):
        page.cell(cases.FIRST + row, heads["收入"]).value = 123456.78 + row
    book.save(path)
    changed = table.assign(income=[f"{Decimal('123456.78') + row}" for row in range(len(table))])
    assert cases.paid(engine(path), len(table)) == cases.due(settle_claims(rules, changed))


FUNCTIONS = {
    "INT": np.floor,
    "ROUND": lambda number, _digits: np.rint(number),
    "IF": np.where,
    "AND": lambda *tests: np.logical_and.reduce(np.broadcast_arrays(*tests)),
    "OR": lambda *tests: np.logical_or.reduce(np.broadcast_arrays(*tests)),
}
REFERENCE = re.compile(r"(?:'([^']+)'!)?\$?([A-Z]{1,2})\$?([0-9]+)")


def steps_in_float64(path, sheet, row, income):
    """Compute a row of steps for many incomes at once in float64, as spreadsheet programs do."""
    book, ours = load_workbook(path), load_workbook(path, data_only=True)
    known, last = {}, None

    def value(match):
        page, column, line = match.groups()
        if page is None:
            return f"known['{column}{line}']"
        at = f"{column}{line}"
        if page.startswith("填报"):
            return "income"
        return repr(float(ours[page][at].value))

    for cell in book[sheet][row][2:]:
        if cell.data_type == "f" and '"' not in cell.value:
            text = re.sub(r"(?<![<>])=", "==", REFERENCE.sub(value, cell.value[1:]))
            names = {**FUNCTIONS, "known": known, "income": income}
            last = known[cell.coordinate] = eval(text, {"__builtins__": {}}, names)  # noqa: S307 our own formula
    return last


@settings(max_examples=30)
@given(
    rate_of=st.integers(0, 20_000),
    mode=st.sampled_from(["half_up", "half_even", "down", "up"]),
    to=st.sampled_from(["0.01", "1", "100"]),
    cap=st.integers(1, 10**12),
    seed=st.integers(0, 2**32),
)
def test_in_float64_the_formulas_equal_fractions_up_to_a_hundred_billion_yuan(
    tmp_path_factory, cases, *, rate_of, mode, to, cap, seed
):
    exact = Fraction(rate_of, 10_000)
    caps = [{"amount": f"{Decimal(cap) / 100:.2f}", "per": "year"}]
    rule = cases.policy(
        "rule", cases.rate(f"{Decimal(rate_of) / 10_000}", caps=caps), rounding=cases.rounding(mode, to)
    )
    _settlement, path = cases.made([rule], cases.claims(["rule"], 1), tmp_path_factory.mktemp("book"))
    fen = np.random.default_rng(seed).integers(0, 10**13, 500)
    fen[:250] //= 10 ** (np.arange(250) % 12)
    found = steps_in_float64(path, "计算1 rule", 6, fen / 100)
    for base, amount in zip(fen, found, strict=True):
        value = min(exact * int(base), Fraction(cap))
        wanted = int(round_money(value / 100, to=Decimal(to), mode=mode) * 100)
        assert amount == wanted - (int(Decimal(to) * 100) if wanted > cap else 0)


def test_what_cannot_be_a_formula_is_a_value_and_says_so(tmp_path, engine, cases):
    huge = cases.policy("huge", cases.rate("0.3"))
    fine = cases.policy("fine", cases.rate("0.12345678"))
    table = cases.claims(["huge", "fine"], 2)
    table["income"] = ["1000000000000.00", "100", "100", "200"]
    settlement, path = cases.made([huge, fine], table, tmp_path)
    values = engine(path)
    assert cases.paid(values, 4) == cases.due(settlement)
    told = " ".join(str(cell.value) for row in load_workbook(path)["计算1 huge"].iter_rows() for cell in row)
    assert "huge-0" in told
    assert "以数值填列" in told
    notes = " ".join(str(cell.value) for row in load_workbook(path)["说明 Notes"].iter_rows() for cell in row)
    assert "more than 6 decimals" in notes


def test_names_that_look_like_formulas_stay_text_on_every_sheet(tmp_path, cases):
    table = cases.claims(["half-up"], 2)
    table["payee"] = "=cmd|' /C calc'!A0"
    table["claim_id"] = ["@SUM(A1)", "+1"]
    _settlement, path = cases.made([cases.RULES["half-up"]], table, tmp_path)
    page = load_workbook(path)["填报数据 Claims"]
    for cell in (page["B5"], page["B6"], page["C5"]):
        assert cell.data_type == "s"
        assert cell.quotePrefix
    for one in load_workbook(path):
        for row in one.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    assert "cmd" not in cell.value


def test_a_settlement_too_large_for_a_workbook_is_told(monkeypatch, tmp_path, cases):
    monkeypatch.setattr(book_module, "MOST_ROWS", 3)
    with pytest.raises(InputError, match="4 payouts are too many"):
        cases.made([cases.RULES["half-up"]], cases.claims(["half-up"], 4), tmp_path)


@pytest.mark.slow
def test_libreoffice_recomputes_every_kind_of_rule(tmp_path, by_libreoffice, cases):
    table = cases.claims(cases.RULES, 30, seed=1)
    settlement, path = cases.made(list(cases.RULES.values()), table, tmp_path)
    values = by_libreoffice(path)
    assert cases.assert_recomputed(path, values) > 15000
    assert cases.paid(values, len(table)) == cases.due(settlement)
