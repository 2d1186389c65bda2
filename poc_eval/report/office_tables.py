"""The tables of a report as Word tables: headings that repeat, rows that are not split, columns that fit."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from itertools import product
from math import sqrt
from typing import TYPE_CHECKING, Any, Final

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu, Pt

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from docx.table import Table

    from poc_eval.report.office_tree import Node

BLOCKS: Final = frozenset(
    {"address", "article", "aside", "blockquote", "details", "div", "dl", "figure", "footer", "h1", "h2",
     "h3", "h4", "h5", "h6", "header", "hr", "main", "ol", "p", "pre", "section", "summary", "table", "ul"}
)  # fmt: skip
LEFT_OUT: Final = frozenset({"pe-masthead", "pe-colophon", "pe-skip", "pe-unseen"})
"""What the head and foot of a template say, and what a page says to screen readers alone."""
_OWN_LINE: Final = frozenset({"pe-anchor", "pe-evidence"})
_UNIT: Final = 4.9
"""Points that half a Chinese character takes in a table."""
_AROUND: Final = 13.0
"""Points of a cell's own margins."""
_LEAST: Final = 4
"""Half characters that every column has room for."""
_NARROWEST: Final = 30
"""Points below which a column of words is no use."""
_SHORT: Final = 9
"""Half characters that a column keeps on one line whatever stands beside it."""
_LABELLED: Final = (0.3, 0.7)
"""Parts of the width for a label and what stands beside it."""
_MOST_COLUMNS: Final = 60
"""Word takes 63."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table on the page: where it stands, and how many rows and columns it takes."""

    node: Node
    row: int
    column: int
    rows: int
    columns: int


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of the page as a grid; the first ``headings`` rows repeat on every sheet."""

    cells: tuple[Cell, ...]
    rows: int
    columns: int
    headings: int


def grid_of(table: Node) -> Grid:
    """Return a table's cells in their places, those that span rows and columns included."""
    rows = list(table.every("tr"))
    head = table.first("thead")
    taken: set[tuple[int, int]] = set()
    cells = []
    for number, row in enumerate(rows):
        column = 0
        for node in (one for one in row.elements if one.tag in {"th", "td"}):
            while (number, column) in taken:
                column += 1
            high = min(_span(node, "rowspan"), len(rows) - number)
            wide = min(_span(node, "colspan"), _MOST_COLUMNS - column)
            if wide < 1:
                break
            taken |= set(product(range(number, number + high), range(column, column + wide)))
            cells.append(Cell(node, number, column, high, wide))
            column += wide
    columns = max((column + 1 for _row, column in taken), default=0)
    return Grid(tuple(cells), len(rows), columns, 0 if head is None else len(list(head.every("tr"))))


def lay_out(table: Table, widths: Sequence[float], headings: int) -> None:
    """Set the columns' widths in points, let heading rows repeat, and keep every row on one sheet."""
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Emu(int(Pt(1) * width))
    for number, row in enumerate(table.rows):
        _flag(row._tr, "w:cantSplit")  # noqa: SLF001 python-docx has no name for it
        if number < headings:
            _flag(row._tr, "w:tblHeader")  # noqa: SLF001 the same
        for cell, width in zip(row._tr.tc_lst, _widths_of(row._tr.tc_lst, widths), strict=True):  # noqa: SLF001
            cell.width = Emu(int(Pt(1) * width))


def widths_of(grid: Grid, room: float) -> list[float]:
    """Return the widths of a grid's columns in points, which together take ``room``.

    A label and what stands beside it share it in one way throughout. Figures and short columns keep their
    text on one line as far as that is possible; long texts share what is left by the root of their length.
    """
    longest = [0] * grid.columns
    inside = [0] * grid.columns
    figures = [False] * grid.columns
    for cell in grid.cells:
        if cell.columns == 1:
            length = max(2, *_lengths(cell.node))
            longest[cell.column] = max(longest[cell.column], length)
            if cell.row >= grid.headings:
                inside[cell.column] = max(inside[cell.column], length)
            figures[cell.column] |= "pe-number" in cell.node.classes and cell.node.tag == "td"
    if grid.columns == len(_LABELLED) and not grid.headings:
        return [room * one for one in _LABELLED]
    needs = [_UNIT * one + _AROUND for one in longest]
    if sum(needs) <= room:
        return [one * room / sum(needs) for one in needs]
    kept = [
        need if figure or long <= _SHORT else None
        for need, figure, long in zip(needs, figures, longest, strict=True)
    ]
    left = room - sum(one for one in kept if one is not None)
    shares = [0.0 if one is not None else sqrt(need) for one, need in zip(kept, needs, strict=True)]
    if not sum(shares) or left < 40 * sum(one is None for one in kept):
        return _broken_heads(needs, [_UNIT * max(one, _LEAST) + _AROUND for one in inside], figures, room)
    return [
        left * share / sum(shares) if one is None else one for one, share in zip(kept, shares, strict=True)
    ]


def _broken_heads(
    needs: Sequence[float], least: Sequence[float], figures: Sequence[bool], room: float
) -> list[float]:
    """Return widths for a table that is too wide: its headings break, its figures do not where that helps."""
    more = [need - one for need, one in zip(needs, least, strict=True)]
    spare = room - sum(least)
    if spare >= 0:
        return [one + spare * part / sum(more) for one, part in zip(least, more, strict=True)]
    kept = sum(one for one, figure in zip(least, figures, strict=True) if figure)
    others = sum(sqrt(one) for one, figure in zip(needs, figures, strict=True) if not figure)
    if room - kept < _NARROWEST * figures.count(False):
        return [room * sqrt(one) / sum(map(sqrt, needs)) for one in needs]
    return [
        one if figure else (room - kept) * sqrt(need) / others
        for one, need, figure in zip(least, needs, figures, strict=True)
    ]


def wide(text: str) -> int:
    """Return how many half characters a text takes."""
    return sum(2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in text)


def lines_of(node: Node) -> list[list[Node | str]]:
    """Return what stands in a cell, paragraph by paragraph; list items begin with a dot."""
    lines: list[list[Node | str]] = [[]]
    for one in node.children:
        if isinstance(one, str):
            lines[-1].append(one)
        elif one.tag in BLOCKS or one.tag == "li":
            inner = [] if one.classes & LEFT_OUT else lines_of(one)
            lines += [["• ", *line] if one.tag == "li" else line for line in inner]
            lines.append([])
        elif one.classes & _OWN_LINE:
            lines += [[one], []]
        else:
            lines[-1].append(one)
    kept = [line for line in lines if any(not isinstance(one, str) or one.strip() for one in line)]
    return kept or [[]]


def _lengths(node: Node) -> Iterator[int]:
    """Yield the length of each line of a cell as far as it is not broken."""
    for line in lines_of(node):
        said = "".join(one if isinstance(one, str) else one.text for one in line)
        yield from (wide(" ".join(part.split())) for part in said.split("\n"))


def _span(node: Node, name: str) -> int:
    said = node.attributes.get(name, "1")
    return max(int(said), 1) if said.isascii() and said.isdigit() else 1


def _widths_of(cells: Sequence[Any], widths: Sequence[float]) -> Iterator[float]:
    """Yield the width of each cell of a row, which may take several columns."""
    at = 0
    for cell in cells:
        yield sum(widths[at : at + cell.grid_span])
        at += cell.grid_span


def _flag(row: Any, name: str) -> None:  # noqa: ANN401 an element of lxml
    properties = row.get_or_add_trPr()
    if properties.find(qn(name)) is None:
        properties.append(OxmlElement(name))
