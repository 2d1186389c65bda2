"""Shares that a policy leaves open, as the finance officer states them on the paper of the ledger."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from poc_eval.finance.ledger.plan import FundingRule, InstalmentRule
from poc_eval.finance.ledger.saying import WHEN
from poc_eval.i18n import _
from poc_eval.workspace.paper_records import PaperNote
from poc_eval.workspace.payouts.ledger_layout import ALL, INSTALMENT, LEVEL

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from poc_eval.workspace.paper_entries import Entries, Row
    from poc_eval.workspace.payouts.sources import SealedPayout

_KEYS: Final[Mapping[str, str]] = {
    said: key for key, message in WHEN.items() for said in (key, message.text("zh"), message.text("en"))
}
"""The usual conditions of instalments by what people call them."""


@dataclass(frozen=True, slots=True)
class Stated:
    """The payouts with the shares stated for them, what is wrong with these, and which shares were stated."""

    sealed: Mapping[str, SealedPayout]
    faults: tuple[PaperNote, ...]
    warnings: tuple[PaperNote, ...]
    payouts: tuple[str, ...]
    """The keys of the payouts whose shares the paper states."""


def stated_shares(entries: Entries, sealed: Mapping[str, SealedPayout], new: Sequence[str]) -> Stated:
    """Return the payouts with the shares that complete rows state; ``new``: those that the paper records."""
    rows: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in entries.rows("shares"):
        if row.share("share") is not None and row.text("name").strip():
            for key in new if row.text("payout") == ALL else [row.text("payout")]:
                rows[key, row.text("kind")].append(row)
    found = dict(sealed)
    faults: dict[str, PaperNote] = {}
    used: dict[str, str] = {}
    for (key, kind), group in rows.items():
        one = found.get(key)
        if one is None:
            continue
        wrong = {note.field: note for note in _wrong(one, kind, group)}
        faults |= wrong
        if not wrong:
            found[key] = _with(one, kind, group)
            used.setdefault(key, group[0].place("share"))
    warnings = tuple(PaperNote(cell, _STATED) for cell in dict.fromkeys(used.values()))
    return Stated(found, tuple(faults.values()), warnings, tuple(used))


_STATED: Final = _("the policy leaves these shares open; they stand as stated here")


def _wrong(one: SealedPayout, kind: str, group: Sequence[Row]) -> Iterator[PaperNote]:
    if one.instalments if kind == INSTALMENT else one.funding:
        for row in group:
            yield PaperNote(row.place("kind"), _("the policy states these shares; take this row out"))
        return
    names = [row.text("name").strip() for row in group]
    if kind == LEVEL and len(set(names)) < len(names):
        yield PaperNote(group[-1].place("name"), _("this level stands here twice; give each its one share"))
    total = sum((row.share("share") or Decimal(0) for row in group), Decimal(0))
    if total != 1:
        said = f"{(total * 100).normalize():f}%"
        message = _("the shares add up to {total}; correct them so that they make 100%", total=said)
        yield PaperNote(group[-1].place("share"), message)


def _with(one: SealedPayout, kind: str, group: Sequence[Row]) -> SealedPayout:
    if kind == INSTALMENT:
        return replace(one, instalments=tuple(InstalmentRule(_when(row), _share(row)) for row in group))
    funding = (
        FundingRule(row.text("name").strip(), _share(row), row.text("budget_code").strip()) for row in group
    )
    return replace(one, funding=tuple(funding))


def _when(row: Row) -> str:
    said = row.text("name").strip()
    return _KEYS.get(said, said)


def _share(row: Row) -> Decimal:
    return row.share("share") or Decimal(0)
