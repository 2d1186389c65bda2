from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from poc_eval.scoring.decision import decide


def rubric(build: Any, *decisions: dict[str, str], **scale: str) -> Any:
    return build.rubric(
        scale={"max": "100", **scale},
        criteria=[build.criterion("all")],
        decisions=[{"title": build.both(one["id"]), **one} for one in decisions],
    )


@pytest.mark.parametrize(("total", "decision"), [("100", "a"), ("90", "a"), ("89.999999", "b"), ("-3", "c")])
def test_the_first_line_that_is_reached_decides_on_the_exact_total(
    build: Any, total: str, decision: str
) -> None:
    lines = ({"id": "a", "at_least": "90"}, {"id": "b", "at_least": "60"}, {"id": "c", "at_least": "0"})
    outcome = decide(rubric(build, *lines), Fraction(total))
    assert outcome is not None
    assert outcome.id == decision


def test_a_total_that_no_line_covers_has_no_decision(build: Any) -> None:
    assert decide(rubric(build, {"id": "a", "at_least": "60"}), Fraction(59)) is None


def test_where_low_is_best_lines_are_crossed_downwards(build: Any) -> None:
    sheet = rubric(build, {"id": "fund", "at_most": "30"}, {"id": "rest"}, min="10", best="low")
    outcomes = [decide(sheet, Fraction(total)) for total in (30, 31)]
    assert [outcome.id for outcome in outcomes if outcome] == ["fund", "rest"]


def test_a_rank_that_is_not_known_keeps_what_depends_on_it_open(build: Any) -> None:
    sheet = rubric(
        build, {"id": "first", "rank_at_most": "3", "at_least": "80"}, {"id": "rest", "at_least": "0"}
    )
    assert decide(sheet, Fraction(85)) is None
    outcomes = [decide(sheet, Fraction(85), rank) for rank in (3, 4)]
    assert [outcome.id for outcome in outcomes if outcome] == ["first", "rest"]
