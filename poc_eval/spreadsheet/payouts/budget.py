"""The sheet of budgets: whose turn it is, what is left, and the shares where it does not suffice."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING, Final

from poc_eval.i18n import Text, _
from poc_eval.spreadsheet.payouts.columns import Columns, Layout, column_of
from poc_eval.spreadsheet.terms import Term, added, either, every, most, over, term

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from poc_eval.finance.subsidy_working import Working
    from poc_eval.spreadsheet.payouts.groups import Amounts
    from poc_eval.spreadsheet.payouts.inputs import Inputs
    from poc_eval.spreadsheet.payouts.rule import RuleSheet
    from poc_eval.spreadsheet.writing import Book

FIRST: Final = 4
DIGITS: Final = 6
"""Pairs of digits of what is left that the long division takes, from the highest."""


def budgeted(
    book: Book, workings: Sequence[Working], rules: Sequence[RuleSheet], inputs: Inputs, due: Amounts
) -> tuple[Amounts, list[str]]:
    """Write the sheet 预算 where a rule has a budget; return what is paid, and the ids paid by value."""
    if not any(one.policy.budget is not None and one.branches for one in workings):
        return due, []
    made = _Budgets(book, workings, rules, inputs, due)
    return made.after, made.by_value


class _Budgets:
    def __init__(
        self,
        book: Book,
        workings: Sequence[Working],
        rules: Sequence[RuleSheet],
        inputs: Inputs,
        due: Amounts,
    ) -> None:
        self.workings, self.rules, self.inputs, self.claims = workings, rules, inputs, inputs.claims
        self.after: Amounts = {place: list(terms) for place, terms in due.items()}
        self.by_value: list[str] = []
        self.sheet = book.sheet("预算 Budget", [14, 24, 14, 12], heading=FIRST - 1, repeated=2)
        self.layout = Layout(self.sheet, FIRST - 1, [14, 24, 14, 12])
        self.sheet.row(
            FIRST - 1, [_("claim"), _("policy"), Text("年度起", "year from"), _("turn (a value)")], "heading"
        )
        self.row = FIRST
        for places in self._pools():
            starts = {int(start) for place in places for start in workings[place].part.spans.period_start}
            for start in sorted(starts):
                self._year(places, start)
        self.sheet.across(0, Text("年度预算分配", "The budget of each year"), "title")
        self.sheet.across(
            1,
            _(
                "In whole fen. Where the money does not suffice, it is shared in proportion by long "
                "division, two digits at a time, and what is left goes to the largest remainders."
            ),
            "note",
        )

    def _pools(self) -> Iterator[list[int]]:
        pools: dict[str, list[int]] = defaultdict(list)
        for place, one in enumerate(self.workings):
            if one.policy.budget is not None and one.branches:
                pools[one.policy.budget.pool or f"{one.policy.id} {one.policy.version}"].append(place)
        yield from pools.values()

    def _year(self, places: Sequence[int], start: int) -> None:
        budget = self.workings[places[0]].policy.budget
        figure = self.rules[places[0]].figures.budget
        if budget is None or figure is None:
            return
        order = {"rank": self.claims.rank, "date": self.claims.date, "prorata": None}[budget.share]
        turns: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for place in places:
            part = self.workings[place].part
            for row, began in enumerate(part.spans.period_start):
                if int(began) == start:
                    turns[0 if order is None else int(order[part.rows[row]])].append((place, row))
        given: list[Term] = []
        first = self.row
        for number, turn in enumerate(sorted(turns), start=1):
            left = figure
            if given:
                letter = column_of(given[0])
                paid = over(
                    f"SUM({letter}{first + 1}:{letter}{self.row})", sum(one.number for one in given), *given
                )
                left = most(0, figure - paid)
            given += self._turn(turns[turn], left, number, start)

    def _turn(self, entries: Sequence[tuple[int, int]], left: Term, number: int, start: int) -> list[Term]:
        wanted = [self.after[place][row] for place, row in entries]
        units = [self.rules[place].figures.unit for place, _row in entries]
        turn = _Turn(self.row, wanted, left, max(units, key=lambda one: one.number))
        rows = [Columns(self.layout, self.row + index) for index in range(len(entries))]
        found = []
        for index, (columns, (place, row)) in enumerate(zip(rows, entries, strict=True)):
            one = self.workings[place]
            self.sheet.row(columns.row, [self.inputs.reference(int(one.part.rows[row]), 1), one.policy.id])
            self.sheet.put(columns.row, 2, date.fromordinal(start), "date")
            self.sheet.put(columns.row, 3, number, "written_fen")
            want = columns.put("want", _("due, fen"), wanted[index])
            rest_of = columns.put("left", _("left of the budget, fen"), left)
            total = over(f"SUM({turn.span(want)})", turn.total, *wanted)
            together = columns.put("total", _("due in this turn, fen"), total)
            if len(entries) == 1:
                lower = rest_of if turn.unit.value == 1 else rest_of // turn.unit * turn.unit
            else:
                lower = _shared(columns, turn, index)
            found.append(columns.put("given", _("paid, fen"), either(together <= rest_of, want, lower)))
        self.row += len(entries)
        return self._checked(rows, entries, found)

    def _checked(
        self, rows: Sequence[Columns], entries: Sequence[tuple[int, int]], found: Sequence[Term]
    ) -> list[Term]:
        """Hold the formulas against what was worked out; write values for a turn where they cannot stand."""
        wanted = [int(self.workings[place].amount[row]) for place, row in entries]
        good = all(one.safe and one.value == amount for one, amount in zip(found, wanted, strict=True))
        amounts = list(found)
        for index, (columns, (place, row)) in enumerate(zip(rows, entries, strict=True)):
            if not good:
                amounts[index] = columns.instead("given", wanted[index])
                self.by_value.append(str(self.claims.ids[self.workings[place].part.rows[row]]))
            self.after[place][row] = Term(columns.address("given"), amounts[index].value)
        return amounts


class _Turn:
    """The claims that have their turn together, in the rows from ``first`` on, and what is left for them."""

    def __init__(self, first: int, wanted: Sequence[Term], left: Term, unit: Term) -> None:
        self.first, self.size, self.unit = first, len(wanted), unit
        self.total = sum(one.number for one in wanted)
        under = max(1, self.total * unit.number)
        whole = left.number % 100**DIGITS
        self.parts = [one.number * whole // under for one in wanted]
        rests = [one.number * whole % under for one in wanted]
        self.before = [
            sum(other > rest for other in rests) + sum(other == rest for other in rests[:index])
            for index, rest in enumerate(rests)
        ]
        """For each claim the number of those with a larger remainder, or an equal one and an earlier row."""

    def span(self, cell: Term, rows: int | None = None) -> str:
        """Return the cells of all claims of the turn, or of its first ``rows``, in the column of ``cell``."""
        letter = column_of(cell)
        return f"{letter}{self.first + 1}:{letter}{self.first + (rows or self.size)}"


def _shared(columns: Columns, turn: _Turn, index: int) -> Term:
    """Write a claim's share of what is left, by long division; return it in fen."""
    want, left, together = (columns.terms[name] for name in ("want", "left", "total"))
    unit = turn.unit
    under = columns.put("under", _("divided by"), most(1, together), "number")
    rest = term(0)
    quotients: list[Term] = []
    for place in reversed(range(DIGITS)):
        step = 100**place
        digits = left // step - left // (step * 100) * 100
        product = want * digits
        if quotients:
            product = (rest - rest // under * under) * 100 + product
        name = _("long division, step {number}", number=DIGITS - place)
        rest = columns.put(f"digits {place}", name, product, "number")
        quotients.append(rest // under * step)
    part, over_fen = added(quotients), rest - rest // under * under
    if unit.value != 1:
        whole = columns.put("in fen", _("share rounded down, fen"), part)
        part = whole // unit
        over_fen = over_fen + (whole - part * unit) * under
    part = columns.put("part", _("share rounded down, in units"), part, "number")
    remainder = columns.put("rest", _("remainder"), over_fen, "number")
    given = over(f"SUM({turn.span(part)})", sum(turn.parts), part)
    units = left if unit.value == 1 else left // unit
    spare = columns.put("spare", _("units left over"), most(0, units - given), "number")
    text = f'COUNTIF({turn.span(remainder)},">"&{remainder.text})'
    if index:
        text += f"+COUNTIF({turn.span(remainder, index)},{remainder.text})"
    before = over(text, turn.before[index], remainder)
    before = columns.put("turn", _("before it, by remainder"), before, "number")
    given_fen = part if unit.value == 1 else part * unit
    return given_fen + either(every(before < spare, given_fen + unit <= want), unit, 0)
