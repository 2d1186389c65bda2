"""What the log's last entry was, kept outside the database: entries cut off its end are missed here.

One line an entry, ``number digest``. Lines are only ever added, each by one system call, so that several
programs can add at once without a lock. The file may lack the newest entries (a program that died between the
two writes), never the reverse.
"""

from __future__ import annotations

import logging
import os
import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from poc_eval.workspace.records import LogEntry

DIGITS: Final = 32
"""Hex digits of a digest that are kept: 128 bits."""
_LINE: Final = re.compile(rb"^(\d{1,15}) ([0-9a-f]{32})$", re.MULTILINE)
_OF_THIS_SYSTEM: Final[int] = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
_logger = logging.getLogger(__name__)


class Heads:
    """The file beside the database."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def add(self, entries: Iterable[LogEntry]) -> None:
        """Write down entries that have just been committed.

        They stand in the database already: a failure here goes to the program's own log and loses nothing.
        """
        lines = "".join(f"{entry.seq} {entry.digest[:DIGITS]}\n" for entry in entries)
        if not lines:
            return
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | _OF_THIS_SYSTEM
        try:
            handle = os.open(self.path, flags, 0o644)
            try:
                os.write(handle, lines.encode())
            finally:
                os.close(handle)
        except OSError as error:
            _logger.warning("the log's head could not be written to %s: %s", self.path, error)

    def read(self) -> list[tuple[int, str]] | None:
        """Return ``(number, digest's beginning)`` of every whole line; None where no file can be read."""
        try:
            content = self.path.read_bytes()
        except OSError:
            return None
        return [(int(number), digest.decode()) for number, digest in _LINE.findall(content)]
