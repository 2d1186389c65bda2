"""One is best; the mean of overall impact times ten; criterion scores stand apart; conflicts are left out."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest

from poc_eval.scoring.arithmetic import half_up
from poc_eval.scoring.review import evaluate

if TYPE_CHECKING:
    from collections.abc import Callable

    from poc_eval.scoring.rubric import Rubric

CRITERIA = ("significance", "investigators", "innovation", "approach", "environment")


def review(rubric: Rubric, build: Any, overall: str, other: str = "5") -> dict[str, str]:
    assert rubric.total_marks is not None
    return build.answers({"overall": overall, **dict.fromkeys(CRITERIA, other)})


@pytest.mark.parametrize("other", ["1", "9"])
def test_criterion_scores_are_asked_but_never_combined(
    sheet: Callable[[str], Rubric], build: Any, other: str
) -> None:
    evaluation = evaluate(sheet("nih"), review(sheet("nih"), build, "2", other))
    assert evaluation.complete
    assert evaluation.total == 20


def test_the_panel_score_is_the_mean_times_ten_without_the_member_in_conflict(
    sheet: Callable[[str], Rubric], build: Any
) -> None:
    rubric = sheet("nih")
    answers = [review(rubric, build, score) for score in ("2", "3", "2", "9")]
    answers[3].update({"undertaking.conflict": "step_aside", "undertaking.conflict_reason": "同一单位"})
    totals = [evaluate(rubric, one).total for one in answers]
    present = [Fraction(total) for total in totals if total is not None]
    assert len(present) == 3
    assert half_up(sum(present, Fraction(0)) / 3, rubric.decimals) == 23


def test_one_is_the_best_end(sheet: Callable[[str], Rubric], build: Any) -> None:
    rubric = sheet("nih")
    assert rubric.total_marks is not None
    assert rubric.total_marks.best_low
    assert (rubric.total_marks.minimum, rubric.total_marks.full_mark) == (10, 90)
    assert evaluate(rubric, review(rubric, build, "0")).total is None
    anchor = evaluate(rubric, review(rubric, build, "4")).criteria[0].anchor
    assert anchor is not None
    assert anchor.en == "Poor"
