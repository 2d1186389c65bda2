"""Connections to the store's database, and its complaints in words that help."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing, contextmanager
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from sqlalchemy import create_engine, event
from sqlalchemy.exc import DBAPIError, NoResultFound
from sqlalchemy.pool import NullPool, QueuePool

from poc_eval.errors import Fault, WorkspaceError
from poc_eval.i18n import Message, _

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy.engine import Connection, Engine

BUSY_SECONDS: Final = 10.0
"""How long a writer waits for another one; a write takes milliseconds."""

_WRITES: Final = "poc_eval_writes"


class Keeping:
    """Whether this process keeps a connection between operations."""

    on = False


def keep_connections() -> None:
    """Let this process keep one connection a file from now on: for one thread that does much, then ends.

    The last connection that is closed tidies up the file, and waits for the disk; once at the end is enough.
    """
    if not Keeping.on:
        Keeping.on = True
        sqlite_engine.cache_clear()


@lru_cache(maxsize=8)
def sqlite_engine(path: Path, *, create: bool = False) -> Engine:
    """Return an engine whose connections are opened for one operation each and closed after it.

    ``create`` makes the file where there is none. Nothing is opened yet. An engine holds no connection, only
    the statements that it has spelled, so whoever opens the same file gets the same one.
    """
    uri = f"{path.absolute().as_uri()}?mode={'rwc' if create else 'rw'}"

    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(uri, uri=True, timeout=BUSY_SECONDS, isolation_level=None)
        try:
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA synchronous = FULL")
            # What is deleted is overwritten: a person's data does not stay behind in a free page.
            connection.execute("PRAGMA secure_delete = ON")
        except sqlite3.Error:
            connection.close()
            raise
        return connection

    if Keeping.on:
        engine = create_engine("sqlite://", creator=connect, poolclass=QueuePool, pool_size=1)
    else:
        engine = create_engine("sqlite://", creator=connect, poolclass=NullPool)

    # The driver's own transactions begin too late and without a lock; these are the ones we mean.
    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get(_WRITES, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


class _Held(threading.local):
    """The connection over which a thread reads for a while; None where every reading opens its own."""

    connection: Connection | None = None


class Database:
    """Transactions on one database; ``name`` is what messages call it."""

    def __init__(self, engine: Engine, name: str) -> None:
        self.engine = engine
        self.name = name
        self._writer = engine.execution_options(**{_WRITES: True})
        self._held = _Held()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Open a transaction that sees one state of everything; raises ``WorkspaceError``."""
        held = self._held.connection
        with _in_words(self.name):
            if held is not None:
                yield held
                return
            with self.engine.connect() as connection, connection.begin():
                yield connection

    @contextmanager
    def one_state(self) -> Iterator[None]:
        """Let all reading of this thread see one state until the end, over one connection.

        What is written meanwhile, also by this thread, is read after it. Raises ``WorkspaceError``.
        """
        before = self._held.connection
        with self.reading() as connection:
            self._held.connection = connection
            try:
                yield
            finally:
                self._held.connection = before

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Open a transaction that nobody else writes beside, all or nothing; raises ``WorkspaceError``."""
        with _in_words(self.name), self._writer.connect() as connection, connection.begin():
            yield connection

    def order(self, statement: str) -> None:
        """Run one of the few statements that no transaction may hold; raises ``WorkspaceError``."""
        with _in_words(self.name), closing(self.engine.raw_connection()) as connection:
            connection.cursor().execute(statement)


@contextmanager
def _in_words(name: str) -> Iterator[None]:
    try:
        yield
    except NoResultFound as error:
        # A row that every store has is gone.
        raise WorkspaceError(Fault(*_DAMAGED, file=name)) from error
    except (DBAPIError, sqlite3.Error) as error:
        raise WorkspaceError(database_fault(error, name)) from error


def database_fault(error: DBAPIError | sqlite3.Error, name: str) -> Fault:
    """Return what a database error means for the person in front of it."""
    original = error.orig if isinstance(error, DBAPIError) else error
    code = getattr(original, "sqlite_errorcode", None)
    known = None if code is None else KNOWN_CODES.get(code & 0xFF)
    if known is None:
        what = _("the store of the workspace answered: {detail}", detail=str(original))
        remedy = _("keep the folder as it is, make a copy of it, and ask for help with this message")
        return Fault(what, remedy, file=name)
    return Fault(known[0], known[1], file=name)


_CANNOT_WRITE = (
    _("the workspace cannot be written"),
    _("allow writing to the folder and its files, or copy the folder to a place where you may write"),
)
_DAMAGED = (
    _("this file is not a database of this program, or it is damaged"),
    _("bring back a copy from a backup; the damaged file was left as it is"),
)
_IN_USE = (
    _("another program has been holding the workspace for too long"),
    _("close what else has the workspace open (a backup, a database viewer), then try again"),
)
KNOWN_CODES: Final[dict[int, tuple[Message, Message]]] = {
    sqlite3.SQLITE_BUSY: _IN_USE,
    sqlite3.SQLITE_LOCKED: _IN_USE,
    sqlite3.SQLITE_READONLY: _CANNOT_WRITE,
    sqlite3.SQLITE_PERM: _CANNOT_WRITE,
    sqlite3.SQLITE_CANTOPEN: (
        _("the database of the workspace cannot be opened"),
        _("check that the folder is there and that you may read and write it and its files"),
    ),
    sqlite3.SQLITE_FULL: (
        _("the disk is full"),
        _("free some space; what was saved before is safe, and what is on the page is sent again"),
    ),
    sqlite3.SQLITE_IOERR: (
        _("the disk could not be read or written"),
        _(
            "check the disk and its free space; "
            "a workspace must not lie on a network drive: copy it to this machine"
        ),
    ),
    sqlite3.SQLITE_PROTOCOL: (
        _("the file system cannot lock files as a database needs it"),
        _("a workspace must not lie on a network drive: copy it to this machine"),
    ),
    sqlite3.SQLITE_NOTADB: _DAMAGED,
    sqlite3.SQLITE_CORRUPT: _DAMAGED,
}
