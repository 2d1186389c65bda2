"""A settlement as a workbook that an auditor can recompute."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from poc_eval.errors import Fault, InputError
from poc_eval.i18n import Text, _
from poc_eval.spreadsheet.payouts.budget import budgeted
from poc_eval.spreadsheet.payouts.front import Front, Stages
from poc_eval.spreadsheet.payouts.groups import grouped
from poc_eval.spreadsheet.payouts.inputs import Inputs
from poc_eval.spreadsheet.payouts.parts import divided
from poc_eval.spreadsheet.payouts.rule import RuleSheet
from poc_eval.spreadsheet.payouts.rule_steps import RuleSteps
from poc_eval.spreadsheet.terms import Term
from poc_eval.spreadsheet.writing import Book

if TYPE_CHECKING:
    from collections.abc import Sequence

    from poc_eval.finance.subsidy import Settlement
    from poc_eval.finance.subsidy_working import Working
    from poc_eval.spreadsheet.payouts.groups import Amounts
    from poc_eval.spreadsheet.writing import Value

MOST_ROWS: Final = 5_000
"""Payouts in one workbook; with every step of each, more would not open in comfort."""


def payout_book(settlement: Settlement) -> Book:
    """Return the workbook: payouts, claims, steps, groups, budgets, parts, rules, and what is no formula.

    Raises InputError where there are more than MOST_ROWS payouts.
    """
    if len(settlement.order) > MOST_ROWS:
        raise InputError(
            Fault(
                _("{count} payouts are too many for one workbook", count=f"{len(settlement.order):,}"),
                _("split the claims; {most} fit into one", most=f"{MOST_ROWS:,}"),
            )
        )
    book = Book("补助资金测算表")
    front = Front(book)
    inputs = Inputs(book, settlement)
    workings = settlement.workings
    rules_book = Book("")
    rules = [RuleSheet(rules_book, one.policy, number) for number, one in enumerate(workings, start=1)]
    sheets = [
        RuleSteps(book, one, number, rule, inputs)
        for number, (one, rule) in enumerate(zip(workings, rules, strict=True), start=1)
    ]
    alone: Amounts = {place: one.due for place, one in enumerate(sheets)}
    together = grouped(book, workings, inputs, alone)
    paid, by_value = budgeted(book, workings, rules, inputs, together)
    paid, mended = _held(workings, paid)
    front.fill(book, settlement, sheets, inputs, Stages(alone, together, paid))
    for place, one in enumerate(workings):
        divided(book, one, place + 1, figures=rules[place].figures, inputs=inputs, paid=paid[place])
    book.sheets += rules_book.sheets
    _notes(book, sheets, by_value, mended)
    return book


def _held(workings: Sequence[Working], paid: Amounts) -> tuple[Amounts, int]:
    """Hold every payout against what was worked out; where they differ, the value stands instead."""
    found: Amounts = {}
    mended = 0
    for place, one in enumerate(workings):
        found[place] = []
        for row, amount in enumerate(paid[place]):
            due = int(one.amount[row])
            mended += amount.value != due
            found[place].append(amount if amount.value == due else Term(str(due), due))
    return found, mended


_ALWAYS: Final[tuple[tuple[Value, Value], ...]] = (
    (
        _("what is exact"),
        _(
            "All amounts are reckoned in whole fen. Every number in a formula stays below 10^14, where "
            "spreadsheet programs hold whole numbers exactly; so up to 100,000 million yuan a claim."
        ),
    ),
    (
        _("what may be changed"),
        _("Cells on a yellow ground: figures claimed, and figures of the rules. Everything follows at once."),
    ),
    (
        _("what is a value"),
        _(
            "Cells on a grey ground in italics are values and do not follow: what depends on the order "
            "of claims or on the words of a period, and whatever is named below."
        ),
    ),
)


def _notes(book: Book, sheets: Sequence[RuleSteps], by_value: Sequence[str], mended: int) -> None:
    sheet = book.sheet("说明 Notes", [30, 80], landscape=False)
    sheet.across(0, Text("说明", "Notes"), "title")
    lines: list[tuple[Value, Value]] = list(_ALWAYS)
    for one in sheets:
        if one.why_values is not None:
            lines.append((one.sheet.name, _("paid by value: {why}", why=one.why_values)))
        elif one.values:
            lines.append(
                (
                    one.sheet.name,
                    _("{count} claims are paid by value; the sheet names them.", count=len(one.values)),
                )
            )
    if by_value:
        lines.append(
            (
                _("budget"),
                _(
                    "shared out by value, the numbers being too large: {claims}",
                    claims=", ".join(by_value[:50]),
                ),
            )
        )
    if mended:
        lines.append(
            (
                _("payouts"),
                _(
                    "{count} payouts stand as values, because their formula gave another amount.",
                    count=mended,
                ),
            )
        )
    for row, (label, value) in enumerate(lines, start=2):
        sheet.put(row, 0, label, "words")
        sheet.put(row, 1, value, "words")
