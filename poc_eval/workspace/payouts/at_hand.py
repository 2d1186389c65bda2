"""What a paper of the ledger can be about: lines of the ledger and sealed payouts, noted with the paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from poc_eval.finance.ledger.entries import Payout, as_plain, from_plain
from poc_eval.finance.ledger.kept import KeptLine, Stamp
from poc_eval.finance.ledger.line import Line
from poc_eval.i18n import Text
from poc_eval.money import format_money, whole_fen
from poc_eval.workspace.paper_records import Option
from poc_eval.workspace.payment_ledger import PaymentLedger
from poc_eval.workspace.payouts.sources import sealed_content, sealed_from, sealed_payouts, share_from
from poc_eval.workspace.tables import instant_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from poc_eval.finance.ledger.entries import Entry
    from poc_eval.workspace.paper_kinds import PaperContext
    from poc_eval.workspace.payouts.sources import SealedPayout
    from poc_eval.workspace.workspace import Workspace

GRIDS: Final = (
    "payouts", "shares", "signatures", "notices", "objections", "documents", "met", "payments", "returned",
    "recoveries", "reversals",
)  # fmt: skip
"""The tables of the paper; each has a column that says of which payout a row is."""


@dataclass(frozen=True, slots=True)
class AtHand:
    """What a paper's rows are about: the lines there are, and payouts that could begin one."""

    lines: Mapping[str, KeptLine]
    """By the key of their payout; of a concluded paper, as they stood when it was concluded."""
    sealed: Mapping[str, SealedPayout]
    """Those that the rows name."""


def at_hand(context: PaperContext) -> AtHand:
    """Return the ledger's lines, and of the payouts of concluded papers of claims those that rows name."""
    until, named = context.paper.concluded_at, frozenset(chosen_payouts(context))

    def lines(workspace: Workspace) -> list[dict[str, Any]]:
        return [line_content(one) for one in lines_until(PaymentLedger(workspace).lines(), until)]

    def sealed(workspace: Workspace) -> list[dict[str, Any]]:
        return [sealed_content(one) for one in _sealed(context, workspace) if one.key in named]

    return AtHand(
        context.look(
            "ledger", lines, lambda found: {one.stamps[0].key: one for one in map(line_from, found)}
        ),
        context.look("payouts", sealed, lambda found: {one.key: one for one in map(sealed_from, found)}),
    )


def chosen_payouts(context: PaperContext) -> tuple[str, ...]:
    """Return the keys of the payouts that the paper's rows name."""
    return context.paper.chosen(*(f"{grid}/payout" for grid in GRIDS))


def payouts_to_record(context: PaperContext) -> tuple[Option, ...]:
    """Return the sealed payouts to choose from."""

    def options(workspace: Workspace) -> Iterator[Option]:
        return (Option(one.key, one.label) for one in _sealed(context, workspace))

    return context.choices("payouts", chosen_payouts(context), options)


def payouts_in_ledger(context: PaperContext) -> tuple[Option, ...]:
    """Return the ledger's payouts to choose from that no paper of claims has sealed, or none any more."""

    def options(workspace: Workspace) -> Iterator[Option]:
        sealed = {one.key for one in _sealed(context, workspace)}
        for kept in PaymentLedger(workspace).lines():
            if kept.stamps[0].key not in sealed:
                yield _option(kept.stamps[0].key, kept)

    return context.choices("lines", chosen_payouts(context), options)


def _sealed(context: PaperContext, workspace: Workspace) -> tuple[SealedPayout, ...]:
    # What a concluded paper recorded stays what it was, also where its claims were amended later.
    return sealed_payouts(workspace, amended=context.paper.status == "concluded")


def _option(key: str, kept: KeptLine) -> Option:
    payout = next((entry for entry in kept.line.entries if isinstance(entry, Payout)), None)
    if payout is None:
        return Option(key, Text(key, key))
    said = f"{payout.claim_id} {payout.payee} {payout.period} {format_money(payout.amount)}"
    return Option(key, Text(said, said))


def lines_until(lines: Iterable[KeptLine], until: datetime | None) -> Iterator[KeptLine]:
    """Yield lines as they stood at a moment; None for as they are."""
    for kept in lines:
        stamps = kept.stamps if until is None else tuple(one for one in kept.stamps if one.at <= until)
        if stamps:
            yield KeptLine(kept.id, Line(kept.line.entries[: len(stamps)]), stamps)


def line_content(kept: KeptLine) -> dict[str, Any]:
    """Return a line as a paper notes it."""
    return {
        "id": kept.id,
        "entries": [as_plain(one) for one in kept.line.entries],
        "stamps": [{"key": one.key, "at": instant_text(one.at), "by": one.by} for one in kept.stamps],
    }


def line_from(content: Mapping[str, Any]) -> KeptLine:
    """Return the line that was noted; may raise anything for what was noted by others."""
    stamps = tuple(
        Stamp(one["key"], datetime.fromisoformat(one["at"]), one["by"]) for one in content["stamps"]
    )
    entries = tuple(map(_entry_from, content["entries"]))
    if len(stamps) != len(entries):
        raise ValueError(content["id"])
    return KeptLine(content["id"], Line(entries), stamps)


def _entry_from(content: Mapping[str, Any]) -> Entry:
    """Return an entry; its figures are looked at before anything is worked out of them."""
    for name in ("instalments", "funding"):
        rules: Sequence[Mapping[str, Any]] = content.get(name, ())
        for rule in rules:
            share_from(rule["share"])
    entry = from_plain(content)
    amount = getattr(entry, "amount", None)
    if amount is not None:
        whole_fen(amount)
    return entry
