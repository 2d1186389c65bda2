"""Sheets to be written as XLSX: cells with values, live formulas and styles, ready to print on A4.

A `Sheet` is filled cell by cell and a `Book` of them is saved.  Rows and columns count from 0.  What is shown
follows from the type of a value alone, never from what a text looks like: only a `Formula` is one, and a text
such as ``=cmd|…`` stays that text, also when somebody edits the cell.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final, TypeAlias

from poc_eval.errors import Fault, InputError
from poc_eval.i18n import Translatable, _
from poc_eval.spreadsheet.limits import LONGEST_TEXT

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from poc_eval.spreadsheet.writing_styles import Style

MOST_DIGITS: Final = 15
"""What a spreadsheet program keeps of a number; a longer one is written as text."""
LONGEST_NAME: Final = 31
LONGEST_LIST: Final = 255
PAGE_WIDTH: Final = 190
"""Characters that can still be read side by side on one page."""
_NOT_IN_NAMES: Final = str.maketrans("[]:*?/\\'", "（）：＊？／＼’")
_LETTERS: Final = 26


@dataclass(frozen=True, slots=True)
class Formula:
    """A live formula without its ``=``, and the value it has now, which programs show that do not reckon."""

    text: str
    value: str | int | float | Decimal


Value: TypeAlias = str | int | float | Decimal | date | Formula | Translatable | None
"""What a cell can hold.  A message or text of both languages stands there in Chinese, then in English."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell and how; ``last_column`` where it reaches over several columns."""

    value: Value
    style: Style
    last_column: int | None = None


@dataclass(slots=True)
class Sheet:
    """One sheet.  ``widths``: of its columns in characters; ``heading``: the row repeated on every page."""

    name: str
    widths: Sequence[float]
    heading: int | None = None
    landscape: bool = True
    footer: str = ""
    """Stands at the foot of every page beside the page number."""
    repeated: int = 0
    """Columns from the left that stand on every page where the sheet is wider than one."""
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    choices: dict[tuple[int, int], tuple[str, ...]] = field(default_factory=dict)
    """Cells that offer a list of words."""

    def put(self, row: int, column: int, value: Value, style: Style = "text") -> str:
        """Write a cell; return its address, absolute and with the sheet's name, for formulas elsewhere."""
        self.cells[row, column] = Cell(value, style)
        return self.address(row, column)

    def row(self, row: int, values: Sequence[Value], style: Style = "text", *, start: int = 0) -> None:
        """Write several cells side by side in one style."""
        for column, value in enumerate(values, start=start):
            self.put(row, column, value, style)

    def across(
        self,
        row: int,
        value: Value,
        style: Style = "text",
        *,
        first: int | None = None,
        last: int | None = None,
    ) -> None:
        """Write a text over the columns ``first`` to ``last``, by default as far as one page reaches.

        By default beside the columns that stand on every page: on the next page it would be cut there.
        """
        end = self._last_of_page() if last is None else last
        wide = end < len(self.widths) - 1 and last is None
        start = (self.repeated if wide else 0) if first is None else first
        self.cells[row, start] = Cell(value, style, end if end > start else None)

    def _last_of_page(self) -> int:
        wide = 0.0
        for column, width in enumerate(self.widths):
            wide += width
            if wide > PAGE_WIDTH:
                return max(column - 1, 0)
        return len(self.widths) - 1

    def offer(self, row: int, column: int, words: Sequence[str]) -> None:
        """Let a person choose among ``words`` in this cell, where the file's format can hold the list."""
        if len(",".join(words)) <= LONGEST_LIST and not any("," in word for word in words):
            self.choices[row, column] = tuple(words)

    def address(self, row: int, column: int) -> str:
        """Return a cell's absolute address with the sheet's name: ``'测算表'!$B$7``."""
        return f"{quoted(self.name)}!{absolute(row, column)}"

    def span(self, column: int, first: int, last: int) -> str:
        """Return a part of a column as a range, absolute and with the sheet's name."""
        return f"{self.address(first, column)}:{absolute(last, column)}"


