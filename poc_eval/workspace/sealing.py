"""What a report's seal needs of a workspace: where its log stands, and hashes that only it can make."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from poc_eval.workspace.canonical import canonical_json
from poc_eval.workspace.heads import DIGITS
from poc_eval.workspace.journal import START, content_hash, read_secret, system_actor
from poc_eval.workspace.tables import log, people

if TYPE_CHECKING:
    from poc_eval.workspace.store import Ledger

MADE_FROM_RECORDS: Final = ("report", "export", "notebook")
"""Entries that tell what was made from the records, and change none."""

COMMITMENT: Final = "commitment"
"""What a report without names is bound to its full record for."""
SERIES_NOTED: Final = 12
"""Digits of a series that stand in the log."""


@dataclass(frozen=True, slots=True)
class LogHead:
    """The newest entry of the log that changed a record: its number and the beginning of its digest."""

    seq: int
    digest: str


@dataclass(frozen=True, slots=True)
class NotedReport:
    """One report as the log remembers it; ``mine`` is True where it bears the code that was asked for."""

    at: str
    """In UTC."""
    mine: bool


def head_of(store: Ledger) -> LogHead:
    """Return where the log stands; making a report or a notebook moves nothing."""
    newest = (
        select(log.c.seq, log.c.digest)
        .where(log.c.action.not_in(MADE_FROM_RECORDS))
        .order_by(log.c.seq.desc())
        .limit(1)
    )
    with store.reading() as connection:
        row = connection.execute(newest).first()
    return LogHead(0, START[:DIGITS]) if row is None else LogHead(row.seq, row.digest[:DIGITS])


def head_stands(store: Ledger, head: LogHead) -> bool:
    """Return whether the log has this very entry."""
    with store.reading() as connection:
        digest = connection.execute(select(log.c.digest).where(log.c.seq == head.seq)).scalar_one_or_none()
    return head.seq == 0 if digest is None else str(digest)[:DIGITS] == head.digest


def keyed_hash(store: Ledger, purpose: str, content: object) -> str:
    """Return the HMAC-SHA256 (hex) of ``content`` with a key that only this workspace has.

    ``purpose`` keeps hashes that are made for different ends apart.
    """
    with store.reading() as connection:
        secret = read_secret(connection)
    own = hmac.new(secret, f"poc_eval {purpose}".encode(), hashlib.sha256).digest()
    return hmac.new(own, canonical_json(content).encode(), hashlib.sha256).hexdigest()


def report_subject(record: str, series: str) -> str:
    """Return under what the log notes a report: the record, and the series of reports on it."""
    return f"{record}#{series[:SERIES_NOTED]}"


def people_in(store: Ledger) -> tuple[str, ...]:
    """Return the names of everybody whom the workspace knows: reviewers, experts, and who only acted."""
    with store.reading() as connection:
        return tuple(connection.execute(select(people.c.name).order_by(people.c.created_at)).scalars())


def noted_reports(store: Ledger, series: str, code: str) -> tuple[NotedReport, ...]:
    """Return the reports of a series that the log knows of, oldest first."""
    with store.reading() as connection:
        mine = content_hash(system_actor(read_secret(connection)), code)
        rows = connection.execute(
            select(log.c.at, log.c.content)
            .where(
                log.c.action.in_(("report", "export")),
                log.c.subject.endswith(report_subject("", series), autoescape=True),
            )
            .order_by(log.c.seq)
        ).all()
    return tuple(NotedReport(row.at, row.content == mine) for row in rows)
