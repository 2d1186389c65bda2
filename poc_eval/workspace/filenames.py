"""File names made from what people typed, and writing that stays inside the workspace."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import unicodedata
from typing import TYPE_CHECKING, Final

from poc_eval.catalog.system_reasons import reason_of
from poc_eval.errors import Fault, WorkspaceError
from poc_eval.i18n import _

if TYPE_CHECKING:
    from pathlib import Path

NAME_BYTES: Final = 120
"""Of a derived name in UTF-8, its suffix not counted; every common file system takes 255."""
_HASH_DIGITS: Final = 10
# Names that Windows keeps for devices, with or without anything after a dot.
_DEVICES: Final = re.compile(
    r"(con|prn|aux|nul|conin\$|conout\$|clock\$|com[0-9¹²³]|lpt[0-9¹²³])", re.IGNORECASE
)


def safe_name(original: str) -> str:
    """Return a file name for ``original`` that every system takes and that leads nowhere else.

    Letters and digits of every script, hyphens, underscores and inner dots stay. Where anything had to be
    changed, a short hash of the original is added, so that two originals never share a name by that change.
    """
    kept = "".join(c if c.isalnum() or c in "-_." else "-" for c in unicodedata.normalize("NFC", original))
    kept = re.sub(r"-{2,}", "-", kept).strip("-.")
    if (
        kept
        and kept == original
        and len(kept.encode()) <= NAME_BYTES
        and not _DEVICES.fullmatch(kept.split(".")[0])
    ):
        return kept
    mark = hashlib.sha256(original.encode("utf-8", "surrogatepass")).hexdigest()[:_HASH_DIGITS]
    room = NAME_BYTES - len(mark) - 1
    cut = kept.encode("utf-8", "ignore")[:room].decode("utf-8", "ignore").rstrip("-.")
    return f"{cut}-{mark}" if cut and not _DEVICES.fullmatch(cut.split(".")[0]) else f"_{mark}"


def folder_inside(root: Path, *parts: str) -> Path:
    """Return the folder ``root/parts``, made if missing; raises ``WorkspaceError`` where a link leads out."""
    folder = root.joinpath(*parts)
    # Asked before anything is made, and asked again after: a link may stand anywhere on the way.
    refuse_way_out(root, folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise cannot_write(folder, error) from error
    refuse_way_out(root, folder)
    return folder


def place_inside(root: Path, *parts: str) -> Path:
    """Return ``root/parts`` with its folder made; raises ``WorkspaceError`` where a link leads out."""
    path = folder_inside(root, *parts[:-1]) / parts[-1]
    refuse_way_out(root, path)
    if path.is_symlink():
        raise _leads_out(path)
    return path


def refuse_way_out(root: Path, path: Path) -> None:
    """Raise ``WorkspaceError`` where ``path``, its links followed, does not lie in ``root``."""
    try:
        inside = path.resolve().is_relative_to(root.resolve())
    except (OSError, RuntimeError):  # links that lead in a circle
        inside = False
    if not inside:
        raise _leads_out(path)


def write_inside(root: Path, *parts: str, text: str) -> Path:
    """Write a whole file of text under ``root`` or nothing of it; raises ``WorkspaceError``."""
    return write_bytes_inside(root, *parts, data=text.encode("utf-8"))


def write_bytes_inside(root: Path, *parts: str, data: bytes) -> Path:
    """Write a whole file under ``root`` or nothing of it; raises ``WorkspaceError``."""
    path = place_inside(root, *parts)
    temporary = path.with_name(f".{secrets.token_hex(8)}.part")
    try:
        with temporary.open("xb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(path)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise cannot_write(path, error) from error
    return path


def delete_inside(root: Path, file: str) -> None:
    """Delete a file under ``root``, if it is there; raises ``WorkspaceError``."""
    path = root / file
    refuse_way_out(root, path)
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise cannot_write(path, error) from error


def cannot_write(path: Path, error: OSError) -> WorkspaceError:
    """Return the error to raise where the system refused to write."""
    return WorkspaceError(
        Fault(
            _("this place cannot be written: {reason}", reason=reason_of(error)),
            _("allow writing to the folder, free some disk space, or choose another folder"),
            file=str(path),
        )
    )


def _leads_out(path: Path) -> WorkspaceError:
    return WorkspaceError(
        Fault(
            _("a link on the way to this file leads out of the workspace, so nothing was written"),
            _("replace the link by a real folder or file"),
            file=str(path),
        )
    )
