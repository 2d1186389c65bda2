"""From the rows of the paper of the ledger to entries, in the order of their days and steps."""

from __future__ import annotations

from dataclasses import dataclass
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
from poc_eval.workspace.canonical import canonical_json, sha256
from poc_eval.workspace.payouts.ledger_layout import ALL, RECOVERED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date

    from poc_eval.finance.ledger.entries import Entry
    from poc_eval.workspace.paper_entries import Entries, Row
    from poc_eval.workspace.payouts.at_hand import AtHand
    from poc_eval.workspace.payouts.sources import SealedPayout

_KEY_DIGITS: Final = 32
_WHOLE: Final = "amount"


@dataclass(frozen=True, slots=True)
class Wanted:
    """An entry that a row asks for, the payout's key, its own key, and where faults of its fields stand."""

    payout: str
    entry: Entry
    key: str
    row: Row
    columns: Mapping[str, str]
    """Where the row calls a field of the entry otherwise."""
    answers: str | None = None
    """The key of the objection that the entry settles; its number is known when that one is recorded."""

    def place(self, field: str | None) -> str:
        """Return the cell in which a field of the entry stands, the first one where it has none."""
        column = self.columns.get(field or "", field or "payout")
        try:
            self.row.text(column)
        except TypeError:
            pass  # there, and no text
        except KeyError:
            column = "payout"
        return self.row.place(column)


def new_payouts(entries: Entries, known: AtHand) -> list[str]:
    """Return the keys of the payouts that the paper records."""
    return [row.text("payout") for row in entries.rows("payouts") if row.text("payout") in known.sealed]


def wanted_entries(entries: Entries, known: AtHand, root: str) -> list[Wanted]:
    """Return what the complete rows ask for, by day, then by step, then by row.

    ``root``: the id of the paper's first version, so that a row keeps its keys through amendments.
    """
    unready = {note.field.rpartition("/")[0] for note in (*entries.missing, *entries.faults)}
    found: list[tuple[date, int, Wanted]] = []
    new = new_payouts(entries, known)
    for stage, (grid, make) in enumerate(_MAKERS.items()):
        for row in entries.rows(grid):
            if f"rows/{grid}/{row.id}" in unready:
                continue
            said = row.text("payout")
            for payout in new if said == ALL else [said]:
                for number, wanted in enumerate(make(row, payout, known)):
                    key = sha256(canonical_json([root, grid, row.id, payout, number]))[:_KEY_DIGITS]
                    own = payout if grid == "payouts" else key
                    answers = None
                    if isinstance(wanted, Answer):
                        answers = sha256(canonical_json([root, grid, row.id, payout, 0]))[:_KEY_DIGITS]
                    found.append(
                        (wanted.day, stage, Wanted(payout, wanted, own, row, _COLUMNS.get(grid, {}), answers))
                    )
    return [wanted for _day, _stage, wanted in sorted(found, key=lambda one: one[:2])]


def _day(row: Row, column: str = "day") -> date:
    found = row.day(column)
    if found is None:
        message = f"the row has no {column}"
        raise ValueError(message)
    return found


def _payout(row: Row, payout: str, known: AtHand) -> Iterator[Entry]:
    one = known.sealed.get(payout)
    if one is not None:
        yield payout_entry(
            one, _day(row), row.count("notice_days"), working=row.text("counting") == "working"
        )


def payout_entry(one: SealedPayout, day: date, notice_days: int | None, *, working: bool) -> Payout:
    """Return the entry of a sealed payout."""
    return Payout(
        day,
        one.payee,
        one.credit_code,
        one.policy,
        one.period,
        one.project,
        one.claim_id,
        one.amount,
        one.instalments,
        one.funding,
        one.notice_days if notice_days is None else notice_days,
        "working" if working else "natural",
        example=one.example,
    )


def _signature(row: Row, _payout_key: str, _known: AtHand) -> Iterator[Entry]:
    yield Signature(
        _day(row), row.text("step"), row.text("person"), row.text("meeting_number"), row.text("opinion")
    )


def _notice(row: Row, _payout_key: str, _known: AtHand) -> Iterator[Entry]:
    yield Notice(_day(row), _day(row, "last"), row.text("place"))


def _objection(row: Row, _payout_key: str, _known: AtHand) -> Iterator[Entry]:
    yield Objection(_day(row), row.text("text"))
    settled = row.day("answer_day")
    if settled is not None:
        yield Answer(settled, 0, row.text("answer"))


def _document(row: Row, payout: str, known: AtHand) -> Iterator[Entry]:
    amount = row.amount(_WHOLE)
    if amount is None:
        amount = _verified(payout, known)
    yield FundDocument(_day(row), row.text("number"), amount, row.text("level"))


def _verified(payout: str, known: AtHand) -> Decimal:
    if payout in known.lines:
        return known.lines[payout].line.standing().verified
    return known.sealed[payout].amount


def _met(row: Row, _payout_key: str, _known: AtHand) -> Iterator[Entry]:
    yield Met(_day(row), row.count("instalment") or 0, row.text("evidence"))


def _payment(row: Row, _payout_key: str, _known: AtHand) -> Iterator[Entry]:
    yield Payment(
        _day(row),
        row.count("instalment") or 0,
        row.amount(_WHOLE) or Decimal(0),
        row.text("order"),
        row.text("level"),
        row.text("budget_code"),
        row.text("receipt"),
    )


def _returned(row: Row, _payout_key: str, _known: AtHand) -> Iterator[Entry]:
    yield Returned(_day(row), row.text("order"), row.amount(_WHOLE) or Decimal(0), row.text("reason"))


def _recovery(row: Row, _payout_key: str, _known: AtHand) -> Iterator[Entry]:
    amount = row.amount(_WHOLE) or Decimal(0)
    if row.text("kind") == RECOVERED:
        yield Recovered(_day(row), amount, row.text("document"))
    else:
        yield Demand(_day(row), amount, row.text("reason"), row.text("document"))


def _reversal(row: Row, _payout_key: str, _known: AtHand) -> Iterator[Entry]:
    yield Reversal(_day(row), row.count("entry") or 0, row.text("reason"))


_MAKERS: Final[Mapping[str, Callable[[Row, str, AtHand], Iterator[Entry]]]] = {
    "reversals": _reversal,  # first of a day: what is wrong goes before what takes its place
    "payouts": _payout,
    "signatures": _signature,
    "notices": _notice,
    "objections": _objection,
    "documents": _document,
    "met": _met,
    "payments": _payment,
    "returned": _returned,
    "recoveries": _recovery,
}
_COLUMNS: Final[Mapping[str, Mapping[str, str]]] = {
    "recoveries": {"receipt": "document"},
    "objections": {"objection": "answer"},
}
