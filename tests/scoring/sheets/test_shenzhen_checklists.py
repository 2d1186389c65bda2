"""Lists without scores: a formal check, audit points on figures and facts, and an undertaking before all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from poc_eval.scoring.review import evaluate
from poc_eval.scoring.undertaking import UNDERTAKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from poc_eval.scoring.rubric import Rubric


@pytest.mark.parametrize(
    ("sealed", "days", "outcome"),
    [("yes", "5", "accepted"), ("no", "5", "screened_out"), ("yes", "11", "gate")],
)
def test_a_formal_check_is_made_of_yes_and_no_and_days(
    sheet: Callable[[str], Rubric], build: Any, sealed: str, days: str, outcome: str
) -> None:
    answers = {
        **build.undertaken,
        "screening.complete": "yes",
        "screening.complete.reason": "第 3 页",
        "screening.sealed": sealed,
        "screening.eligible": "yes",
        "inputs.days_to_complete": days,
    }
    evaluation = evaluate(sheet("shenzhen-formal-check"), answers)
    assert evaluation.complete
    assert evaluation.decision is not None
    assert evaluation.decision.id == outcome


@pytest.mark.parametrize(
    ("account", "unsupported", "own", "failed"),
    [
        ("yes", "0", "80%", []),
        ("no", "0.01", "79.9%", ["separate_account", "unsupported", "own_funds"]),
    ],
)
def test_audit_points_are_gates_on_facts_amounts_and_shares(
    sheet: Callable[[str], Rubric], account: str, unsupported: str, own: str, failed: list[str]
) -> None:
    inputs = {"inputs.separate_account": account, "inputs.unsupported": unsupported, "inputs.own_funds": own}
    evaluation = evaluate(sheet("shenzhen-audit-points"), inputs)
    assert [gate.id for gate in evaluation.gates if not gate.passed] == failed


def test_an_integrity_undertaking_comes_before_everything_else(sheet: Callable[[str], Rubric]) -> None:
    first = [note.field for note in evaluate(sheet("shenzhen-formal-check"), {}).missing][:3]
    assert first == [item.field for item in UNDERTAKING]
