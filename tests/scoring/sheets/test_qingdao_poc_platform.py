"""Below 60 of 100 fails and has a year to mend; the period of the figures is not the calendar year."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from poc_eval.scoring.review import evaluate

if TYPE_CHECKING:
    from collections.abc import Callable

    from poc_eval.scoring.rubric import Rubric


@pytest.mark.parametrize(("score", "outcome"), [("59.99", "不合格，限期一年整改"), ("60", "合格及以上")])
def test_sixty_is_the_line(sheet: Callable[[str], Rubric], build: Any, score: str, outcome: str) -> None:
    decision = evaluate(sheet("qingdao-poc-platform"), build.answers({"performance": score})).decision
    assert decision is not None
    assert decision.title.text("zh") == outcome


def test_figures_are_counted_from_october_to_september(sheet: Callable[[str], Rubric]) -> None:
    period = sheet("qingdao-poc-platform").period
    assert period is not None
    assert (period.from_, period.to) == (date(2024, 10, 1), date(2025, 9, 30))
