"""A working paper's fields read by its layout: typed values, what is missing, what cannot be read.

What people type stays as they typed it; here it is read strictly. Full-width figures count as plain ones, an
amount may be in 元 or 万元, a share is ``30%`` or ``0.3``, a date is written as 2026-11-20, 2026/11/20,
2026.11.20 or 2026年11月20日.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from poc_eval.catalog.plain_text import shown
from poc_eval.errors import InputError
from poc_eval.finance.claims.credit_code import parse_credit_code
from poc_eval.hidden import HIDDEN
from poc_eval.i18n import _
from poc_eval.money import parse_money
from poc_eval.scoring import typed
from poc_eval.workspace.paper_records import PaperNote, cell_name, rows_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from poc_eval.i18n import Message
    from poc_eval.workspace.paper_records import Field, FieldType, Grid, Layout

LINE_AT_MOST: Final = 500
TEXT_AT_MOST: Final = 10_000
_DATE: Final = re.compile(r"(\d{4})(?:-|/|\.|年)(\d{1,2})(?:-|/|\.|月)(\d{1,2})日?", re.ASCII)


class UnreadableError(Exception):
    """A text that is not what its field asks for; ``message`` says what to write."""

    def __init__(self, message: Message) -> None:
        super().__init__(message.text("en"))
        self.message = message


class Values:
    """Typed values by name; None where nothing stands or what stands there cannot be read.

    Raises ``KeyError`` for a name that the layout does not have, ``TypeError`` where it is of another type.
    """

    def __init__(self, found: Mapping[str, object]) -> None:
        self._found = found

    def text(self, name: str) -> str:
        """Return a text, a choice's value or a credit code; empty where there is none."""
        found = self._found[name]
        if found is None or isinstance(found, str):
            return found or ""
        raise TypeError(name)

    def amount(self, name: str) -> Decimal | None:
        """Return an amount in yuan (whole fen), a share of 1, or a number."""
        found = self._found[name]
        if found is None or isinstance(found, Decimal):
            return found
        raise TypeError(name)

    share = amount
    number = amount

    def count(self, name: str) -> int | None:
        """Return a whole number."""
        found = self._found[name]
        if found is None or (isinstance(found, int) and not isinstance(found, bool)):
            return found
        raise TypeError(name)

    def day(self, name: str) -> date | None:
        """Return a date."""
        found = self._found[name]
        if found is None or isinstance(found, date):
            return found
        raise TypeError(name)

    def yes_no(self, name: str) -> bool | None:
        """Return what was answered."""
        found = self._found[name]
        if found is None or isinstance(found, bool):
            return found
        raise TypeError(name)


class Row(Values):
    """One row of a grid."""

    def __init__(self, grid: str, row: str, found: Mapping[str, object]) -> None:
        super().__init__(found)
        self.grid = grid
        self.id = row

    def place(self, column: str) -> str:
        """Return the full name of a cell, to tell something beside it."""
        return cell_name(self.grid, self.id, column)


class Entries(Values):
    """All of a paper's fields; ``missing`` and ``faults`` hold what the layout alone can tell."""

    def __init__(self, layout: Layout, texts: Mapping[str, str]) -> None:
        self.layout = layout
        self._texts = texts
        self._missing: list[PaperNote] = []
        self._faults: list[PaperNote] = []
        super().__init__({field.name: self._read(field.name, field) for field in layout.fields})
        self._rows = {grid.name: self._grid(grid) for grid in layout.grids}

    def rows(self, grid: str) -> tuple[Row, ...]:
        """Return the rows of a grid that somebody wrote in, in order; the given ones always."""
        return self._rows[grid]

    @property
    def missing(self) -> tuple[PaperNote, ...]:
        """What is required and not there."""
        return tuple(self._missing)

    @property
    def faults(self) -> tuple[PaperNote, ...]:
        """What is there and cannot be read."""
        return tuple(self._faults)

    def _grid(self, grid: Grid) -> tuple[Row, ...]:
        ids = rows_of(grid, self._texts)
        if len(ids) < grid.at_least:
            message = _("{title}: {count} rows are needed", title=grid.title, count=grid.at_least)
            self._missing.append(PaperNote(f"rows/{grid.name}", message))
        return tuple(
            Row(
                grid.name,
                row,
                {
                    field.name: self._read(cell_name(grid.name, row, field.name), field)
                    for field in grid.columns
                },
            )
            for row in ids
        )

    def _read(self, place: str, field: Field) -> object:
        text = self._texts.get(place, "")
        if field.type == "shown":
            return None
        if not text.strip():
            if field.required:
                self._missing.append(
                    PaperNote(place, _("{field}: nothing stands here yet", field=field.label))
                )
            return None
        try:
            return read_text(text, field)
        except UnreadableError as error:
            self._faults.append(PaperNote(place, error.message))
            return None


def read_text(text: str, field: Field) -> object:
    """Return what ``text``, which is not blank, says in a field; raises ``UnreadableError``."""
    hidden = HIDDEN.search(text)
    if hidden is not None:
        code = f"U+{ord(hidden[0]):04X}"
        raise UnreadableError(_("the hidden character {code} stands here; delete it", code=code))
    return _READERS[field.type](text, field)


