"""What a backup says of itself: which workspace, when, by what, and every file with its size and SHA-256."""

from __future__ import annotations

import json
import re
import sys
import unicodedata
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from poc_eval.catalog.plain_text import shown
from poc_eval.errors import Fault, InputError, NewerStoreError
from poc_eval.i18n import _
from poc_eval.workspace.canonical import canonical_json
from poc_eval.workspace.tables import SCHEMA as STORE_SCHEMA

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from poc_eval.i18n import Message

FORMAT: Final = "poc_eval-backup"
SCHEMA: Final = 2
"""Of the backup's own layout, signed from 2 on; the store in it has a number of its own."""
FIRST: Final = "poc-eval-backup.txt"
"""The first member says what the file is, to a person and to ``restore``."""
MANIFEST: Final = "poc-eval-backup.json"
SIGNATURE: Final = "poc-eval-backup.sig"
LARGEST_SIGNATURE: Final = 65_536
LARGEST_MANIFEST: Final = 64 * 1024 * 1024
CODE_DIGITS: Final = 16
BLOCK: Final = 1024 * 1024
"""Bytes that are read at once."""
LONGEST_PATH: Final = 2048
"""Bytes of a path in the backup."""
_NEVER: Final = frozenset("\\:")
_NOT_ON_WINDOWS: Final = frozenset('*?"<>|')
_HEX: Final = re.compile(r"(?:[0-9a-f]{2})*")
_DIGEST: Final = re.compile(r"[0-9a-f]{64}")
_DEVICES: Final = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE)
_ASK: Final = _("take another copy of the backup")


@dataclass(frozen=True, slots=True)
class SavedFile:
    """One file of a backup; ``path`` is relative to the workspace, with forward slashes."""

    path: str
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds."""

    workspace: str
    """The workspace's id."""
    made_at: str
    """The moment in UTC, ISO 8601."""
    made_by: str
    """The program's version."""
    store_schema: int
    entries: int
    """Of the log, when it was saved."""
    head: str
    """The digest of the log's newest entry."""
    files: tuple[SavedFile, ...]
    layout: int = SCHEMA

    @property
    def text(self) -> str:
        """The manifest as it stands in the backup."""
        return canonical_json(
            {
                "format": FORMAT,
                "schema": self.layout,
                "workspace": self.workspace,
                "made_at": self.made_at,
                "made_by": self.made_by,
                "store_schema": self.store_schema,
                "log": {"entries": self.entries, "head": self.head},
                "files": [{"path": one.path, "bytes": one.bytes, "sha256": one.sha256} for one in self.files],
            }
        )

    @property
    def code(self) -> str:
        """The beginning of the manifest's SHA-256: two backups of one code hold the same."""
        digits = sha256(self.text.encode()).hexdigest()[:CODE_DIGITS].upper()
        return "-".join(digits[at : at + 4] for at in range(0, CODE_DIGITS, 4))


@dataclass(frozen=True, slots=True)
class Signature:
    """Who says that a table of contents is theirs; key and signature in hex."""

    algorithm: str
    key: str
    signature: str

    @property
    def text(self) -> str:
        """The signature as it stands in the backup."""
        return canonical_json({"algorithm": self.algorithm, "key": self.key, "signature": self.signature})


@dataclass(frozen=True, slots=True)
class Signed:
    """A manifest, its text as it stands in the backup, and the signature of that text, if there is one."""

    manifest: Manifest
    text: bytes
    signature: Signature | None


def signature_from(content: bytes, name: str) -> Signature:
    """Return the signature in a backup; raises ``InputError`` where it is damaged."""
    try:
        said = json.loads(content)
        signature = Signature(**{name: str(said[name]) for name in ("algorithm", "key", "signature")})
        if signature.text.encode() == content and all(
            map(_HEX.fullmatch, (signature.key, signature.signature))
        ):
            return signature
    except (ValueError, KeyError, TypeError, RecursionError):
        pass
    raise InputError(Fault(_("the backup's signature is damaged"), _ASK, file=name))


