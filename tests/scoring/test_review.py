from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from poc_eval.scoring.review import Review, evaluate, field_names

if TYPE_CHECKING:
    from poc_eval.scoring.evaluation import Evaluation
    from poc_eval.scoring.rubric import Rubric

BANDS = [{"from": "20", "to": "25"}, {"from": "15", "to": "19"}, {"from": "0", "to": "14"}]


@pytest.fixture(scope="session")
def medical(build: Any) -> Rubric:
    """One of everything that a form can ask."""
    return build.rubric(
        inputs={"services": {"label": build.both("服务次数"), "unit": "次", "kind": "count"}},
        screening=[{"id": "fake", "ask": build.both("材料是否不真实"), "fails_on": "yes"}],
        criteria=[
            build.criterion("need", bands=[{**band, "text": build.both(band["from"])} for band in BANDS]),
            build.criterion(
                "maturity",
                scale={"max": "20", "step": "0.5"},
                levels=[
                    {"score": "20", "text": build.both("定型")},
                    {"score": "8", "text": build.both("样机")},
                ],
                beside="trl-9",
            ),
            build.criterion(
                "services",
                measured={
                    "input": "services",
                    "between": "linear",
                    "table": [{"from": "0", "score": "0"}, {"from": "300", "score": "10"}],
                },
            ),
        ],
        bonuses=[{"id": "patents", "title": build.both("专利"), "up_to": "5"}],
        deductions=[{"id": "late", "title": build.both("逾期"), "up_to": "10"}],
        gates=[{"criterion": "need", "at_least": "15"}, {"total": "true", "at_least": "33.34"}],
        recommendation=[{"id": "yes", "title": build.both("建议立项")}],
        decisions=[
            {"id": "good", "title": build.both("优"), "at_least": "50"},
            {"id": "fair", "title": build.both("中"), "at_least": "0"},
        ],
    )


@pytest.fixture(scope="session")
def filled(build: Any) -> dict[str, str]:
    return build.answers(
        {"need": "22", "maturity": "12.5"},
        {
            "screening.fake": "no",
            "inputs.services": "100",
            "criteria.need.band": "20-25",
            "criteria.maturity.beside": "4",
            "recommendation": "yes",
        },
    )


def notes(evaluation: Evaluation) -> dict[str, str]:
    return {note.field: note.message.text("en") for note in (*evaluation.missing, *evaluation.faults)}


def test_a_full_form_is_complete_and_adds_up_exactly(medical: Rubric, filled: dict[str, str]) -> None:
    evaluation = Review(medical, filled).evaluation
    assert evaluation.complete
    assert evaluation.total == evaluation.running_total == Decimal("37.83")
    assert evaluation.full_mark == Decimal(55)
    assert [result.score for result in evaluation.criteria] == [22, Decimal("12.5"), Decimal("3.33")]
    assert evaluation.criteria[1].beside is not None
    assert evaluation.criteria[1].beside[0] == "TRL 4"
    assert evaluation.decision is not None
    assert evaluation.decision.id == "fair"


def test_an_empty_form_asks_for_everything_in_its_order(medical: Rubric) -> None:
    evaluation = evaluate(medical, {})
    assert [note.field for note in evaluation.missing] == [
        "undertaking.conflict",
        "undertaking.confidentiality",
        "undertaking.integrity",
        "screening.fake",
        "inputs.services",
        "criteria.need.band",
        "criteria.need.score",
        "criteria.need.reason",
        "criteria.maturity.score",
        "criteria.maturity.beside",
        "criteria.maturity.reason",
        "recommendation",
        "opinion",
    ]
    assert evaluation.missing[5].message.text("zh") == "need：请选择分档"
    assert (evaluation.total, evaluation.running_total, evaluation.decision) == (None, Decimal(0), None)
    assert not evaluation.faults


def test_every_field_that_can_be_missing_is_a_field_of_the_form(medical: Rubric) -> None:
    names = field_names(medical)
    assert {note.field for note in evaluate(medical, {}).missing} <= set(names)
    assert len(names) == len(set(names))
    assert "deductions.late.reason" in names


