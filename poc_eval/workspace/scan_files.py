"""Scans of signed papers: kept in the workspace under a safe name, with their SHA-256."""

from __future__ import annotations

import hashlib
import os
import secrets
import uuid
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from poc_eval.catalog.plain_text import shown
from poc_eval.errors import Fault, InputError, UnknownIdError
from poc_eval.i18n import _
from poc_eval.workspace import people_rows
from poc_eval.workspace.filenames import cannot_write, place_inside, refuse_way_out, safe_name
from poc_eval.workspace.panel_tables import decisions, formal_checks, panels, paper_scores, scans
from poc_eval.workspace.records import Scan
from poc_eval.workspace.tables import projects, reviews

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Table
    from sqlalchemy.engine import Connection, Row

    from poc_eval.workspace.workspace import Workspace

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
        called = PurePath(name or source.name).name
        content = _read(source, called)
        kind = _kind(content, called)
        digest = hashlib.sha256(content).hexdigest()
        file = f"{FOLDER}/{safe_name(PurePath(called).stem)}-{digest[:_HASH_DIGITS]}.{kind}"
        with self._ledger.writing() as write:
            _refuse_unknown(write.connection, subject)
            same = (scans.c.subject == subject) & (scans.c.sha256 == digest)
            kept = write.connection.execute(select(scans).where(same)).first()
            if kept is None:
                # The file first: a row never names a file that is not there.
                _write_once(self._folder, file, content)
                person = people_rows.ensure_person(write.connection, by, write.at)
                row = {"subject": subject, "file": file, "name": called, "kind": kind}
                row |= {"sha256": digest}
                new = str(uuid.uuid4())
                write.connection.execute(
                    scans.insert().values(id=new, size=len(content), attached_by=person, at=write.at, **row)
                )
                write.log(write.actor(by), "scan", subject, row | {"size": len(content)})
                kept = write.connection.execute(select(scans).where(scans.c.id == new)).one()
            return _scan(write.connection, kept)

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
        except OSError:
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
