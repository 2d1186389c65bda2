"""A deal as a workbook whose present values recompute: the comparison, the inputs, every payment."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from poc_eval.finance.licence_parts import Royalty
from poc_eval.finance.licence_value import discount, goes_on, profit_before_payments, sells
from poc_eval.finance.licence_words import PAYMENTS
from poc_eval.i18n import _
from poc_eval.spreadsheet.deal_formulas import inputs_sheet, payment_formulas
from poc_eval.spreadsheet.deal_price import price_sheet
from poc_eval.spreadsheet.writing import Book, Formula

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from poc_eval.finance.licence import Deal
    from poc_eval.finance.licence_comparison import Comparison, StructureValue
    from poc_eval.finance.licence_value import Line
    from poc_eval.i18n import Message
    from poc_eval.spreadsheet.deal_formulas import DealInputs, PaymentFormulas
    from poc_eval.spreadsheet.writing import Sheet, Value
    from poc_eval.spreadsheet.writing_styles import Style

_HEAD: Final = 2
_AMOUNT, _PROBABILITY, _PAID, _RECEIVED, _FACTOR, _LICENSOR, _LICENSEE, _BASE = range(2, 10)


@dataclass(frozen=True, slots=True)
class _Sums:
    """Where a structure's sums stand, for formulas elsewhere; without royalties the last two are None."""

    licensor: str
    licensee: str
    royalties: str | None = None
    slope: str | None = None
    """What a royalty of 100% would be worth."""


def deal_workbook(comparison: Comparison) -> Book:
    """Return the workbook: the comparison first, then what it stands on.

    Amounts, rates and probabilities may be changed and everything follows; times and the number of payments
    may not, because the formulas depend on them.  Present values are estimates, not amounts that are paid.
    """
    deal = comparison.deal
    book = Book(deal.title.zh)
    foot = f"{deal.id}@{deal.version}"
    first = book.sheet("方案比选 Comparison", [34, 20, 20, 20, 22], heading=3, footer=foot)
    inputs = inputs_sheet(book, deal, foot)
    sums = {one.name: _structure(book, one, inputs, foot) for one in comparison.structures}
    licensee = _licensee(book, inputs, foot)
    _comparison(first, comparison, sums, licensee)
    if comparison.price is not None:
        price_sheet(book, comparison.price, foot)
    return book


def _structure(book: Book, one: StructureValue, inputs: DealInputs, foot: str) -> _Sums:
    sheet = book.sheet(one.title.zh, [20, 10, 18, 12, 12, 12, 12, 18, 18, 18], heading=_HEAD, footer=foot)
    sheet.across(0, one.title, "title")
    about = _(
        "Figures are changed on the sheet of inputs; times and the number of payments stay as they are."
    )
    sheet.across(1, about, "note")
    heads = (
        _("Payment"), _("Years after the start"), _("Amount if due (yuan)"), _("Probability"),
        _("Paid when due"), _("Received when due"), _("Discount factor"), _("Worth to the licensor (yuan)"),
        _("Cost to the licensee (yuan)"), _("Royalty base (yuan)"),
    )  # fmt: skip
    sheet.row(_HEAD, heads, "heading")
    cells = list(payment_formulas(inputs, one.name, inputs.deal.structures[one.name]))
    worth = [
        _payment(sheet, row, line, cell, inputs)
        for row, (line, cell) in enumerate(zip(one.lines, cells, strict=True), start=_HEAD + 1)
    ]
    total = _HEAD + 1 + len(worth)
    sheet.row(total, [_("Total"), *[None] * (_BASE)], "total")
    licensor = _sum(sheet, total, _LICENSOR, [line.licensor for line in one.lines])
    licensee = _sum(sheet, total, _LICENSEE, [line.licensee for line in one.lines])
    found = [(line, place) for line, place in zip(one.lines, worth, strict=True) if line.kind == "royalty"]
    if not found:
        return _Sums(licensor, licensee)
    sheet.put(total + 1, 0, _("of it royalties"))
    value = sum(line.licensor for line, _place in found)
    royalties = Formula("+".join(place for _line, place in found), value)
    sheet.put(total + 2, 0, _("a royalty of 100% would be worth"))
    spans = [sheet.span(column, _HEAD + 1, total - 1) for column in (_BASE, _PROBABILITY, _RECEIVED, _FACTOR)]
    slope = Formula(f"SUMPRODUCT({','.join(spans)})", _slope(inputs.deal, one.lines))
    return _Sums(
        licensor,
        licensee,
        sheet.put(total + 1, _LICENSOR, royalties, "yuan"),
        sheet.put(total + 2, _LICENSOR, slope, "yuan"),
    )