def test_a_score_outside_its_band_names_the_band_and_the_right_one(
    medical: Rubric, filled: dict[str, str]
) -> None:
    evaluation = evaluate(medical, {**filled, "criteria.need.score": "17"})
    assert evaluation.total is None
    assert evaluation.faults[0].field == "criteria.need.score"
    assert evaluation.faults[0].message.text("zh") == (
        "得分 17 不在所选分档 20-25 内，请填写 20 至 25 之间的得分，或改选分档 15-19。"
    )


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("criteria.need.score", "26", "outside the scale"),
        ("criteria.need.score", "20.5", "off the step"),
        ("criteria.need.score", "二十", "is not a number"),
        ("criteria.need.score", "NaN", "is not a number"),
        ("criteria.need.score", "1E+999", "is not a number"),
        ("criteria.need.score", "٢٢", "is not a number"),
        ("criteria.need.band", "20-26", "no band"),
        ("criteria.need.reason", "需求明确，普遍", "at least 10 characters, here are 7"),
        ("criteria.need.reason", "好 好 好 好 好 好 好 好 好", "here are 9"),
        ("criteria.maturity.beside", "10", "TRL goes from 1 to 9"),
        ("inputs.services", "12.5", "whole number"),
        ("inputs.services", "-1", "whole number"),
        ("screening.fake", "maybe", "answer yes or no"),
        ("bonuses.patents.points", "6", "from 0 to 5"),
        ("recommendation", "perhaps", "one of the recommendations"),
        ("opinion", "同意", "at least 20 characters, here are 2"),
        ("opinion", "好" * 1001, "at most 1000 characters, here are 1001"),
        ("undertaking.conflict", "perhaps", "one of the two"),
    ],
)
def test_what_does_not_fit_is_said_beside_its_field(
    medical: Rubric, filled: dict[str, str], field: str, value: str, says: str
) -> None:
    evaluation = evaluate(medical, {**filled, field: value})
    assert [note.field for note in evaluation.faults] == [field]
    assert says in notes(evaluation)[field]
    assert not evaluation.complete


def test_full_width_digits_of_an_input_method_are_digits(medical: Rubric, filled: dict[str, str]) -> None:
    evaluation = evaluate(
        medical, {**filled, "criteria.maturity.score": "１２．５", "inputs.services": "　１００"}
    )
    assert evaluation.total == Decimal("37.83")


def test_spaces_and_marks_without_width_are_not_characters_of_a_reason(
    medical: Rubric, filled: dict[str, str]
) -> None:
    evaluation = evaluate(medical, {**filled, "criteria.need.reason": "\u200b \u3000" * 20})
    assert [note.field for note in evaluation.missing] == ["criteria.need.reason"]


def test_who_steps_aside_is_asked_for_the_reason_only_and_gives_no_score(
    medical: Rubric, filled: dict[str, str]
) -> None:
    asked = evaluate(medical, {**filled, "undertaking.conflict": "step_aside"})
    assert [note.field for note in asked.missing] == ["undertaking.conflict_reason"]
    aside = evaluate(
        medical, {**filled, "undertaking.conflict": "step_aside", "undertaking.conflict_reason": "同一单位"}
    )
    assert aside.complete
    assert aside.stepped_aside
    assert aside.step_aside_reason == "同一单位"
    assert (aside.total, aside.running_total, aside.decision) == (None, None, None)
    assert {result.score for result in aside.criteria} == {None}


def test_a_failed_screening_item_ends_the_review_before_any_score(medical: Rubric, build: Any) -> None:
    answers = {**build.undertaken, "screening.fake": "yes", "opinion": build.opinion, "recommendation": "yes"}
    evaluation = evaluate(medical, answers)
    assert evaluation.complete
    assert evaluation.decision is not None
    assert evaluation.decision.id == "screened_out"
    assert evaluation.decision.title.text("zh") == "筛选性指标未通过"
    assert evaluation.total is None


def test_a_failed_gate_comes_before_every_decision(medical: Rubric, filled: dict[str, str]) -> None:
    low = {
        **filled,
        "criteria.need.band": "0-14",
        "criteria.need.score": "14",
        "criteria.maturity.score": "20",
    }
    evaluation = evaluate(medical, low)
    assert evaluation.total == Decimal("37.33")
    assert evaluation.decision is not None
    assert evaluation.decision.id == "gate"
    gate = next(gate for gate in evaluation.gates if gate.id == "need")
    assert (gate.passed, gate.required.text("zh")) == (False, "不低于 15")


def test_a_gate_looks_at_the_exact_total_and_shows_on_which_side_it_is(
    medical: Rubric, filled: dict[str, str]
) -> None:
    scores = {"criteria.need.score": "20", "criteria.maturity.score": "10"}
    evaluation = evaluate(medical, {**filled, **scores})
    gate = next(gate for gate in evaluation.gates if gate.id == "total")
    assert evaluation.total == Decimal("33.33")
    assert gate.passed is False
    assert gate.found is not None
    assert gate.found.text("en") == "33.33"


