"""``poc-eval workbook``: the workbook of claims and of the ledger, from their notebooks."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from poc_eval.cli import main
from poc_eval.workspace.documents import read_notebook
from poc_eval.workspace.paper_notebooks import new_paper_notebook

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def home(copy_demo, tmp_path_factory):
    """Return a workspace with the shipped example."""
    return copy_demo(tmp_path_factory.mktemp("workbook") / "demo")


@pytest.fixture(scope="module")
def demo(home):
    """Return the example's notebooks by their template."""
    return {read_notebook(path).template.id: path for path in (home.path / "notebooks").glob("*.ipynb")}


def texts(path):
    book = openpyxl.load_workbook(path)
    return [
        str(cell.value)
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    ]


def test_the_claims_come_as_a_workbook_with_live_formulas(demo, tmp_path, capsys):
    target = tmp_path / "核定.xlsx"
    assert main(["workbook", str(demo["subsidy_payout"]), "-o", str(target)]) == 0
    assert capsys.readouterr().out.strip() == str(target)
    said = texts(target)
    assert "示例单位甲" in said
    assert any(one.startswith("=") for one in said)


def test_the_ledger_comes_into_the_reports_with_plan_and_entries(demo, capsys):
    assert main(["workbook", str(demo["payment_ledger"])]) == 0
    path = Path(capsys.readouterr().out.strip())
    assert (path.parent.name, path.suffix) == ("reports", ".xlsx")
    said = texts(path)
    for words in ("示例ZF-001", "示例财教〔2024〕18号"):
        assert any(words in one for one in said)
    assert any(one.startswith("=ROUND(SUM(") for one in said)


def test_every_page_of_a_draft_says_that_it_is_one(demo, tmp_path):
    feet = {}
    for template in ("subsidy_payout", "payment_ledger"):
        target = tmp_path / f"{template}.xlsx"
        assert main(["workbook", str(demo[template]), "-o", str(target)]) == 0
        feet[template] = [sheet.oddFooter.left.text or "" for sheet in openpyxl.load_workbook(target)]
    assert all("草稿" in foot for foot in feet["payment_ledger"])
    assert not any("草稿" in foot for foot in feet["subsidy_payout"])


def test_a_notebook_without_a_workbook_and_another_ending_say_what_to_give(demo, tmp_path, capsys):
    assert main(["workbook", str(demo["panel_summary"]), "--lang", "zh"]) == 2
    assert "核定测算" in capsys.readouterr().err
    assert main(["workbook", str(demo["subsidy_payout"]), "-o", str(tmp_path / "核定.csv")]) == 2
    assert ".xlsx" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_paper_without_a_result_says_what_to_fill_in(home, capsys):
    for template, said in (("milestone_plan", "尚未得出结果"), ("subsidy_payout", "尚未得出核定补助额")):
        notebook = new_paper_notebook(home, template=template, title=template)
        assert main(["workbook", str(notebook), "--lang", "zh"]) == 2
        assert said in capsys.readouterr().err
    assert not list((home.path / "reports").glob(f"*{template}*"))
