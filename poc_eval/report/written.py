"""What became of a report; apart from its making, so that who only receives it loads nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from poc_eval.errors import Fault


@dataclass(frozen=True, slots=True)
class Written:
    """A report that was written: where, the code that is printed on it, and how many bytes.

    ``notes``: what was left out of the report and why, and what could not be written into the log.
    """

    path: Path
    code: str
    bytes: int
    notes: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class Made:
    """A report that was written, and its files: the page alone, or what was asked for and then the page."""

    written: Written
    files: tuple[Path, ...]
