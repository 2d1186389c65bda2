"""Maturity, innovation and advancement are graded apart, by other levels for each kind of work."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from poc_eval.scoring.review import evaluate

if TYPE_CHECKING:
    from collections.abc import Callable

    from poc_eval.scoring.rubric import Rubric


@pytest.mark.parametrize(
    ("kind", "first"),
    [
        ("basic", "基础研究成果已在所属阶段得到初步验证"),
        ("applied", "应用研究成果已在所属阶段得到初步验证"),
        ("development", "技术开发和产业化成果已在所属阶段得到初步验证"),
    ],
)
def test_each_kind_of_work_has_its_own_grades_and_none_has_a_total(
    sheet: Callable[[str], Rubric], build: Any, kind: str, first: str
) -> None:
    rubric = sheet(f"weihai-184-{kind}")
    answers = build.answers({"maturity": "2", "innovation": "1", "advancement": "2"})
    evaluation = evaluate(rubric, answers)
    assert evaluation.complete
    assert (evaluation.total, evaluation.running_total, evaluation.full_mark) == (None, None, None)
    anchors = [result.anchor.zh for result in evaluation.criteria if result.anchor]
    assert anchors[0] == first
    assert len(anchors) == 3
