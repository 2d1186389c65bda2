"""The rubric's own way from several scores to one: mean, median, or the mean without the extremes."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from poc_eval.scoring.rules import PanelRule, Trim

Applied = Literal["mean", "median", "trimmed"]


@dataclass(frozen=True, slots=True)
class Average:
    """One figure from ``counted`` of ``given`` scores; ``applied`` is what was done to them."""

    value: Fraction
    applied: Applied
    given: int
    counted: int


def average(rule: PanelRule, values: Sequence[Fraction]) -> Average | None:
    """Return the average that ``rule`` asks for; None without values.

    With fewer scores than the rule trims from, nothing is dropped and the mean is taken.
    """
    if not values:
        return None
    if rule.average == "median":
        return Average(median(values), "median", len(values), len(values))
    if rule.average == "trimmed":
        return trimmed(rule.trim, values)
    return Average(mean(values), "mean", len(values), len(values))


def trimmed(trim: Trim | None, values: Sequence[Fraction]) -> Average:
    """Return the mean without the highest and lowest (去掉一个最高分和一个最低分), one each unless stated."""
    high, low = (1, 1) if trim is None else (trim.high, trim.low)
    needed = max(high + low + 1, 0 if trim is None or trim.from_ is None else trim.from_)
    if len(values) < needed:
        return Average(mean(values), "mean", len(values), len(values))
    kept = sorted(values)[low : len(values) - high]
    return Average(mean(kept), "trimmed", len(values), len(kept))


def mean(values: Sequence[Fraction]) -> Fraction:
    """Return the exact mean."""
    return sum(values, Fraction(0)) / len(values)


def median(values: Sequence[Fraction]) -> Fraction:
    """Return the exact median, of an even number the mean of the two in the middle."""
    ordered = sorted(values)
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2
