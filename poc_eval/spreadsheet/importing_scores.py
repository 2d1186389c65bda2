"""A table of a panel's scores as answers to forms, read strictly: every cell is right or told.

Either one row a score (``project, reviewer, criterion, score``), or one row a reviewer with a column for each
criterion. Criteria may be named by id or by title.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from poc_eval.errors import Fault, InputError
from poc_eval.i18n import _
from poc_eval.scoring.form_fields import OPINION
from poc_eval.scoring.panel_scores import OPTIONAL, REQUIRED, read_scores
from poc_eval.spreadsheet.ballot_answers import Cell, ImportedReview, review_of
from poc_eval.spreadsheet.cells import cell_faults
from poc_eval.spreadsheet.headings import SCORE_HEADS, even, match, missing_column
from poc_eval.spreadsheet.score_items import Items, yes_no

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from poc_eval.scoring.panel_scores import Ballot
    from poc_eval.scoring.rubric import Rubric
    from poc_eval.spreadsheet.headings import Columns
    from poc_eval.spreadsheet.reading import Table

_ONE_LINE: Final = ("project", "title", "reviewer", "criterion")


@dataclass(frozen=True, slots=True)
class ScoreTable:
    """The reviews that a table holds, and the headings of columns that were left out."""

    name: str
    reviews: tuple[ImportedReview, ...]
    left_out: tuple[str, ...]


def read_reviews(table: Table, rubric: Rubric, projects: Mapping[str, Sequence[str]]) -> ScoreTable:
    """Return the reviews in ``table``; raises InputError with every fault, by line and column.

    ``projects`` are the titles of the projects that there are, by id.
    """
    faults: list[Fault] = []
    columns = match(table, SCORE_HEADS, faults)
    items = Items(rubric)
    wide = _item_columns(columns, items)
    if "criterion" not in columns.fields and not wide:
        faults.append(missing_column(table, SCORE_HEADS["criterion"]))
    if "score" not in columns.fields and not wide:
        faults.append(missing_column(table, SCORE_HEADS["score"]))
    if faults:
        raise InputError(*faults)
    melt = _Melt(columns, items, wide, projects, faults)
    cells = [cell for line, row in zip(table.lines, table.rows, strict=True) for cell in melt.row(line, row)]
    reviews = _reviews(table, rubric, columns, cells, faults)
    if faults:
        raise InputError(*sorted(faults, key=lambda fault: (fault.line or 0, fault.place or "")))
    left_out = tuple(table.columns[place] for place in columns.others if place not in wide)
    return ScoreTable(table.name, reviews, left_out)


def _item_columns(columns: Columns, items: Items) -> dict[int, str]:
    if "criterion" in columns.fields:
        return {}
    found = {place: items.of_heading(columns.table.columns[place]) for place in columns.others}
    return {place: item for place, item in found.items() if item is not None}


def _reviews(
    table: Table, rubric: Rubric, columns: Columns, cells: Sequence[Cell], faults: list[Fault]
) -> tuple[ImportedReview, ...]:
    # An opinion is words, not a score; the panel's reader knows scores alone.
    scored = [cell for cell in cells if cell.said["criterion"] != OPINION]
    ballots = _ballots(table, rubric, columns, scored, faults)
    by_ballot: dict[tuple[str, str], list[Cell]] = {}
    for cell in cells:
        by_ballot.setdefault((cell.said["project"], cell.said["reviewer"]), []).append(cell)
    faults += [
        Fault(
            _("there is an opinion here and no score"),
            _("write the scores that belong to it"),
            file=table.name,
            line=own[0].line,
            place=own[0].place,
        )
        for key, own in by_ballot.items()
        if all(cell.said["criterion"] == OPINION for cell in own) and all(key)
    ]
    return tuple(
        review_of(rubric, ballots[key], own, table.name, faults)
        for key, own in by_ballot.items()
        if key in ballots
    )


def _ballots(
    table: Table, rubric: Rubric, columns: Columns, cells: Sequence[Cell], faults: list[Fault]
) -> Mapping[tuple[str, str], Ballot]:
    """Return the ballots in ``cells``; where some are wrong, those in the others, to find more faults."""
    import pandas as pd  # noqa: PLC0415 a table of projects needs no pandas

    frame = pd.DataFrame([dict(cell.said) for cell in cells], columns=[*REQUIRED, *OPTIONAL], dtype=object)
    try:
        return read_scores(rubric, frame, lines=range(len(cells))).ballots
    except InputError as error:
        faults += [_where_it_stands(fault, cells, table, columns) for fault in error.faults]
        wrong = {fault.line for fault in error.faults}
    others = [cell for number, cell in enumerate(cells) if number not in wrong]
    return _ballots(table, rubric, columns, others, faults) if 0 < len(others) < len(cells) else {}


def _where_it_stands(fault: Fault, cells: Sequence[Cell], table: Table, columns: Columns) -> Fault:
    """Lead a fault of the panel's reader back to the line and the heading of the file."""
    if fault.line is None or fault.line >= len(cells):
        return replace(fault, file=table.name, line=table.heading_line, place=None)
    cell = cells[fault.line]
    place = cell.place if fault.place == "score" else columns.heading(fault.place or "")
    return replace(fault, file=table.name, line=cell.line, place=place)


