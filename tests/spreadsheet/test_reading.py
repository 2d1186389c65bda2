from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from poc_eval.errors import InputError
from poc_eval.spreadsheet.reading import read_table


def csv_file(tmp_path, content, name="table.csv"):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_cells_stay_the_text_that_they_are(tmp_path):
    found = read_table(csv_file(tmp_path, "id,code,note\n1,007,=1+1\n2,1e5,  x \n"))
    assert found.columns == ("id", "code", "note")
    assert found.rows == (("1", "007", "=1+1"), ("2", "1e5", "x"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_chinese_is_read_however_excel_wrote_it(tmp_path, encoding):
    found = read_table(csv_file(tmp_path, "项目,得分\n颅内压平衡装置,19.5\n".encode(encoding)))
    assert found.rows == (("颅内压平衡装置", "19.5"),)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_the_separator_is_the_one_of_the_heading(tmp_path, separator):
    text = separator.join(["a", "b"]) + "\r\n" + separator.join(["1", "2"]) + "\r\n"
    assert read_table(csv_file(tmp_path, text)).rows == (("1", "2"),)


def test_lines_are_those_of_the_file_across_empty_ones_and_quoted_breaks(tmp_path):
    found = read_table(csv_file(tmp_path, '\na,b\n\n1,"two\nlines"\n3,4\n'))
    assert found.lines == (4, 6)
    assert found.frame().loc[6].tolist() == ["3", "4"]


def test_a_workbook_shows_what_people_see(tmp_path):
    book = Workbook()
    for row in (
        ["n", "x", "day", "at", "yes", "none"],
        [4.0, 0.1, date(2026, 11, 20), datetime.fromisoformat("2026-11-20 09:30"), True, None],
    ):
        book.active.append(row)
    book.save(tmp_path / "book.xlsx")
    assert read_table(tmp_path / "book.xlsx").rows == (
        ("4", "0.1", "2026-11-20", "2026-11-20 09:30:00", "yes", ""),
    )


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "the table is empty"),
        ("\n\n", "the table is empty"),
        ("a,a\n1,2\n", 'the heading "a" stands there twice'),
        ("a,,b\n1,2,3\n", "column 2 has no heading"),
        ("a,b\n1,2,3\n", "table.csv:2: there are 3 cells under 2 headings"),
        ('a,b\n1,"2\n', "a quotation mark is not closed"),
        (b"\xff\xfe\x00\x01", "not a text file in UTF-8 or GB 18030"),
        ("a\n" + "x" * 40_000 + "\n", "more than 32,767 characters"),
        # Each heading compared with all before it would take hours.
        (",".join(f"a{number}" for number in range(400_000)), "more than 200 columns"),
    ],
)
def test_what_cannot_be_read_is_told(tmp_path, content, message):
    with pytest.raises(InputError) as caught:
        read_table(csv_file(tmp_path, content))
    assert message in str(caught.value)


@given(st.binary(max_size=300))
def test_any_bytes_give_a_table_or_a_message(tmp_path_factory, content):
    folder = tmp_path_factory.mktemp("any")
    for name in ("x.csv", "x.xlsx"):
        try:
            found = read_table(csv_file(folder, content, name))
        except InputError:
            continue
        assert all(len(row) == len(found.columns) for row in found.rows)
