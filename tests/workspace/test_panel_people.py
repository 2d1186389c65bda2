"""The book of panels joined with the reviews: who is out, who stands in, who has yet to hand in."""

from __future__ import annotations

from datetime import date

import pytest

from poc_eval.errors import NotDefinedError
from poc_eval.workspace.panel_scores import panel_of, roster_of
from poc_eval.workspace.panels import Panels
from poc_eval.workspace.records import Member
from poc_eval.workspace.store import Change

ON = date(2026, 11, 20)


@pytest.fixture
def panels(workspace):
    return Panels(workspace.store)


@pytest.fixture
def panel(panels):
    """A panel on P1 and P2 with a chair and two members."""
    made = panels.create("秋季评审会", ["P1", "P2"], by="秘书", held_on=ON, place="三楼", rubric="poc-small")
    for name, chair in (("王专家", True), ("李专家", False), ("赵专家", False)):
        panels.put_member(made.id, Member(name, f"{name}的单位", "教授", "医学", chair=chair), by="秘书")
    return panels.panel(made.id)


@pytest.fixture
def submit(workspace, small_rubric, complete_answers):
    """Return a function that submits a review of a project."""
    ref = workspace.pin(small_rubric)

    def submit(project, reviewer, **changed):
        review = workspace.store.open_review(project, reviewer, ref)
        fields = {name.replace("__", "."): value for name, value in changed.items()}
        changes = [Change(field, value, 0) for field, value in (complete_answers | fields).items()]
        saved = workspace.store.save(review.id, changes).review
        return workspace.submit(review.id, revision=saved.revision)

    return submit


def seats(roster):
    return {one.who: one for one in roster.seats}


def test_the_roster_is_there_before_anybody_has_scored(workspace, panel):
    assert panel.rubric == "poc-small"
    roster = roster_of(workspace, "poc-small", with_names=True)
    assert [one.who for one in roster.seats] == ["王专家", "李专家", "赵专家"]
    assert [one.id for one in roster.projects] == ["P1", "P2"]
    assert (roster.meetings[0].title, roster.meetings[0].held_on) == ("秋季评审会", ON)
    first = roster.seats[0]
    assert (first.unit, first.title, first.chair, first.waiting) == (
        "王专家的单位",
        "教授",
        True,
        ("P1", "P2"),
    )


def test_nobody_on_a_panel_is_a_stated_answer(workspace):
    with pytest.raises(NotDefinedError) as caught:
        roster_of(workspace, "poc-small")
    assert "尚无成员" in caught.value.lines("zh")[0]


def test_a_panel_of_another_rubric_has_no_part_in_this_one(workspace, panels, panel, submit):
    submit("P1", "王专家")
    other = panels.create("验收会", ["P1"], by="秘书", rubric="acceptance")
    panels.put_member(other.id, Member("孙专家", "某大学", "教授", ""), by="秘书")
    panels.put_member(other.id, Member("王专家", "某大学", "教授", ""), by="秘书")
    panels.step_aside(other.id, "王专家", "P1", rule="kinship", reason="近亲属", by="秘书")
    found, basis = panel_of(workspace, "poc-small", with_names=True)
    assert "孙专家" not in seats(basis.roster)
    assert found.scores.conflicted("P1") == []
    assert seats(basis.roster)["王专家"].aside == ()
    assert len(panel.members) == 3


def test_a_member_who_steps_aside_without_a_review_is_out_and_counted_as_such(
    workspace, panels, panel, submit
):
    submit("P1", "王专家")
    submit("P1", "赵专家")
    panels.step_aside(panel.id, "李专家", "P1", rule="same_unit", reason="同一单位", by="秘书")
    panels.replace(panel.id, "李专家", "P1", replacement="赵专家", by="秘书")
    found, basis = panel_of(workspace, "poc-small", with_names=True)
    (project,) = found.result().projects
    assert project.conflicted == ("李专家",)
    assert (project.official.given, project.official.counted) == (2, 2)
    assert [(one.reviewer, one.reason, one.replaced_by) for one in basis.aside] == [
        ("李专家", "同一单位", "赵专家")
    ]
    people = seats(basis.roster)
    assert (people["李专家"].aside, people["李专家"].waiting) == (("P1",), ("P2",))
    assert people["赵专家"].stands_in == ("P1",)
    assert [one.id for one in basis.waiting] == ["P2"]


def test_the_scores_of_a_member_who_steps_aside_move_no_figure(workspace, panels, panel, submit):
    submit("P1", "王专家")
    submit("P1", "赵专家", criteria__need__score="4")
    before, _basis = panel_of(workspace, "poc-small", with_names=True)
    submit("P1", "李专家", criteria__need__score="1")
    panels.step_aside(panel.id, "李专家", "P1", rule="kinship", reason="近亲属", by="秘书")
    after, _basis = panel_of(workspace, "poc-small", with_names=True)
    old, new = before.result().projects[0], after.result().projects[0]
    assert (new.official, new.criteria, new.recommendations) == (
        old.official,
        old.criteria,
        old.recommendations,
    )
    assert "李专家" not in new.totals


def test_who_scored_and_is_on_no_list_is_told_apart(workspace, panel, submit):
    submit("P1", "钱专家")
    roster = roster_of(workspace, "poc-small", with_names=True)
    people = seats(roster)
    assert (people["钱专家"].listed, people["王专家"].listed) == (False, True)
    assert panel.members[0].name == "王专家"


def test_without_names_nothing_of_a_member_is_there_but_a_letter(workspace, panels, panel, submit):
    submit("P1", "王专家")
    panels.step_aside(panel.id, "李专家", "P1", rule="kinship", reason="李专家之子任职于该公司", by="秘书")
    found, basis = panel_of(workspace, "poc-small")
    assert sorted(one.who for one in basis.roster.seats) == ["A", "B", "C"]
    told = repr((found.scores, basis.roster))
    assert not any(word in told for word in ("专家", "教授", "医学"))
    assert not any(one.chair for one in basis.roster.seats)
    (aside,) = basis.aside
    assert aside.reviewer in {"A", "B", "C"}
    assert found.scores.conflicted("P1") == [aside.reviewer]
