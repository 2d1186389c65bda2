"""A table of projects as an office keeps it, read strictly: every row is right or told by line and column.

The headings may be Chinese or English. Columns that are not known become facts of the project, but for those
that reach or identify a person; these are left out, and told.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from poc_eval.errors import Fault, InputError
from poc_eval.i18n import _
from poc_eval.money import parse_money
from poc_eval.spreadsheet.cells import cell_faults
from poc_eval.spreadsheet.headings import PROJECT_HEADS, SCORE_HEADS, match, missing_column, understood

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from decimal import Decimal

    from poc_eval.i18n import Message
    from poc_eval.spreadsheet.headings import Columns
    from poc_eval.spreadsheet.reading import Table

TableKind = Literal["projects", "scores"]
_KINDS: Final = {
    "project": "project",
    "项目": "project",
    "概念验证项目": "project",
    "platform": "platform",
    "平台": "platform",
    "基地": "platform",
    "中试平台": "platform",
    "中试基地": "platform",
}
_BARE: Final = re.compile(r"[0-9０-９.,．，\s]+")
_ONE_LINE: Final = frozenset({"id", "kind", "amount"})


@dataclass(frozen=True, slots=True)
class ProjectRow:
    """One project as its row states it; an empty cell is empty text."""

    line: int
    id: str
    texts: Mapping[str, str]
    """By field, as far as the table has its column: title, title_en, applicant, field, kind and so on."""
    amount: Decimal | None
    """What is applied for, in yuan."""
    facts: Mapping[str, str]
    """By heading: what stands in the other columns."""


@dataclass(frozen=True, slots=True)
class ProjectTable:
    """All rows, which fields the table has, and the headings of columns that were left out."""

    name: str
    rows: tuple[ProjectRow, ...]
    fields: frozenset[str]
    left_out: tuple[str, ...]


def table_kind(table: Table) -> TableKind:
    """Return what the table's headings say it holds; raises InputError where they say nothing known."""
    scores = match(table, SCORE_HEADS, []).fields
    if "reviewer" in scores and ("project" in scores or "title" in scores):
        return "scores"
    projects = match(table, PROJECT_HEADS, []).fields
    if "id" in projects or "title" in projects:
        return "projects"
    raise InputError(
        Fault(
            _("this is neither a table of projects nor one of scores"),
            _("head the columns of projects {projects}, those of scores {scores}", **_EXAMPLES),
            file=table.name,
            line=table.heading_line,
        )
    )


_EXAMPLES: Final = {
    "projects": "项目编号, 项目名称, 承担单位, 领域, 申请金额",
    "scores": "project, reviewer, criterion, score",
}


def read_projects(table: Table) -> ProjectTable:
    """Return the projects in ``table``; raises InputError with every fault, by line and column."""
    faults: list[Fault] = []
    columns = match(table, PROJECT_HEADS, faults)
    faults += [
        missing_column(table, PROJECT_HEADS[field])
        for field in ("id", "title")
        if field not in columns.fields
    ]
    if faults:
        raise InputError(*faults)
    headings = {place: understood(table.columns[place]) for place in columns.others}
    left_out = tuple(one.text for one in headings.values() if one.is_personal)
    kept = {
        place: one.text for place, one in headings.items() if not one.is_personal and not one.is_passed_over
    }
    reader = _Reader(columns, kept, faults)
    rows = tuple(reader.row(line, row) for line, row in zip(table.lines, table.rows, strict=True))
    if not rows:
        faults.append(
            Fault(
                _("the table has a heading and no rows"),
                _("write one row for each project"),
                file=table.name,
            )
        )
    if faults:
        raise InputError(*faults)
    return ProjectTable(table.name, rows, frozenset(columns.fields), left_out)


class _Reader:
    def __init__(self, columns: Columns, kept: Mapping[int, str], faults: list[Fault]) -> None:
        self.columns = columns
        self.kept = kept
        self.faults = faults
        self._lines: dict[str, int] = {}

    def row(self, line: int, cells: Sequence[str]) -> ProjectRow:
        for field in self.columns.fields:
            self._look(line, self.columns.heading(field), self.columns.cell(cells, field), field in _ONE_LINE)
        for place, heading in self.kept.items():
            self._look(line, heading, cells[place], one_line=False)
        row = ProjectRow(
            line=line,
            id=self._id(line, self.columns.cell(cells, "id")),
            texts={
                field: " ".join(self.columns.cell(cells, field).split())
                if field != "summary"
                else self.columns.cell(cells, field)
                for field in self.columns.fields
                if field not in {"id", "amount", "kind"}
            }
            | self._kind(line, cells),
            amount=self._amount(line, self.columns.cell(cells, "amount")),
            facts={heading: cells[place] for place, heading in self.kept.items()},
        )
        if not row.texts["title"]:
            self._refuse(line, "title", _("the cell is empty"), _("write the name"))
        return row

    def _look(self, line: int, place: str, text: str, one_line: bool) -> None:  # noqa: FBT001 two kinds of cells
        name = self.columns.table.name
        self.faults.extend(cell_faults(text, name=name, line=line, place=place, one_line=one_line))

    def _id(self, line: int, text: str) -> str:
        if not text:
            self._refuse(line, "id", _("the cell is empty"), _("give the project a number of its own"))
        elif text in self._lines:
            self._refuse(
                line,
                "id",
                _(
                    "the project {project} stands in line {line} already",
                    project=text,
                    line=self._lines[text],
                ),
                _("keep one of the rows"),
            )
        self._lines.setdefault(text, line)
        return text

    def _kind(self, line: int, cells: Sequence[str]) -> dict[str, str]:
        if "kind" not in self.columns.fields:
            return {}
        text = self.columns.cell(cells, "kind")
        kind = _KINDS.get(text.lower(), "" if text else "project")
        if not kind:
            self._refuse(
                line,
                "kind",
                _('"{text}" does not fit here', text=text),
                _("write {choices}", choices="项目, 平台, project, platform"),
            )
        return {"kind": kind}

    def _amount(self, line: int, text: str) -> Decimal | None:
        if not text:
            return None
        unit = understood(self.columns.heading("amount")).brackets
        try:
            amount = parse_money(f"{text}{unit}" if _BARE.fullmatch(text) else text)
        except InputError as error:
            for fault in error.faults:
                self._refuse(line, "amount", fault.what, fault.remedy)
            return None
        if amount < 0:
            self._refuse(
                line,
                "amount",
                _("an amount that is applied for is not negative"),
                _("write the amount, or leave the cell empty"),
            )
        return amount

    def _refuse(self, line: int, field: str, what: Message, remedy: Message) -> None:
        place = self.columns.heading(field)
        self.faults.append(Fault(what, remedy, file=self.columns.table.name, line=line, place=place))
