"""The workbook of the payment ledger (拨付台账): payouts, plan against actual, budget lines, every entry.

What was entered stands on the last sheet; all that is added up from it is a live formula.  Formulas look
entries up by number, never by a text, which a spreadsheet program could take for a condition.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from poc_eval.finance.ledger.entries import Payment, Recovered, Returned
from poc_eval.finance.ledger.overview import by_budget, paid_by_year, plan_rows, sums_of, total
from poc_eval.finance.ledger.saying import entry_words, next_step, when_words
from poc_eval.i18n import _
from poc_eval.spreadsheet.writing import Book, Formula, relative

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from poc_eval.finance.ledger.entries import Entry
    from poc_eval.finance.ledger.kept import Book as Ledger
    from poc_eval.finance.ledger.kept import KeptLine, Stamp
    from poc_eval.finance.ledger.line import Standing
    from poc_eval.spreadsheet.writing import Sheet, Value

_TITLE, _NOTE, _HEADING, _FIRST = range(4)
_LINES: Final = (5, 24, 21, 30, 11, 15, 15, 15, 15, 14, 24)
_PLAN: Final = (5, 8, 24, 12, 14, 12, 14, 16, 16, 16, 16)
_BUDGET: Final = (8, 16, 22, 22, 22, 22)
_ENTRIES: Final = (7, 20, 6, 12, 7, 14, 40, 16, 16, 14, 7, 7, 12, 12)
_AMOUNT, _PAID, _RECOVERED, _OF_PLAN, _OF_BUDGET = 7, 8, 9, 10, 11
"""Columns of the entries."""
_PLAN_LINE, _PLAN_LEFT, _PLAN_DUE = 1, 9, 10


@dataclass(frozen=True, slots=True)
class _Place:
    """Which entries the sums run over: the sheet, its last row, and how many planned payments there are."""

    entries: Sheet
    last: int

    def sum_of(self, column: int, by: int, number: str) -> str:
        """Return the sum of a column over the rows whose column ``by`` holds the number in a cell."""
        keys, amounts = (self.entries.span(one, _FIRST, self.last) for one in (by, column))
        return f"ROUND(SUMIF({keys},{number},{amounts}),2)"


@dataclass(frozen=True, slots=True)
class _Numbers:
    """The numbers by which entries name their planned payment and their budget line."""

    plan: dict[tuple[int, int, str], int]
    """By the payout's number in the ledger, the instalment and the level."""
    budget: dict[tuple[str, str], int]


def ledger_book(ledger: Ledger) -> Book:
    """Return the ledger as a workbook; paid, due, left, recovered and all sums are live formulas."""
    book = Book("拨付台账")
    lines, plan, budget, entries = (
        _begun(book, name, widths, ledger)
        for name, widths in (
            ("台账 Ledger", _LINES),
            ("计划与实际 Plan", _PLAN),
            ("预算与年度 Budget", _BUDGET),
            ("登记明细 Entries", _ENTRIES),
        )
    )
    count = sum(len(one.line.entries) for one in ledger.lines)
    place = _Place(entries, _FIRST + max(count, 1) - 1)
    numbers = _Numbers({}, {})
    planned = _plan(plan, ledger, place, numbers)
    _budget(budget, ledger, place, numbers)
    _years(budget, ledger, place, _FIRST + len(numbers.budget) + 3)
    _lines(lines, ledger, place, (plan, planned))
    _entries(entries, ledger, numbers)
    return book


def _begun(book: Book, name: str, widths: Sequence[float], ledger: Ledger) -> Sheet:
    sheet = book.sheet(name, widths, heading=_HEADING, footer=f"拨付台账 {ledger.day.isoformat()}")
    sheet.across(_TITLE, _("Payment ledger on {day}, in yuan", day=ledger.day), "title")
    drafts = sum(one.drafts for one in ledger.lines)
    if drafts:
        said = _("{count} entries of this paper are not recorded yet: figures count them.", count=drafts)
        sheet.across(_NOTE, said, "warning")
    return sheet


