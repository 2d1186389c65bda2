"""The register of keys and sealed reports: made, retired and revoked keys; which report is a record's newest.

One JSON object a line, only ever added. It holds no secret, no name and no content: keys, codes and hashes.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from poc_eval.catalog.system_reasons import reason_of
from poc_eval.errors import Fault, SealError
from poc_eval.i18n import _

if TYPE_CHECKING:
    from pathlib import Path

FILE: Final = "register.jsonl"
_OF_THIS_SYSTEM: Final[int] = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


@dataclass(frozen=True, slots=True)
class KnownKey:
    """A public key; ``public`` in hex. ``revoked`` is (when, why) where it was revoked."""

    algorithm: str
    public: str
    workspace: str = ""
    retired: str | None = None
    revoked: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class SealedReport:
    """A report that was sealed: its code, the log's entry that it rests on, and when it was written."""

    code: str
    log: int
    at: str


@dataclass(slots=True)
class Register:
    """What a register says; ``reports`` by series, oldest first."""

    keys: dict[str, KnownKey] = field(default_factory=dict)
    reports: dict[str, list[SealedReport]] = field(default_factory=dict)


def read_register(path: Path) -> Register:
    """Return what the register says; raises ``SealError`` where it cannot be read or a line is damaged."""
    try:
        lines = path.read_bytes().splitlines()
    except OSError as error:
        raise SealError(
            Fault(
                _("the register cannot be read: {reason}", reason=reason_of(error)),
                _("name the register's file with --register"),
                file=str(path),
            )
        ) from error
    register = Register()
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            _take(register, json.loads(line))
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            raise SealError(
                Fault(
                    _("this line of the register is damaged"),
                    _("bring the register back from a backup, or ask the centre for it again"),
                    file=str(path),
                    line=number,
                )
            ) from None
    return register


def add_line(path: Path, entry: dict[str, object]) -> None:
    """Add one line by one system call; raises ``OSError``."""
    line = json.dumps(entry, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n"
    handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | _OF_THIS_SYSTEM, 0o600)
    try:
        os.write(handle, line.encode())
    finally:
        os.close(handle)


def _take(register: Register, entry: dict[str, object]) -> None:
    event, at = entry["event"], str(entry["at"])
    if event == "report":
        written = SealedReport(str(entry["code"]), int(str(entry["log"])), at)
        register.reports.setdefault(str(entry["series"]), []).append(written)
        return
    public = str(entry["key"])
    # A register that was begun anew may revoke a key that it never saw made.
    known = register.keys.get(public, KnownKey("", public))
    if event == "key":
        made = KnownKey(str(entry["algorithm"]), public, str(entry["workspace"]))
        # What was retired or revoked once stays so, whatever a later line says.
        register.keys.setdefault(public, made)
    elif event == "retired":
        register.keys[public] = KnownKey(known.algorithm, public, known.workspace, at, known.revoked)
    elif event == "revoked":
        why = (at, str(entry["reason"]))
        register.keys[public] = KnownKey(known.algorithm, public, known.workspace, known.retired, why)
    else:
        raise ValueError(event)
