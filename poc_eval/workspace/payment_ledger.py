"""The payment ledger of a workspace: entries are added under its rules, once, and never changed."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from sqlalchemy import delete, select

from poc_eval.catalog.plain_text import shown
from poc_eval.errors import Fault, InputError, UnknownIdError
from poc_eval.finance.claims.double import matter_of, plain_number
from poc_eval.finance.claims.form import ClaimForm
from poc_eval.finance.ledger.entries import Payment, Payout, Reversal, Signature, as_plain, from_plain
from poc_eval.finance.ledger.kept import KeptLine, Stamp
from poc_eval.finance.ledger.line import Line
from poc_eval.finance.ledger.rules import recorded
from poc_eval.i18n import _
from poc_eval.workspace import people_rows
from poc_eval.workspace.canonical import canonical_json
from poc_eval.workspace.ledger_tables import ledger_entries, ledger_holds

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from sqlalchemy.engine import Connection, Row

    from poc_eval.finance.ledger.entries import Entry
    from poc_eval.workspace.workspace import Workspace
    from poc_eval.workspace.writing import Write

LONGEST_KEY: Final = 120


@dataclass(frozen=True, slots=True)
class Posting:
    """An entry that is to be recorded: in which line, and the key under which it is sent however often."""

    line: str | None
    """The line's id, or the key under which its payout was sent; None for a payout, which begins one."""
    entry: Entry
    key: str


class PaymentLedger:
    """The ledger in one store. Every method is one transaction and stands in the log."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def record(self, posting: Posting, *, by: str) -> KeptLine:
        """Record one entry; see ``record_all``."""
        return self.record_all([posting], by=by)[0]

    def record_all(self, postings: Sequence[Posting], *, by: str) -> tuple[KeptLine, ...]:
        """Record all entries or none, in their order; return the line of each as it stands after it.

        An entry whose key stands there already is taken as sent twice and changes nothing. Raises
        ``InputError`` with all that stands in the way of the first entry that cannot be recorded: an earlier
        step, an amount, a matter or payment order that stands in the ledger, a key that stands for something
        else; ``UnknownIdError`` for a line that is not there.
        """
        with self._workspace.store.writing() as write:
            today = self._workspace.local_time(write.at).date()
            return tuple(
                _kept(write.connection, record_in(write, posting, by=by, today=today)) for posting in postings
            )

    def lines(self) -> tuple[KeptLine, ...]:
        """Return all lines, in the order in which they began."""
        with self._workspace.store.reading() as connection:
            first = ledger_entries.c.number == 1
            ids = connection.execute(select(ledger_entries.c.line_id).where(first)).scalars()
            return tuple(sorted((_kept(connection, line_id) for line_id in ids), key=_began))

    def line(self, line_id: str) -> KeptLine:
        """Return one line; raises ``UnknownIdError``."""
        with self._workspace.store.reading() as connection:
            return _kept(connection, line_id)


def record_in(write: Write, posting: Posting, *, by: str | None, today: date) -> str:
    """Record one entry inside a transaction under way; return its line's id; see ``record_all``."""
    entry = posting.entry
    if not posting.key.strip() or len(posting.key) > LONGEST_KEY:
        raise InputError(Fault(_("the entry has no key"), _("send each entry with a key of its own")))
    sent = write.connection.execute(
        select(ledger_entries).where(ledger_entries.c.entry_key == posting.key)
    ).first()
    if sent is not None:
        _refuse_other(write.connection, sent, posting)
        return str(sent.line_id)
    if posting.line is None:
        line_id, line = str(uuid.uuid4()), Line()
    else:
        line_id = _line_id(write.connection, posting.line)
        line = _kept(write.connection, line_id).line
    after = recorded(line, entry, today=today)
    new = str(uuid.uuid4())
    _insert(write, new, line_id, posting, number=len(after.entries), by=by)
    if isinstance(entry, Reversal):
        _let_go(write.connection, line_id, entry.entry)
    else:
        _hold(write.connection, new, entry)
    return line_id


def _line_id(connection: Connection, said: str) -> str:
    """Return the id of the line that ``said`` names, by itself or by the key of its payout."""
    by_key = (ledger_entries.c.entry_key == said) & (ledger_entries.c.kind == Payout.kind)
    found = connection.execute(select(ledger_entries.c.line_id).where(by_key)).scalar_one_or_none()
    return said if found is None else str(found)


