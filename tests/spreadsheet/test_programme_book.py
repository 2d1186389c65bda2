"""A programme's workbook, recomputed by engines that are not ours."""

from __future__ import annotations

import pytest
from openpyxl import load_workbook

from poc_eval.catalog.definitions import parse_definition
from poc_eval.catalog.shipped import shipped_folder
from poc_eval.finance.programme import Programme
from poc_eval.spreadsheet.programme_book import programme_book

NAMES = sorted(file.stem for file in shipped_folder("programmes").glob("*.yaml"))
TWO_STAGE = """
id: two-stage
title: {zh: "=两阶段", en: "=two stages"}
source: {document: "+示例"}
start: 2026-01-01
discount: {rate: 0.10, timing: TIMING}
stages:
  - {id: plan, at: 0, cost: 1000000, success: 0.6}
  - {id: trial, at: 1, cost: 4000000, success: 0.4}
income: [{at: 3, amount: 30000000}]
"""


def saved(value, folder):
    path = folder / f"{value.programme.id}.xlsx"
    programme_book(value).save(path)
    return path


def two_stage(timing="start"):
    text = TWO_STAGE.replace("TIMING", timing)
    return parse_definition(Programme, text, "two-stage.yaml").definition.value()


def compared(path, computed):
    """Compare every formula's value in the file with an engine's; return how many there are."""
    formulas, values = load_workbook(path), load_workbook(path, data_only=True)
    count = 0
    for sheet in formulas:
        for cell in (cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"):
            stated = values[sheet.title][cell.coordinate].value
            found = computed.get((sheet.title, cell.coordinate))
            where = f"{sheet.title}!{cell.coordinate} {cell.value}"
            if isinstance(stated, (int, float)):
                assert float(found) == pytest.approx(stated, rel=1e-9, abs=1e-6), where
            else:
                assert (stated or "") == (found or ""), where
            count += 1
    return count


@pytest.mark.parametrize("name", NAMES)
def test_every_formula_of_a_shipped_programme_recomputes_to_what_stands_there(name, tmp_path, engine):
    path = saved(Programme.load(name).value(), tmp_path)
    assert compared(path, engine(path)) > 10


def test_the_contracts_figures_stand_in_the_workbook_and_recompute(tmp_path, engine):
    path = saved(two_stage(), tmp_path)
    results = engine(path)
    found = {
        load_workbook(path)["结果 Results"].cell(row, 1).value.split("\n")[-1]: results[
            "结果 Results", f"B{row}"
        ]
        for row in range(5, 11)
        if ("结果 Results", f"B{row}") in results
    }
    assert float(found["Risk-adjusted value (rNPV)"]) == pytest.approx(2227648.38, abs=0.005)
    assert float(found["The same by outcomes"]) == pytest.approx(2227648.38, abs=0.005)
    assert float(found["Yearly rate of return if every stage is passed"]) == pytest.approx(1.199751, abs=1e-6)
    assert float(found["Months until paid back"]) == 36
    assert float(found["Peak funding need"]) == 5000000


def test_a_changed_probability_changes_the_value(tmp_path, engine):
    path = saved(two_stage(), tmp_path)
    book = load_workbook(path)
    plan = book["计划 Plan"]
    row = next(row for row in range(1, 20) if plan.cell(row, 1).value == "trial")
    plan.cell(row, 5).value = 0.5
    book.save(path)
    # -1,000,000 - 0.6 x 4,000,000 / 1.1 + 0.3 x 30,000,000 / 1.331
    assert float(engine(path)["结果 Results", "B5"]) == pytest.approx(-1e6 - 2.4e6 / 1.1 + 9e6 / 1.331)


def test_libreoffice_computes_the_same(tmp_path, by_libreoffice):
    path = saved(Programme.load("pilot-line").value(), tmp_path)
    assert compared(path, by_libreoffice(path)) > 100


def test_dates_that_are_no_whole_months_leave_the_rate_unwritten_and_say_so(tmp_path):
    page = load_workbook(saved(two_stage("exact"), tmp_path))["结果 Results"]
    said = [str(page.cell(row, 2).value) for row in range(4, 12)]
    assert any("whole months" in text for text in said)


def test_titles_stay_text(tmp_path):
    path = saved(two_stage(), tmp_path)
    assert load_workbook(path)["计划 Plan"]["A1"].data_type == "s"
