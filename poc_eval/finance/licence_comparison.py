"""The structures of a deal side by side, the royalty that equals the first, and a map of both risks."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import fsum
from typing import TYPE_CHECKING, Final

from poc_eval.errors import Fault, InputError
from poc_eval.finance.licence_document import document
from poc_eval.finance.licence_guard import Warn, warnings_of
from poc_eval.finance.licence_parts import Royalty
from poc_eval.finance.licence_pricing import price_found
from poc_eval.finance.licence_royalty import base_of, effective_rate
from poc_eval.finance.licence_value import (
    Line,
    alive,
    discount,
    lines,
    profit_before_payments,
    royalty_years,
    sells,
)
from poc_eval.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from poc_eval.finance.licence import Deal
    from poc_eval.finance.licence_parts import Payment
    from poc_eval.finance.licence_pricing import PriceFound
    from poc_eval.i18n import Message, Text


USUAL_RATES: Final = (0.01, 0.03, 0.05, 0.08, 0.10, 0.15, 0.20)
USUAL_PROBABILITIES: Final = (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8)


@dataclass(frozen=True, slots=True)
class StructureValue:
    """One structure: its payments, and what it is worth at the start, in yuan."""

    name: str
    title: Text
    lines: tuple[Line, ...]
    licensor_npv: float
    licensee_npv: float | None
    """None where the file says neither the licensee's margin nor costs."""
    breakeven_royalty: float | None
    """The flat rate at which the licensor gets as much as from the first structure."""
    no_licensee: Message | None = None
    no_breakeven: Message | None = None
    """Why a figure is not there."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """A deal worked out."""

    deal: Deal
    structures: tuple[StructureValue, ...]
    warnings: tuple[Warn, ...]
    price: PriceFound | None = None
    """What the price is by the way it is found; None where the file says nothing of it."""

    def structure(self, name: str) -> StructureValue:
        """Return one structure by its id; raises InputError."""
        for one in self.structures:
            if one.name == name:
                return one
        known = ", ".join(one.name for one in self.structures)
        raise InputError(
            Fault(_('there is no structure "{name}"', name=name[:40]), _("known are: {ids}", ids=known))
        )

    def to_dict(self) -> dict[str, object]:
        """Return what ``poc-eval deal --json`` prints."""
        return document(self)


@dataclass(frozen=True, slots=True)
class RoyaltyMap:
    """The licensor's value by royalty rate (columns) and probability of sales (rows), in yuan."""

    structure: str
    rates: tuple[float, ...]
    probabilities: tuple[float, ...]
    values: tuple[tuple[float, ...], ...]
    first: tuple[float, ...]
    """What the first structure is worth at each probability."""

    def better(self, row: int, column: int) -> bool:
        """Return whether the structure is worth more than the first one there."""
        return self.values[row][column] > self.first[row]


@dataclass(frozen=True, slots=True)
class DealPicture:
    """A comparison with the map that goes with it, where a later structure has one royalty."""

    comparison: Comparison
    map: RoyaltyMap | None


def compare(deal: Deal) -> Comparison:
    """Return every structure's value to licensor and licensee, and the guard rails that it touches."""
    before = profit_before_payments(deal)
    missing = _("the licensee's margin and costs are not both stated") if before is None else None
    target: float | None = None
    found = []
    for name, payments in deal.structures.items():
        all_lines = lines(deal, payments)
        licensor = fsum(line.licensor for line in all_lines)
        licensee = None if before is None else fsum([before, *(-line.licensee for line in all_lines)])
        rate, why = _breakeven(deal, payments, target, fsum(_not_royalty(all_lines)))
        target = licensor if target is None else target
        title = deal.structure_title(name)
        found.append(StructureValue(name, title, all_lines, licensor, licensee, rate, missing, why))
    price = None if deal.pricing is None else price_found(deal.pricing)
    return Comparison(deal, tuple(found), tuple(warnings_of(deal)), price)


