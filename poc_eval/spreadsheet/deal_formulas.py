"""The figures of a deal as cells to change, and the formulas that lead from them to each payment."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

from poc_eval.finance.licence_parts import Deferred, Fixed, Guarantee, Milestone, Royalty
from poc_eval.finance.licence_value import alive, royalty_years, sells
from poc_eval.finance.licence_words import PAYMENTS
from poc_eval.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

    from poc_eval.finance.licence import Deal
    from poc_eval.finance.licence_parts import Payment
    from poc_eval.i18n import Translatable
    from poc_eval.spreadsheet.writing import Book, Sheet
    from poc_eval.spreadsheet.writing_styles import Style

_MONTHS = 12


@dataclass(frozen=True, slots=True)
class PaymentFormulas:
    """What stands in the cells of one payment: the amount, its probability, what is paid and received."""

    amount: str
    probability: str
    paid: str = "1"
    received: str = "1"
    base: str = "0"
    licensor: str = "1"
    """1, or 0 or -1 for a fee that the licensor does not get or bears."""
    licensee: str = "1"


@dataclass(slots=True)
class DealInputs:
    """The sheet of inputs while it is written, and where each figure stands."""

    deal: Deal
    sheet: Sheet
    row: int = 3
    places: dict[tuple[object, ...], str] = field(default_factory=dict)

    def put(self, key: tuple[object, ...], label: Translatable, value: Decimal | int, style: Style) -> None:
        """Write one figure with its label."""
        self.sheet.put(self.row, 0, label)
        self.places[key] = self.sheet.put(self.row, 1, value, style)
        self.row += 1

    def head(self, title: Translatable) -> None:
        """Write the title of a group."""
        self.sheet.across(self.row, title, "subtitle")
        self.row += 1

    def at(self, *key: object) -> str:
        """Return where a figure stands."""
        return self.places[key]

    def works(self, when: Fraction) -> str:
        """Return the probability that the result works at that time."""
        trial = self.deal.trial
        late = trial is not None and when > Fraction(trial.months, _MONTHS)
        return self.at("success") if late else "1"

    def runs(self, when: Fraction) -> str:
        """Return the probability that the deal still runs at that time."""
        trial = self.deal.trial
        return self.works(when) if trial is not None and trial.exit else "1"

    def sells(self, when: Fraction) -> str:
        """Return the probability that there are sales at that time."""
        return f"{self.at('sales_probability')}*{self.works(when)}"


def inputs_sheet(book: Book, deal: Deal, foot: str) -> DealInputs:
    """Write the figures of the deal; return where each stands."""
    sheet = book.sheet("输入 Inputs", [58, 24], heading=2, landscape=False, footer=foot)
    sheet.across(0, deal.title, "title")
    source = " ".join(filter(None, (deal.source.document, deal.source.clause)))
    sheet.across(1, _("source: {document}", document=source), "note")
    sheet.row(2, [_("Item"), _("Value")], "heading")
    found = DealInputs(deal, sheet)
    found.head(_("General"))
    found.put(("rate",), _("discount rate a year"), deal.discount.rate, "input_rate")
    found.put(("sales_probability",), _("probability of sales"), deal.sales_probability, "input_rate")
    if deal.trial is not None:
        label = _("probability that the trial of {months} months succeeds", months=deal.trial.months)
        found.put(("success",), label, deal.trial.success, "input_rate")
    found.head(_("Sales and the licensee's side"))
    for index, sale in enumerate(deal.sales):
        found.put(("sale", index), _("net sales, year {at}", at=sale.at), sale.amount, "input_yuan")
        if sale.gross is not None:
            found.put(("gross", index), _("gross sales, year {at}", at=sale.at), sale.gross, "input_yuan")
    if deal.licensee.margin is not None:
        found.put(("margin",), _("the licensee's margin"), deal.licensee.margin, "input_rate")
    for index, cost in enumerate(deal.licensee.costs or ()):
        found.put(
            ("cost", index), _("the licensee's costs, year {at}", at=cost.at), cost.amount, "input_yuan"
        )
    for name, payments in deal.structures.items():
        found.head(deal.structure_title(name))
        for index, one in enumerate(payments):
            _payment_inputs(found, (name, index), one)
    return found


def _payment_inputs(found: DealInputs, key: tuple[str, int], one: Payment) -> None:
    if isinstance(one, Guarantee):
        found.put((*key, "covers"), _("covered by the guarantee"), one.covers, "input_rate")
        found.put((*key, "fee"), _("fee of the guarantee"), one.fee, "input_rate")
        return
    if isinstance(one, Royalty):
        _royalty_inputs(found, key, one)
    else:
        found.put((*key, "amount"), PAYMENTS[one.kind], one.amount, "input_yuan")
    if isinstance(one, Milestone):
        label = _("probability of the milestone")
        found.put((*key, "probability"), label, one.probability, "input_rate")
    found.put((*key, "paid"), _("probability that it is paid when it is due"), one.paid, "input_rate")


def _royalty_inputs(found: DealInputs, key: tuple[str, int], one: Royalty) -> None:
    if one.rate is not None:
        found.put((*key, "rate", 0), _("royalty rate"), one.rate, "input_rate")
    for index, tier in enumerate(one.tiers or ()):
        if tier.up_to is None:
            label = _("royalty rate above")
        else:
            end = _("end of tier {number} (yuan)", number=index + 1)
            found.put((*key, "up_to", index), end, tier.up_to, "input_yuan")
            label = _("royalty rate of tier {number}", number=index + 1)
        found.put((*key, "rate", index), label, tier.rate, "input_rate")
    found.put((*key, "minimum"), _("minimum royalty a year"), one.minimum, "input_yuan")
    if one.stacking is not None:
        found.put((*key, "third"), _("royalty owed to others"), one.stacking.third_party, "input_rate")
        found.put((*key, "offset"), _("part of it that comes off"), one.stacking.offset, "input_rate")
        found.put((*key, "floor"), _("lowest rate that is left"), one.stacking.floor, "input_rate")


def payment_formulas(inputs: DealInputs, name: str, payments: Sequence[Payment]) -> Iterator[PaymentFormulas]:
    """Yield the formulas of a structure's payments in the order of `poc_eval.finance.licence_value.lines`."""
    guarantee = next((index for index, one in enumerate(payments) if isinstance(one, Guarantee)), None)
    for index, one in enumerate(payments):
        if isinstance(one, Guarantee):
            continue
        paid = inputs.at(name, index, "paid")
        received = paid
        if guarantee is not None and _guaranteed(one):
            received = f"({paid}+(1-{paid})*{inputs.at(name, guarantee, 'covers')})"
        for amount, probability, base in _due(inputs, name, index, one):
            yield PaymentFormulas(amount, probability, paid, received, base)
    terms = None if guarantee is None else payments[guarantee]
    if guarantee is not None and isinstance(terms, Guarantee) and terms.fee:
        amounts = [inputs.at(name, index, "amount") for index, one in enumerate(payments) if _guaranteed(one)]
        covers, fee = inputs.at(name, guarantee, "covers"), inputs.at(name, guarantee, "fee")
        by_licensor = terms.fee_by == "licensor"
        yield PaymentFormulas(
            f"{fee}*{covers}*({'+'.join(amounts)})",
            "1",
            licensor="-1" if by_licensor else "0",
            licensee="0" if by_licensor else "1",
        )


