"""Scores and totals as a form prints them: as many decimals as the steps of the scale have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from poc_eval.scoring.arithmetic import printed

if TYPE_CHECKING:
    from decimal import Decimal
    from fractions import Fraction

    from poc_eval.scoring.rubric import Rubric
    from poc_eval.scoring.structure import Node


def score_text(rubric: Rubric, criterion_id: str, score: Decimal | None) -> str | None:
    """Return a criterion's score, ``22.0`` where scores go in steps of a half; None for none."""
    node = rubric.node(criterion_id)
    if node.children:
        return total_text(rubric, score)
    return _with_places(score, _leaf_places(rubric, node))


def total_text(rubric: Rubric, total: Decimal | None) -> str | None:
    """Return a total, or what a group's children come to, with the decimals that it can have."""
    leaves = [node for node in rubric.every_node if not node.children and node.criterion.counts]
    if rubric.rescale != 1 or any(node.weight is not None for node in leaves):
        return _with_places(total, rubric.decimals)
    return _with_places(total, max((_leaf_places(rubric, node) for node in leaves), default=0))


def _leaf_places(rubric: Rubric, node: Node) -> int:
    measured = node.criterion.measured
    if measured is None:
        return 0 if node.marks.step is None else _places(node.marks.step)
    if measured.between == "linear":
        return rubric.decimals
    return max(_places(row.score) for row in measured.table)


def _places(value: Fraction | Decimal) -> int:
    return len(printed(value).partition(".")[2])


def _with_places(value: Decimal | None, places: int) -> str | None:
    if value is None:
        return None
    return f"{value:.{max(places, _places(value))}f}"