def _slope(deal: Deal, found: Sequence[Line]) -> float:
    return sum(
        float((line.base or 0) * line.probability * line.received) * discount(deal, line.at) for line in found
    )


def _payment(sheet: Sheet, row: int, line: Line, cell: PaymentFormulas, inputs: DealInputs) -> str:
    """Write one payment; return where its worth to the licensor stands."""
    sheet.put(row, 0, PAYMENTS[line.kind])
    at = sheet.put(row, 1, _plain(line.at))
    amount = sheet.put(row, _AMOUNT, Formula(cell.amount, line.amount), "yuan")
    chance = sheet.put(row, _PROBABILITY, Formula(cell.probability, float(line.probability)), "rate")
    paid = sheet.put(row, _PAID, Formula(cell.paid, float(line.paid)), "rate")
    got = sheet.put(row, _RECEIVED, Formula(cell.received, float(line.received)), "rate")
    years = f"({line.at.numerator}/{line.at.denominator})" if line.at.denominator > 1 else at
    factor = Formula(f"1/(1+{inputs.at('rate')})^{years}", discount(inputs.deal, line.at))
    weight = sheet.put(row, _FACTOR, factor, "factor")
    cost = Formula(f"{amount}*{chance}*{paid}*{weight}*{cell.licensee}", line.licensee)
    sheet.put(row, _LICENSEE, cost, "yuan")
    sheet.put(row, _BASE, Formula(cell.base, float(line.base or 0)), "yuan")
    value = Formula(f"{amount}*{chance}*{got}*{weight}*({cell.licensor})", line.licensor)
    return sheet.put(row, _LICENSOR, value, "yuan")


def _plain(at: Fraction) -> float | int:
    return int(at) if at.denominator == 1 else round(float(at), 4)


def _sum(sheet: Sheet, total: int, column: int, values: Sequence[float]) -> str:
    text = f"SUM({sheet.span(column, _HEAD + 1, total - 1)})" if values else "0"
    return sheet.put(total, column, Formula(text, sum(values)), "total_yuan")


def _licensee(book: Book, inputs: DealInputs, foot: str) -> str | None:
    """Write what the licensee earns before paying the licensor; return where the sum stands."""
    deal = inputs.deal
    before = profit_before_payments(deal)
    if before is None:
        return None
    sheet = book.sheet("被许可方 Licensee", [24, 12, 20, 14, 14, 22], heading=_HEAD, footer=foot)
    sheet.across(0, _("The licensee before paying the licensor"), "title")
    sheet.across(1, _("Net sales times the margin, less the costs; expected present values."), "note")
    heads = (
        _("Item"),
        _("Years after the start"),
        _("Amount (yuan)"),
        _("Probability"),
        _("Discount factor"),
    )
    sheet.row(_HEAD, [*heads, _("Present value (yuan)")], "heading")
    row = _HEAD
    flows = list(_flows(inputs))
    for row, (label, at, amount, worth, chance, probability) in enumerate(flows, start=_HEAD + 1):
        sheet.put(row, 0, label)
        years = sheet.put(row, 1, _plain(at))
        power = f"({at.numerator}/{at.denominator})" if at.denominator > 1 else years
        parts = [
            sheet.put(row, 2, Formula(amount, float(worth)), "yuan"),
            sheet.put(row, 3, Formula(chance, float(probability)), "rate"),
            sheet.put(row, 4, Formula(f"1/(1+{inputs.at('rate')})^{power}", discount(deal, at))),
        ]
        sheet.put(row, 5, Formula("*".join(parts), float(worth * probability) * discount(deal, at)), "yuan")
    sheet.row(row + 1, [_("Total"), None, None, None, None], "total")
    text = f"SUM({sheet.span(5, _HEAD + 1, row)})" if flows else "0"
    return sheet.put(row + 1, 5, Formula(text, before), "total_yuan")


