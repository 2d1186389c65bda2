"""What can be recommended at each stage, in the words of the forms."""

from __future__ import annotations

import pytest

from poc_eval.scoring.rubric import Rubric


@pytest.mark.parametrize(
    ("name", "stage", "outcomes"),
    [
        ("poc-selection", "selection", ["建议立项", "修改完善后立项", "不建议立项"]),
        ("medical-poc", "selection", ["建议立项", "修改完善后立项", "不建议立项"]),
        ("acceptance", "acceptance", ["通过", "整改后通过（需要复议）", "不通过"]),
        ("pilot-base-filing", "review", ["合格", "不合格"]),
    ],
)
def test_the_outcomes_of_a_stage_are_those_of_its_forms(name: str, stage: str, outcomes: list[str]) -> None:
    rubric = Rubric.load(name)
    assert rubric.stage == stage
    assert [option.title.zh for option in rubric.recommendation] == outcomes