def _guaranteed(one: Payment) -> bool:
    return isinstance(one, Milestone | Deferred) or (isinstance(one, Fixed) and one.at > 0)


def _due(inputs: DealInputs, name: str, index: int, one: Payment) -> Iterator[tuple[str, str, str]]:
    """Yield amount, probability and royalty base."""
    if isinstance(one, Royalty):
        yield from _royalty(inputs, name, index, one)
        return
    amount = inputs.at(name, index, "amount")
    if isinstance(one, Fixed):
        yield amount, inputs.runs(Fraction(one.at)), "0"
    elif isinstance(one, Milestone):
        chance = inputs.at(name, index, "probability")
        yield amount, f"{chance}*{inputs.runs(Fraction(one.at))}", "0"
    elif isinstance(one, Deferred):
        for probability in _deferred(inputs, one):
            yield amount, probability, "0"


def _deferred(inputs: DealInputs, one: Deferred) -> Iterator[str]:
    months = one.until.months
    last = None if months is None else Fraction(months, _MONTHS)
    first = Fraction(inputs.deal.sales[0].at) if one.until.or_ is not None else None
    early = first is not None and (last is None or first < last)
    if first is not None and early:
        yield inputs.sells(first)
    if last is None:
        return
    runs = inputs.runs(last)
    if first is not None and early:
        together = "1" if inputs.works(first) != "1" else runs
        yield f"{runs}-{inputs.sells(first)}*{together}"
    else:
        yield runs


def _royalty(inputs: DealInputs, name: str, index: int, one: Royalty) -> Iterator[tuple[str, str, str]]:
    least = inputs.at(name, index, "minimum")
    for at, sale in royalty_years(inputs.deal):
        runs = inputs.runs(at)
        selling = inputs.sells(at)
        if sale is not None:
            base = _base(inputs, one, sale)
            yield f"MAX({_owed(inputs, name, index, one, base)},{least})", selling, base
        if one.minimum and _idle(inputs, at, sold=sale is not None):
            yield least, runs if sale is None else f"{runs}-{selling}", "0"


def _idle(inputs: DealInputs, at: Fraction, *, sold: bool) -> bool:
    """Tell whether the file's figures leave a year in which the deal runs and nothing is sold."""
    return alive(inputs.deal, at) > (sells(inputs.deal, at) if sold else 0)


def _base(inputs: DealInputs, one: Royalty, sale: int) -> str:
    if one.of == "profit":
        return f"{inputs.at('sale', sale)}*{inputs.at('margin')}"
    if one.of == "gross_sales" and inputs.deal.sales[sale].gross is not None:
        return inputs.at("gross", sale)
    return inputs.at("sale", sale)


def _owed(inputs: DealInputs, name: str, index: int, one: Royalty, base: str) -> str:
    if one.tiers is None:
        return f"{base}*{_rate(inputs, name, index, 0)}"
    parts, below = [], "0"
    for place, tier in enumerate(one.tiers):
        upper = base
        if tier.up_to is not None:
            upper = f"MIN({base},{inputs.at(name, index, 'up_to', place)})"
        parts.append(f"MAX({upper}-{below},0)*{_rate(inputs, name, index, place)}")
        if tier.up_to is not None:
            below = inputs.at(name, index, "up_to", place)
    return "+".join(parts)


def _rate(inputs: DealInputs, name: str, index: int, place: int) -> str:
    rate = inputs.at(name, index, "rate", place)
    if (name, index, "third") not in inputs.places:
        return rate
    third, offset, floor = (inputs.at(name, index, what) for what in ("third", "offset", "floor"))
    return f"MAX({rate}-{offset}*{third},MIN({rate},{floor}))"
