"""Reviewers score to 6, the board to 10; groups go by the median of members without conflict."""

from __future__ import annotations

from fractions import Fraction
from statistics import median
from typing import TYPE_CHECKING, Any

from poc_eval.scoring.decision import decide
from poc_eval.scoring.review import evaluate

if TYPE_CHECKING:
    from collections.abc import Callable

    from poc_eval.scoring.rubric import Rubric


def test_a_seven_fits_the_board_and_not_the_reviewer(sheet: Callable[[str], Rubric], build: Any) -> None:
    seven = build.answers({"overall": "7"})
    assert evaluate(sheet("mrc-board"), seven).total == 7
    assert evaluate(sheet("mrc-reviewer"), seven).total is None


def test_the_group_is_told_by_the_median_of_members_without_conflict(
    sheet: Callable[[str], Rubric], build: Any
) -> None:
    rubric = sheet("mrc-board")
    answers = [build.answers({"overall": score}) for score in ("9", "8", "7", "1", "1")]
    for conflicted in answers[3:]:
        conflicted.update({"undertaking.conflict": "step_aside", "undertaking.conflict_reason": "合作关系"})
    totals = [evaluate(rubric, one).total for one in answers]
    middle = median(Fraction(total) for total in totals if total is not None)
    group = decide(rubric, middle)
    assert group is not None
    assert (middle, group.id) == (8, "group_1")
