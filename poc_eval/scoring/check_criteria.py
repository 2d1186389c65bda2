"""What can be wrong with the criteria of a rubric: scales, levels, bands, measured tables, weights."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

from poc_eval.catalog.refusal import Refusal
from poc_eval.i18n import _
from poc_eval.scoring.arithmetic import printed
from poc_eval.scoring.structure import Marks, leaf_marks

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from poc_eval.scoring.criterion import Band, Criterion, Scale
    from poc_eval.scoring.structure import Path


def placed(criteria: Sequence[Criterion], path: Path = ("criteria",)) -> Iterator[tuple[Path, Criterion]]:
    """Yield every criterion with its place in the file, a group before its children."""
    for index, criterion in enumerate(criteria):
        here = (*path, index)
        yield here, criterion
        yield from placed(criterion.children, (*here, "children"))


def default_scale(scale: Scale | None) -> Iterator[Refusal]:
    """Yield what is wrong with the rubric's own scale."""
    if scale is not None and scale.max is not None:
        yield from _scale(scale, Marks(*_edges(scale), best_low=False), ("scale",))


def _edges(scale: Scale) -> tuple[Fraction, Fraction, Fraction]:
    return (
        Fraction(scale.min or 0),
        Fraction(scale.max or 0),
        Fraction(1 if scale.step is None else scale.step),
    )


def criterion_alone(criterion: Criterion, default: Scale | None, at: Path) -> Iterator[Refusal]:
    """Yield what is wrong with one criterion, looked at by itself."""
    yield from _one_way(criterion, at)
    if criterion.optional and criterion.counts:
        yield Refusal(
            _("a criterion that may be left empty counts in the total here"),
            _("add counts: no, or take optional away"),
            (*at, "optional"),
        )
    if criterion.children:
        yield from _group(criterion, at)
        return
    marks = leaf_marks(criterion, default)
    if marks is None:
        yield Refusal(
            _("nothing says how many points this criterion can give"),
            _(
                "give it a scale such as {example}, or give the whole rubric one",
                example="{max: 10, step: 1}",
            ),
            at,
        )
        return
    if (marks.step is not None and marks.step <= 0) or marks.minimum >= marks.full_mark:
        yield from _scale(criterion.scale, marks, (*at, *_scale_key(criterion)))
        return
    yield from _scale(criterion.scale, marks, (*at, *_scale_key(criterion)))
    yield from _levels(criterion, marks, at)
    yield from _bands(criterion, marks, at)
    yield from _table(criterion, marks, at)


def _scale_key(criterion: Criterion) -> tuple[str, ...]:
    if criterion.scale is not None:
        return ("scale",)
    return () if criterion.way == "points" else (criterion.way,)


def _one_way(criterion: Criterion, at: Path) -> Iterator[Refusal]:
    ways = {
        "children": criterion.children,
        "levels": criterion.levels,
        "bands": criterion.bands,
        "measured": criterion.measured,
    }
    given = [name for name, value in ways.items() if value]
    if len(given) > 1:
        yield Refusal(
            _("this criterion is scored in {count} ways: {ways}", count=len(given), ways=", ".join(given)),
            _("keep one of them"),
            (*at, given[1]),
        )


def _group(criterion: Criterion, at: Path) -> Iterator[Refusal]:
    for key in ("beside", "optional"):
        if getattr(criterion, key):
            yield Refusal(
                _("a group is not scored itself, so {key} has no meaning here", key=key),
                _("move it to one of the children"),
                (*at, key),
            )
    scale = criterion.scale
    if scale is not None and (scale.min, scale.step, scale.best) != (None, None, None):
        yield Refusal(
            _("a group takes its scale from its children"),
            _("keep only max here, which is checked against the children"),
            (*at, "scale"),
        )
    if not any(child.counts for child in criterion.children):
        yield Refusal(
            _("none of the children counts, so this group has no score"),
            _("let a child count, or make the children criteria of their own"),
            (*at, "children"),
        )


