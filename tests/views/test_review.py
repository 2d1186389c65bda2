from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from html import escape
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest

from poc_eval.i18n import PSEUDO_CLOSE, PSEUDO_OPEN, Text, _
from poc_eval.scoring.evaluation import FieldNote, Outcome
from poc_eval.views.criteria import criteria_table
from poc_eval.views.gates import gates_table
from poc_eval.views.inputs import inputs_table
from poc_eval.views.provenance import provenance
from poc_eval.views.review import review_page, review_sections, review_summary, score_chart
from poc_eval.views.statement import opinion, undertaking
from poc_eval.views.summary import missing, notices, summary
from poc_eval.workspace.records import Answer

if TYPE_CHECKING:
    from collections.abc import Callable

    from poc_eval.i18n import Language
    from poc_eval.scoring.evaluation import CriterionResult
    from poc_eval.scoring.rubric import Rubric
    from poc_eval.views.dossier import Dossier

HOSTILE = "</td></script><img src=x onerror=window.__pwned=1>"
BOTH = pytest.mark.parametrize("lang", ["zh", "en"])


def words(markup: str) -> str:
    """Return what a page shows, its markup taken away."""
    shown: list[str] = []

    class Reader(HTMLParser):
        def handle_data(self, data: str) -> None:
            shown.append(data)

    reader = Reader()
    reader.feed(markup)
    reader.close()
    return " ".join(" ".join(shown).split())


def test_the_conclusion_comes_before_the_detail(dossier: Dossier) -> None:
    said = words(summary(dossier, "zh"))
    assert said == ("结论 修改完善后立项 总分（满分 45） 32.5 最低分要求 ✓ 全部达到 技术成熟度 TRL 4")


@BOTH
def test_every_score_reason_and_evidence_stands_in_the_table(dossier: Dossier, lang: Language) -> None:
    shown = words(criteria_table(dossier, lang))
    for result in dossier.evaluation.criteria:
        assert result.title.text(lang) in shown
        assert f"{result.score:.1f}" in shown
        assert " ".join(result.reason.split()) in shown
        assert result.evidence in shown
        assert result.anchor is not None
        assert result.anchor.text(lang) in shown


def test_all_scores_of_a_table_have_the_same_decimals(dossier: Dossier) -> None:
    scores = re.findall(r'pe-number pe-score">([^<]*)<', criteria_table(dossier, "zh"))
    assert scores == ["22.0", "12.5", "-2.0", "32.5"]


def test_weights_get_their_column_and_measured_figures_their_unit(
    with_evaluation: Callable[..., Dossier], criterion: Callable[..., CriterionResult]
) -> None:
    measured = criterion(weight=Decimal("0.25"), measured_value=Decimal(3500), unit=Text("次", "services"))
    group = criterion(id="all", is_group=True, weight=None, score=None, title=Text("运行绩效", "Operation"))
    shown = words(criteria_table(with_evaluation(criteria=(group, measured)), "zh"))
    assert "权重" in shown
    assert "0.25" in shown
    assert "实测 3,500 次" in shown
    assert "运行绩效 25 —" in shown


def test_a_criterion_outside_the_total_says_so(dossier: Dossier, rubric: Callable[..., Rubric]) -> None:
    assert "不计入总分" not in words(criteria_table(dossier, "zh"))
    title = {"zh": "指标", "en": "Criterion"}
    criteria = [
        {"id": "clinical_need", "title": title, "scale": {"max": "25"}},
        {"id": "maturity", "title": title, "scale": {"max": "20"}, "counts": "no"},
    ]
    aside = replace(dossier, rubric=rubric(criteria=criteria, deductions=[]))
    assert "不计入总分" in words(criteria_table(aside, "zh"))


def test_a_scale_on_which_one_is_best_says_so(
    with_evaluation: Callable[..., Dossier], criterion: Callable[..., CriterionResult]
) -> None:
    shown = words(criteria_table(with_evaluation(criteria=(criterion(best_low=True),)), "en"))
    assert "the lowest score is the best" in shown
    assert "at most 15 allowed" in shown


