"""A report's content as Word paragraphs and tables; every text goes in as text."""

from __future__ import annotations

import binascii
import re
from base64 import b64decode
from io import BytesIO
from typing import TYPE_CHECKING, Final

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Emu, Pt

from poc_eval.report.office_tables import BLOCKS, LEFT_OUT, grid_of, lay_out, lines_of, widths_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from docx.document import Document
    from docx.table import Table, _Cell
    from docx.text.paragraph import Paragraph

    from poc_eval.report.office_tables import Cell, Grid
    from poc_eval.report.office_tree import Node

_HEADINGS: Final = {
    "h2": "Heading 1",
    "h3": "Heading 2",
    "h4": "Heading 3",
    "h5": "Heading 3",
    "h6": "Heading 3",
}
_PICTURE: Final = re.compile(r"data:image/(?:png|jpeg);base64,([A-Za-z0-9+/=]+)")
_SMALL: Final = Pt(9)
_BESIDE: Final = 4
"""So many figures of a summary stand beside one another; more stand below one another."""
_LABEL: Final = 0.24
"""Of the width, for the words before a fact."""
_NUMBER: Final = 0.08
"""Of the width, for the number of a line that people write in."""


class Writer:
    """Writes blocks in front of one paragraph of a document."""

    def __init__(self, document: Document, before: Paragraph, *, figures: bool) -> None:
        self.document = document
        self.before = before
        self.figures = figures
        section = document.sections[0]
        width, left, right = section.page_width, section.left_margin, section.right_margin
        self.room = Emu((width or 0) - (left or 0) - (right or 0)).pt

    def blocks(self, nodes: Iterable[Node | str]) -> None:
        """Write elements and texts one below the other."""
        line: list[Node | str] = []
        for node in nodes:
            if isinstance(node, str) or node.tag not in BLOCKS:
                line.append(node)
                continue
            self._line(line)
            line = []
            if not node.classes & LEFT_OUT:
                self._block(node)
        self._line(line)

    def _line(self, nodes: list[Node | str]) -> None:
        if any(one.strip() if isinstance(one, str) else one.tag != "svg" for one in nodes):
            _inline(self.paragraph(), nodes)

    def paragraph(self, style: str = "Normal") -> Paragraph:
        """Return a new empty paragraph in a style, if the template has it."""
        new = self.before.insert_paragraph_before()
        if style in self.document.styles:
            new.style = style
        return new

    def small(self, text: str) -> None:
        """Write a line in small print."""
        self.paragraph().add_run(text).font.size = _SMALL

    def _block(self, node: Node) -> None:
        if node.tag == "table":
            self._table(node)
        elif node.tag == "dl":
            self._facts(node)
        elif node.tag in {"ul", "ol"}:
            self._list(node)
        elif node.tag in _HEADINGS:
            _inline(self.paragraph(_HEADINGS[node.tag]), node.children)
        elif node.tag in {"p", "pre", "summary"}:
            self._paragraph(node)
        elif node.tag == "figure":
            self._figure(node)
        elif node.tag not in {"hr", "svg"}:
            self.blocks(node.children)

    def _paragraph(self, node: Node) -> None:
        new = self.paragraph("Notice" if "pe-notice" in node.classes else "Normal")
        _inline(new, node.children, typed=node.tag == "pre" or "pe-typed" in node.classes)
        if node.tag == "summary" or node.classes & {"pe-lead", "pe-notice"}:
            for run in new.runs:
                run.bold = True
            new.paragraph_format.keep_with_next = node.tag == "summary"
        if "pe-quiet" in node.classes:
            for run in new.runs:
                run.font.size = _SMALL

    def _figure(self, node: Node) -> None:
        """Write the table with the figures of a drawing, where it is wanted; the drawing is in the report."""
        for one in node.elements if self.figures else ():
            if one.tag != "figcaption":
                self._block(one)

    def _caption(self) -> Paragraph:
        new = self.paragraph("Caption")
        new.paragraph_format.keep_with_next = True
        return new

    def _list(self, node: Node) -> None:
        items = [one for one in node.elements if one.tag == "li"]
        if "pe-signatures" in node.classes:
            self._signatures(items)
            return
        for number, item in enumerate(items, start=1):
            new = self.paragraph("Normal" if node.tag == "ol" else "List Bullet")
            if node.tag == "ol":
                new.add_run(f"{number}. ")
            inner = [one for one in item.children if isinstance(one, str) or one.tag not in {"ul", "ol"}]
            _inline(new, inner, typed="pe-typed" in item.classes)
            self.blocks(one for one in item.elements if one.tag in {"ul", "ol"})

    def _signatures(self, items: list[Node]) -> None:
        """Write the places for signatures, four in a row, with room above each."""
        for at in range(0, len(items), _BESIDE):
            some = items[at : at + _BESIDE]
            table = self._new_table(1, len(some), "Signatures")
            for cell, item in zip(table.rows[0].cells, some, strict=True):
                cell.paragraphs[0].paragraph_format.space_before = Pt(36)
                cell.paragraphs[0].add_run(f"{item.text}：" if _chinese(item.text) else f"{item.text}:")
            lay_out(table, [self.room / len(some)] * len(some), 0)
            self._gap()

    def _facts(self, node: Node) -> None:
        """Write terms with what is said of them: a summary beside one another, facts below one another."""
        pairs = [(one.first("dt"), one.first("dd")) for one in node.elements if one.tag == "div"]
        said = [(term, fact) for term, fact in pairs if term is not None and fact is not None]
        if not said:
            return
        if "pe-summary" in node.classes and len(said) <= _BESIDE:
            table = self._new_table(2, len(said), "Facts")
            for column, pair in enumerate(said):
                for row, one in enumerate(pair):
                    self._cell(table.cell(row, column), one)
                for run in table.cell(1, column).paragraphs[0].runs:
                    run.bold = True
            lay_out(table, [self.room / len(said)] * len(said), 0)
            self._gap()
            return
        table = self._new_table(len(said), 2, "Facts")
        for row, pair in enumerate(said):
            for column, one in enumerate(pair):
                self._cell(table.cell(row, column), one)
        lay_out(table, [self.room * _LABEL, self.room * (1 - _LABEL)], 0)
        self._gap()

    def _table(self, node: Node) -> None:
        caption = node.first("caption")
        # A bar in a cell is not drawn here, so the words about it go, too.
        if caption is not None and not caption.classes & LEFT_OUT and node.first("svg") is None:
            _inline(self._caption(), caption.children)
        grid = grid_of(node)
        if not grid.cells:
            return
        table = self._new_table(grid.rows, grid.columns, "Paper Table")
        places = [row.cells for row in table.rows]
        for one in grid.cells:
            cell = places[one.row][one.column]
            if one.rows > 1 or one.columns > 1:
                cell = cell.merge(places[one.row + one.rows - 1][one.column + one.columns - 1])
            self._cell(cell, one.node, heading=one.row < grid.headings or _bold_row(one))
        tall = "pe-tall" in node.classes
        lay_out(table, _to_write_in(grid, self.room) if tall else widths_of(grid, self.room), grid.headings)
        if tall:
            for row in table.rows[grid.headings :]:
                row.height = Pt(30)
        self._gap()

    def _new_table(self, rows: int, columns: int, style: str) -> Table:
        table: Table = self.document.add_table(rows, columns)
        if style in self.document.styles:
            table.style = style
        self.before._p.addprevious(table._tbl)  # noqa: SLF001 python-docx adds tables at the end alone
        return table

    def _gap(self) -> None:
        """Keep two tables apart, which Word would make one of."""
        gap = self.paragraph()
        gap.paragraph_format.space_after = Pt(0)
        gap.paragraph_format.line_spacing = Pt(6)

    def _cell(self, cell: _Cell, node: Node, *, heading: bool = False) -> None:
        at = cell.paragraphs[0]
        for number, lines in enumerate(lines_of(node)):
            paragraph = at if number == 0 else cell.add_paragraph()
            if "Table Text" in self.document.styles:
                paragraph.style = "Table Text"
            _inline(paragraph, lines, typed="pe-typed" in node.classes)
            if "pe-number" in node.classes:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            for run in paragraph.runs:
                run.bold = True if heading else run.bold


