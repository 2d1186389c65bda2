from __future__ import annotations

from decimal import Decimal

import pytest
from openpyxl import load_workbook

from poc_eval.finance.sharing import share_income
from poc_eval.finance.sharing_people import Division, Person, share_among, share_out
from poc_eval.spreadsheet.sharing_workbook import sharing_workbook

SHEET, PEOPLE, TAX = "收益分配 Division", "人员 People", "个人所得税 Tax"


def saved(division, tmp_path):
    path = tmp_path / "sharing.xlsx"
    sharing_workbook(division).save(path)
    return path


def fen_by_label(path, cells, sheet):
    """Return column G (fen) by the Chinese of column A, as another engine computed it."""
    page = load_workbook(path)[sheet]
    return {
        str(row[0].value).split("\n")[0]: float(cells[sheet, f"G{row[0].row}"])
        for row in page.iter_rows(min_row=5)
        if row[0].value and (sheet, f"G{row[0].row}") in cells and row[6].value is not None
    }


CASES = [
    ("pku", "19980000", {}),
    ("chaoyang", "300000", {"costs": {"costs": "3000"}, "chosen": {"team": "95%"}}),
    ("mit", "1000.01", {"way": "licence"}),
    ("hawaii", "0.05", {}),
    ("imm-cams", "123456.78", {"chosen": {"institution": "0.1234", "project_money": "1"}}),
    ("tsinghua-fuel-cell", "999999.99", {"reading": "head-share"}),
    ("bjtu", "12500000", {"way": "contribution_in_kind", "chosen": {"team": "0.9"}}),
]


@pytest.mark.parametrize(("rule", "received", "keys"), CASES, ids=[case[0] for case in CASES])
def test_another_engine_divides_to_the_same_fen(rule, received, keys, tmp_path, engine):
    shared = share_income(rule, received, **keys)
    path = saved(Division(shared), tmp_path)
    found = fen_by_label(path, engine(path), SHEET)
    for part in shared.every_part():
        assert found[part.title.zh] == part.amount * 100
    assert found["分配基数"] == shared.base * 100


def test_another_engine_spreads_the_tax_on_shares_over_the_same_years(tmp_path, engine):
    shared = share_income("bjtu", "12500000", way="contribution_in_kind", chosen={"team": "0.9"})
    people = [Person("张三", 6, tax_on_shares="1000000.03"), Person("=李四", 4, tax_on_shares="0.02")]
    team = share_out(shared.amount("team"), people, first_year=2026)
    cells = engine(saved(Division(shared, team), tmp_path))
    for row, one in enumerate(team.people, start=4):
        amounts = [cells["股权个税分期 Instalments", f"{column}{row}"] for column in "CDEFG"]
        assert [f"{float(amount):.2f}" for amount in amounts] == [
            f"{part.amount}" for part in one.instalments
        ]
    assert float(cells["股权个税分期 Instalments", "B6"]) == 1000000.05


def test_changed_parts_and_income_divide_anew_and_no_fen_is_lost(tmp_path, engine):
    path = saved(Division(share_income("puh3", "1000")), tmp_path)
    book = load_workbook(path)
    page = book[SHEET]
    page["H5"] = 1000.01
    for row, part in zip((7, 8, 9), (1, 1, 1), strict=True):
        page.cell(row, 2).value = part
    book.save(path)
    cells = engine(path)
    assert [float(cells[SHEET, f"G{row}"]) for row in (7, 8, 9, 10)] == [33334, 33334, 33333, 100001]


@pytest.mark.slow
def test_libreoffice_divides_to_the_same_fen(tmp_path, by_libreoffice):
    shared = share_income("mit", "1000.01", way="licence")
    path = saved(Division(shared), tmp_path)
    found = fen_by_label(path, by_libreoffice(path), SHEET)
    assert {part.title.zh: found[part.title.zh] for part in shared.parts} == {
        part.title.zh: part.amount * 100 for part in shared.parts
    }


@pytest.mark.parametrize("relief", [True, False])
def test_another_engine_comes_to_the_same_tax_of_each_person(tmp_path, engine, relief):
    shared = share_income("puh3", "1000000.01")
    people = [
        Person("=1+1", "3", main=True, salary="240000"),
        Person("乙", "2.5", salary="59999.99"),
        Person("丙", "1", salary="961234.56"),
        Person("丁", "1"),
    ]
    team = share_among(shared.amount("team"), people, relief=relief)
    path = saved(Division(shared, team), tmp_path)
    cells = engine(path)
    shown = load_workbook(path, data_only=True)
    awards = fen_by_label(path, cells, PEOPLE)
    for one in team.people:
        assert awards[one.person.name] == one.amount * 100
    for row, one in enumerate((one for one in team.people if one.tax is not None), start=5):
        assert round(float(cells[TAX, f"F{row}"])) == one.tax.tax * 100
        assert round(float(cells[TAX, f"H{row}"]) * 100) == one.award_tax * 100
        assert Decimal(str(round(shown[TAX][f"I{row}"].value, 2))) == one.left
    assert load_workbook(path)[TAX]["A5"].data_type == "s"


def test_amounts_too_large_for_exact_formulas_are_values_and_say_so(tmp_path):
    shared = share_income("hawaii", "9000000000000000")
    page = load_workbook(saved(Division(shared), tmp_path))[SHEET]
    words = [str(row[0].value) for row in page.iter_rows() if row[0].value]
    assert any("不用公式" in word for word in words)
    assert not any(str(cell.value).startswith("=INT") for row in page.iter_rows() for cell in row)
