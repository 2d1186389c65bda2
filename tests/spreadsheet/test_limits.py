import time
import zipfile

import pytest
from openpyxl import Workbook

from poc_eval.errors import InputError
from poc_eval.spreadsheet.limits import MOST_BYTES, check_size, check_workbook

SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'


def workbook(path, sheet, prologue=""):
    """A workbook as openpyxl writes it, its sheet replaced."""
    plain = path.with_name("plain.xlsx")
    Workbook().save(plain)
    with (
        zipfile.ZipFile(plain) as source,
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as target,
    ):
        for member in source.infolist():
            content = source.read(member)
            if member.filename == "xl/worksheets/sheet1.xml":
                content = (prologue + SHEET.format(sheet)).encode()
            target.writestr(member.filename, content)
    return path


def refused(path, message):
    started = time.process_time()
    with pytest.raises(InputError, match=message) as caught:
        check_workbook(path)
    assert time.process_time() - started < 20  # a bomb would take minutes
    assert caught.value.faults[0].file == str(path)


def test_one_cell_at_the_end_of_the_sheet_is_refused(tmp_path):
    """H27."""
    sheet = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    refused(workbook(tmp_path / "far.xlsx", sheet), "row 1048576, below row 100,000")


def test_a_cell_far_to_the_right_is_refused(tmp_path):
    refused(
        workbook(tmp_path / "right.xlsx", '<row r="1"><c r="XFD1"><v>1</v></c></row>'),
        "the cell XFD1, right of column 200",
    )


def test_a_small_file_with_a_huge_text_is_refused(tmp_path):
    """H26."""
    huge = f'<row r="1"><c r="A1" t="inlineStr"><is><t>{"A" * 70_000_000}</t></is></c></row>'
    path = workbook(tmp_path / "huge.xlsx", huge)
    assert path.stat().st_size < 1_000_000
    refused(path, "bytes unpacked, more than")


def test_a_text_that_no_cell_can_hold_is_refused(tmp_path):
    long = f'<row r="1"><c r="A1" t="inlineStr"><is><t>{"A" * 40_000}</t></is></c></row>'
    refused(workbook(tmp_path / "long.xlsx", long), "more than 32,767 characters")


def test_entities_are_refused(tmp_path):
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    refused(
        workbook(tmp_path / "entity.xlsx", '<row r="1"><c r="A1"><v>&b;</v></c></row>', bomb), "XML entities"
    )


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"not a zip"])
def test_what_is_no_workbook_is_told(tmp_path, content):
    path = tmp_path / "broken.xlsx"
    path.write_bytes(content)
    with pytest.raises(InputError, match="not a workbook"):
        check_workbook(path)


def test_a_large_file_is_refused_before_it_is_read(tmp_path):
    path = tmp_path / "large.csv"
    with path.open("wb") as file:
        file.truncate(MOST_BYTES + 1)
    with pytest.raises(InputError, match="more than 20,971,520"):
        check_size(path)


def test_an_ordinary_workbook_passes(tmp_path):
    book = Workbook()
    book.active.append(["项目", 1, 2.5])
    book.save(tmp_path / "fine.xlsx")
    check_workbook(tmp_path / "fine.xlsx")
