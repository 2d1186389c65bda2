"""The cells of one row of steps: each step has a column, made when the first claim needs it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from poc_eval.spreadsheet.terms import Term
from poc_eval.spreadsheet.writing import relative

if TYPE_CHECKING:
    from collections.abc import Collection

    from poc_eval.finance.policy_parts import Cap
    from poc_eval.spreadsheet.writing import Sheet, Value
    from poc_eval.spreadsheet.writing_styles import Style


@dataclass(slots=True)
class Layout:
    """Which step stands in which column of a sheet; ``heading``: the row of their names."""

    sheet: Sheet
    heading: int
    widths: list[float]
    places: dict[str, int] = field(default_factory=dict)

    def column(self, key: str, name: Value, width: float = 16) -> int:
        """Return the column of a step; a new one gets its heading."""
        if key not in self.places:
            self.places[key] = len(self.widths)
            self.widths.append(width)
            self.sheet.put(self.heading, self.places[key], name, "heading")
            self.sheet.widths = self.widths
        return self.places[key]


@dataclass(slots=True)
class Columns:
    """One row of steps; ``terms`` are those written, as the cells that later steps read."""

    layout: Layout
    row: int
    shared_caps: Collection[int] = ()
    terms: dict[str, Term] = field(default_factory=dict)

    def put(self, key: str, name: Value, term: Term, style: Style = "fen") -> Term:
        """Write a step; return the cell that it stands in."""
        column = self.layout.column(key, name, 22 if style == "text" else 16)
        written = style.startswith("written")
        self.layout.sheet.put(self.row, column, term.value if written else term.formula, style)
        self.terms[key] = Term(relative(self.row, column), term.value, safe=term.safe)
        return self.terms[key]

    def shared(self, cap: Cap) -> bool:
        """Tell whether several claims have a cap together."""
        return id(cap) in self.shared_caps

    def written(self, key: str) -> bool:
        """Tell whether a step still stands there."""
        cell = self.layout.sheet.cells.get((self.row, self.layout.places[key]))
        return cell is not None and cell.value is not None

    def address(self, key: str) -> str:
        """Return where a step stands, for other sheets."""
        return self.layout.sheet.address(self.row, self.layout.places[key])

    def instead(self, key: str, value: int) -> Term:
        """Write a value where the formulas cannot stand; take the steps of this row away."""
        for step, column in self.layout.places.items():
            if step != key and (self.row, column) in self.layout.sheet.cells:
                self.layout.sheet.put(self.row, column, None)
        return self.put(key, None, Term(str(value), value), "written_fen")


def column_of(cell: Term) -> str:
    """Return the letters of a cell's column on its own sheet."""
    return "".join(char for char in cell.text if char.isalpha())
