"""The ledger's workbook: the same sums as the ledger, recomputed by engines that are not ours."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import openpyxl
import pytest

from poc_eval.finance.ledger.entries import (
    Demand,
    FundDocument,
    Notice,
    Payment,
    Payout,
    Recovered,
    Returned,
    Reversal,
    Signature,
)
from poc_eval.finance.ledger.kept import Book, KeptLine, Stamp
from poc_eval.finance.ledger.line import Line
from poc_eval.finance.ledger.plan import FundingRule, InstalmentRule
from poc_eval.spreadsheet.ledger_book import ledger_book

DAY = date(2026, 5, 30)
STAMP = Stamp("k", datetime(2026, 5, 6, 20, 2, tzinfo=UTC), "经办甲")


def kept(payee, amount, paid, recorded=11):
    """Return a payout of two levels: one level's payment half returned, the other's reversed."""
    funding = (FundingRule("=1+1", Decimal("0.6"), "B1"), FundingRule("区级*", Decimal("0.4")))
    payout = Payout(
        date(2026, 5, 6), payee, "91350100M000100Y43", "rule@1#0", "2025", "", "C1", Decimal(amount),
        (InstalmentRule("approved", Decimal(1)),), funding, 5, "natural", ("handled",),
    )  # fmt: skip
    entries = (
        payout,
        Signature(date(2026, 5, 6), "handled", "经办甲"),
        Notice(date(2026, 5, 7), date(2026, 5, 11), "门户网站"),
        FundDocument(date(2026, 5, 12), "文号", Decimal(amount)),
        Payment(date(2026, 5, 13), 1, Decimal(paid), f"=cmd|{payee}", "=1+1"),
        Payment(date(2026, 5, 13), 1, Decimal("0.01"), f"ZF-{payee}", "区级*"),
        Reversal(date(2026, 5, 14), 6, "有误"),
        Returned(date(2026, 5, 15), f"=cmd|{payee}", Decimal("0.02"), "账号有误"),
        Payment(date(2027, 1, 4), 1, Decimal("0.02"), f"ZF2-{payee}", "=1+1"),
        Demand(date(2027, 1, 5), Decimal("0.04"), "多拨", "文2"),
        Recovered(date(2027, 1, 6), Decimal("0.03"), "回单"),
    )
    return KeptLine(payee, Line(entries), (STAMP,) * recorded)


@pytest.fixture(scope="module")
def ledger():
    return Book([kept("单位甲", "1000000.01", "333333.33"), kept("单位乙", "842000.30", "0.07", 5)], DAY)


@pytest.fixture(scope="module")
def written(ledger, tmp_path_factory):
    """Write the workbook once for all tests."""
    path = tmp_path_factory.mktemp("ledger") / "ledger.xlsx"
    ledger_book(ledger).save(path)
    return path


def by_hand(found):
    """Hold what an engine found against sums made by hand."""
    lines, plan, budget = "台账 Ledger", "计划与实际 Plan", "预算与年度 Budget"
    # Paid of the first: 333,333.33 - 0.02 + 0.02; its reversed 0.01 does not count.
    assert (found[lines, "G4"], found[lines, "G5"], found[lines, "G6"]) == (333333.33, 0.07, 333333.40)
    assert (found[lines, "I4"], found[lines, "I6"]) == (666666.68, 1508666.91)
    assert (found[lines, "J4"], found[lines, "J6"]) == (0.03, 0.06)
    # Nothing is due while money is to be recovered; of 600,000.01 the first level has 266,666.68 left.
    assert found[lines, "H6"] == 0
    assert [found[plan, f"J{row}"] for row in (4, 5, 6, 7, 8)] == [
        266666.68, 400000.00, 505200.11, 336800.12, 1508666.91,
    ]  # fmt: skip
    assert (found[budget, "E4"], found[budget, "E5"], found[budget, "F6"]) == (333333.40, 0, 1508666.91)
    # By year: 2026 paid 333,333.33 + 0.07 less 0.04 returned; 2027 paid 0.04 less 0.06 recovered.
    assert (found[budget, "D10"], found[budget, "D11"]) == (333333.36, -0.02)


def test_paid_due_left_and_recovered_recompute_to_the_fen(engine, written):
    by_hand(engine(written))


@pytest.mark.slow
def test_libreoffice_recomputes_the_same(by_libreoffice, written):
    by_hand(by_libreoffice(written))


def test_the_values_beside_the_formulas_are_those_of_the_ledger(written):
    book = openpyxl.load_workbook(written, data_only=True)
    by_hand({(page.title, cell.coordinate): cell.value for page in book for row in page for cell in row})


def test_every_entry_stands_there_and_what_looks_like_a_formula_stays_text(written):
    book = openpyxl.load_workbook(written)
    rows = list(book["登记明细 Entries"].iter_rows(min_row=4))
    assert [row[2].value for row in rows] == [*range(1, 12)] * 2
    assert "=cmd|单位甲" in rows[4][6].value
    assert "（已冲销）" in rows[5][6].value
    assert rows[7][8].value == -0.02
    assert "未登记入账" in rows[16][12].value
    # Recorded at four in the morning of the next day, as clocks in Shanghai have it.
    assert (rows[0][12].value, rows[0][13].value.date()) == ("经办甲", date(2026, 5, 7))
    level = book["计划与实际 Plan"]["F4"]
    assert (level.value, level.data_type, level.quotePrefix) == ("=1+1", "s", True)


def test_an_empty_ledger_is_a_workbook_too(tmp_path):
    path = tmp_path / "空.xlsx"
    ledger_book(Book([], DAY)).save(path)
    assert openpyxl.load_workbook(path).sheetnames[0] == "台账 Ledger"