def _insert(write: Write, new: str, line_id: str, posting: Posting, *, number: int, by: str | None) -> None:
    entry, person = posting.entry, None
    if isinstance(entry, Signature):
        person = people_rows.ensure_person(write.connection, entry.person, write.at)
        entry = replace(entry, person="")
    recorder = None if by is None else people_rows.ensure_person(write.connection, by, write.at)
    said = {
        "line_id": line_id,
        "number": number,
        "kind": entry.kind,
        "entry_key": posting.key,
        "content": canonical_json(as_plain(entry)),
        "person_id": person,
    }
    write.connection.execute(
        ledger_entries.insert().values(id=new, recorded_by=recorder, at=write.at, **said)
    )
    write.log(write.actor(by), "record", f"ledger:{new}", said)


def _refuse_other(connection: Connection, sent: Row[tuple[str]], posting: Posting) -> None:
    """Raise ``InputError`` where a key that was sent before comes with another entry."""
    same_line = posting.line is None or _line_id(connection, posting.line) == sent.line_id
    if not same_line or _entry(sent, _people(connection, [sent])) != posting.entry:
        raise InputError(
            Fault(
                _("another entry was recorded under this key: {key}", key=shown(posting.key)),
                _("look at the ledger before you send it again"),
            )
        )


def matter_text(payout: Payout) -> str:
    """Return what a payout is for as one text, the same however it is written."""
    form = ClaimForm(
        payout.claim_id,
        payout.payee,
        payout.policy,
        payout.period,
        credit_code=payout.credit_code,
        project=payout.project,
    )
    return canonical_json(matter_of(form))


def _hold(connection: Connection, entry_id: str, entry: Entry) -> None:
    """Take hold of what the entry needs for itself; raises ``InputError`` where another entry has it."""
    if isinstance(entry, Payout):
        kind, value = "matter", matter_text(entry)
    elif isinstance(entry, Payment):
        kind, value = "order", plain_number(entry.order)
    else:
        return
    same = (ledger_holds.c.kind == kind) & (ledger_holds.c.value == value)
    if connection.execute(select(ledger_holds.c.entry_id).where(same)).first() is not None:
        raise InputError(_taken(entry))
    connection.execute(ledger_holds.insert().values(kind=kind, value=value, entry_id=entry_id))


def _taken(entry: Payout | Payment) -> Fault:
    if isinstance(entry, Payment):
        return Fault(
            _("the payment order {order} is recorded already", order=shown(entry.order)),
            _("look whether this payment was entered before"),
            place="order",
        )
    return Fault(
        _(
            "{payee} has a payout under {policy} for {period} in the ledger already",
            payee=shown(entry.payee),
            policy=entry.policy.partition("@")[0],
            period=shown(entry.period),
        ),
        _("a matter is paid once; reverse that payout first if it is wrong"),
        place="payee",
    )


def _let_go(connection: Connection, line_id: str, number: int) -> None:
    """Free what a reversed entry held."""
    entry = connection.execute(
        select(ledger_entries.c.id).where(
            (ledger_entries.c.line_id == line_id) & (ledger_entries.c.number == number)
        )
    ).scalar_one()
    connection.execute(delete(ledger_holds).where(ledger_holds.c.entry_id == entry))


def _began(kept: KeptLine) -> tuple[datetime, str, str]:
    """Return when a line began; those of one moment stand in the order of their claims."""
    first = kept.line.entries[0]
    return kept.stamps[0].at, first.claim_id if isinstance(first, Payout) else "", kept.id


def _kept(connection: Connection, line_id: str) -> KeptLine:
    rows = connection.execute(
        select(ledger_entries).where(ledger_entries.c.line_id == line_id).order_by(ledger_entries.c.number)
    ).all()
    if not rows:
        raise UnknownIdError(
            Fault(
                _("the ledger has no line {id}", id=shown(line_id)),
                _("choose one of the payouts in the ledger"),
                place="line",
            )
        )
    names = _people(connection, rows)
    return KeptLine(
        id=line_id,
        line=Line(tuple(_entry(row, names) for row in rows)),
        stamps=tuple(Stamp(row.entry_key, row.at, names.get(row.recorded_by)) for row in rows),
    )


def _people(connection: Connection, rows: Sequence[Row[tuple[str]]]) -> dict[str | None, str]:
    return people_rows.names_of(connection, {one for row in rows for one in (row.person_id, row.recorded_by)})


def _entry(row: Row[tuple[str]], names: dict[str | None, str]) -> Entry:
    entry = from_plain(json.loads(row.content))
    return replace(entry, person=names.get(row.person_id, "")) if isinstance(entry, Signature) else entry
