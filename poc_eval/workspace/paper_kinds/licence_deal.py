"""Structures of a licence or transfer side by side (转化方案比选): what they are worth to both parties."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

from pydantic import ValidationError

from poc_eval.catalog.refusal import REFUSED
from poc_eval.finance.licence import Deal
from poc_eval.finance.licence_comparison import DealPicture, usual_map
from poc_eval.finance.licence_document import document
from poc_eval.i18n import Text, _
from poc_eval.money import format_money
from poc_eval.spreadsheet.deal_workbook import deal_workbook
from poc_eval.workspace.licence_layout import LAYOUT
from poc_eval.workspace.paper_kinds import PaperKind
from poc_eval.workspace.paper_records import Assessment, Figure, PaperNote

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from poc_eval.catalog.reader import Where
    from poc_eval.finance.licence_comparison import Comparison
    from poc_eval.finance.licence_pricing import PriceFound
    from poc_eval.spreadsheet.writing import Book
    from poc_eval.workspace.paper_entries import Entries, Row
    from poc_eval.workspace.paper_kinds import PaperContext
    from poc_eval.workspace.paper_records import Layout

_YEARS: Final = 20
"""Taken where nobody said how long the deal lasts and a payment has to fit in."""


class _File:
    """A deal as its file would have it, and which field each key came from."""

    def __init__(self) -> None:
        self.keys: dict[str, Any] = {}
        self.places: dict[Where, str] = {}
        self.structures: dict[str, list[dict[str, Any]]] = {}
        self.names: dict[str, str] = {}

    def pay(self, row: Row, payment: dict[str, Any]) -> None:
        """Add a payment to the structure that its row names."""
        name = " ".join(row.text("structure").split())
        structure = self.names.setdefault(name, f"s{len(self.names) + 1}")
        payments = self.structures.setdefault(structure, [])
        self.places["structures", structure, len(payments)] = row.place("structure")
        payments.append({key: value for key, value in payment.items() if value is not None})

    def place(self, where: Where) -> str:
        """Return the field that a key of the file came from."""
        for length in range(len(where), 0, -1):
            if where[:length] in self.places:
                return self.places[where[:length]]
        return str(where[0]) if where and where[0] in {"years", "discount"} else "rate"


def layout(_context: PaperContext) -> Layout:
    """Return what the paper asks for."""
    return LAYOUT


def assess(given: Entries, context: PaperContext) -> Assessment:
    """Compare the structures; guard rails of law and guides are warnings and hinder nothing.

    While something cannot be read nothing is shown: a probability of 1.2 is not one that was left out.
    """
    if given.faults:
        return Assessment()
    file = _file(given, context)
    if not file.structures or given.share("rate") is None or given.count("years") is None:
        return Assessment()
    try:
        deal = Deal.model_validate(file.keys)
    except ValidationError as error:
        return Assessment(faults=tuple(_notes(error, file)))
    comparison = deal.compare()
    warnings = tuple(
        PaperNote("pricing", _("{text} (《{document}》)", text=one.text, document=one.source.document))
        for one in comparison.warnings
    )
    return Assessment(
        warnings=warnings,
        figures=tuple(_figures(comparison)),
        outcome=_outcome(comparison),
        result=DealPicture(comparison, usual_map(deal)),
    )


def _file(given: Entries, context: PaperContext) -> _File:
    file = _File()
    for row in given.rows("payments"):
        _payment(file, row)
    for rows in _royalties(given):
        _royalty(file, rows)
    for row in given.rows("guarantees"):
        if row.text("structure").strip() and row.share("covers") is not None:
            terms = {"kind": "guarantee", "covers": row.share("covers"), "fee": row.share("fee")}
            file.pay(row, terms)
    file.keys = {
        "id": "deal",
        "title": {"zh": context.paper.title, "en": context.paper.title},
        "source": {"document": context.paper.title},
        "discount": {"rate": given.share("rate")},
        "years": given.count("years") or _YEARS,
        "sales": _yearly(file, given, "sales", ("amount", "gross")),
        "structures": file.structures,
        "titles": {key: {"zh": name, "en": name} for name, key in file.names.items()},
        "licensee": {"margin": given.share("margin")},
    }
    if given.share("sales_probability") is not None:
        file.keys["sales_probability"] = given.share("sales_probability")
    if given.rows("costs"):
        file.keys["licensee"]["costs"] = _yearly(file, given, "costs", ("amount",), ("licensee", "costs"))
    months, success = given.count("trial_months"), given.share("trial_success")
    if months is not None and success is not None:
        leave = given.yes_no("trial_exit")
        file.keys["trial"] = {"months": months, "success": success, "exit": True if leave is None else leave}
    _terms(file, given)
    return file


def _yearly(
    file: _File, given: Entries, grid: str, columns: Sequence[str], at: Where | None = None
) -> list[dict[str, Any]]:
    """Return the rows of a grid from the first year to the last; one without a year or an amount is left."""
    rows = [
        row for row in given.rows(grid) if row.number("year") is not None and row.amount("amount") is not None
    ]
    rows.sort(key=lambda row: row.number("year") or 0)
    for index, row in enumerate(rows):
        file.places[(*(at or (grid,)), index)] = row.place("year")
    return [
        {"at": row.number("year")}
        | {name: row.amount(name) for name in columns if row.amount(name) is not None}
        for row in rows
    ]


def _payment(file: _File, row: Row) -> None:
    kind, amount, year = row.text("kind"), row.amount("amount"), row.number("year")
    if not row.text("structure").strip() or amount is None or not kind:
        return
    payment: dict[str, Any] = {"kind": kind, "amount": amount, "paid": row.share("paid")}
    if kind == "deferred":
        months = None if year is None else int(year * 12)
        waits = "first_revenue" if row.yes_no("first_revenue") else None
        until = {"months": months, "or": waits}
        payment["until"] = {key: value for key, value in until.items() if value is not None}
    else:
        payment["at"] = year if year is not None else 0
    if kind == "milestone":
        payment["probability"] = row.share("probability")
    file.pay(row, payment)


def _royalties(given: Entries) -> list[list[Row]]:
    """Return the rows of royalties by structure and base: several rows of one are its tiers."""
    found: dict[str, list[Row]] = {}
    for row in given.rows("royalties"):
        if row.text("structure").strip() and row.share("rate") is not None and row.text("of"):
            key = f"{' '.join(row.text('structure').split())}\n{row.text('of')}"
            found.setdefault(key, []).append(row)
    return list(found.values())


def _royalty(file: _File, rows: list[Row]) -> None:
    first = rows[0]
    terms: dict[str, Any] = {"kind": "royalty", "of": first.text("of")}
    least = [row.amount("minimum") for row in rows if row.amount("minimum") is not None]
    terms["minimum"] = least[0] if least else None
    if len(rows) == 1 and first.amount("up_to") is None:
        terms["rate"] = first.share("rate")
    else:
        tiers = [{"up_to": row.amount("up_to"), "rate": row.share("rate")} for row in rows]
        terms["tiers"] = [{key: value for key, value in tier.items() if value is not None} for tier in tiers]
    file.pay(first, terms)


def _terms(file: _File, given: Entries) -> None:
    if given.text("licence"):
        file.keys["licence"] = {"kind": given.text("licence"), "years": given.count("licence_years")}
    if not given.text("pricing"):
        return
    pricing: dict[str, Any] = {
        "by": given.text("pricing"),
        "venue": given.text("venue").strip() or None,
        "price": given.amount("price"),
        "reserve": given.amount("reserve"),
        "bids": [],
    }
    file.places |= {("pricing", "price"): "price", ("pricing", "reserve"): "reserve"}
    file.places["pricing", "bids"] = "rows/bids"
    for row in given.rows("bids"):
        if row.text("bidder").strip() and row.amount("amount") is not None:
            file.places["pricing", "bids", len(pricing["bids"])] = row.place("bidder")
            pricing["bids"].append({"bidder": row.text("bidder").strip(), "amount": row.amount("amount")})
    start, end = given.day("notice_from"), given.day("notice_to")
    if start is not None and end is not None:
        pricing["notice"] = {
            "from": start,
            "to": end,
            "days": given.count("notice_days"),
            "objections": bool(given.yes_no("objections")),
        }
        file.places["pricing", "notice"] = "notice_to"
    file.keys["pricing"] = pricing


def _notes(error: ValidationError, file: _File) -> Iterator[PaperNote]:
    """Yield what does not fit beside the field that it came from."""
    for detail in error.errors(include_url=False):
        if detail["type"] == REFUSED:
            for refusal in detail["ctx"]["refusals"]:
                where = (*detail["loc"], *refusal.at)
                yield PaperNote(
                    file.place(where), _("{what}; {remedy}", what=refusal.what, remedy=refusal.remedy)
                )
        else:
            yield PaperNote(file.place(detail["loc"]), _("this does not fit here; correct it"))


def _figures(comparison: Comparison) -> Iterator[Figure]:
    best = max(one.licensor_npv for one in comparison.structures)
    for one in comparison.structures:
        shown = f"{one.licensor_npv:,.0f}"
        note = (
            None
            if one.licensee_npv is None
            else _("licensee {amount} yuan", amount=f"{one.licensee_npv:,.0f}")
        )
        standing = one.licensor_npv == best and len(comparison.structures) > 1
        yield Figure(one.title, Text(f"{shown} 元", f"{shown} yuan"), note, "good" if standing else "plain")
    found = comparison.price
    if found is not None and found.standing != "not_stated":
        yield _price(found)


def _price(found: PriceFound) -> Figure:
    """Return the price, or why there is none."""
    if found.price is None:
        return Figure(_("Price"), _("none yet"), found.says, "bad")
    price = _("{amount} yuan", amount=format_money(found.price))
    if not found.bids:
        return Figure(_("Price"), price)
    winner = _("highest of {count} bids, by {bidder}", count=len(found.bids), bidder=found.bids[0].bidder)
    return Figure(_("Price"), price, winner)


def _outcome(comparison: Comparison) -> dict[str, object]:
    return {
        "structures": [
            {
                "title": one.title.zh,
                "licensor_npv": f"{one.licensor_npv:.2f}",
                "licensee_npv": None if one.licensee_npv is None else f"{one.licensee_npv:.2f}",
                "breakeven_royalty": None
                if one.breakeven_royalty is None
                else f"{one.breakeven_royalty:.6f}",
            }
            for one in comparison.structures
        ],
        "warnings": [one.id for one in comparison.warnings],
        "pricing": document(comparison)["pricing"],
    }


def workbook(assessment: Assessment) -> Book:
    """Return the comparison as a workbook."""
    picture = cast("DealPicture", assessment.result)
    return deal_workbook(picture.comparison)


KIND = PaperKind(
    "licence_deal", Text("转化方案比选", "Deal compared"), layout, assess, workbook=workbook, nameless=True
)