def _words(text: str, most: int) -> str:
    if len(text) > most:
        raise UnreadableError(
            _(
                "this has {count} characters; keep it within {limit}",
                count=f"{len(text):,}",
                limit=f"{most:,}",
            )
        )
    return text


def _amount(text: str, field: Field) -> Decimal:
    try:
        amount = parse_money(text)
    except InputError as error:
        raise _in_one_line(error) from None
    if amount < 0 and not field.negative:
        raise UnreadableError(_("an amount below 0 does not fit here; write it without the minus"))
    return amount


def _number(text: str, field: Field) -> Decimal:
    found = typed.number(_without_separators(text))
    if found is None:
        raise _unreadable(text, _("write a number such as 12 or 12.5"))
    if found < 0 and not field.negative:
        raise UnreadableError(_("a number below 0 does not fit here; write it without the minus"))
    return found


def _count(text: str, _field: Field) -> int:
    found = typed.number(_without_separators(text))
    if found is None or found < 0 or found != found.to_integral_value():
        raise _unreadable(text, _("write a whole number such as 5"))
    return int(found)


def _day(text: str, _field: Field) -> date:
    parts = _DATE.fullmatch(typed.plain(text))
    try:
        if parts is not None:
            return date(int(parts[1]), int(parts[2]), int(parts[3]))
    except ValueError:
        raise _unreadable(text, _("write a day that the calendar has, as 2026-11-20")) from None
    raise _unreadable(text, _("write a date as 2026-11-20"))


def _credit_code(text: str, _field: Field) -> str:
    try:
        return parse_credit_code(text)
    except InputError as error:
        raise _in_one_line(error) from None


def _in_one_line(error: InputError) -> UnreadableError:
    fault = error.faults[0]
    return UnreadableError(_("{what} ({remedy})", what=fault.what, remedy=fault.remedy))


def _without_separators(text: str) -> str:
    """Return a number without the commas of its thousands, which must stand where they belong."""
    plain = typed.plain(text).replace("，", ",")
    return (
        plain.replace(",", "") if re.fullmatch(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?", plain, re.ASCII) else plain
    )


def _share(text: str, _field: Field) -> Decimal:
    found = typed.share(text)
    if found is None:
        raise _unreadable(text, _("write a share from 0 to 100%, such as 30% or 0.3"))
    return found


YES_NO: Final[Mapping[str, str]] = {
    **dict.fromkeys(("yes", "y", "true", "是", "有", "√", "✓", "✔"), "yes"),
    **dict.fromkeys(("no", "n", "false", "否", "无", "×", "✗", "✘"), "no"),
}
"""What people write for yes and no in a table, as it is kept."""


def _yes_no(text: str, _field: Field) -> bool:
    # A cell that was pasted or written by a program may hold an office's own words.
    found = typed.yes_no(YES_NO.get(text.strip().lower(), text))
    if found is None:
        raise _unreadable(text, _("choose yes or no"))
    return found


def _choice(text: str, field: Field) -> str:
    if text.strip() not in {one.value for one in field.options}:
        raise _unreadable(text, _("choose one of the list"))
    return text.strip()


def _unreadable(text: str, wanted: Message) -> UnreadableError:
    return UnreadableError(_('"{text}" does not fit here; {wanted}', text=shown(text), wanted=wanted))


_READERS: Final[Mapping[FieldType, Callable[[str, Field], object]]] = {
    "text": lambda text, _field: _words(" ".join(text.split()), LINE_AT_MOST),
    "long_text": lambda text, _field: _words(text.strip(), TEXT_AT_MOST),
    "amount": _amount,
    "share": _share,
    "number": _number,
    "count": _count,
    "date": _day,
    "yes_no": _yes_no,
    "choice": _choice,
    "credit_code": _credit_code,
    "shown": lambda _text, _field: None,
}


def field_fits(layout: Layout, name: str) -> bool:
    """Tell whether a paper of this layout may keep a field of this name."""
    parts = name.split("/")
    if len(parts) == 1:
        return any(field.name == name and field.type != "shown" for field in layout.fields)
    if len(parts) != 4 or parts[0] != "rows" or not ROW_ID.fullmatch(parts[2]):  # noqa: PLR2004 rows/grid/row/column
        return False
    grid = next((one for one in layout.grids if one.name == parts[1]), None)
    if grid is None or (grid.given and parts[2] not in {row.id for row in grid.given}):
        return False
    return any(column.name == parts[3] and column.type != "shown" for column in grid.columns)


ROW_ID: Final = re.compile(r"[0-9a-z]{1,40}")
"""Ids of rows, made by the page; rows stand in the order of these texts."""


def overfull(layout: Layout, texts: Mapping[str, str]) -> Sequence[Grid]:
    """Return the grids that have more rows than they may."""
    return [grid for grid in layout.grids if len(rows_of(grid, texts)) > grid.at_most]