def test_gates_say_their_result_in_words_and_with_a_sign(
    dossier: Dossier, with_evaluation: Callable[..., Dossier]
) -> None:
    passed = dossier.evaluation.gates[0]
    failed = replace(passed, passed=False)
    unknown = replace(passed, passed=None, found=None)
    excluded = replace(passed, kind="screening", passed=False)
    shown = words(gates_table(with_evaluation(gates=(passed, failed, unknown, excluded)), "zh"))
    assert [*re.findall(r"✓ 达到|✗ 未达到|待定|✗ 不符合", shown)] == [
        "✓ 达到",
        "✗ 未达到",
        "待定",
        "✗ 不符合",
    ]


def test_a_failed_requirement_stands_in_the_summary(
    dossier: Dossier, with_evaluation: Callable[..., Dossier]
) -> None:
    failed = replace(dossier.evaluation.gates[0], passed=False)
    assert "✗ 1 not met" in words(summary(with_evaluation(gates=(failed,)), "en"))
    unknown = replace(failed, passed=None)
    assert "1 not known yet" in words(summary(with_evaluation(gates=(unknown,)), "en"))


def test_the_rules_decision_stands_beside_the_reviewers_recommendation(
    with_evaluation: Callable[..., Dossier],
) -> None:
    decided = Outcome("pass", Text("合格", "Pass"))
    both = words(summary(with_evaluation(decision=decided), "zh"))
    same = Outcome("revise", Text("修改完善后立项", "Approve after revision"))
    assert "结论（与规则判定一致） 修改完善后立项 总分" in words(
        summary(with_evaluation(decision=same), "zh")
    )
    assert "结论 修改完善后立项 按规则判定 合格" in both
    alone = words(summary(with_evaluation(decision=decided, recommendation=None), "zh"))
    assert "结论 合格" in alone


def test_a_draft_says_so_and_lists_what_is_missing(dossier: Dossier) -> None:
    open_note = FieldNote("opinion", _("The opinion is missing"))
    draft = replace(
        dossier,
        review=replace(dossier.review, status="draft", submitted_at=None),
        evaluation=replace(dossier.evaluation, total=None, missing=(open_note,), recommendation=None),
    )
    shown = words(review_page(draft, "zh"))
    assert "草稿，未提交" in shown
    assert "尚缺 1 处： The opinion is missing" in shown
    assert "结论 尚未给出" in shown
    assert "已评合计（满分 45） 32.5" in shown
    assert missing(dossier, "zh") == ""
    assert notices(dossier, "zh") == ""


def test_what_does_not_fit_names_its_criterion_once(dossier: Dossier) -> None:
    reason, score = "criteria.clinical_need.reason", "criteria.clinical_need.score"
    title = dossier.evaluation.criteria[0].title
    notes = (
        FieldNote(reason, _("Some more words, please")),
        FieldNote(score, _("{title}: a score, please", title=title)),
        FieldNote("opinion", _("An opinion, please")),
    )
    draft = replace(
        dossier,
        review=replace(dossier.review, status="draft"),
        evaluation=replace(dossier.evaluation, faults=notes),
    )
    said = words(missing(draft, "en"))
    assert said == (
        "Still open: 3 Clinical need: Some more words, please"
        " Clinical need: a score, please An opinion, please"
    )


def test_example_scores_and_historical_rubrics_say_so(
    dossier: Dossier, rubric: Callable[..., Rubric]
) -> None:
    example = replace(dossier, project=replace(dossier.project, example=True))
    assert "示例评分" in words(notices(example, "zh"))
    historical = replace(dossier, rubric=rubric(historical="yes"))
    assert "历史评分表" in words(notices(historical, "zh"))