class _Melt:
    """Rows of either shape as single scores, in the words of the panel's reader."""

    def __init__(
        self,
        columns: Columns,
        items: Items,
        wide: Mapping[int, str],
        projects: Mapping[str, Sequence[str]],
        faults: list[Fault],
    ) -> None:
        self.columns = columns
        self.items = items
        self.wide = wide
        self.faults = faults
        self.projects = projects
        titled = [(even(title), one) for one, titles in projects.items() for title in set(titles)]
        self._by_title = {
            title: one
            for title, one in titled
            if len({other for name, other in titled if name == title}) == 1
        }

    def row(self, line: int, row: Sequence[str]) -> Iterator[Cell]:
        for field in self.columns.fields:
            text, place = self.columns.cell(row, field), self.columns.heading(field)
            self._look(line, place, text, one_line=field in _ONE_LINE)
        shared = {
            "project": self._project(line, row),
            "reviewer": self.columns.cell(row, "reviewer"),
            "conflict": self._conflict(self.columns.cell(row, "conflict")),
            "confidence": self.columns.cell(row, "confidence"),
            "comment": self.columns.cell(row, "comment"),
        }
        if "criterion" in self.columns.fields:
            item = self.items.item(self.columns.cell(row, "criterion"))
            value = self.items.value(item, self.columns.cell(row, "score"))
            yield Cell(line, self.columns.heading("score"), {**shared, "criterion": item, "score": value})
            return
        # In this shape a remark is on the whole sheet, not on each criterion.
        aside, remark = shared["conflict"] == "yes", shared["comment"]
        shared["comment"] = remark if aside else ""
        filled = [(number, item) for number, item in self.wide.items() if row[number]]
        for number, item in filled:
            place = self.columns.table.columns[number]
            self._look(line, place, row[number], one_line=False)
            yield Cell(
                line, place, {**shared, "criterion": item, "score": self.items.value(item, row[number])}
            )
        if remark and not aside and OPINION not in self.wide.values():
            place = self.columns.heading("comment")
            yield Cell(line, place, {**shared, "criterion": OPINION, "score": remark})
        if not filled and aside:
            yield Cell(line, self.columns.heading("conflict"), {**shared, "criterion": "", "score": ""})
        elif not filled:
            self.faults.append(
                Fault(
                    _("there is no score in this row"),
                    _("write the scores, or state the conflict of interest"),
                    file=self.columns.table.name,
                    line=line,
                )
            )

    def _look(self, line: int, place: str, text: str, *, one_line: bool) -> None:
        name = self.columns.table.name
        self.faults.extend(cell_faults(text, name=name, line=line, place=place, one_line=one_line))

    def _project(self, line: int, row: Sequence[str]) -> str:
        field = "project" if "project" in self.columns.fields else "title"
        text = self.columns.cell(row, field)
        found = text if text in self.projects else self._by_title.get(even(text))
        if text and found is None:
            self.faults.append(
                Fault(
                    _('there is no project "{text}" in this workspace', text=text),
                    _("import the projects first, or write the number as it stands there"),
                    file=self.columns.table.name,
                    line=line,
                    place=self.columns.heading(field),
                )
            )
        return found or text

    @staticmethod
    def _conflict(text: str) -> str:
        return "yes" if text == "回避" else yes_no(text)
