from __future__ import annotations

import zipfile
from datetime import date
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from poc_eval.errors import InputError
from poc_eval.i18n import Text
from poc_eval.spreadsheet.reading import read_table
from poc_eval.spreadsheet.writing import Book, Formula, letters, lines_needed, quoted_text, sheet_name

HOSTILE = [
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    '=HYPERLINK("x")',
    "http://example/",
    "_x0041_",
    "007",
    "1e5",
    "<b>&amp;</b>", "＝1+1", "＋1", "－2+3", "＠SUM(1)",
]  # fmt: skip


def saved(book, tmp_path, name="book.xlsx"):
    path = tmp_path / name
    book.save(path)
    return path


def test_what_looks_like_a_formula_stays_the_text_that_it_is(tmp_path, engine):
    """H23, H25."""
    book = Book("文字")
    sheet = book.sheet("文字", [40])
    for row, text in enumerate(HOSTILE):
        sheet.put(row, 0, text)
    path = saved(book, tmp_path)
    page = load_workbook(path)["文字"]
    for row, text in enumerate(HOSTILE, start=1):
        cell = page.cell(row, 1)
        assert cell.data_type == "s"
        assert cell.value.replace("_x000D_", "\r").replace("_x000d_", "\r") == text
        assert cell.quotePrefix == (text[0] in "=+-@\t\r＝＋－＠")
        assert cell.hyperlink is None
    with zipfile.ZipFile(path) as parts:
        assert b"<f>" not in parts.read("xl/worksheets/sheet1.xml")
    assert engine(path)["文字", "A2"] == "+1+1"


def test_a_formula_is_live_and_carries_its_value(tmp_path, engine):
    book = Book("数")
    sheet = book.sheet("数据", [10, 10])
    two = sheet.put(0, 0, Decimal("2.50"), "input_yuan")
    sheet.put(0, 1, Formula(f"{two}*3", Decimal("7.5")), "yuan")
    path = saved(book, tmp_path)
    assert load_workbook(path)["数据"]["B1"].value == "='数据'!$A$1*3"
    assert load_workbook(path, data_only=True)["数据"]["B1"].value == 7.5
    assert engine(path)["数据", "B1"] == 7.5


def test_a_number_longer_than_programs_keep_is_written_as_text(tmp_path):
    book = Book("数")
    sheet = book.sheet("数据", [20])
    numbers = [Decimal("9999999999999.99"), Decimal("99999999999999.99"), 10**20, 123456789012345678]
    for row, number in enumerate(numbers):
        sheet.put(row, 0, number, "yuan")
    page = load_workbook(saved(book, tmp_path))["数据"]
    assert [page.cell(row, 1).value for row in range(1, 5)] == [
        9999999999999.99,
        "99999999999999.99",
        "100000000000000000000",
        "123456789012345678",
    ]


def test_it_prints_on_a4_with_repeated_headings_and_page_numbers(tmp_path):
    book = Book("打印")
    book.sheet("表", [10, 20], heading=2, footer="1 & 2").put(3, 1, "x")
    book.sheet("竖", [10], landscape=False).put(0, 0, date(2026, 11, 20), "date")
    read = load_workbook(saved(book, tmp_path))
    page = read["表"]
    assert page.page_setup.paperSize == 9
    assert page.page_setup.orientation == "landscape"
    assert read["竖"].page_setup.orientation == "portrait"
    assert page.print_title_rows == "$3:$3"
    assert page.freeze_panes == "A4"
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert (page.page_setup.fitToWidth, page.page_setup.fitToHeight) == (None, 0)  # 1 wide, any height
    with zipfile.ZipFile(tmp_path / "book.xlsx") as parts:
        xml = parts.read("xl/worksheets/sheet1.xml").decode()
    assert "第 &amp;P 页 / 共 &amp;N 页" in xml
    assert "&amp;L&amp;9 1 &amp;&amp; 2" in xml
    assert read["竖"]["A1"].value.date() == date(2026, 11, 20)


def test_both_languages_stand_in_a_cell_chinese_first(tmp_path):
    book = Book("双语")
    sheet = book.sheet("表", [10])
    sheet.put(0, 0, Text("单位", "unit"))
    sheet.put(1, 0, Text("A", "A"))
    page = load_workbook(saved(book, tmp_path))["表"]
    assert (page["A1"].value, page["A2"].value) == ("单位\nunit", "A")


def test_a_list_to_choose_from_stands_where_the_format_can_hold_it(tmp_path):
    book = Book("选")
    sheet = book.sheet("表", [10])
    sheet.offer(0, 0, ["是", "否"])
    sheet.offer(1, 0, ["a,b"])
    sheet.offer(2, 0, ["长" * 300])
    sheet.put(0, 0, "是", "input")
    rules = load_workbook(saved(book, tmp_path))["表"].data_validations.dataValidation
    assert [(str(one.sqref), one.formula1) for one in rules] == [("A1", '"是,否"')]


def test_the_same_cells_give_the_same_bytes():
    def made():
        book = Book("同")
        book.sheet("表", [10]).put(0, 0, Formula("1+1", 2), "number")
        return book.content()

    assert made() == made()


def test_a_text_too_long_for_a_cell_is_told(tmp_path):
    book = Book("长")
    book.sheet("表", [10]).put(0, 0, "字" * 32_768)
    with pytest.raises(InputError, match="32,767"):
        saved(book, tmp_path)
    assert not (tmp_path / "book.xlsx").exists()


@pytest.mark.parametrize(
    ("wanted", "name"),
    [
        ("a/b:c[d]", "a／b：c（d）"),
        ("政策'引号", "政策’引号"),
        ("", "-"),
        ("History", "History-"),
        ("x" * 40, "x" * 31),
        ("表", "表 (2)"),
    ],
)
def test_a_sheets_name_is_made_one_that_programs_take(wanted, name):
    assert sheet_name(wanted, {"表"}) == name


def test_names_that_meet_after_cutting_stay_apart(tmp_path):
    book = Book("名")
    names = [book.sheet("𠀀" * 40, [10]).name, book.sheet("𠀀" * 40, [10]).name]
    assert names == ["𠀀" * 15, "𠀀" * 13 + " (2)"]
    for sheet in book.sheets:
        sheet.put(0, 0, "x")
    assert load_workbook(saved(book, tmp_path)).sheetnames == names


def test_columns_have_letters_and_texts_their_quotes():
    assert [letters(column) for column in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
    assert quoted_text('a"b') == '"a""b"'
    assert lines_needed("一二三四五", 6) == 2


def test_what_is_written_can_be_read_again(tmp_path):
    book = Book("回")
    sheet = book.sheet("表", [10, 10])
    sheet.row(0, ["claim_id", "income"], "heading")
    sheet.row(1, ["=1+1", Formula("2*2", 4)])
    table = read_table(saved(book, tmp_path))
    assert table.rows == (("=1+1", "4"),)


@pytest.mark.slow
def test_libreoffice_computes_it_and_keeps_the_texts(tmp_path, by_libreoffice):
    book = Book("数")
    sheet = book.sheet("数据", [10, 10])
    sheet.put(0, 0, 3, "input_number")
    sheet.put(0, 1, Formula("A1*7", 0), "number")
    for row, text in enumerate(HOSTILE, start=1):
        sheet.put(row, 0, text)
    found = by_libreoffice(saved(book, tmp_path))
    assert found["数据", "B1"] == 21
    assert [found["数据", f"A{row}"] for row in (2, 3, 4, 5)] == HOSTILE[:4]
