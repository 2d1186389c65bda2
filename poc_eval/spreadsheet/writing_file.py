"""A book of sheets becomes the bytes of an XLSX file."""

from __future__ import annotations

import io
import math
from collections import defaultdict
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from poc_eval.spreadsheet.writing import PAGE_WIDTH, Formula, fits, lines_needed, plain, shown
from poc_eval.spreadsheet.writing_styles import look

if TYPE_CHECKING:
    from poc_eval.spreadsheet.writing import Book, Cell, Sheet
    from poc_eval.spreadsheet.writing_styles import Style

_A4: Final = 9
_MADE: Final = datetime(2000, 1, 1)  # noqa: DTZ001 the file format knows no zones
"""Stands in the file's properties: the same in gives the same out, so no clock is asked."""
_RISKY: Final = (*"=+-@＝＋－＠", "\t", "\r", "\n")
_MOST_FOOTER: Final = 80
_LEAST_HEIGHT: Final = 18.0
_LINE_HEIGHT: Final = 1.5
"""Of the size of the letters; Chinese needs air."""
_MOST_HEIGHT: Final = 409.0
_USUAL_SIZE: Final = 10
_PAGES: Final = "&9 第 &P 页 / 共 &N 页  Page &P of &N"


def content(book: Book) -> bytes:
    """Return the workbook's bytes.  Raises InputError for a text that fits into no cell."""
    import xlsxwriter  # noqa: PLC0415 only who writes a workbook loads it

    stream = io.BytesIO()
    file = xlsxwriter.Workbook(
        stream, {"in_memory": True, "strings_to_numbers": False, "strings_to_urls": False}
    )
    file.set_properties({"title": plain(book.title)[:255], "created": _MADE})
    formats = _Formats(file)
    for sheet in book.sheets:
        page = file.add_worksheet(sheet.name)
        _set_up(page, sheet)
        _fill(page, sheet, formats)
    file.close()
    return stream.getvalue()


class _Formats:
    """The looks of one file, each made once."""

    def __init__(self, file: Any) -> None:  # noqa: ANN401 XlsxWriter is not annotated
        self._file = file
        self._made: dict[tuple[Style, bool], Any] = {}

    def of(self, style: Style, *, quoted: bool = False) -> Any:  # noqa: ANN401 the same
        """Return a look; ``quoted`` keeps a text a text when the cell is edited."""
        if (style, quoted) not in self._made:
            made = self._file.add_format({**look(style), **({"quote_prefix": True} if quoted else {})})
            self._made[style, quoted] = made
        return self._made[style, quoted]


def _set_up(page: Any, sheet: Sheet) -> None:  # noqa: ANN401 the same
    for column, width in enumerate(sheet.widths):
        page.set_column(column, column, width)
    page.set_paper(_A4)
    if sheet.landscape:
        page.set_landscape()
    page.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    page.fit_to_pages(max(1, math.ceil(sum(sheet.widths) / PAGE_WIDTH)), 0)
    if sheet.repeated:
        page.repeat_columns(0, sheet.repeated - 1)
    page.center_horizontally()
    page.hide_gridlines(2)
    left = sheet.footer[:_MOST_FOOTER].replace("&", "&&")
    page.set_footer(f"&L&9 {left}&R{_PAGES}" if left else f"&C{_PAGES}")
    if sheet.heading is not None:
        page.repeat_rows(sheet.heading)
        page.freeze_panes(sheet.heading + 1, sheet.repeated)


def _fill(page: Any, sheet: Sheet, formats: _Formats) -> None:  # noqa: ANN401 the same
    heights: dict[int, float] = defaultdict(lambda: _LEAST_HEIGHT)
    for (row, column), cell in sorted(sheet.cells.items(), key=lambda entry: entry[0]):
        if cell.last_column is not None:
            page.merge_range(row, column, row, cell.last_column, "", formats.of(cell.style))
        _write(page, row, column, cell, formats)
        heights[row] = max(heights[row], _height(sheet, column, cell))
    for row, height in heights.items():
        page.set_row(row, min(height, _MOST_HEIGHT))
    for (row, column), words in sheet.choices.items():
        page.data_validation(row, column, row, column, {"validate": "list", "source": list(words)})
    if sheet.cells:
        page.print_area(0, 0, max(row for row, _column in sheet.cells), len(sheet.widths) - 1)


def _height(sheet: Sheet, column: int, cell: Cell) -> float:
    """Return the points that a cell needs; programs find that out for some texts only."""
    style = look(cell.style)
    if not style.get("text_wrap"):
        return 0.0
    size = float(style["font_size"])
    last = column if cell.last_column is None else cell.last_column
    width = sum(sheet.widths[column : last + 1]) * _USUAL_SIZE / size
    return lines_needed(shown(cell.value), width) * size * _LINE_HEIGHT + 2


def _write(page: Any, row: int, column: int, cell: Cell, formats: _Formats) -> None:  # noqa: ANN401 the same
    value, style = cell.value, cell.style
    if value is None:
        page.write_blank(row, column, None, formats.of(style))
    elif isinstance(value, Formula):
        page.write_formula(row, column, f"={value.text}", formats.of(style), _cached(value))
    elif isinstance(value, date):
        page.write_datetime(row, column, value, formats.of(style))
    elif isinstance(value, (int, float, Decimal)) and not isinstance(value, bool) and _is_number(value):
        page.write_number(row, column, float(value), formats.of(style))
    else:
        text = plain(shown(value))
        if text:
            page.write_string(row, column, text, formats.of(style, quoted=text.startswith(_RISKY)))
        else:
            page.write_blank(row, column, None, formats.of(style))


def _cached(formula: Formula) -> str | float:
    value = formula.value
    if isinstance(value, (int, float, Decimal)) and _is_number(value):
        return float(value)
    return plain(str(value))


def _is_number(value: float | Decimal) -> bool:
    """Tell whether a cell keeps it as a number; what has more digits than programs keep becomes text."""
    if isinstance(value, float):
        return math.isfinite(value)
    return Decimal(value).is_finite() and fits(value)
