"""The keys that seal reports: made on first use, kept outside every workspace, their owner's alone."""

from __future__ import annotations

import json
import os
import re
import secrets
import stat
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from poc_eval.catalog.system_reasons import reason_of
from poc_eval.errors import Fault, SealError
from poc_eval.i18n import _
from poc_eval.report.seal_methods import STANDARD, needed_method
from poc_eval.report.seal_register import FILE, KnownKey, add_line

if TYPE_CHECKING:
    from poc_eval.workspace.workspace import Workspace

SETTING: Final = "POC_EVAL_KEYS"
PRIVATE, PUBLIC = ".key", ".pub"
_NUMBERED: Final = re.compile(r"(\d{4,9})\.(?:key|pub)")
_LARGEST: Final = 65_536
"""Bytes of a key's file."""


@dataclass(frozen=True, slots=True)
class SealKey:
    """A workspace's key; ``private`` never leaves this object but into a signature."""

    algorithm: str
    private: bytes
    public: bytes

    def __repr__(self) -> str:
        return f"SealKey({self.algorithm}, {self.public.hex()})"


def keys_folder() -> Path:
    """Return where this account keeps its keys: what POC_EVAL_KEYS names, else the place for user data."""
    chosen = os.environ.get(SETTING)
    if chosen:
        return Path(chosen).absolute()
    home = Path.home()
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = home / "Library" / "Application Support"
    else:
        base = Path(os.environ.get("XDG_DATA_HOME") or home / ".local" / "share")
    return base / "poc-eval" / "keys"


def register_file() -> Path:
    """Return the register beside the keys."""
    return keys_folder() / FILE


def current_key(workspace: Workspace) -> SealKey:
    """Return the workspace's key, made on first use; raises ``SealError``."""
    folder = _folder_of(workspace)
    numbers = _numbers(folder, PRIVATE)
    return _read(folder, numbers[-1]) if numbers else _first_key(workspace.id, folder)


def new_key(workspace: Workspace, *, method: str = STANDARD) -> SealKey:
    """Make the workspace's next key, which seals from now on; the one before is retired.

    What the retired key has sealed still holds. Raises ``SealError``.
    """
    folder = _folder_of(workspace)
    numbers = _numbers(folder, PRIVATE)
    before = _read(folder, numbers[-1]) if numbers else None
    made = None
    while made is None:
        made = _made(workspace.id, folder, method, _next_number(folder))
    if before is not None:
        _enter({"event": "retired", "key": before.public.hex()})
    return made


def revoke_key(public: str, *, reason: str) -> None:
    """Revoke a key of this account: nothing that it sealed holds any more, and it is deleted.

    ``public`` in hex, or its beginning. Raises ``SealError`` where no key, or several, begin so.
    """
    found = [
        path
        for path in sorted(keys_folder().glob(f"*/*{PUBLIC}"))
        if public and read_public(path).public.startswith(public.lower())
    ]
    if len(found) != 1:
        raise SealError(
            Fault(
                _("{count} keys of this account begin with {key}", count=len(found), key=public),
                _("give more digits of one that poc-eval keys lists"),
            )
        )
    known = read_public(found[0])
    _enter({"event": "revoked", "key": known.public, "reason": reason})
    found[0].with_suffix(PRIVATE).unlink(missing_ok=True)


def known_keys(folder: Path) -> dict[str, KnownKey]:
    """Return the public keys under a folder, by their hex; raises ``SealError`` for a damaged file."""
    found = (read_public(path) for path in sorted(folder.rglob(f"*{PUBLIC}")))
    return {key.public: key for key in found}


def read_public(path: Path) -> KnownKey:
    """Return the public key in a file; raises ``SealError``."""
    said = _stated(path)
    try:
        bytes.fromhex(said["public"])
    except ValueError:
        raise _damaged(path) from None
    return KnownKey(said["algorithm"], said["public"].lower(), said["workspace"])


def enter_report(series: str, code: str, log: int) -> None:
    """Write into the register that a report was written; raises ``OSError``."""
    _enter({"event": "report", "series": series, "code": code, "log": log})


def _enter(entry: dict[str, object]) -> None:
    at = datetime.now(UTC).isoformat(timespec="seconds")
    add_line(register_file(), {"at": at, **entry})


