import json
import subprocess
import sys
import time
import zipfile

import pytest
from openpyxl import Workbook

from poc_eval.errors import InputError
from poc_eval.spreadsheet.limits import MOST_BYTES, check_size, check_workbook

SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'

EMPTY = "<sheetData></sheetData>"
MEGABYTE = 1024 * 1024
STATED = "application/vnd.openxmlformats-officedocument.spreadsheetml"
READ_WITHIN_LIMITS = """
import json, resource, sys
from pathlib import Path
from poc_eval.errors import InputError
from poc_eval.spreadsheet.reading import read_table
import openpyxl
used = next(int(one.split()[1]) for one in open("/proc/self/status") if one.startswith("VmSize"))
resource.setrlimit(resource.RLIMIT_AS, (used * 1024 + 200 * 1024**2,) * 2)
resource.setrlimit(resource.RLIMIT_CPU, (30, 30))
said = {}
for name in sys.argv[1:]:
    try:
        read_table(Path(name))
        said[name] = "read"
    except InputError as error:
        said[name] = str(error)
print(json.dumps(said))
"""


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


def repeated(path, part, written, before="</", replaces=()):
    """A workbook as openpyxl writes it, what is ``written`` so many times before the end of a part.

    ``replaces``: a part's name, then what stands in its text and what is put in its place.
    """
    content, times = written
    plain = path.with_name("plain.xlsx")
    Workbook().save(plain)
    with (
        zipfile.ZipFile(plain) as source,
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as target,
    ):
        for member in source.infolist():
            text = source.read(member).decode()
            for place, old, new in replaces:
                text = text.replace(old, new) if place == member.filename else text
            at = text.rindex(before) if member.filename == part else len(text)
            with target.open(member.filename, "w") as stream:
                stream.write(text[:at].encode())
                for _block in range(times // 10_000 if member.filename == part else 0):
                    stream.write(content.encode() * 10_000)
                stream.write(text[at:].encode())
    return path


SHEET_1, STYLES, TYPES = "xl/worksheets/sheet1.xml", "xl/styles.xml", "[Content_Types].xml"
OPEN_ROW = (SHEET_1, EMPTY, "<sheetData><row></row></sheetData>")
OPEN_CELL = (SHEET_1, EMPTY, '<sheetData><row><c t="inlineStr"><is><t></t></is></c></row></sheetData>')
OPEN_COMMENT = (SHEET_1, EMPTY, f"{EMPTY}<!---->")
CELLS = "".join(f'<row r="{row}"><c r="A{row}"><v>{row}</v></c></row>' for row in range(1, 40_001))
CLAIMED = (
    (SHEET_1, EMPTY, f"<sheetData>{CELLS}</sheetData>"),
    (SHEET_1, 'ref="A1:A1"', 'ref="A1:XFD1048576"'),
)
A_WORKBOOK = f'<Override PartName="/xl/worksheets/b.xml" ContentType="{STATED}.sheet.main+xml"/></Types>'
BOMBS = (
    ("H26", (SHEET_1, ("A" * 1000, 300_000), "</t>", (OPEN_CELL,)), "bytes unpacked"),
    ("styles", (STYLES, ("<xf/>", 900_000), "</cellXfs>"), "elements in the part xl/styles.xml"),
    ("types", (TYPES, ("<Default/>", 900_000)), "elements in the part [Content_Types].xml"),
    ("tags", (SHEET_1, ("<a>", 900_000), "</sheetData>"), "elements in the part"),
    ("runs", (SHEET_1, ("<r/>", 900_000), "</is>", (OPEN_CELL,)), "32,767 characters"),
    ("wide", (SHEET_1, ("<c/>", 900_000), "</row>", (OPEN_ROW,)), "the cell 201,"),
    ("long", (SHEET_1, ("<row/>", 900_000), "</sheetData>"), "row 100001,"),
    ("comment", (SHEET_1, ("a" * 60, 1_000_000), "-->", (OPEN_COMMENT,)), "a tag or a comment"),
    ("disguised", (SHEET_1, ("", 0), "</", ((TYPES, "</Types>", A_WORKBOOK),)), "not a workbook"),
    ("claimed", (SHEET_1, ("", 0), "</", CLAIMED), "read"),
)
"""Workbooks of a few hundred kilobytes: what stands so many times where, what is said."""


def test_no_small_file_takes_much_time_or_memory(tmp_path):
    """H26 and its kind: read in a process that is ended above 200 MB, or after thirty seconds in all."""
    told = {repeated(tmp_path / f"{name}.xlsx", *made): what for name, made, what in BOMBS}
    assert all(path.stat().st_size < MEGABYTE for path in told)
    done = subprocess.run(
        [sys.executable, "-c", READ_WITHIN_LIMITS, *map(str, told)],
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert [path.name for path, what in told.items() if what not in said[str(path)]] == []


def test_a_workbook_with_much_that_nobody_reads_here_passes(tmp_path):
    """Pivot tables, shapes left over by pasting, and the cells of other files that a formula asked for."""
    path = tmp_path / "used.xlsx"
    Workbook().save(path)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as book:
        book.writestr("xl/pivotCache/pivotCacheRecords1.xml", f"<p>{'<r><s/><n/></r>' * 90_000}</p>")
        book.writestr("xl/drawings/drawing1.xml", f"<w>{'<sp><pos/></sp>' * 90_000}</w>")
        book.writestr("xl/externalLinks/externalLink1.xml", f"<e>{'<cell><v>1</v></cell>' * 90_000}</e>")
        book.writestr("xl/media/image1.png", b"\x89PNG\r\n\x1a\n")
    check_workbook(path)


def test_a_sheet_under_another_name_has_the_same_limits(tmp_path):
    name = "worksheets/sheet1.xml"
    far = ("xl/worksheets/sheet1.xml", EMPTY, '<sheetData><row r="1048576"/></sheetData>')
    path = repeated(tmp_path / "a.xlsx", "", ("", 0), replaces=(far,))
    renamed = tmp_path / "renamed.xlsx"
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(renamed, "w") as target:
        for member in source.namelist():
            content = source.read(member).replace(name.encode(), b"worksheets/sheet1.dat")
            target.writestr(member.replace(name, "worksheets/sheet1.dat"), content)
    refused(renamed, "row 1048576")


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
