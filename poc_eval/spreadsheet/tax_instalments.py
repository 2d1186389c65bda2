"""The sheet of income tax on awarded shares over calendar years, as live formulas in whole fen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from poc_eval.i18n import _
from poc_eval.spreadsheet.writing import Formula

if TYPE_CHECKING:
    from collections.abc import Sequence

    from poc_eval.finance.sharing_people import PersonShare
    from poc_eval.spreadsheet.writing import Book


def instalments_sheet(book: Book, planned: Sequence[PersonShare], foot: str) -> None:
    """Write each person's tax and its equal parts; the first years take the odd fen.

    ``planned``: people with instalments, all over the same years.
    """
    years = [part.year for part in planned[0].instalments]
    sheet = book.sheet("股权个税分期 Instalments", [24, 20, *[16] * len(years)], heading=2, footer=foot)
    sheet.across(0, _("Income tax on awarded shares, year by year"), "title")
    sheet.across(1, _("The tax is what the tax office found; equal parts, in yuan."), "note")
    heads = [_("Name"), _("Income tax (yuan)"), *(_("paid in {year}", year=year) for year in years)]
    sheet.row(2, heads, "heading")
    for row, one in enumerate(planned, start=3):
        sheet.put(row, 0, one.person.name)
        tax = sheet.put(row, 1, one.tax_on_shares, "input_yuan")
        fen = f"ROUND({tax}*100,0)"
        for place, part in enumerate(one.instalments):
            text = f"(INT({fen}/{len(years)})+IF(MOD({fen},{len(years)})>{place},1,0))/100"
            sheet.put(row, 2 + place, Formula(text, part.amount), "yuan")
    last = 2 + len(planned)
    sheet.put(last + 1, 0, _("Total"), "total")
    for column in range(1, 2 + len(years)):
        amounts = [
            one.tax_on_shares or 0 if column == 1 else one.instalments[column - 2].amount for one in planned
        ]
        sheet.put(
            last + 1, column, Formula(f"SUM({sheet.span(column, 3, last)})", sum(amounts)), "total_yuan"
        )
