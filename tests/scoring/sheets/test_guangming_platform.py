"""Support given once, of one of two amounts, inside a yearly budget."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from poc_eval.scoring.decision import decide

if TYPE_CHECKING:
    from collections.abc import Callable

    from poc_eval.scoring.rubric import Rubric


@pytest.mark.parametrize(("score", "award"), [(80, 1000000), (79, 500000), (59, None)])
def test_the_decision_names_the_amount(sheet: Callable[[str], Rubric], score: int, award: int | None) -> None:
    rubric = sheet("guangming-platform")
    outcome = decide(rubric, Fraction(score))
    assert outcome is not None
    assert {decision.id: decision.award for decision in rubric.decisions}[outcome.id] == award


def test_it_is_given_once_and_a_budget_that_is_not_known_stays_empty(sheet: Callable[[str], Rubric]) -> None:
    awards = sheet("guangming-platform").awards
    assert awards is not None
    assert (awards.once, awards.yearly_budget) == (True, None)