def _lines(sheet: Sheet, ledger: Ledger, place: _Place, planned: tuple[Sheet, int]) -> None:
    sheet.row(_HEADING, [
        _("No."), _("Unit"), _("Credit code"), _("Policy"), _("Period"), _("Payout"), _("Paid out"),
        _("Due"), _("Left"), _("Recovered"), _("Comes next"),
    ], "heading")  # fmt: skip
    plan, last = planned
    of_line, due = (plan.span(column, _FIRST, last) for column in (_PLAN_LINE, _PLAN_DUE))
    for number, kept in enumerate(ledger.lines, start=1):
        row, standing = _FIRST + number - 1, kept.line.standing()
        sums, key = sums_of(standing, ledger.day), relative(row, 0)
        sheet.put(row, 0, number, "number")
        sheet.row(row, _names(standing), start=1)
        sheet.put(row, 5, sums.verified, "yuan")
        sheet.put(row, 6, Formula(place.sum_of(_PAID, 0, key), sums.paid), "yuan")
        sheet.put(row, 7, Formula(f"ROUND(SUMIF({of_line},{key},{due}),2)", sums.due), "yuan")
        left = f"ROUND({relative(row, 5)}-{relative(row, 6)},2)"
        sheet.put(row, 8, Formula(left, sums.left), "yuan")
        sheet.put(row, 9, Formula(place.sum_of(_RECOVERED, 0, key), sums.recovered), "yuan")
        sheet.put(row, 10, next_step(standing, ledger.day))
    row, sums = _FIRST + len(ledger.lines), total([one.line for one in ledger.lines], ledger.day)
    _totals(sheet, row, 5, (sums.verified, sums.paid, sums.due, sums.left, sums.recovered))
    sheet.put(row, 10, None, "total")
    sheet.across(
        row + 2,
        _(
            "Prepared by:                    Checked by:                    "
            "Department:                    In charge:                    Date:"
        ),
        "sign",
    )


def _names(standing: Standing) -> list[Value]:
    payout = standing.payout
    if payout is None:
        return ["–"] * 4
    return [payout.payee, payout.credit_code or "–", payout.policy.partition("#")[0], payout.period]


def _totals(sheet: Sheet, row: int, first: int, values: Sequence[Decimal]) -> None:
    """Write the sums of columns of yuan; the rounding takes away what doubles add to them."""
    sheet.row(row, [None] * first, "total")
    sheet.put(row, 1, _("Total"), "total")
    for column, value in enumerate(values, start=first):
        text = f"ROUND(SUM({relative(_FIRST, column)}:{relative(row - 1, column)}),2)"
        sheet.put(row, column, Formula(text, value) if row > _FIRST else value, "total_yuan")


def _plan(sheet: Sheet, ledger: Ledger, place: _Place, numbers: _Numbers) -> int:
    """Write every planned payment beside what was done of it; return the last row of the table."""
    sheet.row(_HEADING, [
        _("No."), _("Ledger no."), _("Unit"), _("Instalment"), _("Falls due"), _("Level"), _("Budget code"),
        _("Planned"), _("Paid out"), _("Left"), _("Due now"),
    ], "heading")  # fmt: skip
    row, rows = _FIRST, []
    for line, kept in enumerate(ledger.lines, start=1):
        standing = kept.line.standing()
        for one in plan_rows(standing, ledger.day):
            planned, number = one.planned, row - _FIRST + 1
            numbers.plan[line, planned.instalment, planned.level] = number
            sheet.row(row, [number, line], "number")
            sheet.put(row, 2, _unit(kept))
            sheet.put(row, 3, planned.instalment, "number")
            names = [when_words(planned.when), planned.level or "–", planned.budget_code or "–"]
            sheet.row(row, names, start=4)
            sheet.put(row, 7, planned.amount, "yuan")
            sheet.put(row, 8, Formula(place.sum_of(_PAID, _OF_PLAN, relative(row, 0)), one.paid), "yuan")
            left = f"ROUND({relative(row, 7)}-{relative(row, 8)},2)"
            sheet.put(row, _PLAN_LEFT, Formula(left, one.left), "yuan")
            due = Formula(relative(row, _PLAN_LEFT), one.left) if one.due else 0
            sheet.put(row, _PLAN_DUE, due, "yuan")
            rows.append(one)
            row += 1
    sums = [(one.planned.amount, one.paid, one.left, one.left if one.due else 0 * one.left) for one in rows]
    zero = 0 * total([], ledger.day).verified
    _totals(sheet, row, 7, [sum(column, zero) for column in zip(*sums, strict=True)] or [zero] * 4)
    return max(row - 1, _FIRST)


