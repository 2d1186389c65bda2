"""The papers around a panel are begun from its result, in both languages, and name nobody without leave."""

from __future__ import annotations

from dataclasses import replace

import pytest

from poc_eval.i18n import Text
from poc_eval.workspace.demo import fill_demo
from poc_eval.workspace.panel_scores import panel_of
from poc_eval.workspace.panel_texts import panel_texts
from poc_eval.workspace.store import Change
from poc_eval.workspace.workspace import Workspace


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    workspace = Workspace.create(tmp_path_factory.mktemp("texts") / "demo")
    fill_demo(workspace)
    return workspace


def texts(demo, *, with_names=False, lang="zh"):
    panel, basis = panel_of(demo, "medical-poc", with_names=with_names)
    return panel_texts(panel.result(), basis, lang, zone=demo.settings.timezone)


def test_the_minutes_hold_what_is_known_and_blanks_for_the_rest(demo):
    minutes = texts(demo)["minutes"]
    assert "评审专家（7 位）" in minutes
    assert "| 1 | 神经阻滞穿刺针 | 75.63 | 4/6 | 建议立项 |" in minutes
    assert "会议地点：\\_\\_\\_" in minutes
    assert "请核对、修改后使用" in minutes


def test_the_opinion_goes_through_the_projects_in_the_order_of_their_ranks(demo):
    opinion = texts(demo)["opinion"]
    assert opinion.index("1．**神经阻滞穿刺针**") < opinion.index("2．**颅内压平衡装置**")
    assert "结论为“修改完善后立项”" in opinion


def test_the_notice_names_projects_and_applicants_and_no_expert(demo):
    notice = texts(demo, with_names=True)["notice"]
    assert "首都医科大学" in notice
    assert "公示期" in notice
    assert "示例专家" not in notice


def test_without_names_every_text_speaks_of_letters_alone(demo):
    written = "\n".join(texts(demo).values())
    assert "专家A" in written
    assert "示例专家" not in written
    assert "reviewer-1" not in written


def test_with_names_the_lists_hold_them_and_who_steps_aside(demo):
    written = texts(demo, with_names=True)
    assert written["experts"].count("示例专家") == 6
    assert "| 示例专家丙 |  |  |  | 回避：神经阻滞穿刺针 |" in written["experts"]
    assert "示例专家甲" in written["sign_in"]
    assert "六、回避情况：神经阻滞穿刺针：示例专家丙" in written["minutes"]


def test_the_english_texts_hold_no_chinese_of_ours(demo):
    written = texts(demo, lang="en")
    assert "Stepped aside" in written["minutes"]
    assert not any("一" <= sign <= "鿿" for sign in written["opinion"])


def test_a_title_that_is_markdown_stays_a_title(workspace, small_rubric, complete_answers):
    review = workspace.store.open_review("P1", "张", workspace.pin(small_rubric))
    saved = workspace.store.save(review.id, [Change(k, v, 0) for k, v in complete_answers.items()]).review
    workspace.submit(review.id, revision=saved.revision)
    panel, basis = panel_of(workspace, "poc-small")
    (project,) = basis.projects
    wild = replace(project, title=Text("a|b\n# <b>*c*</b> [d](e)", "x"))
    written = panel_texts(panel.result(), replace(basis, projects=(wild,)), "zh")
    assert "a\\|b \\# \\<b\\>\\*c\\*\\</b\\> \\[d\\](e)" in written["minutes"]