def _scale(scale: Scale | None, marks: Marks, at: Path) -> Iterator[Refusal]:
    inside = scale is not None
    if marks.step is not None and marks.step <= 0:
        yield Refusal(
            _("the step of the scale is {step}", step=printed(marks.step)),
            _("write a step above 0"),
            (*at, "step") if inside else at,
        )
    elif marks.minimum >= marks.full_mark:
        yield Refusal(
            _(
                "the scale goes from {low} to {high}",
                low=printed(marks.minimum),
                high=printed(marks.full_mark),
            ),
            _("let the highest score be above the lowest"),
            (*at, "max") if inside else at,
        )
    elif not marks.on_grid(marks.full_mark):
        yield Refusal(
            _(
                "the full mark {high} cannot be reached from {low} in steps of {step}",
                high=printed(marks.full_mark),
                low=printed(marks.minimum),
                step=printed(marks.step or 0),
            ),
            _("change the step or the full mark"),
            (*at, "step") if inside else at,
        )


def _on_scale(score: Fraction, marks: Marks, at: Path) -> Iterator[Refusal]:
    if not marks.holds(score):
        yield Refusal(
            _(
                "the score {score} is outside the scale from {low} to {high}",
                score=printed(score),
                low=printed(marks.minimum),
                high=printed(marks.full_mark),
            ),
            _("change the score or the scale"),
            at,
        )
    elif not marks.on_grid(score):
        yield Refusal(
            _(
                "the score {score} is off the step of {step}",
                score=printed(score),
                step=printed(marks.step or 0),
            ),
            _("change the score or the step"),
            at,
        )


def _levels(criterion: Criterion, marks: Marks, at: Path) -> Iterator[Refusal]:
    seen: dict[Fraction, int] = {}
    for index, level in enumerate(criterion.levels):
        here = (*at, "levels", index, "score")
        score = Fraction(level.score)
        yield from _on_scale(score, marks, here)
        if score in seen:
            yield Refusal(
                _("two levels stand for the score {score}", score=printed(score)),
                _("give each level a score of its own"),
                here,
            )
        seen.setdefault(score, index)


def _bands(criterion: Criterion, marks: Marks, at: Path) -> Iterator[Refusal]:
    faults = [
        fault
        for index, band in enumerate(criterion.bands)
        for fault in _band(band, marks, (*at, "bands", index))
    ]
    yield from faults
    if faults or not criterion.bands or marks.step is None:
        return
    order = sorted(enumerate(criterion.bands), key=lambda item: item[1].from_)
    free = marks.minimum
    for (_below, lower), (index, upper) in pairwise(order):
        if upper.from_ <= lower.to:
            yield Refusal(
                _("the bands {first} and {second} overlap", first=lower.value, second=upper.value),
                _("let each score stand in one band only"),
                (*at, "bands", index),
            )
    for index, band in order:
        yield from _uncovered(free, Fraction(band.from_) - marks.step, (*at, "bands", index))
        free = max(free, Fraction(band.to) + marks.step)
    yield from _uncovered(free, marks.full_mark, (*at, "bands"))


def _band(band: Band, marks: Marks, at: Path) -> Iterator[Refusal]:
    if band.from_ > band.to:
        yield Refusal(
            _("the band goes from {low} down to {high}", low=band.from_, high=band.to),
            _("write the lower score after from"),
            at,
        )
    yield from _on_scale(Fraction(band.from_), marks, (*at, "from"))
    yield from _on_scale(Fraction(band.to), marks, (*at, "to"))


def _uncovered(first: Fraction, last: Fraction, at: Path) -> Iterator[Refusal]:
    if first == last:
        what = _("no band covers the score {score}", score=printed(first))
    elif first < last:
        what = _("no band covers the scores from {low} to {high}", low=printed(first), high=printed(last))
    else:
        return
    yield Refusal(what, _("widen a band beside the gap, or change the step or the scale"), at)


def _table(criterion: Criterion, marks: Marks, at: Path) -> Iterator[Refusal]:
    if criterion.measured is None:
        return
    table = criterion.measured.table
    for index, row in enumerate(table):
        yield from _on_scale(Fraction(row.score), marks, (*at, "measured", "table", index, "score"))
    for index, (row, after) in enumerate(pairwise(table), start=1):
        if after.from_ <= row.from_:
            yield Refusal(
                _(
                    "the row from {value} stands after the row from {before}",
                    value=after.from_,
                    before=row.from_,
                ),
                _("put the rows in ascending order, each value once"),
                (*at, "measured", "table", index, "from"),
            )
