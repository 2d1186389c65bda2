"""Thresholds on figures, things that do not count, and pass or fail without any score."""

from __future__ import annotations

from decimal import Decimal

from poc_eval.scoring.review import evaluate
from poc_eval.scoring.rubric import Rubric


def test_the_figures_of_the_notice_are_gates_and_pure_testing_is_screened_out() -> None:
    rubric = Rubric.load("pilot-base-filing")
    assert {gate.input: gate.at_least for gate in rubric.gates} == {
        "equipment_value": 3000000,
        "staff": 8,
        "qualified_share": Decimal("0.5"),
    }
    assert rubric.total_marks is None
    outcome = evaluate(rubric, {"screening.only_testing": "yes"}).decision
    assert outcome is not None
    assert outcome.title.text("zh") == "不合格"
    assert [option.title.zh for option in rubric.recommendation] == ["合格", "不合格"]
