"""How the price of a deal was found: the way, the bids from the highest, the reserve price, the notice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from poc_eval.finance.licence_words import WAYS
from poc_eval.i18n import _
from poc_eval.money import format_money
from poc_eval.views.html import join, tag, typed

if TYPE_CHECKING:
    from markupsafe import Markup

    from poc_eval.finance.licence_comparison import Comparison
    from poc_eval.finance.licence_pricing import PriceFound
    from poc_eval.i18n import Language


def deal_price(comparison: Comparison, lang: Language) -> Markup:
    """Return how the price is found and what it is; empty where the deal says nothing of it."""
    pricing, found = comparison.deal.pricing, comparison.price
    if pricing is None or found is None:
        return join([])
    mark = None if found.standing in {"stated", "highest"} else "pe-bad"
    rows = [
        (_("How the price is found"), tag("span", WAYS[found.by].text(lang))),
        (_("Price"), tag("span", typed(found.says.text(lang)), class_=mark)),
    ]
    if found.reserve is not None:
        reserve = _("{amount} yuan", amount=format_money(found.reserve)).text(lang)
        rows.append((_("Reserve price"), tag("span", reserve)))
    if pricing.venue is not None:
        rows.append((_("Technology market"), typed(pricing.venue)))
    if pricing.notice is not None:
        days = (pricing.notice.to - pricing.notice.from_).days + 1
        said = _(
            "{start} to {end}, {days} days", start=pricing.notice.from_, end=pricing.notice.to, days=days
        )
        rows.append((_("Public notice"), tag("span", said.text(lang))))
    cells = [tag("tr", tag("th", label.text(lang), scope="row"), tag("td", shown)) for label, shown in rows]
    table = tag("table", tag("tbody", *cells), class_="pe-table pe-fact-table")
    return join([table, _bids(found, lang) if found.bids else None])


def _bids(found: PriceFound, lang: Language) -> Markup:
    head = tag(
        "tr",
        tag("th", _("Place").text(lang), scope="col", class_="pe-number"),
        tag("th", _("Bidder").text(lang), scope="col"),
        tag("th", _("Bid (yuan)").text(lang), scope="col", class_="pe-number"),
    )
    amounts = [bid.amount for bid in found.bids]
    rows = [
        tag(
            "tr",
            tag("td", str(amounts.index(bid.amount) + 1), class_="pe-number"),
            tag("th", typed(bid.bidder), scope="row"),
            tag("td", format_money(bid.amount), class_="pe-number"),
        )
        for bid in found.bids
    ]
    caption = tag("caption", _("Bids from the highest; equal ones have the same place").text(lang))
    return tag(
        "div",
        tag("table", caption, tag("thead", head), tag("tbody", *rows), class_="pe-table"),
        class_="pe-scroll",
    )
