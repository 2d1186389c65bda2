"""A standard known by name alone: criteria without level texts, and a readiness level beside maturity."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from poc_eval.scoring.review import evaluate

if TYPE_CHECKING:
    from collections.abc import Callable

    from poc_eval.scoring.rubric import Rubric


def test_points_are_given_without_levels_and_the_source_says_how_little_is_known(
    sheet: Callable[[str], Rubric], build: Any
) -> None:
    rubric = sheet("qingdao-std")
    assert rubric.source.seen == "named"
    scores = {"maturity": "6", "innovation": "7", "advancement": "8", "benefit": "5"}
    without = evaluate(rubric, build.answers(scores))
    assert [note.field for note in without.missing] == ["criteria.maturity.beside"]
    evaluation = evaluate(rubric, build.answers(scores, {"criteria.maturity.beside": "4"}))
    assert (evaluation.total, evaluation.full_mark) == (26, 40)
    assert evaluation.criteria[0].beside is not None
    assert evaluation.criteria[0].beside[0] == "TRL 4"
    assert evaluation.criteria[0].anchor is None
