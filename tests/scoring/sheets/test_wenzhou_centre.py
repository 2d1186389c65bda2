"""Excellent only if first and at least 90; the grade decides the money."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest

from poc_eval.scoring.decision import decide
from poc_eval.scoring.review import evaluate

if TYPE_CHECKING:
    from collections.abc import Callable

    from poc_eval.scoring.rubric import Rubric


@pytest.mark.parametrize(
    ("total", "rank", "grade", "award"),
    [
        ("95", 1, "excellent", Decimal(1500000)),
        ("95", 2, "qualified", Decimal(750000)),
        ("89.99", 1, "qualified", Decimal(750000)),
        ("90", 1, "excellent", Decimal(1500000)),
        ("59", 1, "unqualified", None),
    ],
)
def test_the_grade_needs_both_the_rank_and_the_score(
    sheet: Callable[[str], Rubric], total: str, rank: int, grade: str, award: Decimal | None
) -> None:
    rubric = sheet("wenzhou-centre")
    outcome = decide(rubric, Fraction(total), rank)
    assert outcome is not None
    assert outcome.id == grade
    assert {decision.id: decision.award for decision in rubric.decisions}[grade] == award


@pytest.mark.parametrize(("score", "known"), [("95", None), ("85", "qualified")])
def test_without_a_rank_only_what_no_rank_can_change_is_decided(
    sheet: Callable[[str], Rubric], build: Any, score: str, known: str | None
) -> None:
    decision = evaluate(sheet("wenzhou-centre"), build.answers({"performance": score})).decision
    assert (decision.id if decision else None) == known