def _to_write_in(grid: Grid, room: float) -> list[float]:
    """Return the widths of a table that people write in: a narrow number, the rest in equal parts."""
    number = room * _NUMBER
    return [number, *([(room - number) / max(grid.columns - 1, 1)] * (grid.columns - 1))]


def _bold_row(cell: Cell) -> bool:
    return cell.node.tag == "th" and cell.columns > 1


def _inline(paragraph: Paragraph, nodes: Iterable[Node | str], *, typed: bool = False) -> None:
    """Write texts and the elements among them; spaces fold but in what people typed, line by line."""
    for node in nodes:
        if isinstance(node, str):
            text = node if typed else re.sub(r"\s+", " ", node)
            if not paragraph.runs and not typed:
                text = text.lstrip()
            if text:
                paragraph.add_run(text)
        elif node.tag == "br":
            paragraph.add_run().add_break()
        elif node.tag == "img":
            _picture(paragraph, node)
        elif not node.classes & LEFT_OUT:
            _marked(paragraph, node, typed=typed)


def _marked(paragraph: Paragraph, node: Node, *, typed: bool) -> None:
    begun = len(paragraph.runs)
    _inline(paragraph, node.children, typed=typed or "pe-typed" in node.classes)
    for run in paragraph.runs[begun:]:
        if node.tag in {"strong", "b", "th"} or node.classes & {"pe-score", "pe-evidence-label"}:
            run.bold = True
        if node.tag in {"em", "i"}:
            run.italic = True
        if node.tag == "code":
            run.font.name = "Courier New"
            run.font.size = _SMALL
        if node.classes & {"pe-quiet", "pe-anchor"}:
            run.font.size = _SMALL
        if "pe-dropped" in node.classes or node.tag in {"del", "s"}:
            run.font.strike = True


def _picture(paragraph: Paragraph, node: Node) -> None:
    """Write a picture that stands in the page; of one in another form its words."""
    found = _PICTURE.fullmatch(node.attributes.get("src", ""))
    alt = node.attributes.get("alt", "")
    try:
        data = b64decode(found[1], validate=True) if found else b""
        if data:
            shape = paragraph.add_run().add_picture(BytesIO(data))
            most = Pt(420)
            if shape.width > most:
                shape.height = Emu(int(shape.height * most / shape.width))
                shape.width = most
            shape._inline.docPr.set("descr", alt)  # noqa: SLF001 python-docx has no name for the description
            return
    except (ValueError, KeyError, binascii.Error, SyntaxError):
        pass
    paragraph.add_run(f"[{alt}]" if alt else "")


def _chinese(text: str) -> bool:
    return any("\u4e00" <= one <= "\u9fff" for one in text)
