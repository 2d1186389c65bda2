"""The sheet of a deal's bids: the price as a live formula of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from poc_eval.finance.licence_words import WAYS
from poc_eval.i18n import _
from poc_eval.spreadsheet.writing import Formula

if TYPE_CHECKING:
    from poc_eval.finance.licence_pricing import PriceFound
    from poc_eval.spreadsheet.writing import Book


def price_sheet(book: Book, found: PriceFound, foot: str) -> None:
    """Write how the price is found; with bids the highest, how many are equal to it, and the price.

    The price's cell says 未成交 where no bid stands alone at the top or none reaches the reserve price.
    """
    sheet = book.sheet("定价 Price", [40, 22], heading=2, footer=foot)
    sheet.across(0, _("How the price is found"), "title")
    sheet.across(1, WAYS[found.by], "note")
    if not found.bids:
        sheet.row(2, [_("Price"), None], "heading")
        sheet.across(3, found.says, "text")
        return
    sheet.row(2, [_("Bidder"), _("Bid (yuan)")], "heading")
    for row, bid in enumerate(found.bids, start=3):
        sheet.put(row, 0, bid.bidder)
        sheet.put(row, 1, bid.amount, "input_yuan")
    below = 3 + len(found.bids)
    span = sheet.span(1, 3, below - 1)
    sheet.put(below, 0, _("Reserve price"))
    reserve = sheet.put(below, 1, found.reserve or 0, "input_yuan")
    sheet.put(below + 1, 0, _("Highest bid"))
    top = sheet.put(below + 1, 1, Formula(f"MAX({span})", found.bids[0].amount), "yuan")
    sheet.put(below + 2, 0, _("Bids as high as the highest"))
    many = sum(bid.amount == found.bids[0].amount for bid in found.bids)
    equal = sheet.put(below + 2, 1, Formula(f"COUNTIF({span},{top})", many))
    sheet.put(below + 3, 0, _("Price"))
    text = f'IF(AND({equal}=1,{top}>={reserve}),{top},"未成交")'
    price = "未成交" if found.price is None else found.price
    sheet.put(below + 3, 1, Formula(text, price), "total_yuan")
    sheet.across(below + 4, found.says, "note")
