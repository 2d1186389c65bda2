"""A selection under a budget: what is chosen and left, and beside which field it is told what cannot be."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from poc_eval.i18n import Text
from poc_eval.views.paper_parts import paper_view
from poc_eval.workspace.records import Project

SCORES = {"P1": "3", "P2": "5", "P3": "4", "P4": "1"}
FIELDS = {"P1": Text("器械", "Device"), "P2": Text("器械", "Device"), "P3": Text("药物", "Drug")}


@pytest.fixture
def scored(workspace, reviewed):
    """Have four projects reviewed; P4 is refused by the sheet's own rule."""
    for project in SCORES:
        title, amount = Text(f"项目{project}", f"Project {project}"), Decimal(800_000)
        workspace.store.add_project(Project(project, title, field=FIELDS.get(project), amount=amount))
    return reviewed(SCORES)


@pytest.fixture
def selecting(scored, desk):
    """Return the paper as it begins: P2, P3, P1 and P4 in its rows."""
    assert scored
    return desk("project_selection")


def chosen(paper):
    return paper.assessed.outcome["selection"]["chosen"]


def plain(markup):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", str(markup)))


def beside(paper):
    return dict(paper.faults)


def test_it_begins_with_the_projects_by_rank_their_amounts_and_fields(selecting):
    values, shown = selecting.paper.values(), selecting.assessed.shown
    rows = [f"rows/projects/p000{number}" for number in (1, 2, 3, 4)]
    assert [values[f"{row}/project"] for row in rows] == ["P2", "P3", "P1", "P4"]
    assert [shown[f"{row}/total"] for row in rows] == ["20.00", "19.00", "18.00", "16.00"]
    assert (values["rubric"], values["rows/projects/p0002/field"]) == ("poc-small@1.0", "药物")
    assert {values[f"{row}/amount"] for row in rows} == {"800000.00"}
    assert not selecting.assessed.complete


def test_the_highest_sum_within_the_budget_what_is_left_and_what_more_would_buy(selecting):
    """Totals 20, 19 and 18 at 800,000 each; who fails a gate is no candidate."""
    assessed = selecting.fill(budget="170万").assessed
    assert assessed.complete
    assert assessed.outcome["selection"] == {
        "budget": "1700000.00",
        "chosen": ["P2", "P3"],
        "cost": "1600000.00",
        "left": "100000.00",
        "total": "39.00",
    }
    assert assessed.outcome["more"] == {"step": "1000000.00", "comes_in": ["P1"], "makes_way": []}
    verdicts = [assessed.shown[f"rows/projects/p000{number}/verdict"] for number in (1, 2, 3, 4)]
    assert verdicts == ["✓", "✓", "–", "×"]
    (warning,) = assessed.warnings
    assert (warning.field, warning.message.text("zh")) == (
        "rows/projects/p0004/project",
        "不参与测算：有要求未满足",
    )


def test_quotas_exclusions_and_what_was_stated_are_kept_and_drawn_and_printed(selecting):
    selecting.fill(budget="170万").row("quotas", "a", field="器械", most="1")
    assert chosen(selecting) == ["P2", "P3"]
    selecting.row("projects", "p0003", choice="in")
    assert chosen(selecting) == ["P3", "P1"]
    selecting.row("exclusive", "a", first="P1", second="P3")
    assert chosen(selecting) == ["P1"]
    selecting.row("projects", "p0002", choice="out").row("quotas", "a", most="2")
    assert chosen(selecting) == ["P2", "P1"]
    page = plain(paper_view(selecting.page, "selection", "zh"))
    for said in (
        "✓ 入选（必选）",
        "不参与测算：已指定不选",
        "只能支持其一：项目P1、项目P3",
        "必选：项目P1",
        "不选：项目P3",
        "仅供会商参考",
    ):
        assert said in page
    assert "Must be in: Project P1" in plain(paper_view(selecting.page, "selection", "en"))


def test_what_cannot_be_is_told_beside_its_field_and_nothing_is_computed(selecting):
    selecting.fill(budget="100万")
    selecting.row("projects", "p0001", choice="in").row("projects", "p0003", choice="in")
    selecting.row("projects", "p0004", choice="in").row("projects", "p0005", project="P2")
    selecting.row("quotas", "a", field="器械", least="3", most="1")
    selecting.row("quotas", "b", field="软件", least="1").row("quotas", "c", field="器械")
    selecting.row("exclusive", "a", first="P1", second="P2").row("exclusive", "b", first="P3", second="P3")
    assert beside(selecting) == {
        "budget": "无法满足：必选项目申请经费合计 2,400,000.00 元，超过预算总额",
        "rows/projects/p0004/choice": "无法满足：有要求未满足",
        "rows/projects/p0005/project": "该项目在表中出现两次",
        "rows/quotas/a/least": "无法满足：该领域可入选的项目只有 2 项",
        "rows/quotas/a/most": "无法满足：最多项数小于最少项数",
        "rows/quotas/b/field": "上表中没有该领域的项目",
        "rows/quotas/c/field": "该领域在表中重复出现",
        "rows/exclusive/a/second": "无法满足：两个项目均指定为必选",
        "rows/exclusive/b/second": "请选择两个不同的项目",
    }
    assert selecting.assessed.outcome["selection"] is None
    assert "没有测算结果，原因是" in plain(paper_view(selecting.page, "selection", "zh"))


def test_terms_that_only_together_cannot_be_met_are_told(selecting):
    selecting.fill(budget="80万").row("quotas", "a", field="器械", least="1")
    selecting.row("quotas", "b", field="药物", least="1")
    assert beside(selecting) == {"budget": "无法满足：在预算内没有任何组合能满足全部名额要求"}


def test_a_budget_that_buys_nothing_is_an_answer_and_what_cannot_be_read_none(selecting):
    assessed = selecting.fill(budget="1元").assessed
    assert (assessed.complete, assessed.outcome["selection"]["chosen"]) == (True, [])
    told = {one.field: one.message.text("zh") for one in assessed.warnings}
    assert told["budget"] == "预算不足以支持任何项目：申请经费最少的项目为 800,000.00 元"
    selecting.fill(budget="-5").row("projects", "p0001", amount="8O万")
    assert not selecting.assessed.complete
    assert selecting.assessed.outcome["selection"] is None
    selecting.fill(budget="200万").row("projects", "p0001", amount="")
    assert chosen(selecting) == ["P3", "P1"]


def test_a_workspace_without_reviews_has_an_empty_paper(desk):
    paper = desk("project_selection")
    assert paper.paper.values() == {"step": "1000000.00"}
    assert "尚无已提交的评审" in paper.page.layout.parts[0].items[0].help.text("zh")
    assert "方可测算" in plain(paper_view(paper.page, "selection", "zh"))
