"""A line as it is kept: its id, and for each entry when and by whom it was recorded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from poc_eval.finance.ledger.line import Line


@dataclass(frozen=True, slots=True)
class Stamp:
    """When an entry was recorded, and by whom; None where that person was forgotten."""

    at: datetime
    by: str | None


@dataclass(frozen=True, slots=True)
class KeptLine:
    """A payout's line in the ledger with the stamp of each of its entries."""

    id: str
    line: Line
    stamps: tuple[Stamp, ...]
