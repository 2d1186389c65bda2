"""Each criterion has a full mark of its own, 8 here and 12 there, which its bands alone can say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from poc_eval.scoring.review import evaluate

if TYPE_CHECKING:
    from collections.abc import Callable

    from poc_eval.scoring.rubric import Rubric


def test_bands_carry_the_full_marks_of_eight_and_twelve(sheet: Callable[[str], Rubric], build: Any) -> None:
    rubric = sheet("full-marks")
    assert [(node.marks.minimum, node.marks.full_mark, node.marks.step) for node in rubric.nodes] == [
        (0, 8, 1),
        (0, 12, 1),
    ]
    bands = {"criteria.topic.band": "7-8", "criteria.budget.band": "10-12"}
    evaluation = evaluate(rubric, build.answers({"topic": "8", "budget": "11"}, bands))
    assert (evaluation.total, evaluation.full_mark) == (19, 20)
    assert evaluate(rubric, build.answers({"topic": "9", "budget": "11"}, bands)).total is None
