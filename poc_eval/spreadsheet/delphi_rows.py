"""A table of a Delphi questionnaire: a row for what one reviewer gave one item in one round."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from poc_eval.errors import Fault, InputError
from poc_eval.scoring.delphi_rounds import Stated, troubles
from poc_eval.spreadsheet.headings import SCORE_HEADS, match, missing_column

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from poc_eval.spreadsheet.headings import Columns
    from poc_eval.spreadsheet.reading import Table

HEADS: Final[Mapping[str, Sequence[str]]] = {
    "round": ("轮次", "轮", "咨询轮次", "round"),
    "project": SCORE_HEADS["project"],
    "item": ("事项", "咨询事项", "问题", "条目", *SCORE_HEADS["criterion"], "item", "question"),
    "reviewer": SCORE_HEADS["reviewer"],
    "score": SCORE_HEADS["score"],
    "reason": SCORE_HEADS["comment"],
}
_NEEDED: Final = ("round", "item", "reviewer", "score")
_BETWEEN: Final = " · "


def delphi_rows(table: Table, scale: tuple[float, float] | None = None) -> tuple[Stated, ...]:
    """Return the rows of a table; with a column of projects an item is a project's.

    Raises InputError with every fault by line and column.
    """
    faults: list[Fault] = []
    columns = match(table, HEADS, faults)
    faults += [missing_column(table, HEADS[name]) for name in _NEEDED if name not in columns.fields]
    if faults:
        raise InputError(*faults)
    rows = tuple(_stated(columns, row) for row in table.rows)
    found = [
        Fault(
            one.what,
            one.remedy,
            file=table.name,
            line=table.lines[one.row],
            place=columns.heading(one.column),
        )
        for one in troubles(rows, scale)
    ]
    if found:
        raise InputError(*found)
    return rows


def _stated(columns: Columns, row: Sequence[str]) -> Stated:
    item, project = columns.cell(row, "item"), columns.cell(row, "project")
    return Stated(
        columns.cell(row, "round"),
        f"{project}{_BETWEEN}{item}" if project and item else item,
        columns.cell(row, "reviewer"),
        columns.cell(row, "score"),
        columns.cell(row, "reason"),
    )
