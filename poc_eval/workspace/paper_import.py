"""Rows for a grid of a working paper out of a CSV or XLSX file: all of them or none, every fault at once."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Final

from poc_eval.catalog.plain_text import shown
from poc_eval.errors import Fault, InputError
from poc_eval.i18n import _
from poc_eval.spreadsheet.reading import read_table
from poc_eval.workspace.paper_entries import YES_NO, UnreadableError, read_text
from poc_eval.workspace.paper_records import cell_name, rows_of
from poc_eval.workspace.store import Change

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from poc_eval.spreadsheet.reading import Table
    from poc_eval.workspace.paper_records import Field, Grid, Layout, PaperRecord
    from poc_eval.workspace.working_papers import PaperSaved, WorkingPapers

_SUFFIXES: Final = frozenset({".csv", ".xlsx", ".xlsm"})
_DIGITS: Final = "0123456789abcdefghijklmnopqrstuvwxyz"
HEAD: Final = 6
"""Digits of a row's id that give its place; the page makes ids by the same rule."""
STEP: Final = 1000
"""How far apart rows are put, so that others fit between them."""


@dataclass(frozen=True, slots=True)
class GridFile:
    """A file as it was handed over; ``replace`` takes out the rows that are there."""

    grid: str
    name: str
    content: bytes
    replace: bool = False


def import_rows(papers: WorkingPapers, paper_id: str, file: GridFile) -> tuple[PaperSaved, int]:
    """Write the rows of a file into a grid behind those there; return what was saved and how many rows.

    Columns are known by their names or their titles in either language. Raises ``InputError`` with every
    fault by file and line, and then nothing was written; ``StaleRevisionError`` never: what somebody wrote
    meanwhile stays.
    """
    paper = papers.paper(paper_id)
    grid = _grid_of(papers.layout(paper), file.grid)
    table = _table(file)
    columns = _columns(grid, table)
    texts = _checked(grid, table, columns, file.name)
    changes = [] if not file.replace else _emptied(grid, paper)
    for row, cells in zip(_row_ids(grid, paper, len(texts)), texts, strict=True):
        changes += [Change(cell_name(grid.name, row, name), text, 0) for name, text in cells.items() if text]
    return papers.save(paper_id, changes), len(texts)


def _grid_of(layout: Layout, name: str) -> Grid:
    for grid in layout.grids:
        if grid.name == name and not grid.given:
            return grid
    raise InputError(
        Fault(
            _('this working paper has no table "{name}" that rows can be added to', name=shown(name)),
            _("reload the page; what was saved before is safe"),
            place="grid",
        )
    )


def _table(file: GridFile) -> Table:
    suffix = PurePath(file.name).suffix.lower()
    if suffix not in _SUFFIXES:
        raise InputError(
            Fault(
                _("this is neither a CSV nor an XLSX file: {name}", name=shown(file.name)),
                _("save the table as .xlsx or .csv"),
            )
        )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"table{suffix}")
        path.write_bytes(file.content)
        try:
            return read_table(path)
        except InputError as error:
            # The name that the person knows, not the one of our copy.
            raise InputError(
                *(
                    Fault(fault.what, fault.remedy, file=file.name, line=fault.line, place=fault.place)
                    for fault in error.faults
                )
            ) from None


def _columns(grid: Grid, table: Table) -> Mapping[str, int]:
    """Return where in the table each column stands; a heading that is not known is a fault."""
    known: dict[str, str] = {}
    for column in grid.columns:
        if column.type != "shown":
            for heading in (column.name, column.label.text("zh"), column.label.text("en")):
                known.setdefault(_spelled(heading), column.name)
    shown_only = {
        _spelled(column.label.text(lang))
        for column in grid.columns
        if column.type == "shown"
        for lang in ("zh", "en")
    }
    found: dict[str, int] = {}
    faults: list[Fault] = []
    for place, heading in enumerate(table.columns):
        name = known.get(_spelled(heading))
        if name is not None and name not in found:
            found[name] = place
        elif _spelled(heading) not in shown_only:
            titles = "、".join(column.label.text("zh") for column in grid.columns if column.type != "shown")
            faults.append(
                Fault(
                    _('the heading "{text}" is none of this table\'s', text=shown(heading)),
                    _("delete the column, or call it one of: {known}", known=titles),
                    file=table.name,
                    line=table.heading_line,
                )
            )
    if faults:
        raise InputError(*faults)
    return found


def _checked(grid: Grid, table: Table, columns: Mapping[str, int], name: str) -> Sequence[Mapping[str, str]]:
    by_name = {column.name: column for column in grid.columns}
    rows: list[dict[str, str]] = []
    faults: list[Fault] = []
    for line, row in zip(table.lines, table.rows, strict=True):
        cells: dict[str, str] = {}
        for column, place in columns.items():
            text = _as_kept(row[place], by_name[column])
            cells[column] = text
            if text:
                try:
                    read_text(text, by_name[column])
                except UnreadableError as error:
                    remedy = _("correct the cell, then hand the file over again")
                    heading = table.columns[place]
                    faults.append(Fault(error.message, remedy, file=name, line=line, place=heading))
        rows.append(cells)
    if faults:
        raise InputError(*faults)
    return rows


def _as_kept(text: str, column: Field) -> str:
    """Return what a cell says as the paper keeps it: choices by the words of either language too."""
    clean = text.strip()
    if column.type == "yes_no":
        return YES_NO.get(clean.lower(), clean)
    for option in column.options:
        if clean in {option.value, option.label.text("zh"), option.label.text("en")}:
            return option.value
    return clean


def _emptied(grid: Grid, paper: PaperRecord) -> list[Change]:
    start = f"rows/{grid.name}/"
    return [
        Change(name, "", answer.revision)
        for name, answer in paper.fields.items()
        if name.startswith(start) and answer.value
    ]


def _row_ids(grid: Grid, paper: PaperRecord, count: int) -> list[str]:
    """Return ids behind those of the rows that are there or were there once."""
    start = f"rows/{grid.name}/"
    used = sorted({name.split("/")[2] for name in paper.fields if name.startswith(start)})
    there = rows_of(grid, paper.values())
    last = max([*used, *there], default="")[:HEAD]
    first = int(last.ljust(HEAD, "0"), 36) if last else 0
    return [f"{_base36(first + STEP * (number + 1)):0>{HEAD}}" for number in range(count)]


def _base36(number: int) -> str:
    digits = ""
    while number:
        number, digit = divmod(number, len(_DIGITS))
        digits = _DIGITS[digit] + digits
    return digits or "0"


def _spelled(heading: str) -> str:
    return "".join(heading.split()).casefold()