def _flows(inputs: DealInputs) -> Iterator[tuple[Message, Fraction, str, Fraction, str, Fraction]]:
    """Yield label, time, amount and probability of what the licensee earns and spends, with formulas."""
    deal = inputs.deal
    for index, sale in enumerate(deal.sales):
        at, text = Fraction(sale.at), f"{inputs.at('sale', index)}*{inputs.at('margin')}"
        earned = Fraction(sale.amount) * Fraction(deal.licensee.margin or 0)
        yield _("margin on sales"), at, text, earned, inputs.sells(at), sells(deal, at)
    for index, cost in enumerate(deal.licensee.costs or ()):
        at, text = Fraction(cost.at), f"-{inputs.at('cost', index)}"
        yield _("costs"), at, text, -Fraction(cost.amount), inputs.works(at), goes_on(deal, at)


def _comparison(sheet: Sheet, comparison: Comparison, sums: dict[str, _Sums], licensee: str | None) -> None:
    deal = comparison.deal
    sheet.across(0, deal.title, "title")
    sheet.across(
        1, _("Expected present values at the start, in yuan; estimates, not amounts that are paid."), "note"
    )
    sheet.across(2, _("Formulas recompute from the sheet of inputs."), "note")
    heads = (
        _("Structure"), _("Licensor (yuan)"), _("Against the first (yuan)"), _("Licensee (yuan)"),
        _("Royalty that equals the first"),
    )  # fmt: skip
    sheet.row(3, heads, "heading")
    first = comparison.structures[0]
    top = ""
    for row, one in enumerate(comparison.structures, start=4):
        own = sums[one.name]
        sheet.put(row, 0, one.title)
        place = sheet.put(row, 1, Formula(own.licensor, one.licensor_npv), "yuan")
        top = top or place
        sheet.put(row, 2, Formula(f"{place}-{top}", one.licensor_npv - first.licensor_npv), "yuan")
        if licensee is None or one.licensee_npv is None:
            sheet.put(row, 3, "–")
        else:
            sheet.put(row, 3, Formula(f"{licensee}-{own.licensee}", one.licensee_npv), "yuan")
        sheet.put(row, 4, *_breakeven(comparison, one, own, (place, top)))
    row = 5 + len(comparison.structures)
    sheet.across(
        row, _("A shaded royalty does not recompute: a minimum or a royalty to others bends it."), "note"
    )
    for offset, warning in enumerate(comparison.warnings, start=1):
        source = " ".join(filter(None, (warning.source.document, warning.source.clause)))
        text = _("to consider: {where}{text} ({document})", where="", text=warning.text, document=source)
        sheet.across(row + offset, text, "warning")


def _breakeven(
    comparison: Comparison, one: StructureValue, own: _Sums, places: tuple[str, str]
) -> tuple[Value, Style]:
    if one.breakeven_royalty is None:
        return "–", "text"
    terms = next(term for term in comparison.deal.structures[one.name] if isinstance(term, Royalty))
    if terms.minimum or terms.stacking is not None or own.slope is None:
        return one.breakeven_royalty, "written"
    place, top = places
    return Formula(f"({top}-({place}-{own.royalties}))/{own.slope}", one.breakeven_royalty), "rate"