def test_a_reviewer_who_steps_aside_gives_a_reason_and_no_scores(
    dossier: Dossier, with_evaluation: Callable[..., Dossier]
) -> None:
    aside = with_evaluation(stepped_aside=True, step_aside_reason="同一单位", recommendation=None, opinion="")
    said = {
        "undertaking.conflict": Answer("step_aside", 2, dossier.review.updated_at),
        "undertaking.conflict_reason": Answer("同一单位", 2, dossier.review.updated_at),
    }
    aside = replace(aside, review=replace(aside.review, answers=said))
    assert [section.key for section in review_sections(aside, "zh")] == ["project", "undertaking", "opinion"]
    assert words(summary(aside, "zh")) == "结论 已回避，未评分 理由 同一单位"
    assert "申请回避本项目评审。理由：同一单位" in words(undertaking(aside, "zh"))
    assert "未出具评审意见" in words(opinion(aside, "zh"))
    assert score_chart(aside, "zh") == ""


def test_a_missing_declaration_is_not_passed_over(dossier: Dossier) -> None:
    nothing = replace(dossier, review=replace(dossier.review, answers={}))
    assert words(undertaking(nothing, "zh")).count("尚未声明") == 3
    assert "尚未声明" not in words(undertaking(dossier, "zh"))


def test_provenance_names_rubric_hash_source_and_submission(dossier: Dossier) -> None:
    shown = words(provenance(dossier, "zh"))
    for part in (
        "medical-poc@1.0",
        "ab" * 32,
        "首都医科大学医学成果评价标准，案例 18",
        "据本项目所依据的资料",
        "2026-11-20 15:42 (UTC+08:00)",
        "未经核验",
        "第 1 版，第 31 次保存",
    ):
        assert part in shown


def test_an_amendment_names_what_it_amends_and_why(dossier: Dossier) -> None:
    amended = replace(dossier, review=replace(dossier.review, amends="r-0", amendment_reason="计分有误"))
    assert "所更正的评审记录 r-0 更正理由 计分有误" in words(provenance(amended, "zh"))


def test_a_version_that_was_amended_says_so_before_anything_else(dossier: Dossier) -> None:
    old = replace(dossier, amended_by="r-2")
    assert words(review_page(old, "zh")).index("已被后一版更正") < words(review_page(old, "zh")).index("结论")
    assert "后一版评审记录 r-2" in words(provenance(old, "zh"))


def test_a_sealed_review_names_the_hash_of_its_seal(dossier: Dossier) -> None:
    assert "cd" * 32 in words(provenance(replace(dossier, sealed="cd" * 32), "zh"))


def test_a_screening_items_reason_stands_beside_its_answer(dossier: Dossier) -> None:
    item = replace(dossier.evaluation.gates[0], id="fake_data", kind="screening", found=_("no"))
    said = {"screening.fake_data.reason": Answer("核对了原始记录", 3, dossier.review.updated_at)}
    asked = replace(
        dossier,
        evaluation=replace(dossier.evaluation, gates=(item,)),
        review=replace(dossier.review, answers=said),
    )
    assert "否 核对了原始记录 ✓ 符合" in words(gates_table(asked, "zh"))


def test_stated_figures_stand_with_their_units_and_missing_ones_say_so(
    dossier: Dossier, rubric: Callable[..., Rubric]
) -> None:
    asked = rubric(
        inputs={
            "staff": {
                "label": {"zh": "人员", "en": "Staff"},
                "unit": {"zh": "人", "en": "people"},
                "kind": "count",
            },
            "income": {"label": {"zh": "收入", "en": "Income"}, "kind": "amount"},
            "own": {"label": {"zh": "收入二", "en": "Income two"}, "kind": "amount"},
            "filed": {"label": {"zh": "备案有效", "en": "Filed"}, "kind": "yes_no"},
            "area": {"label": {"zh": "面积", "en": "Area"}, "kind": "number"},
        }
    )
    given = {"staff": "23", "income": "2000万", "own": "20000000", "filed": "yes"}
    said = {f"inputs.{name}": Answer(value, 1, dossier.review.updated_at) for name, value in given.items()}
    stated = replace(dossier, rubric=asked, review=replace(dossier.review, answers=said))
    shown = words(inputs_table(stated, "zh"))
    assert "人员 23 人 收入 2000万 收入二 20000000 元 备案有效 是 面积 未载明" in shown
    assert inputs_table(dossier, "zh") == ""


