"""A band first and then a score inside it; a step of one leaves nothing between 89 and 90."""

from __future__ import annotations

import pytest

from poc_eval.scoring.review import evaluate
from poc_eval.scoring.rubric import Rubric


@pytest.mark.parametrize(
    ("band", "score", "fits"),
    [
        ("90-100", "90", True),
        ("60-89", "89", True),
        ("60-89", "90", False),
        ("90-100", "89", False),
        ("60-89", "89.5", False),
        ("0-59", "59", True),
    ],
)
def test_a_score_lies_in_its_band(band: str, score: str, fits: bool) -> None:  # noqa: FBT001 a table's column
    rubric = Rubric.load("achievement-expert-sheet")
    evaluation = evaluate(rubric, {"criteria.A1.band": band, "criteria.A1.score": score})
    assert (evaluation.criteria[0].score is not None) == fits
    assert bool(evaluation.faults) != fits


def test_the_printed_total_is_the_sum_of_six_hundreds_without_weights() -> None:
    rubric = Rubric.load("achievement-expert-sheet")
    assert [node.criterion.id for node in rubric.nodes] == ["A1", "A2", "A3", "A4", "A5", "A6"]
    assert rubric.total_marks is not None
    assert rubric.total_marks.full_mark == 600
    assert {node.weight for node in rubric.nodes} == {None}
