"""A panel through its working paper: what the rules propose, what cannot be, and what the book says after."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from poc_eval.i18n import Text
from poc_eval.views.paper_parts import paper_view
from poc_eval.workspace.panel_scores import roster_of
from poc_eval.workspace.panels import Panels
from poc_eval.workspace.records import Project

pytestmark = pytest.mark.usefixtures("two_projects")


@pytest.fixture
def panel(workspace, desk):
    """Return the paper of a panel on P1 to P3 with three members; P3 is 某大学's."""
    workspace.store.add_project(
        Project("P3", Text("嗅觉装置", "Device"), applicant=Text("某大学", "A university"))
    )
    paper = desk("panel_members", title="秋季评审会")
    paper.fill(rubric="poc-selection", held_on="2026年11月20日", place="三楼会议室", entered_by="秘书")
    for row, (name, unit) in {
        "a1": ("王专家", "某大学"),
        "a2": ("李专家", "某医院"),
        "a3": ("赵专家", "某研究所"),
    }.items():
        paper.row("members", row, name=name, unit=unit, title="教授", field="医学")
    return paper.row("members", "a1", chair="yes")


def warnings(paper):
    return [one.message.text("zh") for one in paper.assessed.warnings]


def test_it_begins_with_every_project_of_the_workspace(workspace, panel):
    assert panel.assessed.result.stated.projects == tuple(one.id for one in workspace.projects())
    panel.row("projects", "p0002", project="")
    assert panel.assessed.result.stated.projects == ("P1", "P3")


def test_the_rules_propose_and_a_person_decides(panel):
    assert warnings(panel) == [
        "嗅觉装置：同一单位？王专家所在单位某大学即承担单位。如属实请登记回避，不属实可不登记"
    ]
    panel.row("ties", "c1", person="李专家", project="P1", kind="kinship", note="申请人之兄")
    assert "近亲属关系？李专家：申请人之兄" in warnings(panel)[0] + warnings(panel)[1]
    panel.row("asides", "d1", person="王专家", project="P3", rule="same_unit", reason="同一单位")
    assert len(warnings(panel)) == 1
    assert panel.faults == []


def test_concluding_writes_the_book_and_the_panels_figures_follow(workspace, panel):
    panel.row(
        "asides",
        "d1",
        person="王专家",
        project="P3",
        rule="same_unit",
        reason="同一单位",
        replacement="赵专家",
    )
    panel.conclude()
    (book,) = Panels(workspace.store).panels()
    assert (book.title, book.rubric, book.held_on) == ("秋季评审会", "poc-selection", date(2026, 11, 20))
    assert [one.name for one in book.members] == ["王专家", "李专家", "赵专家"]
    assert [one.name for one in book.judges("P3")] == ["李专家", "赵专家"]
    roster = roster_of(workspace, "poc-selection", with_names=True)
    assert [(one.who, one.chair, one.stands_in) for one in roster.seats] == [
        ("王专家", True, ()),
        ("李专家", False, ()),
        ("赵专家", False, ("P3",)),
    ]
    assert workspace.store.verify_log().intact


def test_an_amended_paper_changes_the_same_panel_and_keeps_who_decided_when(workspace, panel):
    panel.row("asides", "d1", person="王专家", project="P1", rule="kinship", reason="近亲属").conclude()
    (before,) = Panels(workspace.store).panels()
    panel.amend("李专家因故不能到会").row("members", "a2", name="钱专家", unit="某医院")
    panel.row("asides", "d2", person="赵专家", project="P2", rule="other", reason="本人申请")
    panel.fill(entered_by="另一秘书").conclude()
    (after,) = Panels(workspace.store).panels()
    assert after.id == before.id
    assert [one.name for one in after.members] == ["王专家", "钱专家", "赵专家"]
    first, second = after.step_asides
    assert replace(first) == before.step_asides[0]
    assert (second.person, second.decided_by) == ("赵专家", "另一秘书")
    panel.amend("撤回").row("asides", "d1", person="", project="", rule="", reason="").conclude()
    (last,) = Panels(workspace.store).panels()
    assert [one.person for one in last.step_asides] == ["赵专家"]


def test_what_cannot_be_is_told_beside_its_cell(panel):
    panel.row("members", "a2", chair="yes", name="王专家").row("projects", "p0003", project="")
    panel.row(
        "asides", "d1", person="孙专家", project="P3", rule="other", reason="其他", replacement="周专家"
    )
    panel.row(
        "asides", "d2", person="赵专家", project="P1", rule="other", reason="其他", replacement="赵专家"
    )
    said = dict(panel.faults)
    assert said["rows/members/a2/name"] == "王专家在表中出现两次"
    assert said["rows/members/a1/chair"] == "专家组只有一名组长，现标了 2 名"
    assert said["rows/asides/d1/person"].startswith("孙专家不是本专家组成员；请先")
    assert said["rows/asides/d1/project"] == "本专家组不评审该项目"
    assert said["rows/asides/d1/replacement"].startswith("周专家不是本专家组成员；")
    assert said["rows/asides/d2/replacement"] == "赵专家在该项目上也须回避"


def test_one_expert_stands_in_for_one_on_a_project(panel):
    for row, name in (("d1", "王专家"), ("d2", "李专家")):
        panel.row("asides", row, person=name, project="P1", rule="other", reason="其他", replacement="赵专家")
    assert [said for _field, said in panel.faults] == ["赵专家在该项目上已递补他人"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_list_and_sign_in_sheet_are_there_before_the_meeting(panel, lang):
    panel.row("members", "a3", unit="<script>某研究所")
    experts, sign_in = (paper_view(panel.page, part, lang) for part in ("experts", "sign_in"))
    for page in (experts, sign_in):
        assert "王专家" in page
        assert "&lt;script&gt;" in page
    assert ("组长" if lang == "zh" else "chair") in experts
    assert re.search(r"秋季评审会.*三楼会议室", sign_in, re.DOTALL)
