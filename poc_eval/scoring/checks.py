"""All rules of the rubric format that go beyond the type of one key, in the order in which they build up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from poc_eval.scoring import check_criteria, check_limits, check_rules, check_weights

if TYPE_CHECKING:
    from collections.abc import Iterator

    from poc_eval.catalog.refusal import Refusal
    from poc_eval.scoring.rubric import Rubric


def refusals_of(rubric: Rubric) -> tuple[Refusal, ...]:
    """Return everything that is wrong with ``rubric``, each with its place."""
    criteria = (*_criteria(rubric), *check_weights.weights(rubric))
    rules = tuple(_rules(rubric))
    if criteria or rules:
        return (*criteria, *rules)
    return tuple(_limits(rubric))


def _criteria(rubric: Rubric) -> Iterator[Refusal]:
    default = tuple(check_criteria.default_scale(rubric.scale))
    yield from default
    if default:
        return
    for at, criterion in check_criteria.placed(rubric.criteria):
        yield from check_criteria.criterion_alone(criterion, rubric.scale, at)
    yield from check_weights.best_ends(rubric.criteria, rubric.scale)


def _rules(rubric: Rubric) -> Iterator[Refusal]:
    yield from check_rules.asks_something(rubric)
    yield from check_rules.ids(rubric)
    yield from check_weights.sums(rubric)
    yield from check_rules.inputs(rubric)
    yield from check_rules.gates(rubric)
    yield from check_rules.extras(rubric)
    yield from check_rules.panel(rubric)
    yield from check_rules.writing(rubric)
    yield from check_rules.dates(rubric)
    yield from check_rules.awards(rubric)
    yield from check_rules.beside(rubric)


def _limits(rubric: Rubric) -> Iterator[Refusal]:
    stated = tuple(check_limits.stated(rubric))
    yield from stated
    if stated:
        return
    yield from check_limits.gates(rubric)
    yield from check_limits.decisions(rubric)
