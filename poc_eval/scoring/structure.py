"""A rubric's criteria as a tree with everything worked out: effective scales, full marks, depth, place."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import gcd, lcm
from typing import TYPE_CHECKING, TypeAlias

from poc_eval.scoring.arithmetic import combine

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

    from poc_eval.scoring.criterion import Criterion, Scale
    from poc_eval.scoring.rules import TotalMethod

Path: TypeAlias = tuple[str | int, ...]
"""Where something stands in its file: ``("criteria", 2, "children", 0)``."""


@dataclass(frozen=True, slots=True)
class Marks:
    """From where to where a score goes; ``step`` is None where scores are worked out and not chosen."""

    minimum: Fraction
    full_mark: Fraction
    step: Fraction | None
    best_low: bool

    def on_grid(self, score: Fraction) -> bool:
        """Tell whether ``score`` is one that can be chosen, its range apart."""
        return self.step is None or (score - self.minimum) % self.step == 0

    def holds(self, score: Fraction) -> bool:
        """Tell whether ``score`` lies on the scale."""
        return self.minimum <= score <= self.full_mark


@dataclass(frozen=True, slots=True)
class Node:
    """A criterion in its place, with its marks; a group's marks are what its children's give."""

    criterion: Criterion
    path: Path
    depth: int
    marks: Marks
    children: tuple[Node, ...]

    @property
    def weight(self) -> Fraction | None:
        """What the total's method multiplies with; None where siblings simply add up."""
        return None if self.criterion.weight is None else Fraction(self.criterion.weight)


def build(
    criteria: Sequence[Criterion], scale: Scale | None, method: TotalMethod, path: Path = ("criteria",)
) -> tuple[Node, ...]:
    """Return the tree of ``criteria``; they must have passed the checks of their own room."""
    return tuple(_node(criterion, scale, method, (*path, index)) for index, criterion in enumerate(criteria))


def _node(criterion: Criterion, scale: Scale | None, method: TotalMethod, path: Path) -> Node:
    depth = (len(path) - 2) // 2
    children = build(criterion.children, scale, method, (*path, "children"))
    if children:
        return Node(criterion, path, depth, group_marks(children, method), children)
    marks = leaf_marks(criterion, scale)
    if marks is None:
        message = f"{criterion.id} has no scale"
        raise ValueError(message)
    return Node(criterion, path, depth, marks, ())


def counted(nodes: Sequence[Node]) -> tuple[Node, ...]:
    """Return those of ``nodes`` that enter the total."""
    return tuple(node for node in nodes if node.criterion.counts)


def walk(nodes: Sequence[Node]) -> Iterator[Node]:
    """Yield every node, a group before its children."""
    for node in nodes:
        yield node
        yield from walk(node.children)


def group_marks(nodes: Sequence[Node], method: TotalMethod) -> Marks:
    """Return from where to where ``nodes`` together go; they share what is best."""
    parts = counted(nodes) or tuple(nodes)
    return Marks(
        combine(method, [(node.weight, node.marks.minimum) for node in parts]),
        combine(method, [(node.weight, node.marks.full_mark) for node in parts]),
        None,
        any(node.marks.best_low for node in parts),
    )


def leaf_marks(criterion: Criterion, default: Scale | None) -> Marks | None:
    """Return the marks of a criterion without children; None where nothing says them.

    A scale of its own comes first, what it leaves out is taken from the rubric's scale. Without one, bands
    and a measured table are their own scale: bands from the lowest to the highest mark in steps of the
    smallest gap between two of them. Levels lie on the rubric's scale, or where there is none on the one
    that they span.
    """
    own = criterion.scale
    best_low = _stated(own, default, "best") == "low"
    step = _stated(own, default, "step")
    full = own.max if own is not None else None
    if full is None and (criterion.measured is not None or criterion.bands):
        scores = [Fraction(score) for score in criterion.marks]
        stated = own.step if own is not None else None
        grid = _first(stated, _band_gap(criterion), step, 1)
        return Marks(min(scores), max(scores), None if criterion.measured else grid, best_low)
    if full is None and default is not None:
        full = default.max
    if full is not None:
        least = _first(_stated(own, default, "min"), 0)
        return Marks(least, Fraction(full), None if criterion.measured else _first(step, 1), best_low)
    if criterion.levels:
        scores = [Fraction(score) for score in criterion.marks]
        return Marks(min(scores), max(scores), _first(step, _spacing(scores)), best_low)
    return None


def _stated(own: Scale | None, default: Scale | None, key: str) -> Decimal | str | None:
    values = (getattr(scale, key) for scale in (own, default) if scale is not None)
    return next((value for value in values if value is not None), None)


def _first(*choices: Decimal | Fraction | str | int | None) -> Fraction:
    return Fraction(next(choice for choice in choices if choice is not None))


def _band_gap(criterion: Criterion) -> Fraction | None:
    bands = sorted(criterion.bands, key=lambda band: band.from_)
    gaps = [Fraction(upper.from_) - Fraction(lower.to) for lower, upper in pairwise(bands)]
    return min((gap for gap in gaps if gap > 0), default=None)


def _spacing(scores: Sequence[Fraction]) -> Fraction:
    """Return the largest step on which all ``scores`` lie, 1 for a single one."""
    gaps = [score - min(scores) for score in scores]
    below = lcm(*(gap.denominator for gap in gaps))
    return Fraction(gcd(*(int(gap * below) for gap in gaps)), below) or Fraction(1)