def manifest_from(content: bytes, name: str) -> Manifest:
    """Return the manifest in a backup; ``name`` is the backup's, for messages.

    Raises ``InputError`` with everything that does not do, ``NewerStoreError`` for one of a newer program.
    """
    try:
        said = json.loads(content)
        _refuse_newer(said, name)
        manifest = Manifest(
            workspace=str(said["workspace"]),
            made_at=_moment(str(said["made_at"])),
            made_by=str(said["made_by"]),
            store_schema=int(said["store_schema"]),
            entries=int(said["log"]["entries"]),
            head=str(said["log"]["head"]),
            files=tuple(
                SavedFile(str(one["path"]), int(one["bytes"]), str(one["sha256"])) for one in said["files"]
            ),
            layout=int(said["schema"]),
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise InputError(Fault(_("the backup's table of contents is damaged"), _ASK, file=name)) from None
    faults = [*_bad_names(manifest.files, name), *_bad_figures(manifest.files, name)]
    if faults:
        raise InputError(*faults)
    return manifest


def _moment(text: str) -> str:
    """Return a moment with its zone as it stands there; raises ``ValueError``."""
    if datetime.fromisoformat(text).tzinfo is None:
        raise ValueError(text)
    return text


def refuse_members(names: Iterable[str], manifest: Manifest, name: str) -> None:
    """Raise ``InputError`` where the archive's members are not exactly those of its manifest."""
    there = Counter(names)
    wanted = {one.path for one in manifest.files} | {FIRST, MANIFEST}
    faults = [
        Fault(_("{member} is missing from the backup", member=shown(one)), _ASK, file=name)
        for one in sorted(wanted - set(there))
    ]
    faults += [
        Fault(
            _("{member} does not belong to the backup, or stands in it twice", member=shown(one)),
            _ASK,
            file=name,
        )
        for one, times in there.items()
        if one not in {*wanted, SIGNATURE} or times > 1
    ]
    if faults:
        raise InputError(*faults)


def _refuse_newer(said: dict[str, object], name: str) -> None:
    if said["format"] != FORMAT:
        raise ValueError(name)
    found = [(said["schema"], SCHEMA), (said["store_schema"], STORE_SCHEMA)]
    for number, known in found:
        if isinstance(number, int) and number > known:
            raise NewerStoreError(
                Fault(
                    _(
                        "the backup was made by a newer version: its layout is {found}, "
                        "this program knows {known}",
                        found=number,
                        known=known,
                    ),
                    _("update poc_eval, then restore again; nothing was written"),
                    file=name,
                )
            )


def _bad_names(files: tuple[SavedFile, ...], name: str) -> Iterator[Fault]:
    """Yield a fault for each path that leads out of its folder or cannot be written here."""
    there = Counter(one.path for one in files)
    for one in files:
        if not is_safe(one.path):
            yield _refused(one.path, _("this name leads out of the folder, or cannot be written here"), name)
        if there[one.path] > 1:
            yield _refused(one.path, _("this name stands in the backup twice"), name)
        parts = one.path.split("/")
        if any("/".join(parts[:number]) in there for number in range(1, len(parts))):
            yield _refused(one.path, _("this name stands for a file and a folder"), name)


def is_safe(path: str) -> bool:
    """Return whether a path is relative, leads nowhere else and can be written by this system."""
    parts = path.split("/")
    if any(unicodedata.category(one) in {"Cc", "Cs"} or one in _NEVER for one in path):
        return False
    if sys.platform == "win32" and any(
        part != part.rstrip(" .") or _DEVICES.fullmatch(part) or set(part) & _NOT_ON_WINDOWS for part in parts
    ):
        return False
    return len(path.encode()) <= LONGEST_PATH and not any(part in {"", ".", ".."} for part in parts)


def _bad_figures(files: tuple[SavedFile, ...], name: str) -> Iterator[Fault]:
    for one in files:
        if one.bytes < 0 or not _DIGEST.fullmatch(one.sha256):
            yield _refused(one.path, _("size or hash of this file is damaged"), name)


def _refused(path: str, what: Message, name: str) -> Fault:
    return Fault(what, _ASK, file=name, place=shown(path))
