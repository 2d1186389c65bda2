"""A workspace brought back from its backup: everything is verified before anything is written."""

from __future__ import annotations

import os
import secrets
import shutil
import stat
import zipfile
import zlib
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final

from poc_eval.catalog.plain_text import shown
from poc_eval.catalog.system_reasons import reason_of
from poc_eval.errors import Fault, InputError
from poc_eval.i18n import _
from poc_eval.workspace import settings
from poc_eval.workspace.auditing import audit
from poc_eval.workspace.backup_manifest import (
    BLOCK,
    FIRST,
    LARGEST_MANIFEST,
    LARGEST_SIGNATURE,
    MANIFEST,
    SIGNATURE,
    Manifest,
    SavedFile,
    Signed,
    manifest_from,
    refuse_members,
    signature_from,
)
from poc_eval.workspace.filenames import cannot_write
from poc_eval.workspace.tables import SCHEMA
from poc_eval.workspace.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Callable

    from poc_eval.workspace.auditing import Audit

MOST_TIMES: Final = 200
"""How many times larger than the archive its content may be; a store packs to a tenth or so."""
ALWAYS_ALLOWED: Final = 256 * BLOCK
_ASK: Final = _("take another copy of the backup; nothing was written")
_UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError)
"""What zipfile raises for an archive that is damaged, encrypted or packed in a way that it does not know."""


@dataclass(frozen=True, slots=True)
class Restored:
    """A workspace that was brought back, and what an audit of it says."""

    workspace: Workspace
    manifest: Manifest
    audit: Audit

    @property
    def moment(self) -> datetime:
        """When the backup was made."""
        return datetime.fromisoformat(self.manifest.made_at)

    @property
    def older(self) -> bool:
        """Whether an older program made it, so that its store was brought up to date."""
        return self.manifest.store_schema < SCHEMA


def restore(backup: Path, folder: Path, *, judge: Callable[[Signed], None] | None = None) -> Restored:
    """Bring a workspace back into a folder that is new or empty.

    The whole backup is verified first, then unpacked beside the place, opened there, moved in as the last
    step, and audited.  ``judge`` sees who signed it before anything is written, and may refuse.

    Raises ``InputError`` for a folder with anything in it, and for a file that is no backup, is cut off,
    changed, or would write elsewhere; ``NewerStoreError``; ``WorkspaceError``; what ``judge`` raises.  Then
    nothing is left in the folder.
    """
    _refuse_used(folder)
    with _opened(backup) as archive:
        signed = _verified(archive, backup)
        manifest = signed.manifest
        if judge is not None:
            judge(signed)
        made = not folder.exists()
        staging = folder / f".{secrets.token_hex(8)}.part"
        try:
            staging.mkdir(parents=True)
            _read_all(archive, manifest, backup, lambda one: _target(staging, one))
            # An older store is brought up to date here; what cannot be opened is never moved in.
            Workspace.open(staging)
            _move_in(staging, folder)
        except OSError as error:
            raise cannot_write(Path(error.filename or folder), error) from error
        finally:
            shutil.rmtree(staging, ignore_errors=True)
            if made and folder.is_dir() and not any(folder.iterdir()):
                folder.rmdir()
    workspace = Workspace.open(folder)
    return Restored(workspace, manifest, audit(workspace))


def read_manifest(backup: Path) -> Manifest:
    """Return what a backup says of itself, after all of it was verified; raises as ``restore`` does."""
    with _opened(backup) as archive:
        return _verified(archive, backup).manifest


def _refuse_used(folder: Path) -> None:
    if folder.is_dir() and not any(folder.iterdir()):
        return
    if folder.exists() or folder.is_symlink():
        raise InputError(
            Fault(
                _("a backup is brought back into a new or empty folder, and there is something here"),
                _("name another folder with -w; nothing was written"),
                file=str(folder),
            )
        )


def _opened(backup: Path) -> zipfile.ZipFile:
    try:
        with backup.open("rb") as stream:
            start = stream.read(64)
        return zipfile.ZipFile(backup)
    except OSError as error:
        what = _("the backup cannot be read: {reason}", reason=reason_of(error))
        raise InputError(Fault(what, _("check the name and who may read it"), file=str(backup))) from error
    except _UNREADABLE:
        pass
    ours = start.startswith(b"PK") and FIRST.encode() in start
    what = _("the backup is cut off or damaged") if ours else _("this file is no backup of poc_eval")
    remedy = _ASK if ours else _("name a file that poc-eval backup wrote; nothing was written")
    raise InputError(Fault(what, remedy, file=str(backup)))