def test_facts_that_are_not_stated_stay_empty_and_say_so(dossier: Dossier) -> None:
    bare = replace(dossier, project=replace(dossier.project, applicant=None, field=None, facts=()))
    shown = words(review_sections(bare, "zh")[0].body)
    assert "承担单位 未载明" in shown
    assert "领域 未载明" in shown
    assert "案例 十八 典型案例汇编" in words(review_sections(dossier, "zh")[0].body)


def test_a_source_that_all_facts_share_is_named_once(dossier: Dossier) -> None:
    facts = tuple(replace(fact, source=None) for fact in dossier.project.facts * 3)
    shared = replace(dossier, project=replace(dossier.project, facts=facts))
    assert words(review_sections(shared, "zh")[0].body).count("典型案例汇编（2021）") == 1


def test_a_platform_is_called_one(dossier: Dossier) -> None:
    platform = replace(dossier, project=replace(dossier.project, kind="platform"))
    assert "中试平台评价意见" in review_summary(platform, "zh")
    assert "平台名称 颅内压平衡装置 运营单位" in words(review_page(platform, "zh"))


@BOTH
def test_the_chart_has_its_table_beside_it(dossier: Dossier, lang: Language) -> None:
    block = score_chart(dossier, lang)
    assert block.index("<figcaption") < block.index("<svg") < block.index("<table")
    assert "22.0" in words(block)


def test_without_required_minimums_none_is_spoken_of(
    with_evaluation: Callable[..., Dossier], criterion: Callable[..., CriterionResult]
) -> None:
    free = with_evaluation(criteria=(criterion(required=None),))
    shown = words(score_chart(free, "zh") + criteria_table(free, "zh"))
    assert "最低" not in shown
    assert "竖线" not in shown


def test_hostile_words_are_shown_and_never_act(dossier: Dossier) -> None:
    hostile = Text(HOSTILE, HOSTILE)
    results = tuple(
        replace(
            result,
            title=hostile,
            reason=HOSTILE,
            evidence=HOSTILE,
            anchor=hostile,
            band=HOSTILE,
            beside=(HOSTILE, hostile),
            unit=hostile,
            measured_value=Decimal(1),
        )
        for result in dossier.evaluation.criteria
    )
    gates = tuple(
        replace(gate, title=hostile, required=hostile, found=hostile) for gate in dossier.evaluation.gates
    )
    attacked = replace(
        dossier,
        project=replace(
            dossier.project,
            title=hostile,
            applicant=hostile,
            field=hostile,
            stage=hostile,
            summary=hostile,
            source=HOSTILE,
        ),
        review=replace(
            dossier.review, reviewer=HOSTILE, amends=HOSTILE, amendment_reason=HOSTILE, id=HOSTILE
        ),
        evaluation=replace(
            dossier.evaluation,
            criteria=results,
            gates=gates,
            opinion=HOSTILE,
            recommendation=Outcome("x", hostile),
            decision=Outcome("x", hostile),
        ),
    )
    page = review_page(attacked, "en") + review_summary(attacked, "zh")
    assert "<img" not in page
    assert "</script" not in page
    assert page.count(escape(HOSTILE)) > 30


def test_nothing_is_said_that_does_not_go_through_translation(dossier: Dossier) -> None:
    """In the pseudo-locale every sentence is in brackets; outside of them stand data, figures and signs."""
    bare = replace(
        dossier,
        review=replace(dossier.review, status="draft", submitted_at=None, reviewer="0", id="0"),
        project=replace(dossier.project, source=None, facts=()),
    )
    shown = words(review_page(bare, "pseudo") + review_summary(bare, "pseudo"))
    depth, outside = 0, ""
    for character in shown:
        depth += (character == PSEUDO_OPEN) - (character == PSEUDO_CLOSE)
        outside += character if depth == 0 else ""
    data = ["medical-poc", "首都医科大学医学成果评价标准", "案例", "TRL", "UTC", "ab" * 32]
    for result in bare.evaluation.criteria:
        data += [result.reason.replace("\n", " "), result.evidence]
    data += [bare.evaluation.opinion, bare.evaluation.adjustments[0].reason]
    for part in data:
        outside = outside.replace(part, "") if part else outside
    assert not re.findall(r"[^\W\d_]+", outside)
