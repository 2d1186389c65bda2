"""One payout's line in the ledger: its entries, and how it stands when they are added up."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from poc_eval.finance.ledger.entries import (
    Answer,
    Demand,
    FundDocument,
    Met,
    Notice,
    Objection,
    Payment,
    Payout,
    Recovered,
    Returned,
    Reversal,
    Signature,
)
from poc_eval.finance.ledger.plan import APPROVED, plan

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from poc_eval.finance.ledger.entries import Entry
    from poc_eval.finance.ledger.plan import Planned

NOTHING: Final = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class Line:
    """The entries of one payout in the order in which they were recorded; an entry's number counts from 1."""

    entries: tuple[Entry, ...] = ()

    def numbered(self) -> Iterator[tuple[int, Entry]]:
        """Yield each entry with its number."""
        yield from enumerate(self.entries, start=1)

    @property
    def reversed(self) -> frozenset[int]:
        """The numbers of the entries that were reversed."""
        return frozenset(one.entry for one in self.entries if isinstance(one, Reversal))

    def in_force(self) -> Iterator[tuple[int, Entry]]:
        """Yield what counts: entries that are neither reversed nor reversals, with their numbers."""
        gone = self.reversed
        for number, entry in self.numbered():
            if number not in gone and not isinstance(entry, Reversal):
                yield number, entry

    def with_entry(self, entry: Entry) -> Line:
        """Return the line with one entry more."""
        return Line((*self.entries, entry))

    def standing(self) -> Standing:
        """Return how the line stands."""
        return standing_of(list(self.in_force()))


@dataclass(slots=True)
class Standing:
    """What a line's entries come to; amounts in yuan."""

    payout: Payout | None = None
    plan: Sequence[Planned] = ()
    signed: dict[str, Signature] = field(default_factory=dict)
    notice: Notice | None = None
    objections: dict[int, Objection] = field(default_factory=dict)
    """Those that are not settled, by number."""
    documents: list[FundDocument] = field(default_factory=list)
    met: dict[int, Met] = field(default_factory=dict)
    payments: dict[str, Payment] = field(default_factory=dict)
    """By payment order."""
    returned: dict[str, Decimal] = field(default_factory=lambda: defaultdict(lambda: NOTHING))
    """What came back of each payment order."""
    demanded: Decimal = NOTHING
    recovered: Decimal = NOTHING

    @property
    def verified(self) -> Decimal:
        """The payout."""
        return NOTHING if self.payout is None else self.payout.amount

    @property
    def paid(self) -> Decimal:
        """What was paid and did not come back by itself."""
        return sum((self.net(order) for order in self.payments), NOTHING)

    @property
    def kept(self) -> Decimal:
        """What the unit has: paid, less what was recovered."""
        return self.paid - self.recovered

    @property
    def left(self) -> Decimal:
        """What of the payout is not paid."""
        return self.verified - self.paid

    @property
    def to_recover(self) -> Decimal:
        """What was claimed back and has not come in."""
        return self.demanded - self.recovered

    @property
    def next_step(self) -> str | None:
        """The step of the signing chain that is missing next; None where all have signed."""
        chain = () if self.payout is None else self.payout.chain
        return next((step for step in chain if step not in self.signed), None)

    def net(self, order: str) -> Decimal:
        """Return what a payment order paid and did not get back."""
        return self.payments[order].amount - self.returned.get(order, NOTHING)

    def notice_over(self, day: date) -> bool:
        """Tell whether the notice ended before ``day`` and no objection is open."""
        return self.notice is not None and self.notice.last < day and not self.objections

    def is_due(self, planned: Planned, day: date) -> bool:
        """Tell whether a planned payment can be made on ``day``, as far as its condition goes."""
        return self.notice_over(day) and (planned.when == APPROVED or planned.instalment in self.met)

    def paid_of(self, planned: Planned) -> Decimal:
        """Return what was paid of a planned payment and did not come back."""
        return sum(
            (
                self.net(order)
                for order, one in self.payments.items()
                if (one.instalment, one.level) == (planned.instalment, planned.level)
            ),
            NOTHING,
        )

    def funded(self, level: str) -> Decimal:
        """Return what the fund documents of a level, and those of all levels together, make available."""
        return sum((one.amount for one in self.documents if one.level in {"", level}), NOTHING)


def standing_of(entries: Sequence[tuple[int, Entry]]) -> Standing:
    """Return what numbered entries come to; each is taken as it is."""
    found = Standing()
    for number, entry in entries:
        _add(found, number, entry)
    return found


def _add(found: Standing, number: int, entry: Entry) -> None:
    match entry:
        case Payout():
            found.payout = entry
            found.plan = plan(entry.amount, entry.instalments, entry.funding)
        case Signature():
            found.signed[entry.step] = entry
        case Notice():
            found.notice = entry
        case Objection():
            found.objections[number] = entry
        case Answer():
            found.objections.pop(entry.objection, None)
        case _:
            _add_money(found, entry)


def _add_money(found: Standing, entry: Entry) -> None:
    match entry:
        case FundDocument():
            found.documents.append(entry)
        case Met():
            found.met[entry.instalment] = entry
        case Payment():
            found.payments[entry.order] = entry
        case Returned():
            found.returned[entry.order] += entry.amount
        case Demand():
            found.demanded += entry.amount
        case Recovered():
            found.recovered += entry.amount