def test_a_bonus_needs_its_reason_and_a_deduction_is_taken_off(
    medical: Rubric, filled: dict[str, str]
) -> None:
    bare = evaluate(medical, {**filled, "bonuses.patents.points": "2"})
    assert [note.field for note in bare.missing] == ["bonuses.patents.reason"]
    both = {
        **filled,
        "bonuses.patents.points": "2",
        "bonuses.patents.reason": "已授权发明专利两项，权属清晰。",
        "deductions.late.points": "1.5",
        "deductions.late.reason": "中期材料逾期一个月提交，有通知。",
    }
    evaluation = evaluate(medical, both)
    assert evaluation.complete
    assert evaluation.total == Decimal("38.33")
    assert [item.points for item in evaluation.adjustments] == [2, Decimal("-1.5")]


def test_a_deduction_typed_with_a_minus_takes_the_same_off(medical: Rubric, filled: dict[str, str]) -> None:
    typed = {
        **filled,
        "deductions.late.points": "-3",
        "deductions.late.reason": "中期材料逾期一个月提交，有通知。",
    }
    assert evaluate(medical, typed).total == Decimal("34.83")


def test_the_running_total_adds_up_what_is_there(medical: Rubric, filled: dict[str, str]) -> None:
    partly = {name: value for name, value in filled.items() if not name.startswith("criteria.maturity")}
    evaluation = evaluate(medical, partly)
    assert (evaluation.total, evaluation.running_total) == (None, Decimal("25.33"))


def test_a_value_below_a_measured_table_is_told_at_the_input(build: Any) -> None:
    sheet = build.rubric(
        criteria=[
            build.criterion(
                "profit",
                measured={
                    "input": "profit",
                    "table": [{"from": "0", "score": "1"}, {"from": "10", "score": "5"}],
                },
            )
        ]
    )
    evaluation = evaluate(sheet, {**build.undertaken, "inputs.profit": "-1", "opinion": build.opinion})
    assert [note.field for note in evaluation.faults] == ["inputs.profit"]
    assert evaluate(sheet, {"inputs.profit": "9.99"}).running_total == 1


texts = st.one_of(
    st.text(max_size=30),
    st.sampled_from(["yes", "no", "none", "step_aside", "20-25", "1", "25", "１", "-0", "%", "1e9"]),
)


# the first text that is drawn builds a table of all characters
@settings(suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_no_text_whatever_makes_an_evaluation_fail(medical: Rubric, data: st.DataObject) -> None:
    answers = data.draw(st.dictionaries(st.sampled_from(field_names(medical)), texts))
    evaluation = evaluate(medical, answers)
    for note in (*evaluation.missing, *evaluation.faults):
        assert note.field in field_names(medical)
        assert note.message.text("zh") != note.message.text("en")
        assert note.message.text("pseudo")


@given(need=st.integers(0, 25), maturity=st.integers(0, 40), services=st.integers(0, 1000))
def test_the_running_total_of_a_complete_form_is_its_total(
    medical: Rubric, filled: dict[str, str], need: int, maturity: int, services: int
) -> None:
    band = next(band for band in BANDS if int(band["from"]) <= need)
    answers = {
        **filled,
        "criteria.need.band": f"{band['from']}-{band['to']}",
        "criteria.need.score": str(need),
        "criteria.maturity.score": str(Decimal(maturity) / 2),
        "inputs.services": str(services),
    }
    evaluation = evaluate(medical, answers)
    assert evaluation.complete
    assert evaluation.total == evaluation.running_total


@given(
    method=st.sampled_from(["sum", "weighted_sum", "weighted_mean"]),
    scores=st.lists(st.integers(0, 9), min_size=3, max_size=3),
    raised=st.integers(0, 2),
)
def test_a_higher_score_never_lowers_the_total(
    build: Any, method: str, scores: list[int], raised: int
) -> None:
    weights = [{}] * 3 if method == "sum" else [{"weight": weight} for weight in ("1", "0.3", "7")]
    sheet = build.rubric(
        scale={"max": "10"},
        criteria=[build.criterion(f"c{index}", **weight) for index, weight in enumerate(weights)],
        total={"method": method},
    )
    higher = [score + (index == raised) for index, score in enumerate(scores)]
    totals = [
        evaluate(sheet, build.answers({f"c{index}": str(score) for index, score in enumerate(row)})).total
        for row in (scores, higher)
    ]
    assert totals[0] is not None
    assert totals[1] is not None
    assert totals[0] <= totals[1]