def _folder_of(workspace: Workspace) -> Path:
    folder = keys_folder() / workspace.id
    if folder.resolve().is_relative_to(workspace.path.resolve()):
        raise SealError(
            Fault(
                _("the keys would lie inside the workspace, where everybody who has it has them"),
                _("name a folder outside of it in {setting}", setting=SETTING),
                file=str(folder),
            )
        )
    return folder


def _numbers(folder: Path, suffix: str) -> list[int]:
    try:
        names = [path.name for path in folder.iterdir()]
    except FileNotFoundError:
        return []
    except OSError as error:
        raise _refused(folder, error) from error
    return sorted(
        int(found[1]) for name in names if (found := _NUMBERED.fullmatch(name)) and name.endswith(suffix)
    )


def _first_key(workspace_id: str, folder: Path) -> SealKey:
    number = _next_number(folder)
    # Where another program was quicker, its key is the first one.
    return _made(workspace_id, folder, STANDARD, number) or _read(folder, number)


def _next_number(folder: Path) -> int:
    return max([0, *_numbers(folder, PRIVATE), *_numbers(folder, PUBLIC)]) + 1


def _made(workspace_id: str, folder: Path, method: str, number: int) -> SealKey | None:
    """Write a new pair under a number; None where the number is taken."""
    way = needed_method(method)
    private = way.generate()
    public = way.public(private)
    said = {"algorithm": method, "public": public.hex(), "workspace": workspace_id}
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not _write_new(_file(folder, number, PRIVATE), {**said, "private": private.hex()}):
            return None
        _write_new(_file(folder, number, PUBLIC), said)
        _enter({"event": "key", "key": public.hex(), "algorithm": method, "workspace": workspace_id})
    except OSError as error:
        raise _refused(folder, error) from error
    return SealKey(method, private, public)


def _write_new(path: Path, said: dict[str, str]) -> bool:
    """Write a whole file for this account alone; False where the name is taken."""
    temporary = path.with_name(f".{secrets.token_hex(8)}.part")
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "w", encoding="ascii", newline="\n") as stream:
            json.dump(said, stream, sort_keys=True)
            stream.write("\n")
            stream.flush()
            os.fsync(stream.fileno())
        try:
            os.link(temporary, path)
        except FileExistsError:
            return False
    finally:
        temporary.unlink(missing_ok=True)
    return True


def _read(folder: Path, number: int) -> SealKey:
    path = _file(folder, number, PRIVATE)
    said = _stated(path)
    _refuse_open_file(path)
    try:
        private, public = bytes.fromhex(said["private"]), bytes.fromhex(said["public"])
    except (KeyError, ValueError):
        raise _damaged(path) from None
    return SealKey(said["algorithm"], private, public)


def _refuse_open_file(path: Path) -> None:
    """Raise ``SealError`` where others than the owner may read or write the key (not asked on Windows)."""
    if sys.platform == "win32":
        return
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise SealError(
            Fault(
                _("others than its owner may read this key"),
                _("set its rights to 600; if others could have read it, revoke it and make a new one"),
                file=str(path),
            )
        )


def _stated(path: Path) -> dict[str, str]:
    try:
        with path.open("rb") as stream:
            said = json.loads(stream.read(_LARGEST))
    except OSError as error:
        raise _refused(path, error) from error
    except (ValueError, RecursionError):
        raise _damaged(path) from None
    needed = {"algorithm", "public", "workspace"}
    if (
        not isinstance(said, dict)
        or not needed <= said.keys()
        or any(type(one) is not str for one in said.values())
    ):
        raise _damaged(path)
    return said


def _file(folder: Path, number: int, suffix: str) -> Path:
    return folder / f"{number:04d}{suffix}"


def _damaged(path: Path) -> SealError:
    return SealError(
        Fault(_("this is no key, or it is damaged"), _("bring it back from a backup"), file=str(path))
    )


def _refused(path: Path, error: OSError) -> SealError:
    return SealError(
        Fault(
            _("the keys cannot be read or written: {reason}", reason=reason_of(error)),
            _("allow this account to write there, or name another folder in {setting}", setting=SETTING),
            file=str(path),
        )
    )
