"""One review of one device, and the words that try to break out of a page."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from poc_eval.i18n import Text, _
from poc_eval.scoring.evaluation import Adjustment, CriterionResult, Evaluation, GateResult, Outcome
from poc_eval.scoring.panel import Panel
from poc_eval.scoring.rubric import Rubric
from poc_eval.views.dossier import Dossier
from poc_eval.views.panel_board import board_of
from poc_eval.workspace.records import (
    Answer,
    DefinitionRef,
    PanelBasis,
    Project,
    ProjectFact,
    ReviewRecord,
    SteppedAside,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from poc_eval.views.panel_board import PanelBoard

AT = datetime(2026, 11, 20, 7, 42, tzinfo=UTC)


def both(zh: str, en: str) -> dict[str, str]:
    return {"zh": zh, "en": en}


def rubric(**changes: object) -> Rubric:
    """Return the sheet that the review was made by, changed as wanted."""
    sheet = {
        "id": "medical-poc",
        "version": "1.0",
        "title": both("医学成果评价", "Evaluation of medical results"),
        "source": {"document": "首都医科大学医学成果评价标准", "clause": "案例 18", "seen": "seed"},
        "stage": "selection",
        "criteria": [
            {
                "id": "clinical_need",
                "title": both("临床需求度", "Clinical need"),
                "definition": both("临床问题是否明确", "Whether the clinical problem is clear"),
                "bands": [
                    {"from": "20", "to": "25", "text": both("需求明确，尚无替代", "A clear need")},
                    {"from": "0", "to": "19", "text": both("需求不明确", "No clear need")},
                ],
            },
            {
                "id": "maturity",
                "title": both("技术成熟度", "Maturity"),
                "scale": {"max": "20"},
                "levels": [
                    {
                        "score": "20",
                        "text": both("样机", "Prototype"),
                        "evidence": [both("检测报告", "report")],
                    }
                ],
                "beside": "trl-9",
            },
        ],
        "deductions": [{"id": "late", "title": both("逾期扣分", "Late"), "up_to": "10"}],
        "recommendation": [{"id": "revise", "title": both("修改完善后立项", "Approve after revision")}],
    }
    return Rubric.model_validate(sheet | changes)


def criterion(**changes: object) -> CriterionResult:
    """Return a scored criterion in a band, changed as wanted."""
    plain = CriterionResult(
        id="clinical_need",
        title=Text("临床需求度", "Clinical need"),
        depth=0,
        is_group=False,
        minimum=Decimal(0),
        full_mark=Decimal(25),
        best_low=False,
        weight=None,
        score=Decimal("22.0"),
        anchor=Text("需求明确，尚无替代", "A clear need without alternative"),
        band="20-25",
        required=Decimal(15),
        measured_value=None,
        unit=None,
        beside=None,
        reason="神经外科重症常见需求，现有器械需二次手术。",
        evidence="附件 2 第 4 页",
    )
    return replace(plain, **changes)  # type: ignore[arg-type]  # tests name the fields they change


def evaluation() -> Evaluation:
    """Return a complete evaluation of two criteria and a deduction."""
    maturity = criterion(
        id="maturity",
        title=Text("技术成熟度", "Maturity"),
        full_mark=Decimal(20),
        score=Decimal("12.5"),
        required=Decimal(8),
        band="10-14",
        anchor=Text("实验室验证", "Validated in the laboratory"),
        beside=("TRL 4", Text("在实验室完成验证", "validated in the laboratory")),
        reason="样机完成台架试验，\n动物实验未开始。",
        evidence="",
    )
    passed = GateResult(
        id="need",
        title=Text("临床需求度", "Clinical need"),
        kind="criterion",
        required=_("at least {score}", score=15),
        found=_("{score}", score="22.0"),
        passed=True,
    )
    return Evaluation(
        criteria=(criterion(), maturity),
        adjustments=(Adjustment("late", Text("逾期扣分", "Late"), Decimal(10), Decimal(-2), "材料逾期"),),
        total=Decimal("32.5"),
        running_total=Decimal("32.5"),
        full_mark=Decimal(45),
        gates=(passed,),
        recommendation=Outcome("revise", Text("修改完善后立项", "Approve after revision")),
        decision=None,
        opinion="建议补充与现有分流装置的对比数据。",
        stepped_aside=False,
        step_aside_reason="",
        missing=(),
        faults=(),
    )


def answers() -> dict[str, Answer]:
    """Return the undertaking as declared."""
    given = {
        "undertaking.conflict": "none",
        "undertaking.confidentiality": "yes",
        "undertaking.integrity": "yes",
    }
    return {name: Answer(value, 1, AT) for name, value in given.items()}


@pytest.fixture
def dossier() -> Dossier:
    """A submitted review."""
    project = Project(
        id="icp",
        title=Text("颅内压平衡装置", "Intracranial-pressure balancing device"),
        applicant=Text("首都医科大学", "Capital Medical University"),
        field=Text("医疗器械", "Medical devices"),
        facts=(ProjectFact(Text("案例", "Case"), Text("十八", "Eighteen"), "典型案例汇编"),),
        source="典型案例汇编（2021）",
    )
    review = ReviewRecord(
        id="r-1",
        project_id="icp",
        reviewer="reviewer-1",
        rubric=DefinitionRef("medical-poc", "1.0", "ab" * 32),
        version=1,
        status="submitted",
        revision=31,
        created_at=AT,
        updated_at=AT,
        submitted_at=AT,
        amends=None,
        amendment_reason=None,
        example=False,
        answers=answers(),
    )
    return Dossier(project, review, rubric(), evaluation())


@pytest.fixture
def with_evaluation(dossier: Dossier) -> Callable[..., Dossier]:
    """The same review with other results."""

    def changed(**changes: object) -> Dossier:
        return replace(dossier, evaluation=replace(dossier.evaluation, **changes))  # type: ignore[arg-type]

    return changed


@pytest.fixture(name="criterion")
def _criterion() -> Callable[..., CriterionResult]:
    """A scored criterion, changed as wanted."""
    return criterion


@pytest.fixture(name="rubric")
def _rubric() -> Callable[..., Rubric]:
    """The rubric, changed as wanted."""
    return rubric


PANEL_SHEET = {
    "id": "small-panel",
    "version": "1.0",
    "title": both("立项评分表", "Selection sheet"),
    "source": {"document": "测试"},
    "criteria": [
        {
            "id": "need",
            "title": both("需求", "Need"),
            "scale": {"min": "0", "max": "10"},
            "levels": [{"score": "10", "text": both("强", "strong")}],
        }
    ],
    "gates": [{"criterion": "need", "at_least": "3"}],
    "recommendation": [{"id": "approve", "title": both("建议立项", "Approve")}],
    "panel": {"minimum": "3", "average": "trimmed", "trim": {"high": "1", "low": "1", "from": "5"}},
    "decisions": [
        {"id": "approve", "at_least": "6", "title": both("建议立项", "Approve")},
        {"id": "reject", "at_least": "0", "title": both("不建议立项", "Do not approve")},
    ],
}


@pytest.fixture
def panels() -> Callable[..., tuple[Panel, PanelBasis]]:
    """Return a function that makes a panel from scores (or ``aside``) by project and reviewer."""

    def panel(
        scores: dict[str, dict[str, str]],
        *,
        named: bool = True,
        hostile: str = "",
        rule: dict[str, object] | None = None,
        draw_seed: str | None = None,
    ) -> tuple[Panel, PanelBasis]:
        sheet = Rubric.model_validate(PANEL_SHEET | ({} if rule is None else {"panel": rule}))
        letters = dict(zip("甲乙丙丁戊", "ABCDE", strict=True))
        rows, aside = [], []
        for project, given in scores.items():
            for name, score in given.items():
                who = name if named else letters[name]
                if score == "aside":
                    aside.append(SteppedAside(project, who, "同一单位"))
                    rows.append((project, who, "", "", "yes", ""))
                else:
                    rows.append((project, who, "need", score, "no", f"理由：{score}{hostile}"))
        columns = ["project", "reviewer", "criterion", "score", "conflict", "comment"]
        basis = PanelBasis(
            rubric=DefinitionRef("small-panel", "1.0", "cd" * 32),
            projects=tuple(
                Project(one, Text(f"项目 {one}{hostile}", f"Project {one}{hostile}")) for one in scores
            ),
            reviews=len(rows),
            drafts=0,
            waiting=(),
            aside=tuple(aside),
            latest=AT,
            example=False,
            named=named,
        )
        return Panel(sheet, pd.DataFrame(rows, columns=columns), draw_seed=draw_seed), basis

    return panel


@pytest.fixture
def boards(panels: Callable[..., tuple[Panel, PanelBasis]]) -> Callable[..., PanelBoard]:
    """Return a function that makes the board of such a panel."""
    return lambda *scores, **more: board_of(*panels(*scores, **more))