def royalty_map(
    deal: Deal, structure: str, rates: Sequence[float], probabilities: Sequence[float]
) -> RoyaltyMap:
    """Return the licensor's value of ``structure`` with each flat royalty and probability of sales (0 to 1).

    Raises InputError where the structure is not known, has not exactly one royalty, or a figure is no share.
    """
    if structure not in deal.structures:
        known = ", ".join(deal.structures)
        raise InputError(
            Fault(_('there is no structure "{name}"', name=structure[:40]), _("known are: {ids}", ids=known))
        )
    payments = deal.structures[structure]
    if sum(isinstance(one, Royalty) for one in payments) != 1:
        what = _("{name} has not exactly one royalty", name=deal.structure_title(structure))
        raise InputError(Fault(what, _("choose a structure with one royalty"), place=structure))
    if not all(0 <= one <= 1 for one in (*rates, *probabilities)):
        raise InputError(
            Fault(
                _("a rate or a probability lies outside 0 to 1"),
                _("write a share from 0 to 1, or from 0% to 100%"),
            )
        )
    first = next(iter(deal.structures.values()))
    values, base = [], []
    for probability in probabilities:
        there = deal.model_copy(update={"sales_probability": probability})
        base.append(fsum(line.licensor for line in lines(there, first)))
        fixed = fsum(_not_royalty(lines(there, payments)))
        values.append(tuple(_at_rate(there, payments, fixed, rate) for rate in rates))
    return RoyaltyMap(structure, tuple(rates), tuple(probabilities), tuple(values), tuple(base))


def usual_map(deal: Deal) -> RoyaltyMap | None:
    """Return a map of the first later structure that has exactly one royalty; None where there is none."""
    for name in list(deal.structures)[1:]:
        if _royalty_of(deal.structures[name]) is not None:
            return royalty_map(deal, name, USUAL_RATES, USUAL_PROBABILITIES)
    return None


@dataclass(frozen=True, slots=True)
class _Year:
    """One year of a royalty: the weight of selling, the base, the least, and the least's own value."""

    weight: float
    base: float
    least: float
    without_sales: float


def _years(deal: Deal, one: Royalty) -> Iterator[_Year]:
    for at, index in royalty_years(deal):
        worth = discount(deal, at) * float(one.paid)
        selling = sells(deal, at) if index is not None else Fraction(0)
        base = Fraction(0) if index is None else base_of(one, deal.sales[index], deal.licensee.margin)
        idle = float((alive(deal, at) - selling) * Fraction(one.minimum)) * worth
        yield _Year(float(selling) * worth, float(base), float(one.minimum), idle)


def _not_royalty(found: Sequence[Line]) -> Iterator[float]:
    return (line.licensor for line in found if line.kind not in {"royalty", "minimum"})


def _royalty_of(payments: Sequence[Payment]) -> Royalty | None:
    royalties = [one for one in payments if isinstance(one, Royalty)]
    return royalties[0] if len(royalties) == 1 else None


def _at_rate(deal: Deal, payments: Sequence[Payment], fixed: float, rate: float) -> float:
    one = _royalty_of(payments)
    if one is None:
        return fixed
    left = float(effective_rate(one, Fraction(rate)))
    return fsum(
        [
            fixed,
            *(
                year.without_sales + year.weight * max(year.least, left * year.base)
                for year in _years(deal, one)
            ),
        ]
    )


def _breakeven(
    deal: Deal, payments: Sequence[Payment], target: float | None, fixed: float
) -> tuple[float | None, Message | None]:
    """Return the flat royalty at which the licensor gets ``target``, or why there is none."""
    if target is None:
        return None, _("the other structures are compared with this one")
    one = _royalty_of(payments)
    if one is None:
        none = not any(isinstance(payment, Royalty) for payment in payments)
        several = _("the structure has not exactly one royalty")
        return None, _("the structure has no royalty") if none else several
    years = list(_years(deal, one))
    start = fsum([fixed, *(year.without_sales + year.weight * year.least for year in years)])
    if start > target:
        return None, _("it is worth more than the first structure without any royalty")
    earning = sorted(
        (year for year in years if year.weight and year.base), key=lambda year: year.least / year.base
    )
    if not earning:
        return None, _("no sales can be expected")
    rate = _crossing(earning, target - start)
    if one.stacking is not None and rate > one.stacking.floor:
        rate += float(one.stacking.offset * one.stacking.third_party)
    if rate > 1:
        return None, _("it would take more than the whole base: {rate}%", rate=f"{rate * 100:.1f}")
    return rate, None


def _crossing(years: Sequence[_Year], missing: float) -> float:
    """Return the rate at which royalties above each year's least add up to ``missing``.

    ``years`` are sorted by the rate at which the royalty passes the least.
    """
    if missing <= 0:
        return 0.0
    slope = reached = kink = 0.0
    for year in years:
        start = year.least / year.base
        step = slope * (start - kink)
        if slope and reached + step >= missing:
            break
        reached += step
        kink = start
        slope += year.weight * year.base
    return kink + (missing - reached) / slope