def _budget(sheet: Sheet, ledger: Ledger, place: _Place, numbers: _Numbers) -> None:
    sheet.row(_HEADING, [
        _("No."), _("Level"), _("Budget code"), _("Planned"), _("Paid out"), _("Left"),
    ], "heading")  # fmt: skip
    found = by_budget([one.line for one in ledger.lines])
    for number, one in enumerate(found, start=1):
        row = _FIRST + number - 1
        numbers.budget[one.level, one.budget_code] = number
        sheet.put(row, 0, number, "number")
        sheet.row(row, [one.level or "–", one.budget_code or "–"], start=1)
        sheet.put(row, 3, one.planned, "yuan")
        sheet.put(row, 4, Formula(place.sum_of(_PAID, _OF_BUDGET, relative(row, 0)), one.paid), "yuan")
        left = f"ROUND({relative(row, 3)}-{relative(row, 4)},2)"
        sheet.put(row, 5, Formula(left, one.planned - one.paid), "yuan")
    zero = 0 * total([], ledger.day).verified
    planned, paid = sum((one.planned for one in found), zero), sum((one.paid for one in found), zero)
    _totals(sheet, _FIRST + len(found), 3, (planned, paid, planned - paid))


def _years(sheet: Sheet, ledger: Ledger, place: _Place, at: int) -> None:
    """Write what was paid in each fiscal year, less what came back or was recovered in it."""
    years = paid_by_year([one.line for one in ledger.lines])
    if not years:
        return
    sheet.row(at, [_("Fiscal year"), _("Paid, less what came back")], "heading", start=2)
    for row, (year, paid) in enumerate(years.items(), start=at + 1):
        sheet.put(row, 2, year)
        out, back = (place.sum_of(column, 4, str(year)) for column in (_PAID, _RECOVERED))
        sheet.put(row, 3, Formula(f"ROUND({out}-{back},2)", paid), "yuan")


def _entries(sheet: Sheet, ledger: Ledger, numbers: _Numbers) -> None:
    sheet.row(_HEADING, [
        _("Ledger no."), _("Unit"), _("Entry"), _("Day"), _("Fiscal year"), _("Kind"), _("Content"),
        _("Amount"), _("Paid out (came back: minus)"), _("Recovered"), _("Plan no."), _("Budget no."),
        _("Recorded by"), _("Recorded on"),
    ], "heading")  # fmt: skip
    row = _FIRST
    for line, kept in enumerate(ledger.lines, start=1):
        standing, gone = kept.line.standing(), kept.line.reversed
        for number, entry in kept.line.numbered():
            sheet.put(row, 0, line, "number")
            sheet.put(row, 1, _unit(kept))
            sheet.put(row, 2, number, "number")
            sheet.put(row, 3, entry.day, "date")
            sheet.put(row, 4, entry.day.year)
            sheet.put(row, 5, entry.title)
            words = entry_words(entry)
            said = _("{words} (reversed)", words=words) if number in gone else words
            sheet.put(row, 6, said, "words")
            sheet.put(row, _AMOUNT, getattr(entry, "amount", None), "yuan")
            money: list[Value] = [None, None]
            named: list[Value] = [None, None]
            if number not in gone:
                money, named = _counted(entry), _named(entry, line, standing, numbers)
            sheet.row(row, money, "yuan", start=_PAID)
            sheet.row(row, named, "number", start=_OF_PLAN)
            _recorded(sheet, row, kept.stamps[number - 1 : number], ledger.zone)
            row += 1


def _counted(entry: Entry) -> list[Value]:
    """Return what an entry adds to what is paid, and to what is recovered."""
    match entry:
        case Payment():
            return [entry.amount, None]
        case Returned():
            return [-entry.amount, None]
        case Recovered():
            return [None, entry.amount]
    return [None, None]


def _named(entry: Entry, line: int, standing: Standing, numbers: _Numbers) -> list[Value]:
    """Return the numbers of the planned payment and of the budget line that an entry belongs to."""
    payment = entry if isinstance(entry, Payment) else None
    if isinstance(entry, Returned):
        payment = standing.payments.get(entry.order)
    if payment is None:
        return [None, None]
    codes = {one.level: one.budget_code for one in standing.plan}
    code = payment.budget_code or codes.get(payment.level, "")
    return [
        numbers.plan.get((line, payment.instalment, payment.level)),
        numbers.budget.get((payment.level, code)),
    ]


def _recorded(sheet: Sheet, row: int, stamps: Sequence[Stamp], zone: str) -> None:
    for stamp in stamps:
        sheet.put(row, 12, stamp.by or "–")
        sheet.put(row, 13, stamp.at.astimezone(ZoneInfo(zone)).date(), "date")
    if not stamps:
        sheet.row(row, [_("not recorded yet"), None], start=12)


def _unit(kept: KeptLine) -> str:
    payee: str = getattr(kept.line.entries[0], "payee", "–")
    return payee
