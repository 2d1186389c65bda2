"""A deal worked out as ``poc-eval deal --json`` prints it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from poc_eval.money import format_money

if TYPE_CHECKING:
    from poc_eval.finance.licence_comparison import Comparison, StructureValue
    from poc_eval.finance.licence_guard import Warn
    from poc_eval.finance.licence_pricing import PriceFound
    from poc_eval.finance.licence_value import Line
    from poc_eval.i18n import Translatable


def document(comparison: Comparison) -> dict[str, object]:
    """Return the comparison as plain values: money as text, present values and rates as numbers or null."""
    deal = comparison.deal
    return {
        "deal": deal.id,
        "version": deal.version,
        "title": _both(deal.title),
        "currency": deal.currency,
        "rate": float(deal.discount.rate),
        "years": deal.years,
        "compared_with": comparison.structures[0].name,
        "structures": {one.name: _structure(one) for one in comparison.structures},
        "pricing": None if comparison.price is None else _price(comparison.price),
        "warnings": [_warning(one) for one in comparison.warnings],
    }


def _structure(one: StructureValue) -> dict[str, object]:
    missing = {"licensee_npv": one.no_licensee, "breakeven_royalty": one.no_breakeven}
    return {
        "title": _both(one.title),
        "licensor_npv": one.licensor_npv,
        "licensee_npv": one.licensee_npv,
        "breakeven_royalty": one.breakeven_royalty,
        "payments": [_line(line) for line in one.lines],
        "not_defined": {name: _both(why) for name, why in missing.items() if why is not None},
    }


def _line(line: Line) -> dict[str, object]:
    return {
        "kind": line.kind,
        "at": float(line.at),
        "amount": format_money(line.amount, "bare"),
        "probability": float(line.probability),
        "licensor_pv": line.licensor,
        "licensee_pv": line.licensee,
    }


def _price(found: PriceFound) -> dict[str, object]:
    return {
        "by": found.by,
        "price": None if found.price is None else format_money(found.price, "bare"),
        "standing": found.standing,
        "reserve": None if found.reserve is None else format_money(found.reserve, "bare"),
        "bids": [{"bidder": one.bidder, "amount": format_money(one.amount, "bare")} for one in found.bids],
        "explain": _both(found.says),
    }


def _warning(one: Warn) -> dict[str, object]:
    source = {"document": one.source.document, "clause": one.source.clause, "seen": one.source.seen}
    return {"id": one.id, "structure": one.structure, "text": _both(one.text), "source": source}


def _both(text: Translatable) -> dict[str, str]:
    return {"zh": text.text("zh"), "en": text.text("en")}
