"""Recomputing the log and the sealed texts; findings are told, never raised."""

from __future__ import annotations

import hmac
import json
from typing import TYPE_CHECKING, Final

from sqlalchemy import select, text

from poc_eval.errors import Fault
from poc_eval.i18n import Message, _
from poc_eval.workspace.canonical import sha256
from poc_eval.workspace.heads import DIGITS
from poc_eval.workspace.journal import START, content_hash, digest_of, read_secret, stored_entries
from poc_eval.workspace.ledger_tables import LEDGER_GUARDS
from poc_eval.workspace.ledger_verification import changed_entries
from poc_eval.workspace.panel_tables import (
    CHECK_LOGGED,
    DECISION_LOGGED,
    GUARDED,
    decisions,
    formal_checks,
)
from poc_eval.workspace.paper_tables import PAPER_GUARDS
from poc_eval.workspace.paper_verification import changed_papers
from poc_eval.workspace.people_rows import actor_of
from poc_eval.workspace.review_rows import load_reviews, person_of
from poc_eval.workspace.store import LogCheck
from poc_eval.workspace.tables import reviews, submissions

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sqlalchemy.engine import Connection, Row

_GUARDS: Final = (
    frozenset({"log_refuses_update", "log_refuses_delete", "submissions_refuses_update"})
    | {f"{name}_refuses_rewriting" for name in GUARDED}
    | PAPER_GUARDS
    | set(LEDGER_GUARDS)
)
_COMPARE: Final = _(
    "compare with a backup or with reports made before; nothing in the workspace can be relied on before that"
)


def verify(connection: Connection, heads: Sequence[tuple[int, str]] | None, heads_file: str) -> LogCheck:
    """Check the chain, the record of its heads kept outside, the guards, and every sealed text.

    ``heads`` must have been read before this transaction began.
    """
    stored = list(stored_entries(connection))
    broken = _first_broken(read_secret(connection), stored)
    differs = _first_that_differs(stored, heads or ())
    faults: list[Fault] = []
    if broken is not None:
        faults.append(
            _at(broken, _("entry {seq} of the log was changed, or the one before it is gone", seq=broken))
        )
    if differs is not None and differs > len(stored):
        faults.append(_at(differs, _("the log ends before entry {seq}, which was there once", seq=differs)))
    elif differs is not None and differs != broken:
        faults.append(
            _at(differs, _("entry {seq} of the log is not the one that was written first", seq=differs))
        )
    if heads is None and stored:
        faults.append(
            Fault(
                _("the record of the log's last entries is missing, so a log cut short would not be noticed"),
                _("bring back the file from a backup"),
                file=heads_file,
            )
        )
    faults += _missing_guards(connection)
    faults += _changed_submissions(connection, stored)
    faults += _changed_books(connection, stored)
    faults += [_about_record(*found) for found in changed_papers(connection, stored)]
    bad = [seq for seq in (broken, differs) if seq is not None]
    return LogCheck(len(stored), min(bad, default=None), tuple(faults))


def _at(seq: int, what: Message) -> Fault:
    return Fault(what, _COMPARE, place=f"log[{seq}]")


def _first_broken(secret: bytes, stored: Sequence[Mapping[str, object]]) -> int | None:
    previous = START
    for expected, entry in enumerate(stored, start=1):
        if entry["seq"] != expected or entry["previous"] != previous or not _digest_holds(secret, entry):
            return expected
        previous = str(entry["digest"])
    return None


def _digest_holds(secret: bytes, entry: Mapping[str, object]) -> bool:
    try:
        return hmac.compare_digest(digest_of(secret, entry), str(entry["digest"]))
    except (TypeError, ValueError):  # a column was given a type, or characters, that no entry has
        return False


def _first_that_differs(
    stored: Sequence[Mapping[str, object]], heads: Sequence[tuple[int, str]]
) -> int | None:
    digests = {entry["seq"]: str(entry["digest"])[:DIGITS] for entry in stored}
    return min((seq for seq, digest in heads if digests.get(seq) != digest), default=None)


def _missing_guards(connection: Connection) -> Iterator[Fault]:
    if connection.dialect.name != "sqlite":
        return
    there = connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).scalars()
    for name in sorted(_GUARDS - set(there)):
        yield Fault(_("a guard of the store was taken away: {name}", name=name), _COMPARE)


def _changed_submissions(connection: Connection, stored: Sequence[Mapping[str, object]]) -> Iterator[Fault]:
    logged = {entry["subject"]: entry["content"] for entry in stored if entry["action"] == "submit"}
    sealed = {row.review_id: row for row in connection.execute(select(submissions))}
    for review in load_reviews(connection, reviews.c.status == "submitted"):
        row = sealed.pop(review.id, None)
        if row is None or not _seal_holds(connection, row, logged.get(f"review:{review.id}")):
            yield _about(review.id, _("the sealed text of a submitted review was changed or is gone"))
        elif json.loads(row.snapshot)["answers"] != review.values():
            yield _about(review.id, _("answers of a submitted review are not those that were sealed"))
    for review_id in sealed:
        yield _about(review_id, _("a review that was submitted is open again, or is gone"))


def _changed_books(connection: Connection, stored: Sequence[Mapping[str, object]]) -> Iterator[Fault]:
    """Yield a fault for each decision and formal check that is not what the log remembers.

    Where a person who wrote it was forgotten, nothing is left to compare with.
    """
    logged = {(entry["action"], entry["subject"]): entry["content"] for entry in stored}
    for row in connection.execute(select(decisions)):
        written = {name: getattr(row, name) for name in DECISION_LOGGED}
        known = row.recorded_by is not None and row.decided_by is not None
        entry = logged.get(("decide", f"decision:{row.id}"))
        if known and content_hash(actor_of(connection, row.recorded_by), written) != entry:
            yield _about_record(f"decision:{row.id}", _("a decision was changed after it was written down"))
    for row in connection.execute(select(formal_checks)):
        written = {name: getattr(row, name) for name in CHECK_LOGGED}
        entry = logged.get(("formal-check", f"formal-check:{row.id}"))
        known = row.checked_by is not None
        if known and content_hash(actor_of(connection, row.checked_by), written) != entry:
            what = _("a formal check was changed after it was written down")
            yield _about_record(f"formal-check:{row.id}", what)
    for subject, what in changed_entries(connection, logged):
        yield _about_record(subject, what)


def _seal_holds(connection: Connection, row: Row[tuple[str]], logged: object) -> bool:
    if sha256(row.snapshot) != row.sha256:
        return False
    actor = actor_of(connection, person_of(connection, row.review_id))
    return content_hash(actor, {"sha256": row.sha256}) == logged


def _about(review_id: str, what: Message) -> Fault:
    return _about_record(f"review:{review_id}", what)


def _about_record(subject: str, what: Message) -> Fault:
    return Fault(what, _COMPARE, place=subject)
