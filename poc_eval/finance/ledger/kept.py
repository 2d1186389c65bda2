"""Lines as they are kept: for each entry its key, when and by whom it was recorded; and the book of all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from poc_eval.finance.ledger.line import Line


@dataclass(frozen=True, slots=True)
class Stamp:
    """The key, the moment and the person of an entry; ``by`` None where that person was forgotten."""

    key: str
    at: datetime
    by: str | None


@dataclass(frozen=True, slots=True)
class KeptLine:
    """A payout's line in the ledger; entries beyond the last stamp are drafts that are not recorded yet."""

    id: str
    line: Line
    stamps: tuple[Stamp, ...]

    @property
    def drafts(self) -> int:
        """How many entries are not recorded yet."""
        return len(self.line.entries) - len(self.stamps)


@dataclass(frozen=True, slots=True)
class Book:
    """The ledger on a day."""

    lines: Sequence[KeptLine]
    day: date
    zone: str = "Asia/Shanghai"
    """Where instants are printed."""