@dataclass(slots=True)
class Book:
    """Sheets in the order of their tabs.  Writing asks no clock: the same cells give the same bytes."""

    title: str
    sheets: list[Sheet] = field(default_factory=list)

    def sheet(
        self,
        name: str,
        widths: Sequence[float],
        *,
        heading: int | None = None,
        landscape: bool = True,
        footer: str = "",
        repeated: int = 0,
    ) -> Sheet:
        """Add an empty sheet; its name is made one that spreadsheet programs take, and that is not taken."""
        taken = {one.name.casefold() for one in self.sheets}
        made = Sheet(sheet_name(name, taken), widths, heading, landscape, footer, repeated)
        self.sheets.append(made)
        return made

    def content(self) -> bytes:
        """Return the workbook as a file's bytes.  Raises InputError for a text that fits into no cell."""
        from poc_eval.spreadsheet.writing_file import content  # noqa: PLC0415 few calls write a workbook

        return content(self)

    def save(self, path: Path) -> None:
        """Write the workbook to ``path``; an OSError leaves what was there."""
        data = self.content()
        path.write_bytes(data)


def sheet_name(wanted: str, taken: set[str]) -> str:
    """Return a name for a tab: at most 31 characters, none that programs refuse, unlike those ``taken``."""
    plain = "".join(char for char in wanted.translate(_NOT_IN_NAMES) if char.isprintable()).strip() or "-"
    if plain.casefold() == "history":  # kept by the programs for themselves
        plain += "-"
    name, number = _cut(plain, LONGEST_NAME), 1
    while name.casefold() in taken:
        number += 1
        end = f" ({number})"
        name = _cut(plain, LONGEST_NAME - len(end)) + end
    return name


def _cut(name: str, most: int) -> str:
    """Cut to UTF-16 units, in which the programs count."""
    while len(name.encode("utf-16-le")) > 2 * most:
        name = name[:-1]
    return name


def quoted(name: str) -> str:
    """Return a sheet's name as formulas write it."""
    doubled = name.replace("'", "''")
    return f"'{doubled}'"


def letters(column: int) -> str:
    """Return a column's letters: A for 0, AA for 26."""
    name, left = "", column + 1
    while left:
        left, place = divmod(left - 1, _LETTERS)
        name = chr(ord("A") + place) + name
    return name


def absolute(row: int, column: int) -> str:
    """Return an address such as ``$B$7``."""
    return f"${letters(column)}${row + 1}"


def relative(row: int, column: int) -> str:
    """Return an address such as ``B7``."""
    return f"{letters(column)}{row + 1}"


def quoted_text(text: str) -> str:
    """Return a text as a formula writes it."""
    doubled = text.replace('"', '""')
    return f'"{doubled}"'


def shown(value: Value) -> str:
    """Return the words of a cell: both languages of a message, one under the other."""
    if isinstance(value, Formula):
        return str(value.value)
    if isinstance(value, Translatable):
        zh, en = value.text("zh"), value.text("en")
        return zh if zh == en else f"{zh}\n{en}"
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value)


def plain(text: str) -> str:
    """Return a text as a cell can hold it.  Raises InputError where it is too long."""
    kept = text.encode("utf-8", "replace").decode()
    if len(kept.encode("utf-16-le")) > 2 * LONGEST_TEXT:
        raise InputError(
            Fault(
                _("a text of more than {most} characters", most=f"{LONGEST_TEXT:,}"),
                _("shorten it"),
                place=kept[:20],
            )
        )
    return kept


def fits(number: int | Decimal) -> bool:
    """Tell whether spreadsheet programs keep every digit of a number."""
    digits = Decimal(number).normalize().as_tuple()
    return len(digits.digits) + max(int(digits.exponent), 0) <= MOST_DIGITS


def lines_needed(text: str, width: float) -> int:
    """Return how many lines a text needs in ``width`` characters; a Chinese character is two wide."""
    lines = 0
    for line in text.split("\n"):
        wide = sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in line)
        lines += max(1, -int(-wide // max(width - 1, 1)))
    return lines
