"""What can be wrong with the lines that scores are held against: gates, stated full marks, decisions.

These need the full marks, so they are looked at once the criteria themselves are in order.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from poc_eval.catalog.refusal import Refusal
from poc_eval.i18n import _
from poc_eval.scoring.arithmetic import printed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from poc_eval.scoring.rubric import Rubric
    from poc_eval.scoring.rules import Decision, Gate
    from poc_eval.scoring.structure import Marks, Path


def stated(rubric: Rubric) -> Iterator[Refusal]:
    """Yield full marks that an author states and the criteria do not give, and totals out of nothing."""
    figures = [
        ((*node.path, "scale", "max"), node.criterion.scale.max, node.marks.full_mark)
        for node in rubric.every_node
        if node.children and node.criterion.scale is not None
    ]
    if rubric.scores is not None:
        figures.append((("total", "full_mark"), rubric.total.full_mark, rubric.scores.full_mark))
    for at, wanted, found in figures:
        if wanted is not None and Fraction(wanted) != found:
            yield Refusal(
                _(
                    "the full marks give {found}, but {wanted} is stated",
                    found=printed(found),
                    wanted=printed(wanted),
                ),
                _("correct a full mark, or the stated figure"),
                at,
            )
    if rubric.total.out_of is not None and (rubric.total.out_of <= 0 or not _above_zero(rubric.scores)):
        yield Refusal(
            _("the total cannot be rescaled to {points}", points=printed(rubric.total.out_of)),
            _("write a number above 0, and let the full marks be above 0"),
            ("total", "out_of"),
        )


def _above_zero(scores: Marks | None) -> bool:
    return scores is not None and scores.full_mark > 0


def gates(rubric: Rubric) -> Iterator[Refusal]:
    """Yield gates that nobody can pass, or that look the wrong way on their scale."""
    for index, gate in enumerate(rubric.gates):
        at: Path = ("gates", index)
        if gate.kind == "total":
            if rubric.total_marks is None:
                yield Refusal(
                    _("this rubric has no total that a gate could look at"),
                    _("take the gate away, or let a criterion count"),
                    at,
                )
            else:
                yield from _reachable(gate, rubric.total_marks, rubric.extra_points, at)
        elif gate.criterion is not None:
            yield from _reachable(gate, rubric.node(gate.criterion).marks, Fraction(0), at)


def _reachable(gate: Gate, marks: Marks, extra: Fraction, at: Path) -> Iterator[Refusal]:
    if gate.at_least is not None and Fraction(gate.at_least) > marks.full_mark + extra:
        yield Refusal(
            _(
                "the gate asks for at least {line}, but the full mark is {full}",
                line=printed(gate.at_least),
                full=printed(marks.full_mark + extra),
            ),
            _("lower the line, or correct the full mark"),
            (*at, "at_least"),
        )
    if gate.at_most is not None and Fraction(gate.at_most) < marks.minimum:
        yield Refusal(
            _(
                "the gate asks for at most {line}, but the lowest score is {low}",
                line=printed(gate.at_most),
                low=printed(marks.minimum),
            ),
            _("raise the line, or correct the scale"),
            (*at, "at_most"),
        )
    if marks.best_low and gate.at_most is None:
        yield Refusal(
            _("on this scale the lowest score is the best, so at_least would refuse the best"),
            _("write at_most"),
            (*at, "at_least"),
        )


def decisions(rubric: Rubric) -> Iterator[Refusal]:
    """Yield decisions that cannot be told without a total, or that no total can reach."""
    marks = rubric.total_marks
    key, other = ("at_most", "at_least") if marks and marks.best_low else ("at_least", "at_most")
    for index, decision in enumerate(rubric.decisions):
        at: Path = ("decisions", index)
        if marks is None and (decision.at_least, decision.at_most) != (None, None):
            yield Refusal(
                _("this rubric has no total that a decision could look at"),
                _("take the line away, or let a criterion count"),
                at,
            )
        elif getattr(decision, other) is not None:
            yield Refusal(
                _("{key} does not fit this total, whose best end is the other one", key=other),
                _("write {key}", key=key),
                (*at, other),
            )
        else:
            yield from _covered(rubric, index, at)
            if marks is not None:
                yield from _beyond(decision, marks, rubric.extra_points, at)


def _beyond(decision: Decision, marks: Marks, extra: Fraction, at: Path) -> Iterator[Refusal]:
    if decision.at_least is not None and Fraction(decision.at_least) > marks.full_mark + extra:
        yield Refusal(
            _(
                "the decision asks for at least {line}, but the full mark is {full}",
                line=printed(decision.at_least),
                full=printed(marks.full_mark + extra),
            ),
            _("lower the line, or correct the full mark"),
            (*at, "at_least"),
        )


def _covered(rubric: Rubric, index: int, at: Path) -> Iterator[Refusal]:
    decision = rubric.decisions[index]
    for earlier in rubric.decisions[:index]:
        if _at_least_as_wide(earlier, decision):
            yield Refusal(
                _(
                    'this decision is never reached, because "{earlier}" above it comes first',
                    earlier=earlier.id,
                ),
                _("put the decisions in order, the one that asks for most first"),
                at,
            )
            return


def _at_least_as_wide(earlier: Decision, later: Decision) -> bool:
    """Tell whether everything that fits ``later`` has been taken by ``earlier``."""
    rank = earlier.rank_at_most is None or (
        later.rank_at_most is not None and later.rank_at_most <= earlier.rank_at_most
    )
    low = earlier.at_least is None or (later.at_least is not None and later.at_least >= earlier.at_least)
    high = earlier.at_most is None or (later.at_most is not None and later.at_most <= earlier.at_most)
    return rank and low and high
