"""A table from CSV or XLSX as text, cell by cell as it is shown; nothing is guessed and nothing is run."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from poc_eval.errors import Fault, InputError
from poc_eval.i18n import _
from poc_eval.spreadsheet.limits import (
    LONGEST_TEXT,
    MOST_COLUMNS,
    MOST_ROWS,
    check_size,
    check_workbook,
    not_a_workbook,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    import pandas as pd

ENCODINGS: Final = ("utf-8-sig", "gb18030")
"""How CSV files are written: by most programs, and by a Chinese Excel."""
MOST_ABOVE: Final = 10
"""Rows in which a heading is looked for."""
_SEPARATORS: Final = ",;\t"


@dataclass(frozen=True, slots=True)
class Table:
    """Headings and rows as text; ``lines`` are the rows' numbers in the file."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    lines: tuple[int, ...]
    heading_line: int = 1

    def frame(self) -> pd.DataFrame:
        """Return a DataFrame of text, empty cells as empty text, indexed by line in the file."""
        import pandas as pd  # noqa: PLC0415 reading alone needs no pandas

        return pd.DataFrame(list(self.rows), columns=list(self.columns), index=list(self.lines), dtype=object)


def read_table(path: Path, *, is_heading: Callable[[Sequence[str]], bool] | None = None) -> Table:
    """Return the table in ``path``: CSV, or the first sheet of an XLSX. Empty rows are passed over.

    The first row holds the headings; with ``is_heading`` the first of the MOST_ABOVE rows that it knows, and
    what stands above, such as the table's title, is passed over.

    Raises InputError for what passes a limit, is not readable, has no heading, or a heading twice; OSError
    where the file cannot be opened.
    """
    rows = _workbook_rows(path) if path.suffix.lower() in {".xlsx", ".xlsm"} else _csv_rows(path)
    return _table(str(path), rows if is_heading is None else _from_heading(rows, is_heading))


def _csv_rows(path: Path) -> Iterator[tuple[int, Sequence[str]]]:
    check_size(path)
    text = _decoded(path)
    first = text.split("\n", 1)[0]
    separator = max(_SEPARATORS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        start = 1
        for row in reader:
            yield start, row
            start = reader.line_num + 1
    except csv.Error:
        raise InputError(
            Fault(
                _("a quotation mark is not closed, or a cell is too long"),
                _("save the table as CSV once more from Excel or WPS"),
                file=str(path),
                line=reader.line_num,
            )
        ) from None


def _decoded(path: Path) -> str:
    raw = path.read_bytes()
    for encoding in ENCODINGS:
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise InputError(
        Fault(
            _("this is not a text file in UTF-8 or GB 18030"),
            _("save it as CSV UTF-8, or as .xlsx"),
            file=str(path),
        )
    )


def _workbook_rows(path: Path) -> Iterator[tuple[int, Sequence[str]]]:
    from openpyxl import load_workbook  # noqa: PLC0415 only a workbook needs it
    from openpyxl.utils.exceptions import InvalidFileException  # noqa: PLC0415 the same

    check_workbook(path)
    try:
        book = load_workbook(path, read_only=True, data_only=True, keep_links=False)
    except (
        InvalidFileException,
        KeyError,
        ValueError,
        TypeError,
        OSError,
        AttributeError,
        IndexError,
    ) as error:
        raise not_a_workbook(str(path)) from error
    try:
        sheet = book.worksheets[0]
        # What the file says of its size may be a lie that makes every row as wide as a sheet can be.
        sheet.reset_dimensions()
        for line, row in enumerate(sheet.iter_rows(values_only=True), start=1):
            yield line, [_shown(value) for value in row]
    except (KeyError, ValueError, TypeError, AttributeError, IndexError) as error:
        raise not_a_workbook(str(path)) from error
    finally:
        book.close()


def _shown(value: object) -> str:
    """Return a cell's value as people read it: 4 for 4.0, dates as 2026-11-20, yes and no for truth."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        # repr is the shortest text that is this number, which is what was typed.
        number = Decimal(repr(value))
        whole = number == number.to_integral_value() if number.is_finite() else False
        return f"{number.to_integral_value():f}" if whole else f"{number:f}"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ")
    return value.isoformat() if isinstance(value, date) else str(value)


def _from_heading(
    rows: Iterable[tuple[int, Sequence[str]]], is_heading: Callable[[Sequence[str]], bool]
) -> Iterator[tuple[int, Sequence[str]]]:
    """Yield the rows from the heading on; all of them where no heading is among the first."""
    ahead = iter(rows)
    first = []
    for line, row in ahead:
        first.append((line, row))
        if is_heading([cell.strip() for cell in row]):
            first = first[-1:]
            break
        if len(first) == MOST_ABOVE:
            break
    yield from first
    yield from ahead


def _table(name: str, rows: Iterable[tuple[int, Sequence[str]]]) -> Table:
    columns: tuple[str, ...] | None = None
    heading_line = 1
    kept: list[tuple[str, ...]] = []
    lines: list[int] = []
    faults: list[Fault] = []
    for line, row in rows:
        cells = [cell.strip() for cell in row]
        while cells and not cells[-1]:
            cells.pop()
        if not cells:
            continue
        if columns is None:
            columns = tuple(cells)
            heading_line = line
            _check_heading(name, line, columns)
            continue
        faults += _cell_faults(name, line, cells, columns)
        kept.append((*cells, *[""] * (len(columns) - len(cells))))
        lines.append(line)
        if len(kept) > MOST_ROWS:
            raise InputError(
                Fault(
                    _("there are more than {most} rows", most=f"{MOST_ROWS:,}"),
                    _("split the table"),
                    file=name,
                )
            )
    if columns is None:
        raise InputError(Fault(_("the table is empty"), _("give a heading and at least one row"), file=name))
    if faults:
        raise InputError(*faults)
    return Table(name, columns, tuple(kept), tuple(lines), heading_line)


def _cell_faults(name: str, line: int, cells: Sequence[str], columns: Sequence[str]) -> Iterator[Fault]:
    if len(cells) > len(columns):
        yield Fault(
            _("there are {found} cells under {wanted} headings", found=len(cells), wanted=len(columns)),
            _("give every column a heading, or quote a text that holds a comma"),
            file=name,
            line=line,
        )
    for cell in cells:
        if len(cell) > LONGEST_TEXT:
            what = _("a text of more than {most} characters", most=f"{LONGEST_TEXT:,}")
            yield Fault(what, _("shorten it"), file=name, line=line)


def _check_heading(name: str, line: int, columns: Sequence[str]) -> None:
    if len(columns) > MOST_COLUMNS:
        what = _("there are more than {most} columns", most=MOST_COLUMNS)
        raise InputError(Fault(what, _("keep the table's own"), file=name, line=line))
    faults = [
        Fault(_("column {number} has no heading", number=number), _("write a heading"), file=name, line=line)
        for number, column in enumerate(columns, start=1)
        if not column
    ]
    faults += [
        Fault(_('the heading "{text}" stands there twice', text=column), _("keep one"), file=name, line=line)
        for number, column in enumerate(columns)
        if column and column in columns[:number]
    ]
    if faults:
        raise InputError(*faults)
