"""Half marks; thresholds on each criterion and on the sum; weights for the order alone."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest

from poc_eval.scoring.review import evaluate
from poc_eval.scoring.tally import for_ranking, tally

if TYPE_CHECKING:
    from collections.abc import Callable

    from poc_eval.scoring.rubric import Rubric

CRITERIA = ("excellence", "impact", "implementation")


def answers(build: Any, *scores: str) -> dict[str, str]:
    given: dict[str, str] = build.answers(dict(zip(CRITERIA, scores, strict=True)))
    return given


@pytest.mark.parametrize(
    ("scores", "failed"),
    [
        (("3", "3", "4"), []),
        (("3", "3", "3.5"), ["total"]),
        (("5", "2.5", "5"), ["impact"]),
        (("2.5", "2.5", "2.5"), ["excellence", "impact", "implementation", "total"]),
    ],
)
def test_thresholds_gate_each_criterion_and_the_sum(
    sheet: Callable[[str], Rubric], build: Any, scores: tuple[str, str, str], failed: list[str]
) -> None:
    evaluation = evaluate(sheet("horizon-europe"), answers(build, *scores))
    assert [gate.id for gate in evaluation.gates if not gate.passed] == failed
    assert (evaluation.decision is not None) == bool(failed)


def test_a_quarter_mark_is_off_the_step(sheet: Callable[[str], Rubric], build: Any) -> None:
    evaluation = evaluate(sheet("horizon-europe"), answers(build, "3", "3.25", "4"))
    assert [note.field for note in evaluation.faults] == ["criteria.impact.score"]


def test_weights_order_projects_and_leave_their_totals_alone(
    sheet: Callable[[str], Rubric], build: Any
) -> None:
    rubric = sheet("horizon-europe")
    orders = []
    for scores in (("5", "3", "4"), ("3", "5", "4")):
        assert evaluate(rubric, answers(build, *scores)).total == 12
        exact = {name: Fraction(score) for name, score in zip(CRITERIA, scores, strict=True)}
        total = tally(rubric, for_ranking(rubric, exact), Fraction(0)).total
        assert total is not None
        orders.append(total.exact)
    assert orders == [Fraction("13.5"), Fraction("14.5")]
