from datetime import date

import pytest

from poc_eval.errors import InputError, UnknownIdError
from poc_eval.i18n import Text
from poc_eval.workspace.conflict_rules import load_rules
from poc_eval.workspace.panels import Panels
from poc_eval.workspace.records import Member, Project

WANG = Member("王专家", "某大学", "教授", "医疗器械", chair=True)
LI = Member("李专家", "某研究院", "研究员", "材料")
ZHAO = Member("赵专家", "某企业", "高级工程师", "投资")
ON = date(2026, 11, 20)


@pytest.fixture
def rules():
    """Return the shipped rules."""
    return load_rules().definition


@pytest.fixture
def panels(workspace):
    return Panels(workspace.store)


@pytest.fixture
def panel(workspace, panels):
    """Return a panel of three on two projects."""
    workspace.store.add_project(Project("P3", Text("支架", "Stent"), Text("某大学", "A university")))
    made = panels.create("2026年第一次立项评审会", ["P1", "P3"], by="张秘书", held_on=ON, place="三楼会议室")
    for member in (WANG, LI, ZHAO):
        made = panels.put_member(made.id, member, by="张秘书")
    return made


def test_a_panel_keeps_its_members_in_their_order_with_one_chair(workspace, panels, panel):
    assert panel.members == (WANG, LI, ZHAO)
    assert (panel.projects, panel.held_on, panel.place) == (("P1", "P3"), ON, "三楼会议室")
    assert panels.panels() == (panel,)
    with pytest.raises(InputError, match="the panel has a chair already: 王专家"):
        panels.put_member(panel.id, Member("李专家", "某研究院", "研究员", "材料", chair=True), by="张秘书")
    assert workspace.store.verify_log().intact


def test_the_same_member_again_is_nothing_and_a_change_is_written_down(workspace, panels, panel):
    before = workspace.store.log()
    panels.put_member(panel.id, LI, by="张秘书")
    assert workspace.store.log() == before
    changed = Member("李专家", "某研究院", "研究员", "新材料")
    assert panels.put_member(panel.id, changed, by="张秘书").members[1] == changed


def test_every_field_that_does_not_do_is_told(panels, panel):
    with pytest.raises(InputError) as caught:
        panels.put_member(panel.id, Member(" ", "", "x" * 201, "a\u202eb"), by="张秘书")
    assert [fault.place for fault in caught.value.faults] == ["name", "unit", "title", "field"]
    with pytest.raises(InputError) as caught:
        panels.create(" ", [], by="张秘书")
    assert [fault.place for fault in caught.value.faults] == ["title", "projects"]
    with pytest.raises(UnknownIdError, match="no project nowhere"):
        panels.create("评审会", ["nowhere"], by="张秘书")
    with pytest.raises(UnknownIdError, match="no panel nowhere"):
        panels.panel("nowhere")


def test_the_rules_propose_who_steps_aside_and_why(panels, panel, rules):
    panels.add_tie("李专家", "P3", "cooperation", "2025年共同承担课题", by="张秘书", until=date(2025, 12, 31))
    panels.add_tie("赵专家", "P1", "cooperation", "2019年共同发表论文", by="张秘书", until=date(2019, 6, 1))
    panels.add_tie("赵专家", "P3", "asked_by_applicant", "申报单位书面提出", by="张秘书")
    found = panels.proposals(panel.id, rules, on=ON)
    assert [(one.person, one.project_id, one.rule, one.certain) for one in found] == [
        ("王专家", "P3", "same_unit", True),
        ("李专家", "P3", "recent_cooperation", True),
        ("赵专家", "P3", "asked_by_applicant", True),
    ]
    assert found[0].reason.text("zh") == "王专家所在单位某大学即承担单位"


def test_who_stepped_aside_is_out_and_may_be_replaced(workspace, panels, panel, rules):
    out = panels.step_aside(panel.id, "王专家", "P3", rule="same_unit", reason="同一单位", by="张秘书")
    assert [member.name for member in out.judges("P3")] == ["李专家", "赵专家"]
    assert len(out.judges("P1")) == 3
    assert panels.proposals(panel.id, rules, on=ON) == ()
    replaced = panels.replace(panel.id, "王专家", "P3", replacement="赵专家", by="张秘书")
    (aside,) = replaced.step_asides
    assert (aside.reason, aside.decided_by, aside.replaced_by) == ("同一单位", "张秘书", "赵专家")
    before = workspace.store.log()
    panels.step_aside(panel.id, "王专家", "P3", rule="same_unit", reason="同一单位", by="张秘书")
    assert workspace.store.log() == before
    assert [entry.action for entry in before[-2:]] == ["step-aside", "replace"]


def test_a_replacement_that_cannot_be_is_refused(panels, panel):
    with pytest.raises(InputError, match="has not stepped aside on P3"):
        panels.replace(panel.id, "王专家", "P3", replacement="赵专家", by="张秘书")
    for name in ("王专家", "李专家"):
        panels.step_aside(panel.id, name, "P3", rule="kinship", reason="近亲属", by="张秘书")
    with pytest.raises(InputError, match="李专家 is out on P3 too"):
        panels.replace(panel.id, "王专家", "P3", replacement="李专家", by="张秘书")
    panels.replace(panel.id, "王专家", "P3", replacement="赵专家", by="张秘书")
    with pytest.raises(InputError, match="takes somebody's place"):
        panels.replace(panel.id, "李专家", "P3", replacement="赵专家", by="张秘书")
    with pytest.raises(InputError) as caught:
        panels.step_aside(panel.id, "钱专家", "P2", rule="kinship", reason="近亲属", by="张秘书")
    assert [fault.place for fault in caught.value.faults] == ["person", "project"]


def test_a_forgotten_member_leaves_the_panel_and_a_forgotten_secretary_an_empty_place(
    workspace, panels, panel
):
    panels.add_tie("李专家", "P3", "kinship", "近亲属", by="张秘书")
    panels.step_aside(panel.id, "李专家", "P3", rule="kinship", reason="近亲属", by="张秘书")
    panels.step_aside(panel.id, "王专家", "P3", rule="same_unit", reason="同一单位", by="张秘书")
    panels.replace(panel.id, "王专家", "P3", replacement="赵专家", by="张秘书")
    for name in ("李专家", "赵专家", "张秘书"):
        workspace.store.forget_person(name)
    left = panels.panel(panel.id)
    assert [member.name for member in left.members] == ["王专家"]
    assert [(one.person, one.decided_by, one.replaced_by) for one in left.step_asides] == [
        ("王专家", None, None)
    ]
    assert panels.ties() == ()
    assert workspace.store.verify_log().intact
