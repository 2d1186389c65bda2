"""Every rubric and scale that comes with the program, as it is."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from poc_eval.catalog.shipped import shipped_folder
from poc_eval.scoring.review import evaluate, field_names
from poc_eval.scoring.rubric import Rubric

if TYPE_CHECKING:
    from pathlib import Path

FILES = sorted(shipped_folder("rubrics").glob("*.yaml"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_shipped_rubric_is_valid_and_found_by_the_name_of_its_file(file: Path) -> None:
    rubric = Rubric.load(file.stem)
    assert rubric.id == file.stem
    assert rubric.source.seen is not None
    assert {note.field for note in evaluate(rubric, {}).missing} <= set(field_names(rubric))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_shipped_rubric_describes_every_criterion_in_both_languages(file: Path) -> None:
    rubric = Rubric.load(file.stem)
    for node in rubric.every_node:
        criterion = node.criterion
        assert criterion.children or criterion.definition is not None, criterion.id
        texts = [
            *(level.text for level in criterion.levels),
            *(band.text for band in criterion.bands if band.text),
        ]
        assert len({text.zh for text in texts}) == len({text.en for text in texts}) == len(texts), (
            criterion.id
        )


def test_the_full_marks_of_the_score_sheets_add_up_to_a_hundred() -> None:
    for name in ("medical-poc", "poc-selection"):
        rubric = Rubric.load(name)
        assert rubric.total_marks is not None
        assert rubric.total_marks.full_mark == 100


def test_an_open_list_of_other_indicators_may_stay_empty_and_does_not_count() -> None:
    rubric = Rubric.load("medical-poc")
    other = rubric.node("other_indicator").criterion
    assert (other.counts, other.optional) == (False, True)
    assert not [note for note in evaluate(rubric, {}).missing if "other_indicator" in note.field]
    begun = evaluate(rubric, {"criteria.other_indicator.score": "5"})
    assert begun.running_total == 0
    assert "criteria.other_indicator.reason" in {note.field for note in begun.missing}


def test_the_expert_sheet_is_six_hundreds_added_up_and_says_that_it_is_history(build: Any) -> None:
    rubric = Rubric.load("achievement-expert-sheet")
    assert rubric.historical
    assert rubric.total_marks is not None
    assert rubric.total_marks.full_mark == 600
    scores = {"A1": "90", "A2": "89", "A3": "60", "A4": "59", "A5": "100", "A6": "77"}
    bands = {"A1": "90-100", "A2": "60-89", "A3": "60-89", "A4": "0-59", "A5": "90-100"}
    answers = build.answers(scores, {f"criteria.{name}.band": band for name, band in bands.items()})
    evaluation = evaluate(rubric, answers)
    assert evaluation.complete
    assert evaluation.total == 475
    assert evaluation.criteria[4].anchor is None


@pytest.mark.parametrize(
    ("changed", "value", "decision", "said"),
    [
        ("inputs.staff", "8", "qualified", "合格"),
        ("inputs.staff", "7", "gate", "不合格"),
        ("inputs.equipment_value", "299.9999万元", "gate", "不合格"),
        ("inputs.equipment_value", "300万元", "qualified", "合格"),
        ("inputs.qualified_share", "49.9%", "gate", "不合格"),
        ("screening.only_testing", "yes", "screened_out", "不合格"),
    ],
)
def test_a_pilot_base_is_filed_by_its_thresholds(
    build: Any, changed: str, value: str, decision: str, said: str
) -> None:
    rubric = Rubric.load("pilot-base-filing")
    # the platform with 23 people, 78% of them with a master's degree or above, and equipment above 30 million
    naton = {"inputs.equipment_value": "3000万元", "inputs.staff": "23", "inputs.qualified_share": "78%"}
    screening = {f"screening.{item.id}": "no" if item.fails_on else "yes" for item in rubric.screening}
    answers = {
        **build.undertaken,
        **screening,
        **naton,
        "recommendation": "qualified",
        "opinion": build.opinion,
    }
    evaluation = evaluate(rubric, {**answers, changed: value})
    assert evaluation.complete
    assert evaluation.decision is not None
    assert (evaluation.decision.id, evaluation.decision.title.text("zh")) == (decision, said)
    assert (evaluation.total, evaluation.full_mark) == (None, None)


def test_a_gate_on_an_amount_is_said_as_people_write_amounts() -> None:
    gate = evaluate(Rubric.load("pilot-base-filing"), {"inputs.equipment_value": "299.5万元"}).gates[6]
    assert gate.required.text("zh") == "不低于 3,000,000 元"
    assert gate.found is not None
    assert gate.found.text("zh") == "2,995,000 元"


def test_acceptance_fails_below_56_of_70_though_the_total_would_pass(build: Any) -> None:
    rubric = Rubric.load("acceptance")
    best = {node.criterion.id: node.criterion.bands[0] for node in rubric.every_node if node.criterion.bands}
    scores = {name: str(band.to) for name, band in best.items()}
    bands = {f"criteria.{name}.band": band.value for name, band in best.items()}
    others = {
        **bands,
        **{f"screening.{item.id}": "no" for item in rubric.screening},
        "inputs.funds_in_place": "100%",
        "criteria.indicators.beside": "5",
        "recommendation": "pass",
    }
    full = evaluate(rubric, build.answers(scores, others))
    assert full.complete
    assert full.total == 100
    weaker = {**others, "criteria.content.band": "0-7", "criteria.outcome.band": "8-15"}
    low = evaluate(rubric, build.answers({**scores, "content": "7", "outcome": "15", "market": "10"}, weaker))
    assert low.total == 82
    assert low.decision is not None
    assert low.decision.id == "gate"
    assert low.decision.title.text("zh") == "不通过（任务完成不到 80%）"


@pytest.mark.parametrize(
    ("in_place", "points"), [("100%", 4), ("99.9%", 3), ("0.75", 3), ("50%", 2), ("0.4999", 0)]
)
def test_funds_in_place_are_scored_by_the_steps_of_the_form(in_place: str, points: int) -> None:
    evaluation = evaluate(Rubric.load("acceptance"), {"inputs.funds_in_place": in_place})
    assert next(result for result in evaluation.criteria if result.id == "in_place").score == points


def test_a_platform_below_sixty_fails_and_points_off_count(build: Any) -> None:
    rubric = Rubric.load("platform-performance")
    figures = {
        "inputs.services_per_year": "125",
        "inputs.clients": "70",
        "inputs.service_revenue": "275万",
        "inputs.projects_verified": "6",
        "inputs.projects_transferred": "1",
        "inputs.staff": "23",
        "inputs.satisfied_share": "70%",
    }
    others = {
        **figures,
        "screening.untrue_material": "no",
        "criteria.facilities.band": "2-4",
        "criteria.rules.band": "2-4",
        "recommendation": "qualified",
    }
    answers = build.answers({"facilities": "3", "rules": "2"}, others)
    evaluation = evaluate(rubric, answers)
    # 10 + 3, 11.5 + 10 + 11.25 + 7 + 4, 2 + 6.5
    assert evaluation.total == Decimal("65.25")
    assert evaluation.decision is not None
    assert evaluation.decision.id == "qualified"
    less = {**answers, "deductions.complaints.points": "5", "deductions.complaints.reason": build.reason}
    later = {**less, "deductions.late_figures.points": "0.26", "deductions.late_figures.reason": build.reason}
    assert evaluate(rubric, later).total == Decimal("59.99")
    decision = evaluate(rubric, later).decision
    assert decision is not None
    assert decision.title.text("zh") == "不合格（限期一年整改）"


def test_ownership_is_given_only_after_fifteen_days_of_notice(build: Any) -> None:
    rubric = Rubric.load("ownership-conditions")
    met = {f"screening.{item.id}": "yes" for item in rubric.screening}
    answers = {**build.undertaken, **met, "recommendation": "grant", "opinion": build.opinion}
    for days, decision in (("14", "gate"), ("15", "grant")):
        outcome = evaluate(rubric, {**answers, "inputs.notice_days": days}).decision
        assert outcome is not None
        assert outcome.id == decision
    unclear = evaluate(
        rubric, {**answers, "screening.clear_title": "no", "inputs.notice_days": "15"}
    ).decision
    assert unclear is not None
    assert unclear.id == "screened_out"
