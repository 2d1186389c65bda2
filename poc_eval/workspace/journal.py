"""The append-only log: who did what when, chained by keyed hashes and holding no personal data.

Every entry's ``digest`` is an HMAC-SHA256, with the workspace's secret, of the entry and the digest before
it. ``actor`` and ``content`` are HMACs with a key made of the secret and the person's own key:
once that key is deleted, nothing leads from an entry back to a name or a text, and the chain still holds.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from sqlalchemy import select

from poc_eval.workspace.canonical import canonical_json
from poc_eval.workspace.records import LogEntry
from poc_eval.workspace.tables import instant_text, log, meta

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sqlalchemy.engine import Connection

Assurance: TypeAlias = Literal["self-declared", "system"]
Action: TypeAlias = Literal[
    "create",
    "migrate",
    "project",
    "update",
    "import",
    "pin",
    "open",
    "save",
    "submit",
    "amend",
    "notebook",
    "export",
    "report",
    "forget",
    "panel",
    "tie",
    "step-aside",
    "replace",
    "scan",
    "enter",
    "check",
    "formal-check",
    "decide",
    "conclude",
    "record",
]
START: Final = "0" * 64
"""What stands as ``previous`` in the first entry."""
_SAID: Final = ("seq", "at", "actor", "assurance", "action", "subject", "content", "previous")


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, as the log knows it; ``key`` is what this actor's contents are hashed with."""

    hash: str
    assurance: Assurance
    key: bytes


@dataclass(frozen=True, slots=True)
class Deed:
    """What is done, to what, and the content that is remembered by its hash."""

    action: Action
    subject: str
    content: object


def person_actor(secret: bytes, name: str, own_key: str) -> Actor:
    """Return the actor for a person who says that this is their name."""
    key = _hmac(secret, bytes.fromhex(own_key))
    return Actor(_hmac(key, name.encode()).hex(), "self-declared", key)


def system_actor(secret: bytes) -> Actor:
    """Return the actor for what the program does without a person's name."""
    key = _hmac(secret, b"system")
    return Actor(_hmac(key, b"system").hex(), "system", key)


def content_hash(actor: Actor, content: object) -> str:
    """Return the keyed hash of what was written; ``content`` is anything with canonical JSON."""
    return _hmac(actor.key, canonical_json(content).encode()).hex()


def digest_of(secret: bytes, stored: Mapping[str, object]) -> str:
    """Return the digest that an entry with these columns, as they stand in the table, must carry."""
    return _hmac(secret, canonical_json([stored[name] for name in _SAID]).encode()).hex()


def append(connection: Connection, at: datetime, actor: Actor, deed: Deed) -> LogEntry:
    """Add one entry inside the transaction that makes what it tells."""
    secret = read_secret(connection)
    last = connection.execute(select(log.c.seq, log.c.digest).order_by(log.c.seq.desc()).limit(1)).first()
    entry = LogEntry(
        seq=1 if last is None else last.seq + 1,
        at=at,
        actor=actor.hash,
        assurance=actor.assurance,
        action=deed.action,
        subject=deed.subject,
        content=content_hash(actor, deed.content),
        previous=START if last is None else last.digest,
        digest="",
    )
    stored = asdict(entry) | {"at": instant_text(at)}
    stored["digest"] = digest_of(secret, stored)
    connection.execute(log.insert().values(stored))
    return replace(entry, digest=stored["digest"])


def read_secret(connection: Connection) -> bytes:
    """Return the workspace's secret, locked where the database has row locks: writers take turns."""
    value = connection.execute(
        select(meta.c.value).where(meta.c.key == "secret").with_for_update()
    ).scalar_one()
    return bytes.fromhex(value)


def stored_entries(connection: Connection) -> Iterator[Mapping[str, object]]:
    """Return the columns of all entries as they stand in the table, oldest first."""
    for row in connection.execute(select(log).order_by(log.c.seq)):
        yield row._asdict()


def entries(connection: Connection) -> Iterator[LogEntry]:
    """Return all entries, oldest first."""
    for row in connection.execute(select(log).order_by(log.c.seq)):
        yield LogEntry(**(row._asdict() | {"at": datetime.fromisoformat(row.at)}))


def _hmac(key: bytes, message: bytes) -> bytes:
    return hmac.new(key, message, hashlib.sha256).digest()
