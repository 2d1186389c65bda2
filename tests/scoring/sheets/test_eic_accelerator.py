"""The median of each criterion, each held to its line, and then their sum."""

from __future__ import annotations

from fractions import Fraction
from statistics import median
from typing import TYPE_CHECKING, Any

from poc_eval.scoring.review import evaluate

if TYPE_CHECKING:
    from collections.abc import Callable

    from poc_eval.scoring.rubric import Rubric

REVIEWS = (("5", "5", "3"), ("5", "3", "5"), ("3", "5", "5"))
CRITERIA = ("excellence", "impact", "implementation")


def test_medians_by_criterion_pass_where_every_single_review_fails(
    sheet: Callable[[str], Rubric], build: Any
) -> None:
    rubric = sheet("eic-accelerator")
    assert rubric.panel is not None
    assert (rubric.panel.average, rubric.panel.by) == ("median", "criterion")
    for scores in REVIEWS:
        single = evaluate(rubric, build.answers(dict(zip(CRITERIA, scores, strict=True))))
        assert single.total == 13
        assert [gate.passed for gate in single.gates].count(False) == 1
    medians = {
        name: str(median(Fraction(scores[index]) for scores in REVIEWS))
        for index, name in enumerate(CRITERIA)
    }
    together = evaluate(rubric, build.answers(medians))
    assert together.total == 15
    assert all(gate.passed for gate in together.gates)


def test_four_each_is_twelve_and_not_enough(sheet: Callable[[str], Rubric], build: Any) -> None:
    evaluation = evaluate(sheet("eic-accelerator"), build.answers(dict.fromkeys(CRITERIA, "4")))
    assert [gate.id for gate in evaluation.gates if not gate.passed] == ["total"]
