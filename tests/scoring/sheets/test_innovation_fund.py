"""Two levels of criteria, points taken off the total, and a recommendation apart from both."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from poc_eval.scoring.review import evaluate

if TYPE_CHECKING:
    from collections.abc import Callable

    from poc_eval.scoring.rubric import Rubric


def test_leaf_weights_make_sections_of_20_35_25_and_20(sheet: Callable[[str], Rubric]) -> None:
    rubric = sheet("innovation-fund")
    assert [node.marks.full_mark for node in rubric.nodes] == [20, 35, 25, 20]


def test_the_environment_is_taken_off_and_the_box_is_ticked_apart(
    sheet: Callable[[str], Rubric], build: Any
) -> None:
    rubric = sheet("innovation-fund")
    scores = {node.criterion.id: "80" for node in rubric.every_node if not node.children}
    answers = build.answers(
        {**scores, "c22": "81"},
        {
            "deductions.environment.points": "2.5",
            "deductions.environment.reason": build.reason,
            "recommendation": "major",
        },
    )
    evaluation = evaluate(rubric, answers)
    assert evaluation.complete
    assert evaluation.total == Decimal("77.58")
    assert evaluation.criteria[5].score == Decimal("28.08")
    assert evaluation.recommendation is not None
    assert evaluation.recommendation.id == "major"
