"""Values without weights: no total is made up, and a value that does not apply may stay empty."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from poc_eval.scoring.review import evaluate

if TYPE_CHECKING:
    from collections.abc import Callable

    from poc_eval.scoring.rubric import Rubric


def test_a_complete_evaluation_has_no_total_where_the_standard_gives_no_weights(
    sheet: Callable[[str], Rubric], build: Any
) -> None:
    scores = {"scientific": "4", "technical": "5", "economic": "3", "social": "4", "transfer": "2"}
    evaluation = evaluate(sheet("gbt-44731"), build.answers(scores))
    assert evaluation.complete
    assert evaluation.total is None
    assert evaluation.criteria[4].score is None
    assert [gate.passed for gate in evaluation.gates] == [False]