def _verified(archive: zipfile.ZipFile, backup: Path) -> Signed:
    """Return the signed manifest of an archive in which every member is what the manifest says."""
    name, members = str(backup), archive.infolist()
    listed = [one for one in members if one.filename == MANIFEST]
    if not listed:
        ours = any(one.filename == FIRST for one in members)
        what = (
            _("the backup's table of contents is missing")
            if ours
            else _("this file is no backup of poc_eval")
        )
        raise InputError(
            Fault(what, _("name a file that poc-eval backup wrote; nothing was written"), file=name)
        )
    faults = [
        Fault(_("{member} is a link or no plain file", member=shown(one.filename)), _ASK, file=name)
        for one in members
        if one.filename.endswith("/") or stat.S_IFMT(one.external_attr >> 16) not in {0, stat.S_IFREG}
    ]
    if faults:
        raise InputError(*faults)
    text = _bytes(archive, listed[0], LARGEST_MANIFEST)
    if len(text) > LARGEST_MANIFEST:
        raise InputError(Fault(_("the backup's table of contents is too large"), _ASK, file=name))
    manifest = manifest_from(text, name)
    refuse_members((one.filename for one in members), manifest, name)
    stated = [one for one in members if one.filename == SIGNATURE]
    signature = signature_from(_bytes(archive, stated[0], LARGEST_SIGNATURE), name) if stated else None
    _refuse_too_large(manifest, backup)
    _read_all(archive, manifest, backup, None)
    return Signed(manifest, text, signature)


def _bytes(archive: zipfile.ZipFile, member: zipfile.ZipInfo, most: int) -> bytes:
    """Return the content of a small member, one byte more than ``most`` at most; empty where damaged."""
    try:
        with archive.open(member) as stream:
            return stream.read(most + 1)
    except _UNREADABLE:
        return b""


def _refuse_too_large(manifest: Manifest, backup: Path) -> None:
    """Raise ``InputError`` where the content is out of all proportion to the file: made to fill a disk."""
    size = sum(one.bytes for one in manifest.files)
    if size > max(ALWAYS_ALLOWED, MOST_TIMES * backup.stat().st_size):
        what = _("the backup would unpack to more than a backup of its size can hold")
        raise InputError(Fault(what, _ASK, file=str(backup)))


def _read_all(
    archive: zipfile.ZipFile, manifest: Manifest, backup: Path, place: Callable[[SavedFile], Path] | None
) -> None:
    """Read every file and compare it with the manifest; write it where ``place`` says, if it says.

    Raises ``InputError`` with every file that differs.
    """
    faults = []
    for one in manifest.files:
        try:
            with archive.open(one.path) as stream:
                if place is None:
                    same = _same(stream, one, None)
                else:
                    with place(one).open("xb") as target:
                        same = _same(stream, one, target)
                        target.flush()
                        os.fsync(target.fileno())
        except _UNREADABLE:
            same = False
        if not same:
            what = _("{member} is not what was saved", member=shown(one.path))
            faults.append(Fault(what, _ASK, file=str(backup)))
    if faults:
        raise InputError(*faults)


def _same(stream: IO[bytes], one: SavedFile, target: IO[bytes] | None) -> bool:
    hashing, left = sha256(), one.bytes
    # One byte more than there should be, and no more than that, whatever the archive says.
    while block := stream.read(min(BLOCK, left + 1)):
        left -= len(block)
        if left < 0:
            return False
        hashing.update(block)
        if target is not None:
            target.write(block)
    return left == 0 and hashing.hexdigest() == one.sha256


def _target(staging: Path, one: SavedFile) -> Path:
    path = staging.joinpath(*one.path.split("/"))
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def _move_in(staging: Path, folder: Path) -> None:
    """Move what was unpacked into the folder that it stands in; the settings last: with them it is one."""
    for path in sorted(staging.iterdir(), key=lambda one: one.name == settings.FILE):
        path.rename(folder / path.name)
