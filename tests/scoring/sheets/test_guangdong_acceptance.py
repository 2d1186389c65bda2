"""Yes or no before any score, and a section of 70 that fails below 56 whatever the total."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from poc_eval.scoring.review import evaluate

if TYPE_CHECKING:
    from collections.abc import Callable

    from poc_eval.scoring.evaluation import Evaluation
    from poc_eval.scoring.rubric import Rubric

FUNDS = {"in_place": "4", "use": "5", "account": "5", "grant": "6", "third": "10"}


@pytest.fixture
def judged(sheet: Callable[[str], Rubric], build: Any) -> Callable[..., Evaluation]:
    rubric = sheet("guangdong-acceptance")

    def run(technical: str, **screening: str) -> Evaluation:
        answered = {f"screening.{item.id}": screening.get(item.id, "no") for item in rubric.screening}
        bands = {"content": "16-19", "technical": "8-15", "economic": "5-7", "results": "16-19"}
        fields = {**answered, **{f"criteria.{name}.band": band for name, band in bands.items()}}
        scores = {"content": "19", "technical": technical, "economic": "7", "results": "18", **FUNDS}
        return evaluate(rubric, build.answers(scores, {**fields, "recommendation": "rectify"}))

    return run


@pytest.mark.parametrize(("technical", "tasks", "decision"), [("12", 56, "accepted"), ("11", 55, "gate")])
def test_fifty_six_of_seventy_is_the_line(
    judged: Callable[..., Evaluation], technical: str, tasks: int, decision: str
) -> None:
    evaluation = judged(technical)
    assert evaluation.complete
    assert evaluation.criteria[0].score == tasks
    assert evaluation.criteria[0].required == 56
    assert evaluation.decision is not None
    assert evaluation.decision.id == decision


def test_untrue_papers_end_it_before_the_scores(judged: Callable[..., Evaluation]) -> None:
    decision = judged("15", untrue="yes").decision
    assert decision is not None
    assert (decision.id, decision.title.text("zh")) == ("screened_out", "不通过验收")
