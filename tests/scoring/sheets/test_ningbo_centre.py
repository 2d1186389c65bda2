"""Bonus and minus points stand on top of the sum and may carry it beyond the full mark or below nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from poc_eval.scoring.review import evaluate

if TYPE_CHECKING:
    from collections.abc import Callable

    from poc_eval.scoring.rubric import Rubric


@pytest.mark.parametrize(
    ("scores", "points", "outcome"),
    [
        (("40", "60"), ("6", "1"), (105, "beyond")),
        (("40", "60"), ("", ""), (100, "ordinary")),
        (("0", "3"), ("0", "10"), (-7, "ordinary")),
    ],
)
def test_points_are_added_to_and_taken_off_the_sum(
    sheet: Callable[[str], Rubric],
    build: Any,
    scores: tuple[str, str],
    points: tuple[str, str],
    outcome: tuple[int, str],
) -> None:
    extras = {
        "bonuses.extra.points": points[0],
        "bonuses.extra.reason": build.reason,
        "deductions.faults.points": points[1],
        "deductions.faults.reason": build.reason,
    }
    answers = build.answers(dict(zip(("capacity", "results"), scores, strict=True)), extras)
    evaluation = evaluate(sheet("ningbo-centre"), answers)
    assert evaluation.complete
    assert evaluation.full_mark == 100
    assert evaluation.decision is not None
    assert (evaluation.total, evaluation.decision.id) == outcome
