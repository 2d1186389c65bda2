"""What the scores of single criteria come to: groups, the total so far, the total."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from poc_eval.scoring.arithmetic import combine
from poc_eval.scoring.structure import counted, walk

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from poc_eval.scoring.rubric import Rubric
    from poc_eval.scoring.structure import Node


@dataclass(frozen=True, slots=True)
class Sum:
    """What is there so far; ``begun`` once anything is, ``complete`` once all is."""

    so_far: Fraction
    begun: bool
    complete: bool

    @property
    def exact(self) -> Fraction | None:
        """The figure once it is complete."""
        return self.so_far if self.complete else None


@dataclass(frozen=True, slots=True)
class Tally:
    """The sum of every criterion and group by id, and of the whole."""

    of: Mapping[str, Sum]
    total: Sum | None
    """Exact and unrounded; None for a checklist without scores."""


def tally(rubric: Rubric, scores: Mapping[str, Fraction | None], extra: Fraction | None) -> Tally:
    """Return what ``scores`` (criterion id to score) come to.

    What is missing counts as nothing until it is there. ``extra`` is what bonuses and deductions come to,
    None while one of them does not fit.
    """
    of: dict[str, Sum] = {}
    for node in rubric.nodes:
        _add(node, rubric, scores, of)
    if rubric.scores is None:
        return Tally(of, None)
    base = _together(rubric.nodes, rubric, of)
    total = Sum(
        base.so_far * rubric.rescale + (extra or 0),
        base.begun,
        base.complete and extra is not None,
    )
    return Tally(of, total)


def for_ranking(rubric: Rubric, scores: Mapping[str, Fraction | None]) -> dict[str, Fraction | None]:
    """Return ``scores`` multiplied with the panel's weights for ranking; a group's weight goes to its parts.

    Their tally orders projects; totals, gates and decisions are told from the scores as given.
    """
    weights = {} if rubric.panel is None else rubric.panel.rank_weights
    weighted = dict(scores)
    for name, weight in weights.items():
        for node in walk((rubric.node(name),)):
            score = weighted.get(node.criterion.id)
            if score is not None:
                weighted[node.criterion.id] = score * Fraction(weight)
    return weighted


def _add(node: Node, rubric: Rubric, scores: Mapping[str, Fraction | None], of: dict[str, Sum]) -> None:
    for child in node.children:
        _add(child, rubric, scores, of)
    if node.children:
        of[node.criterion.id] = _together(node.children, rubric, of)
        return
    score = scores.get(node.criterion.id)
    of[node.criterion.id] = Sum(score or Fraction(0), score is not None, score is not None)


def _together(nodes: Sequence[Node], rubric: Rubric, of: Mapping[str, Sum]) -> Sum:
    parts = [(node.weight, of[node.criterion.id]) for node in counted(nodes)]
    return Sum(
        combine(rubric.total.method, [(weight, part.so_far) for weight, part in parts]),
        any(part.begun for _weight, part in parts),
        all(part.complete for _weight, part in parts),
    )
