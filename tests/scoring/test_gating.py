from __future__ import annotations

from typing import Any

import pytest

from poc_eval.scoring.review import evaluate


def test_a_gate_on_a_group_looks_at_what_its_children_give_together(build: Any) -> None:
    children = [build.criterion(name, scale={"max": "10"}) for name in ("a", "b")]
    rubric = build.rubric(
        criteria=[build.criterion("g", children=children)], gates=[{"criterion": "g", "at_least": "12"}]
    )
    half = evaluate(rubric, {"criteria.a.score": "10"})
    assert half.gates[0].passed is None
    assert half.criteria[0].score == 10
    both = evaluate(rubric, build.answers({"a": "10", "b": "1"}))
    assert both.gates[0].passed is False
    assert both.criteria[0].required == 12


def test_a_line_that_rounding_would_hide_stays_visible(build: Any) -> None:
    rubric = build.rubric(
        criteria=[
            build.criterion(name, scale={"max": "100"}, weight=weight)
            for name, weight in (("a", "0.9999"), ("b", "0.0001"))
        ],
        total={"method": "weighted_sum"},
        gates=[{"total": "true", "at_least": "60"}],
    )
    evaluation = evaluate(rubric, build.answers({"a": "60", "b": "59"}))
    assert str(evaluation.total) == "60.00"
    gate = evaluation.gates[0]
    assert gate.found is not None
    assert (gate.passed, gate.found.text("en"), gate.required.text("en")) == (False, "59.9999", "at least 60")


@pytest.mark.parametrize(
    ("kind", "gate", "typed", "required", "found", "passed"),
    [
        ("amount", {"at_least": "3000000"}, "299.5万元", "不低于 3,000,000 元", "2,995,000 元", False),
        ("share", {"at_least": "50%"}, "0.5", "不低于 50%", "50%", True),
        ("count", {"at_least": "8", "at_most": "20"}, "21", "8 人 至 20 人", "21 人", False),
        ("yes_no", {"is": "yes"}, "no", "是", "否", False),
    ],
)
def test_a_gate_on_an_input_says_what_is_wanted_and_what_is_there(  # noqa: PLR0917 a table's columns
    build: Any, kind: str, gate: dict[str, str], typed: str, required: str, found: str, *, passed: bool
) -> None:
    asked = {"label": build.both("数据"), "kind": kind, **({"unit": "人"} if kind == "count" else {})}
    rubric = build.rubric(inputs={"x": asked}, gates=[{"input": "x", **gate}])
    result = evaluate(rubric, {"inputs.x": typed}).gates[0]
    assert result.found is not None
    assert (result.required.text("zh"), result.found.text("zh"), result.passed) == (required, found, passed)


def test_where_low_is_best_the_required_score_is_the_most_that_is_allowed(build: Any) -> None:
    rubric = build.rubric(
        scale={"min": "1", "max": "9", "best": "low"},
        criteria=[build.criterion("impact")],
        gates=[{"criterion": "impact", "at_most": "4"}],
    )
    evaluation = evaluate(rubric, build.answers({"impact": "5"}))
    assert evaluation.criteria[0].required == 4
    assert evaluation.gates[0].passed is False
