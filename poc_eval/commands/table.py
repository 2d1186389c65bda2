"""Plain tables for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from poc_eval.commands.parser import columns

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


def aligned(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield each row as a line, cell under cell; a Chinese character takes two columns."""
    widths = [max(columns(cell) for cell in column) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = [cell + " " * (width - columns(cell)) for cell, width in zip(row, widths, strict=True)]
        yield "  ".join(cells).rstrip()
