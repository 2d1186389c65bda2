"""Scans of signed papers: kept in the workspace under a safe name, with their SHA-256."""

from __future__ import annotations

import hashlib
import os
import secrets
import uuid
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from poc_eval.catalog.plain_text import shown
from poc_eval.errors import Fault, InputError, UnknownIdError, WorkspaceError
from poc_eval.i18n import _
from poc_eval.workspace import people_rows
from poc_eval.workspace.filenames import (
    cannot_write,
    delete_inside,
    place_inside,
    refuse_way_out,
    safe_name,
)
from poc_eval.workspace.panel_tables import decisions, formal_checks, panels, paper_scores, scans
from poc_eval.workspace.records import Scan
from poc_eval.workspace.tables import projects, reviews

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Table
    from sqlalchemy.engine import Connection, Row

    from poc_eval.workspace.workspace import Workspace
    from poc_eval.workspace.writing import Write

FOLDER: Final = "scans"
MOST_BYTES: Final = 50 * 1024 * 1024
"""Of one scan; a signed form of twenty pages has a tenth of it."""
_BEGINNINGS: Final = {
    "pdf": (b"%PDF-",),
    "png": (b"\x89PNG\r\n\x1a\n",),
    "jpg": (b"\xff\xd8\xff",),
    "tif": (b"II*\x00", b"MM\x00*"),
    # OFD (GB/T 33190) is a zip.
    "ofd": (b"PK\x03\x04",),
}
_SUFFIXES: Final = {"jpeg": "jpg", "tiff": "tif"}
_HASH_DIGITS: Final = 12
_SUBJECTS: Final[dict[str, Table]] = {
    "project": projects,
    "review": reviews,
    "paper": paper_scores,
    "panel": panels,
    "formal-check": formal_checks,
    "decision": decisions,
}


@dataclass(frozen=True, slots=True)
class ScanFile:
    """A file that was looked at and may be kept as a scan."""

    name: str
    kind: str
    content: bytes
    sha256: str

    @property
    def file(self) -> str:
        """Where it is kept, relative to the workspace."""
        stem = safe_name(PurePath(self.name).stem)
        return f"{FOLDER}/{stem}-{self.sha256[:_HASH_DIGITS]}.{self.kind}"


def read_scan(source: Path, name: str | None = None) -> ScanFile:
    """Return a file as a scan; raises ``InputError`` for what is none, OSError where it cannot be read."""
    called = PurePath(name or source.name).name
    content = _read(source, called)
    return ScanFile(called, _kind(content, called), content, hashlib.sha256(content).hexdigest())


