"""Everything in a workspace that can be recomputed, looked at once; findings are told, never raised."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeVar

from sqlalchemy import select, text

from poc_eval.catalog.definitions import content_hash as content_of
from poc_eval.catalog.definitions import entries
from poc_eval.catalog.plain_text import shown
from poc_eval.catalog.reader import read_yaml
from poc_eval.errors import DefinitionError, Fault, PocEvalError
from poc_eval.i18n import _
from poc_eval.workspace import journal
from poc_eval.workspace.definition_rows import load_definition_rows
from poc_eval.workspace.pinning import FOLDER as DEFINITIONS
from poc_eval.workspace.scan_files import Scans
from poc_eval.workspace.tables import people

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from sqlalchemy.engine import Connection

    from poc_eval.i18n import Message
    from poc_eval.workspace.records import PinnedDefinition
    from poc_eval.workspace.workspace import Workspace

_COMPARE: Final = _("compare with a backup, and ask those who keep the workspace")
Item = TypeVar("Item")
CHECKS: Final = ("database", "log", "definitions", "scans")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it was written, and the check that found it (one of ``CHECKS``)."""

    check: str
    fault: Fault


@dataclass(frozen=True, slots=True)
class Audit:
    """What an audit looked at and found; ``notes`` are no faults, but to be known."""

    findings: tuple[Finding, ...]
    notes: tuple[Message, ...]
    entries: int
    """Of the log."""
    head: str
    """The digest of the log's newest entry, hex; it stands for everything that was logged before."""
    definitions: int
    scans: int

    @property
    def holds(self) -> bool:
        """True when nothing was found."""
        return not self.findings


def audit(workspace: Workspace) -> Audit:
    """Look at the database, the log with every sealed text, the pinned definitions and the scans."""
    looked = _Looked()
    store, scans = workspace.store, Scans(workspace)
    looked.add("database", lambda: _database_faults(workspace))
    looked.add("log", lambda: store.verify_log().faults)
    looked.add("definitions", lambda: _definition_faults(workspace))
    looked.add("scans", scans.verify)
    log = looked.at("log", store.log)
    orphans = looked.at("scans", scans.orphans)
    return Audit(
        notes=tuple(_("no record names the file {file}", file=shown(one)) for one in orphans),
        entries=len(log),
        head=log[-1].digest if log else journal.START,
        definitions=len(looked.at("definitions", store.definitions)),
        scans=len(looked.at("scans", scans.every)),
        findings=tuple(looked.findings),
    )


class _Looked:
    """What was found so far; what cannot even be read is a finding, too."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []

    def at(self, check: str, look: Callable[[], tuple[Item, ...]]) -> tuple[Item, ...]:
        """Return what ``look`` returns, or nothing where it cannot look."""
        try:
            return look()
        except PocEvalError as error:
            self._found(check, error.faults)
            return ()

    def add(self, check: str, look: Callable[[], tuple[Fault, ...]]) -> None:
        """Keep the faults that ``look`` returns."""
        self._found(check, self.at(check, look))

    def _found(self, check: str, faults: Iterable[Fault]) -> None:
        new = (Finding(check, fault) for fault in faults)
        self.findings += [one for one in new if one not in self.findings]


def _database_faults(workspace: Workspace) -> tuple[Fault, ...]:
    """Return what SQLite's own checks say; other databases check themselves."""
    with workspace.store.reading() as connection:
        if connection.dialect.name != "sqlite":
            return ()
        said = [str(one) for one in connection.execute(text("PRAGMA integrity_check(20)")).scalars()]
        loose = connection.execute(text("PRAGMA foreign_key_check")).all()
    what = [_("the database is damaged: {detail}", detail=shown(one)) for one in said if one != "ok"]
    what += [
        _("a row of {table} refers to a row that is gone", table=table)
        for table in sorted({str(row[0]) for row in loose})
    ]
    return tuple(Fault(one, _COMPARE, file=str(workspace.path)) for one in what)


def _definition_faults(workspace: Workspace) -> tuple[Fault, ...]:
    with workspace.store.reading() as connection:
        stored = load_definition_rows(connection)
        other = _logged_otherwise(connection, stored)
    return (*_changed_copies(stored, other), *_changed_files(workspace, stored))


def _logged_otherwise(connection: Connection, stored: tuple[PinnedDefinition, ...]) -> set[str]:
    """Return the names of the definitions whose pinning in the log does not name the hash they have now.

    Where nobody is left whose key made the entry, nothing is left to compare with.
    """
    secret = journal.read_secret(connection)
    actors = [journal.system_actor(secret)]
    actors += [
        journal.person_actor(secret, row.name, row.key)
        for row in connection.execute(select(people.c.name, people.c.key))
    ]
    by_hash = {actor.hash: actor for actor in actors}
    logged = {
        entry["subject"]: entry for entry in journal.stored_entries(connection) if entry["action"] == "pin"
    }
    other = set()
    for one in stored:
        entry = logged.get(_subject(one))
        actor = None if entry is None else by_hash.get(str(entry["actor"]))
        if entry is None or actor is None:
            continue
        if journal.content_hash(actor, {"hash": one.ref.hash}) != entry["content"]:
            other.add(_subject(one))
    return other


def _changed_copies(stored: tuple[PinnedDefinition, ...], other: set[str]) -> Iterator[Fault]:
    for one in stored:
        what = _("the definition kept in the store is not the text that was pinned")
        try:
            same = content_of(read_yaml(one.text, name=one.file).data) == one.ref.hash
        except DefinitionError:
            same = False
        if not same or _subject(one) in other:
            yield Fault(what, _COMPARE, place=_subject(one))


def _changed_files(workspace: Workspace, stored: tuple[PinnedDefinition, ...]) -> Iterator[Fault]:
    """Yield a fault for each file of the workspace that says something else than what was pinned."""
    pinned = {(one.ref.id, one.ref.version): one.ref.hash for one in stored}
    for entry in entries(workspace.path / DEFINITIONS):
        if pinned.get((entry.id, entry.version), entry.hash) != entry.hash:
            yield Fault(
                _(
                    "the file is not the text of {id} version {version} that is used here",
                    id=shown(entry.id),
                    version=shown(entry.version),
                ),
                _("give a changed rule a version of its own, or bring the file back from a backup"),
                file=str(entry.file),
            )


def _subject(one: PinnedDefinition) -> str:
    return f"{one.kind}:{one.ref.id}@{one.ref.version}"
