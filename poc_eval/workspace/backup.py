"""A workspace saved as one file: a zip with a table of contents and the SHA-256 of every file in it.

The store is copied by SQLite's own backup, with what still stands in its write-ahead file, while others work.
Private keys lie outside every workspace; a file that looks like one is left out all the same.
"""

from __future__ import annotations

import os
import secrets
import sqlite3
import tempfile
import zipfile
from contextlib import closing
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Final

from poc_eval import __version__
from poc_eval.catalog.plain_text import shown
from poc_eval.errors import Fault, InputError
from poc_eval.i18n import _
from poc_eval.workspace import local
from poc_eval.workspace.backup_manifest import (
    BLOCK,
    FIRST,
    MANIFEST,
    SIGNATURE,
    Manifest,
    SavedFile,
    is_safe,
)
from poc_eval.workspace.filenames import cannot_write
from poc_eval.workspace.migrations import back_up
from poc_eval.workspace.restoring import read_manifest
from poc_eval.workspace.tables import SCHEMA

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from poc_eval.i18n import Message
    from poc_eval.workspace.backup_manifest import Signature
    from poc_eval.workspace.workspace import Workspace

_KEY_BEGINS: Final = (b"-----BEGIN", b'{"algorithm"')
_LEFT_ALONE: Final = frozenset({local.FILE, f"{local.FILE}-wal", f"{local.FILE}-shm", local.HEADS})
_SAYS: Final = (
    "poc_eval 工作区备份。恢复：poc-eval restore 本文件 -w 新文件夹\n"
    "A backup of a poc_eval workspace. To bring it back: poc-eval restore THIS-FILE -w NEW-FOLDER\n"
)


@dataclass(frozen=True, slots=True)
class Saved:
    """A backup that was written; ``left_out`` names what of the folder is not in it, and why."""

    path: Path
    bytes: int
    manifest: Manifest
    left_out: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class _Places:
    """The backup's name, the name that it has until it is whole, and a folder for copies on the way."""

    target: Path
    part: Path
    scratch: Path


def save(
    workspace: Workspace,
    target: Path,
    extras: Mapping[str, bytes],
    sign: Callable[[bytes], Signature] | None = None,
) -> Saved:
    """Write the backup of a workspace; ``extras`` are files to put beside the workspace's own, by path.

    ``sign`` signs the table of contents; a backup without it can be brought back, and says so.

    Raises ``InputError`` where ``target`` is there already, ``WorkspaceError`` where the workspace cannot be
    read or the backup cannot be written; then nothing was written.
    """
    if target.exists():
        raise InputError(
            Fault(
                _("there is a file of this name already"),
                _("choose another name; no backup is written over"),
                file=str(target),
            )
        )
    part = target.with_name(f".{secrets.token_hex(8)}.part")
    try:
        with tempfile.TemporaryDirectory(prefix="poc-eval-") as scratch:
            saved = _write(workspace, _Places(target, part, Path(scratch)), extras, sign)
        # What cannot be brought back is no backup: it is read as ``restore`` reads it.
        read_manifest(part)
        part.rename(target)
    except OSError as error:
        named = Path(error.filename or target)
        raise cannot_write(target if named == part else named, error) from error
    finally:
        part.unlink(missing_ok=True)
    return saved


def _write(
    workspace: Workspace,
    at: _Places,
    extras: Mapping[str, bytes],
    sign: Callable[[bytes], Signature] | None,
) -> Saved:
    # The heads first: they may lack the newest entries of the log, never the log those of the heads.
    heads = workspace.path / local.HEADS
    if heads.is_file():
        (at.scratch / local.HEADS).write_bytes(heads.read_bytes())
    back_up(workspace.path / local.FILE, at.scratch / local.FILE)
    entries, head = _newest_entry(at.scratch / local.FILE)
    left_out: list[Message] = []
    with zipfile.ZipFile(at.part, "x", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo(FIRST), _SAYS)
        files = [_add(archive, path, path.name) for path in sorted(at.scratch.iterdir())]
        own = [one for one in _own_files(workspace.path, left_out) if one[1] not in extras]
        files += [_add(archive, path, name) for path, name in own]
        for name, content in extras.items():
            archive.writestr(_info(name), content, zipfile.ZIP_DEFLATED)
            files.append(SavedFile(name, len(content), sha256(content).hexdigest()))
        moment = local.utc_now().isoformat(timespec="seconds")
        manifest = Manifest(workspace.id, moment, __version__, SCHEMA, entries, head, tuple(files))
        text = manifest.text.encode()
        archive.writestr(_info(MANIFEST), text, zipfile.ZIP_DEFLATED)
        if sign is not None:
            archive.writestr(_info(SIGNATURE), sign(text).text.encode(), zipfile.ZIP_DEFLATED)
    _flush(at.part)
    return Saved(at.target, at.part.stat().st_size, manifest, tuple(left_out))


def _newest_entry(store: Path) -> tuple[int, str]:
    with closing(sqlite3.connect(store)) as connection:
        row = connection.execute("SELECT seq, digest FROM log ORDER BY seq DESC LIMIT 1").fetchone()
    return (0, "") if row is None else (int(row[0]), str(row[1]))


def _add(archive: zipfile.ZipFile, path: Path, name: str) -> SavedFile:
    """Put a file into the archive block by block, and hash just what was put there."""
    hashing, size = sha256(), 0
    with path.open("rb") as source, archive.open(_info(name), "w", force_zip64=True) as member:
        while block := source.read(BLOCK):
            member.write(block)
            hashing.update(block)
            size += len(block)
    return SavedFile(name, size, hashing.hexdigest())


def _info(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o600 << 16
    return info


def _own_files(folder: Path, left_out: list[Message]) -> Iterator[tuple[Path, str]]:
    """Yield the files that people and the program keep in the workspace, by path; the store apart."""
    for where, folders, names in os.walk(folder):
        at = Path(where)
        top = at == folder
        # Older stores, and what programs keep for themselves, are no part of the work.
        folders[:] = sorted(
            one
            for one in folders
            if not one.startswith(".")
            and not (top and one == local.BACKUPS)
            and not _is_link(at / one, left_out)
        )
        for name in sorted(names):
            path = at / name
            if name.startswith(".") or (top and name in _LEFT_ALONE):
                continue
            said = path.relative_to(folder).as_posix()
            reason = _why_not(path, said)
            if reason is None:
                yield path, said
            else:
                left_out.append(reason)


def _is_link(path: Path, left_out: list[Message]) -> bool:
    if path.is_symlink():
        left_out.append(_("{file} is a link and was left out", file=shown(path.name)))
    return path.is_symlink()


def _why_not(path: Path, said: str) -> Message | None:
    """Return why a file does not come into a backup; None where it does."""
    if path.is_symlink() or not path.is_file():
        return _("{file} is a link or no plain file and was left out", file=shown(said))
    if not is_safe(said):
        return _(
            "{file} has a name that not every system can write and was left out; rename it", file=shown(said)
        )
    with path.open("rb") as stream:
        start = stream.read(4096)
    if start.startswith(b"PK") and FIRST.encode() in start[:64]:
        return _("{file} is a backup itself and was left out", file=shown(said))
    if start.startswith(_KEY_BEGINS) and b"private" in start.lower():
        return _("{file} looks like a private key and was left out", file=shown(said))
    return None


def _flush(path: Path) -> None:
    with path.open("rb+") as stream:
        os.fsync(stream.fileno())
