"""Everything that can be wrong with a table of claims, from CSV and XLSX, through ``poc-eval subsidy``."""

from __future__ import annotations

import csv

import pytest
from openpyxl import Workbook

from poc_eval.cli import main

HEAD = ["claim_id", "payee", "period", "service_revenue", "service_revenue_declared", "filing_valid"]
AMOUNT = "write it like 1000000, 1,000,000.00 or 100万元"
WRONG = [
    (["C1", "甲", "2023", "NaN", "", "yes"], f'service_revenue: "NaN" is not an amount; {AMOUNT}'),
    (["C2", "甲", "2023", "Infinity", "", "yes"], f'service_revenue: "Infinity" is not an amount; {AMOUNT}'),
    (
        ["C3", "甲", "2023", -5, "", "yes"],
        (
            "service_revenue: the amount is below 0; "
            "write the verified figure itself; what was taken off belongs in the declared figure"
        ),
    ),
    (
        ["C4", "甲", "2023", None, "", "yes"],
        "service_revenue: nothing stands here; write the figure; nothing is not 0",
    ),
    (
        ["C5", "甲", "2023", 1000.005, "", "yes"],
        "service_revenue: 1000.005 yuan is more exact than one fen; give at most two decimals of a yuan",
    ),
    (["C6", "甲", "2023", "约三百万", "", "yes"], f'service_revenue: "约三百万" is not an amount; {AMOUNT}'),
    (["C7", "甲", "2023", True, "", "yes"], f'service_revenue: "{{truth}}" is not an amount; {AMOUNT}'),
    (
        ["C8", "乌有", "2023", 100, "", "yes"],
        'payee: the unit "乌有" is not known; add it to the list of units first',
    ),
    (
        ["C8", "甲", "2023", 100, "", "yes"],
        'claim_id: the claim "C8" stands here twice; give each claim an id of its own, or take one away',
    ),
    (
        ["C9", "甲", "2023", 100, 90, "yes"],
        (
            "service_revenue: the verified figure is above the declared one, a reduction below 0; "
            "correct one of the two"
        ),
    ),
    (["C10", "甲", "2023", 100, 120, "maybe"], 'filing_valid: "maybe" does not fit here; write yes or no'),
    (
        ["C11", "甲", "2023-02-30/2023-03-01", 100, "", "yes"],
        'period: "2023-02-30/2023-03-01" is no period; write days that the calendar has',
    ),
    (["C12", "甲", "2023", "1e5", "", "yes"], f'service_revenue: "1e5" is not an amount; {AMOUNT}'),
]


@pytest.fixture(params=["csv", "xlsx"])
def table(request, tmp_path):
    """Return the wrong claims as a file of each kind."""
    file = tmp_path / f"claims.{request.param}"
    rows = [HEAD, *(row for row, _said in WRONG)]
    if request.param == "csv":
        with file.open("w", encoding="utf-8", newline="") as out:
            csv.writer(out).writerows(rows)
    else:
        book = Workbook()
        for row in rows:
            book.active.append(row)
        book.save(file)
    return file


@pytest.mark.parametrize("json", [[], ["--json"]])
def test_every_fault_is_told_at_once_with_row_column_and_way_out_and_nothing_is_paid(
    table, tmp_path, capsys, json
):
    units = tmp_path / "units.csv"
    units.write_text("payee\n甲\n", encoding="utf-8")
    book = tmp_path / "book.xlsx"
    arguments = ["subsidy", "hefei-pilot-operation", "--claims", str(table), "--payees", str(units)]
    assert main([*arguments, "-o", str(book), "--lang", "en", *json]) == 2
    said = capsys.readouterr()
    truth = "True" if table.suffix == ".csv" else "yes"
    assert said.err.splitlines() == [
        f"poc-eval: {table}:{line}: {fault.format(truth=truth)}"
        for line, (_row, fault) in enumerate(WRONG, start=2)
    ]
    assert said.out == ""
    assert not book.exists()


def test_in_chinese_the_same_places_are_named(table, capsys):
    assert main(["subsidy", "hefei-pilot-operation", "--claims", str(table), "--lang", "zh"]) == 2
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == len(WRONG) - 1  # without a list of units every unit is known
    assert lines[3].startswith(f"poc-eval: {table}:5: service_revenue: ")
    assert "空" in lines[3] or "未填" in lines[3]


def test_claims_outside_the_rules_dates_are_told_by_line_and_paid_nothing(tmp_path, capsys):
    file = tmp_path / "claims.xlsx"
    book = Workbook()
    for row in (
        ["claim_id", "payee", "period", "contract_amount", "listed_vat"],
        ["C1", "甲", 2021, 100000, 0],
        ["C2", "甲", 2023, 100000, 0],
    ):
        book.active.append(row)
    book.save(file)
    out = tmp_path / "out.xlsx"
    assert main(["subsidy", "stamp", "--claims", str(file), "--lang", "en", "-o", str(out)]) == 0
    said = capsys.readouterr()
    assert said.err.startswith(
        "line 2, period: the claim C1 is outside the dates of stamp and is paid nothing"
    )
    assert "Total: 30.00 yuan" in said.out
