"""The sheet of what was claimed: verified figures, what was declared, and what stands beside them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from poc_eval.finance.policy_values import SHARE_SCALE
from poc_eval.finance.subsidy_cells import MISSING
from poc_eval.i18n import Text, _
from poc_eval.money import from_fen
from poc_eval.spreadsheet.terms import Term, in_fen
from poc_eval.spreadsheet.writing import Formula, relative

if TYPE_CHECKING:
    from poc_eval.finance.policy_parts import Input
    from poc_eval.finance.subsidy import Settlement
    from poc_eval.finance.subsidy_working import Working
    from poc_eval.spreadsheet.writing import Book, Value
    from poc_eval.spreadsheet.writing_styles import Style

FIRST: Final = 4
"""The row of the first claim."""
YES, NO = "是", "否"
_EPOCH: Final = date(1899, 12, 30).toordinal()
_STYLES: Final[dict[str, Style]] = {
    "amount": "input_yuan", "count": "input_number", "share": "input_rate", "date": "input_date",
    "yes_no": "input", "choice": "input",
}  # fmt: skip


class Inputs:
    """The sheet 填报数据; it knows where each figure of each claim stands."""

    def __init__(self, book: Book, settlement: Settlement) -> None:
        self.claims = settlement.claims
        self._columns: dict[tuple[str, str], int] = {}
        self._paid: dict[str, int] = {}
        self.sheet = book.sheet("填报数据 Claims", [6, 14, 26, 14], heading=FIRST - 1, repeated=3)
        widths = [6.0, 14.0, 26.0, 14.0]
        sheet = self.sheet
        sheet.row(FIRST - 1, [_("no."), _("claim"), _("unit"), Text("期间", "period")], "heading")
        for place in range(self.claims.size):
            row = FIRST + place
            sheet.put(row, 0, place + 1, "number")
            sheet.put(row, 1, str(self.claims.ids[place]))
            sheet.put(row, 2, self.claims.payees[place])
            sheet.put(row, 3, self.claims.periods[place])
        for working in settlement.workings:
            self._of_rule(working, widths)
        self._already(widths)
        sheet.widths = widths
        sheet.across(0, Text("填报数据", "What was claimed"), "title")
        sheet.across(
            1, _("Amounts in yuan. Figures on a yellow ground may be changed; everything follows."), "note"
        )

    def amount(self, working: Working, name: str, row: int) -> Term:
        """Return an amount of a claim in whole fen."""
        return in_fen(self.cell(working, name, row), int(working.part.stated[name][row]))

    def cell(self, working: Working, name: str, row: int) -> str:
        """Return where a claim's figure stands."""
        return self.sheet.address(FIRST + int(working.part.rows[row]), self._column(working, name))

    def declared(self, working: Working, name: str, row: int) -> str | None:
        """Return where the declared amount stands; None where the claims have none."""
        column = self._columns.get((f"{name}_declared", "amount"))
        if column is None or name not in working.part.declared:
            return None
        return self.sheet.address(FIRST + int(working.part.rows[row]), column)

    def already_paid(self, place: int) -> Term | None:
        """Return what was paid for a claim's matter under other rules, in fen."""
        if self.claims.already_paid is None:
            return None
        address = self.sheet.address(FIRST + place, self._paid["already_paid"])
        return in_fen(address, int(self.claims.already_paid[place]))

    def reference(self, place: int, column: int) -> Formula:
        """Return a formula that shows a claim's id, unit or period."""
        cell = self.sheet.cells[FIRST + place, column]
        return Formula(self.sheet.address(FIRST + place, column), str(cell.value))

    def _column(self, working: Working, name: str) -> int:
        return self._columns[name, working.policy.inputs[name].kind]

    def _of_rule(self, working: Working, widths: list[float]) -> None:
        part = working.part
        for name, kind in working.policy.inputs.items():
            column = self._new(name, kind.kind, kind.label, widths)
            for row, place in enumerate(part.rows):
                at = FIRST + int(place)
                self.sheet.put(at, column, _value(kind, int(part.stated[name][row])), _STYLES[kind.kind])
                if kind.kind == "yes_no":
                    self.sheet.offer(at, column, (YES, NO))
                elif kind.kind == "choice":
                    self.sheet.offer(at, column, choice_words(kind))
            if name in part.declared:
                self._declared(working, name, kind, widths)
            if name in part.reasons:
                said = self._new(f"{name}_reason", "text", _("why it was reduced"), widths, 24)
                for row, place in enumerate(part.rows):
                    self.sheet.put(FIRST + int(place), said, str(part.reasons[name][row]), "input")

    def _declared(self, working: Working, name: str, kind: Input, widths: list[float]) -> None:
        part, verified = working.part, self._columns[name, "amount"]
        column = self._new(f"{name}_declared", "amount", _("{label}, declared", label=kind.label), widths)
        taken = self._new(f"{name}_reduced", "amount", _("reduced by"), widths)
        for row, place in enumerate(part.rows):
            at, declared = FIRST + int(place), int(part.declared[name][row])
            self.sheet.put(at, column, None if declared == MISSING else from_fen(declared), "input_yuan")
            first, second = relative(at, column), relative(at, verified)
            text = f'IF({first}="","",(ROUND({first}*100,0)-ROUND({second}*100,0))/100)'
            reduced = declared - int(part.stated[name][row])
            self.sheet.put(at, taken, Formula(text, "" if declared == MISSING else from_fen(reduced)), "yuan")

    def _already(self, widths: list[float]) -> None:
        if self.claims.already_paid is None:
            return
        self._paid["already_paid"] = self._new(
            "already_paid", "amount", _("already paid for the matter under other rules"), widths
        )
        for place, fen in enumerate(self.claims.already_paid):
            self.sheet.put(FIRST + place, self._paid["already_paid"], from_fen(int(fen)), "input_yuan")

    def _new(self, name: str, kind: str, label: Value, widths: list[float], width: float = 18) -> int:
        key = (name, kind)
        if key not in self._columns:
            self._columns[key] = len(widths)
            widths.append(width)
            self.sheet.put(FIRST - 1, self._columns[key], label, "heading")
            for place in range(self.claims.size):
                self.sheet.put(FIRST + place, self._columns[key], None)
        return self._columns[key]


def choice_words(kind: Input) -> tuple[str, ...]:
    """Return what the values of a choice are called, in their order."""
    return tuple(kind.labels[word].zh if word in kind.labels else word for word in kind.of)


def _value(kind: Input, stated: int) -> Value:
    if stated == MISSING:
        return None
    if kind.kind == "amount":
        return from_fen(stated)
    if kind.kind == "choice":
        return choice_words(kind)[stated]
    if kind.kind == "yes_no":
        return YES if stated else NO
    if kind.kind == "share":
        return Decimal(stated).scaleb(-SHARE_SCALE)
    return date.fromordinal(stated) if kind.kind == "date" else stated


def serial(day: int) -> int:
    """Return a day (counted from the year 1) as spreadsheet programs count it."""
    return day - _EPOCH
