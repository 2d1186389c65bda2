"""The papers around a panel follow the records, in both languages, and name nobody without leave."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import get_args

import pytest

from poc_eval.i18n import Text
from poc_eval.views.panel_people import sign_in_sheet
from poc_eval.views.panel_texts import panel_text, text_page
from poc_eval.workspace.panel_records import Meeting, Roster, TextPart
from poc_eval.workspace.panel_scores import panel_of
from poc_eval.workspace.panels import Panels
from poc_eval.workspace.records import Member

NEEDLE = "nerve-block-needle"


@pytest.fixture(scope="module")
def demo(copy_demo, tmp_path_factory):
    return copy_demo(tmp_path_factory.mktemp("texts") / "demo")


@pytest.fixture(scope="module")
def booked(copy_demo, tmp_path_factory):
    """The same with a panel in the books, one of whose members has not scored."""
    workspace = copy_demo(tmp_path_factory.mktemp("booked") / "demo")
    panels = Panels(workspace.store)
    ids = [one.id for one in workspace.projects()]
    panel = panels.create("秋季评审会", ids, by="秘书", held_on=date(2026, 11, 20), place="三楼会议室")
    for member in (
        Member("示例专家甲", "某医院", "主任医师", "麻醉", chair=True),
        Member("示例专家乙", "某大学", "教授", "神经外科"),
        Member("未到专家", "某研究所", "研究员", "器械"),
    ):
        panels.put_member(panel.id, member, by="秘书")
    panels.step_aside(panel.id, "示例专家乙", NEEDLE, rule="same_unit", reason="曾任职于申报单位", by="秘书")
    panels.replace(panel.id, "示例专家乙", NEEDLE, replacement="未到专家", by="秘书")
    return workspace


def plain(markup):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", str(markup)))


def texts(workspace, *, with_names=False, lang="zh"):
    panel, basis = panel_of(workspace, "medical-poc", with_names=with_names)
    result = panel.result()
    return {part: plain(panel_text(result, basis, part, lang)) for part in get_args(TextPart)}


def test_the_minutes_hold_what_is_known_and_blanks_for_the_rest(demo):
    minutes = texts(demo)["minutes"]
    assert "评审专家（7 位）" in minutes
    assert re.search(r"1 神经阻滞穿刺针 75\.63 4/6 建议立项", minutes)
    assert "会议地点：________" in minutes
    assert "使用前请核对" in minutes


def test_the_opinion_goes_through_the_projects_in_the_order_of_their_ranks(demo):
    opinion = texts(demo)["opinion"]
    assert opinion.index("1．神经阻滞穿刺针") < opinion.index("2．颅内压平衡装置")
    assert "结论为“修改完善后立项”" in opinion


def test_the_notice_names_projects_and_applicants_and_no_expert(demo):
    notice = texts(demo, with_names=True)["notice"]
    assert "首都医科大学" in notice
    assert "公示期" in notice
    assert "示例专家" not in notice


def test_with_names_the_lists_hold_them_and_who_steps_aside(demo):
    written = texts(demo, with_names=True)
    assert written["experts"].count("示例专家") == 6
    assert re.search(r"示例专家丙 +回避：神经阻滞穿刺针", written["experts"])
    assert "示例专家甲" in written["sign_in"]
    assert "六、回避情况：示例专家丙（神经阻滞穿刺针）" in written["minutes"]


def test_what_the_book_of_panels_says_stands_in_every_paper(booked):
    written = texts(booked, with_names=True)
    assert "一、会议时间：2026年11月20日 二、会议地点：三楼会议室" in written["minutes"]
    assert "三、主持人（组长）：示例专家甲" in written["minutes"]
    assert "示例专家乙（神经阻滞穿刺针）" in written["minutes"]
    assert "会议名称：秋季评审会" in written["sign_in"]
    assert "1 示例专家甲 某医院 主任医师" in written["sign_in"]
    assert re.search(r"3 未到专家 某研究所 研究员 器械 递补：神经阻滞穿刺针", written["experts"])
    assert "1 示例专家甲 某医院 主任医师 麻醉 组长" in written["experts"]
    assert re.search(r"示例专家丁 +未列入专家组名单", written["experts"])


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_without_names_no_paper_tells_who_anybody_is(booked, demo, lang):
    for workspace in (booked, demo):
        written = "\n".join(texts(workspace, lang=lang).values())
        for secret in (
            "示例专家",
            "未到专家",
            "reviewer-1",
            "某医院",
            "主任医师",
            "麻醉",
            "曾任职",
            "某研究所",
        ):
            assert secret not in written
        assert ("专家A" if lang == "zh" else "Expert A") in written


def test_the_english_papers_hold_no_chinese_of_ours(demo):
    written = texts(demo, lang="en")
    assert "Stepped aside" in written["minutes"]
    assert not any("一" <= sign <= "鿿" for sign in written["opinion"])


def test_a_title_that_is_markup_stays_a_title(demo):
    panel, basis = panel_of(demo, "medical-poc")
    wild = tuple(replace(one, title=Text("<b>*c*</b>|\n# [d](e)", "x")) for one in basis.projects)
    page = text_page(
        panel_text(panel.result(), replace(basis, projects=wild), "minutes", "zh"), "minutes", "zh"
    )
    assert "&lt;b&gt;*c*&lt;/b&gt;|" in page
    assert "<b>" not in page


def test_the_name_of_the_form_is_not_taken_for_that_of_the_meeting():
    meeting = Meeting("评审专家组组成及回避登记表", None, "三楼会议室")
    sheet = str(sign_in_sheet(Roster((), (), (meeting,), named=True), "zh"))
    assert "会议名称：____" in sheet
    assert "三楼会议室" in sheet
