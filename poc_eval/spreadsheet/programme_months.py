"""The months of a programme where every stage is passed: flow, running total, rate of return, payback."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final, TypeAlias

from poc_eval.finance.programme.timeline import YEAR
from poc_eval.i18n import Message, _
from poc_eval.money import round_money
from poc_eval.spreadsheet.writing import Formula

if TYPE_CHECKING:
    from poc_eval.finance.programme.value import Valuation
    from poc_eval.spreadsheet.writing import Book, Sheet

MOST_MONTHS: Final = 1200
Cash: TypeAlias = "Formula | Message | str | None"
"""A figure of the workbook: a formula, or in words why there is none."""
_HEAD: Final = 2


def months_sheet(book: Book, value: Valuation, calendar: Sheet, rows: range, footer: str) -> dict[str, Cash]:
    """Write the months; return rate of return, payback and peak need as formulas, or why there is none."""
    flows = [flow for flow in value.plan.flows if not flow.supports]
    moments = [value.years(flow) * YEAR for flow in flows]
    if not flows or any(one.denominator != 1 for one in moments) or max(moments) > MOST_MONTHS:
        why = _("not written as a formula: the payments do not fall on whole months")
        return {"rate": why, "payback": why, "need": f"{value.need.amount:,.2f}"}
    last = int(max(moments))
    sheet = book.sheet("月度 Months", [10, 22, 22, 14], heading=_HEAD, landscape=False, footer=footer)
    sheet.across(0, _("Month by month where every stage is passed"), "title")
    sheet.row(_HEAD, (_("month"), _("flow"), _("running total"), _("paid back")), "heading")
    numbers, flowing = (calendar.span(column, rows[0], rows[-1]) for column in (12, 13))
    total, owed = Fraction(0), False
    start = _HEAD + 1
    for month in range(last + 1):
        row = start + month
        paid = sum(
            (value.sign(flow) * Fraction(round_money(flow.amount))
             for flow, at in zip(flows, moments, strict=True)
             if at == month and flow.when.outcomes[-1]),
            Fraction(0),
        )  # fmt: skip
        total += paid
        owed |= total < 0
        number = sheet.put(row, 0, month, "number")
        flow_cell = sheet.put(row, 1, Formula(f"SUMIF({numbers},{number},{flowing})", float(paid)), "yuan")
        before = "" if month == 0 else f"{sheet.address(row - 1, 2)}+"
        running = sheet.put(row, 2, Formula(f"{before}{flow_cell}", float(total)), "yuan")
        so_far = sheet.span(2, start, row)
        back = f'IF(AND({running}>=0,COUNTIF({so_far},"<0")>0),{number},"")'
        sheet.put(row, 3, Formula(back, month if owed and total >= 0 else ""), "number")
    return _figures(value, sheet, start, start + last)


def _figures(value: Valuation, sheet: Sheet, first: int, last: int) -> dict[str, Cash]:
    flows, totals, back = (sheet.span(column, first, last) for column in (1, 2, 3))
    need: Formula | Message = Formula(f"-MIN(0,MIN({totals}))", value.need.amount)
    paid: Formula | Message = _("it is not paid back")
    if value.payback_months:
        paid = Formula(f"MIN({back})", value.payback_months)
    report = value.rate
    if report.rate is None:
        return {"rate": report.reason, "payback": paid, "need": need}
    guess = (1 + report.rate) ** (1 / YEAR) - 1
    rate = Formula(f"ROUND((1+IRR({flows},{guess:.6f}))^12-1,6)", round(report.rate, 6))
    return {"rate": rate, "payback": paid, "need": need}
