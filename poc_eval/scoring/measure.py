"""The score that a measured figure gives by its criterion's table."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from poc_eval.scoring.criterion import Measured


def measured_score(measured: Measured, value: Fraction) -> Fraction | None:
    """Return the exact score for ``value``, None below the table's first row.

    ``step`` gives the score of the last row reached, ``linear`` the point on the straight line between two
    rows; above the last row its score stands.
    """
    table = measured.table
    if value < table[0].from_:
        return None
    for row, after in pairwise(table):
        low, high = Fraction(row.from_), Fraction(after.from_)
        if low <= value < high:
            if measured.between == "step":
                return Fraction(row.score)
            rise = Fraction(after.score) - Fraction(row.score)
            return Fraction(row.score) + rise * (value - low) / (high - low)
    return Fraction(table[-1].score)