class Scans:
    """The scans of one workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self._ledger = workspace.store
        self._folder = workspace.path

    def attach(self, subject: str, source: Path, *, by: str, name: str | None = None) -> Scan:
        """Copy a file into the workspace as the scan of a record; the same file again changes nothing.

        ``subject`` is the record as the log names it, ``paper:ID``; ``name`` what the file is called, its own
        name without it. Raises ``InputError`` for a file that is too large, empty, or no kind of scan (PDF,
        OFD, PNG, JPEG, TIFF), ``UnknownIdError``, ``WorkspaceError``; OSError where it cannot be read.
        """
        found = read_scan(source, name)
        # The row may stand although what came after it failed, so it is asked for anew.
        with self.cleared_up(found.file), self._ledger.writing() as write:
            return self.attach_in(write, subject, found, by=by)

    def attach_in(self, write: Write, subject: str, found: ScanFile, *, by: str) -> Scan:
        """Do the same in a transaction that is under way; ``cleared_up`` goes around that transaction."""
        _refuse_unknown(write.connection, subject)
        same = (scans.c.subject == subject) & (scans.c.sha256 == found.sha256)
        kept = write.connection.execute(select(scans).where(same)).first()
        if kept is None:
            # The file first: a row never names a file that is not there.
            _write_once(self._folder, found.file, found.content)
            person = people_rows.ensure_person(write.connection, by, write.at)
            row = {"subject": subject, "file": found.file, "name": found.name, "kind": found.kind}
            row |= {"sha256": found.sha256}
            new, size = str(uuid.uuid4()), len(found.content)
            write.connection.execute(
                scans.insert().values(id=new, size=size, attached_by=person, at=write.at, **row)
            )
            write.log(write.actor(by), "scan", subject, row | {"size": size})
            kept = write.connection.execute(select(scans).where(scans.c.id == new)).one()
        return _scan(write.connection, kept)

    @contextmanager
    def cleared_up(self, file: str) -> Iterator[None]:
        """Delete the file where what is done inside fails and no record names it."""
        try:
            yield
        except BaseException:
            with self._ledger.writing() as write:
                if file in self._orphans(write.connection):
                    delete_inside(self._folder, file)
            raise

    def orphans(self) -> tuple[str, ...]:
        """Return the files in the folder of scans that no record names, relative to the workspace.

        A program that was ended while it attached a scan may leave one.
        """
        with self._ledger.reading() as connection:
            return self._orphans(connection)

    def tidy(self) -> tuple[str, ...]:
        """Delete the files that ``orphans`` names, and return them; raises ``WorkspaceError``."""
        # While this transaction is open nobody attaches anything.
        with self._ledger.writing() as write:
            found = self._orphans(write.connection)
            for file in found:
                delete_inside(self._folder, file)
        return found

    def _orphans(self, connection: Connection) -> tuple[str, ...]:
        named = set(connection.execute(select(scans.c.file)).scalars())
        folder = self._folder / FOLDER
        refuse_way_out(self._folder, folder)
        there = sorted(one.name for one in folder.iterdir() if one.is_file()) if folder.is_dir() else []
        return tuple(file for name in there if (file := f"{FOLDER}/{name}") not in named)

    def every(self) -> tuple[Scan, ...]:
        """Return all scans, oldest first."""
        with self._ledger.reading() as connection:
            rows = connection.execute(select(scans).order_by(scans.c.at, scans.c.id)).all()
            return tuple(_scan(connection, row) for row in rows)

    def of(self, subject: str) -> tuple[Scan, ...]:
        """Return the scans of one record, oldest first."""
        with self._ledger.reading() as connection:
            rows = connection.execute(
                select(scans).where(scans.c.subject == subject).order_by(scans.c.at, scans.c.id)
            ).all()
            return tuple(_scan(connection, row) for row in rows)

    def verify(self) -> tuple[Fault, ...]:
        """Return one fault for each scan whose file is gone or is not what was attached."""
        with self._ledger.reading() as connection:
            rows = connection.execute(select(scans).order_by(scans.c.at, scans.c.id)).all()
        return tuple(fault for row in rows for fault in self._faults(row))

    def _faults(self, row: Row[tuple[str]]) -> Iterator[Fault]:
        path = self._folder / row.file
        remedy = _("bring the file back from a backup, or scan the paper again")
        try:
            refuse_way_out(self._folder, path)
            with path.open("rb") as stream:
                found = hashlib.file_digest(stream, "sha256").hexdigest()
        except (OSError, WorkspaceError):  # also where its name or a link leads out of the workspace
            yield Fault(_("the scan is gone or cannot be read"), remedy, file=str(path), place=row.subject)
            return
        if found != row.sha256:
            yield Fault(
                _("the scan is not the file that was attached"), remedy, file=str(path), place=row.subject
            )


def _read(source: Path, name: str) -> bytes:
    with source.open("rb") as stream:
        content = stream.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        most = f"{MOST_BYTES // 1024 // 1024}"
        raise InputError(
            Fault(
                _("the scan is larger than {most} MB", most=most),
                _("scan it with fewer dots per inch, or in several files"),
                file=name,
            )
        )
    return content


def _kind(content: bytes, name: str) -> str:
    suffix = PurePath(name).suffix.lower().removeprefix(".")
    kind = _SUFFIXES.get(suffix, suffix)
    if kind not in _BEGINNINGS or not content.startswith(_BEGINNINGS[kind]):
        raise InputError(
            Fault(
                _("this is no scan: its name and its content are not those of one kind of file"),
                _("give a PDF, OFD, PNG, JPEG or TIFF file with its own ending"),
                file=shown(name),
            )
        )
    return kind


def _refuse_unknown(connection: Connection, subject: str) -> None:
    sort, _colon, record = subject.partition(":")
    table = _SUBJECTS.get(sort)
    if table is None or connection.execute(select(table.c.id).where(table.c.id == record)).first() is None:
        raise UnknownIdError(
            Fault(
                _("there is no record {subject} in this workspace", subject=shown(subject)),
                _("attach the scan to a record that is there, such as paper:ID"),
            )
        )


def _write_once(root: Path, file: str, content: bytes) -> None:
    path = place_inside(root, *file.split("/"))
    temporary = path.with_name(f".{secrets.token_hex(8)}.part")
    try:
        with temporary.open("xb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(path)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise cannot_write(path, error) from error


def _scan(connection: Connection, row: Row[tuple[str]]) -> Scan:
    return Scan(
        id=row.id,
        subject=row.subject,
        file=row.file,
        name=row.name,
        kind=row.kind,
        size=row.size,
        sha256=row.sha256,
        attached_by=people_rows.names_of(connection, {row.attached_by}).get(row.attached_by),
        at=row.at,
    )
