"""What can be wrong with weights and with how siblings come together."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from poc_eval.catalog.refusal import Refusal
from poc_eval.i18n import _
from poc_eval.scoring.arithmetic import printed
from poc_eval.scoring.check_criteria import placed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from poc_eval.scoring.criterion import Criterion, Scale
    from poc_eval.scoring.rubric import Rubric
    from poc_eval.scoring.structure import Path


def weights(rubric: Rubric) -> Iterator[Refusal]:
    """Yield what is wrong with the weights of all siblings."""
    every = list(placed(rubric.criteria))
    if rubric.total.method == "sum":
        for at, criterion in every:
            if criterion.weight is not None:
                yield Refusal(
                    _("a weight stands here, but the total is a plain sum"),
                    _(
                        "take the weight away, or write {example}",
                        example="total: {method: weighted_mean}",
                    ),
                    (*at, "weight"),
                )
        return
    for at, criterion in every:
        yield from _own(criterion, (*at, "weight"))
    for at, siblings in _families(rubric):
        yield from _complete(rubric, siblings, at)
    if rubric.criteria and not any(criterion.weight is not None for _at, criterion in every):
        yield Refusal(
            _("no criterion has a weight, but the total is weighted"),
            _("give the criteria weights, or write {example}", example="total: {method: sum}"),
            ("total", "method"),
        )


def sums(rubric: Rubric) -> Iterator[Refusal]:
    """Yield the stated sums of weights that do not hold."""
    stated: list[tuple[Path, Decimal | None, Sequence[Criterion]]] = [
        (("weights_sum",), rubric.weights_sum, rubric.criteria),
        (("total", "weights_sum"), rubric.total.weights_sum, rubric.criteria),
    ]
    stated += [
        ((*at, "weights_sum"), criterion.weights_sum, criterion.children)
        for at, criterion in placed(rubric.criteria)
    ]
    for at, wanted, siblings in stated:
        found = sum((child.weight or 0 for child in siblings if child.counts), Decimal(0))
        if wanted is not None and found != wanted:
            yield Refusal(
                _(
                    "the weights add up to {found}, but {wanted} is stated",
                    found=printed(found),
                    wanted=printed(wanted),
                ),
                _("correct a weight, or the stated sum"),
                at,
            )


def best_ends(criteria: Sequence[Criterion], scale: Scale | None) -> Iterator[Refusal]:
    """Yield the criteria whose best end is not that of the first that counts."""
    first: str | None = None
    for at, criterion in placed(criteria):
        if criterion.children or not criterion.counts:
            continue
        own = (criterion.scale and criterion.scale.best) or (scale and scale.best) or "high"
        first = first or own
        if own != first:
            yield Refusal(
                _("here the best score is the {own} end, on other criteria the other one", own=_best(own)),
                _("let all criteria that count have the same best end"),
                (*at, "scale", "best"),
            )


def _best(own: str) -> object:
    return _("low") if own == "low" else _("high")


def _families(rubric: Rubric) -> Iterator[tuple[Path, Sequence[Criterion]]]:
    yield ("criteria",), rubric.criteria
    for at, criterion in placed(rubric.criteria):
        if criterion.children:
            yield (*at, "children"), criterion.children


def _own(criterion: Criterion, at: Path) -> Iterator[Refusal]:
    if criterion.weight is None:
        return
    if criterion.weight <= 0:
        yield Refusal(
            _("the weight is {weight}", weight=printed(criterion.weight)), _("write a weight above 0"), at
        )
    if not criterion.counts:
        yield Refusal(
            _("a criterion that does not count has a weight"), _("take the weight or counts: no away"), at
        )


def _complete(rubric: Rubric, siblings: Sequence[Criterion], at: Path) -> Iterator[Refusal]:
    """Siblings have weights all together or not at all; groups may leave them to their children."""
    counting = [(index, one) for index, one in enumerate(siblings) if one.counts]
    bare = [(index, one) for index, one in counting if one.weight is None]
    top = len(at) == 1
    carried_below = rubric.total.method == "weighted_sum" and all(one.children for _i, one in counting)
    if len(bare) == len(counting) and (not top or carried_below):
        return
    for index, _one in bare:
        yield Refusal(
            _("the weight is missing"),
            _("give every criterion beside this one a weight, or none of them"),
            (*at, index),
        )
