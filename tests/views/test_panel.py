"""What a panel's page says, in both languages, with names and without, and where there is little to say."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from poc_eval.i18n import LANGUAGES
from poc_eval.views.panel import panel_sections, panel_summary

if TYPE_CHECKING:
    from collections.abc import Callable

    from poc_eval.views.panel_board import PanelBoard

    Boards = Callable[..., PanelBoard]

FIVE = {
    "P1": {"甲": "9", "乙": "8", "丙": "8", "丁": "7", "戊": "2"},
    "P2": {"甲": "6", "乙": "6", "丙": "aside", "丁": "5", "戊": "5"},
}


def plain(markup: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", markup))


def section(board: PanelBoard, key: str) -> str:
    return plain(str(next(one.body for one in panel_sections(board, "zh") if one.key == key)))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("named", [True, False])
@pytest.mark.parametrize(
    "scores",
    [
        FIVE,
        {"P1": {"甲": "5"}},
        {"P1": {"甲": "5", "乙": "5"}, "P2": {"甲": "5", "乙": "5"}},
        {"P1": {"甲": "aside"}, "P2": {"甲": "5", "乙": "6"}},
        {"P1": {"甲": "5"}, "P2": {"乙": "6"}},
        {"P1": {"甲": "0", "乙": "10"}, "P2": {"甲": "10"}, "P3": {"乙": "0"}},
    ],
    ids=["five", "one", "all-equal", "everyone-aside", "no-overlap", "gaps"],
)
def test_a_page_never_says_nan_whatever_the_panel(
    boards: Boards, lang: str, scores: dict[str, dict[str, str]], *, named: bool
) -> None:
    page = panel_summary(boards(scores, named=named), lang)  # type: ignore[arg-type]  # a language
    assert not re.search(r"\b(nan|NaN|inf|None)\b", plain(page))
    assert "Traceback" not in page


def test_the_conclusion_stands_before_everything_else(boards: Boards) -> None:
    page = plain(panel_summary(boards(FIVE), "zh"))
    assert page.index("建议立项 1 项") < page.index("正式结果") < page.index("建议优先会商的问题")


def test_what_the_rule_drops_is_said_in_words_and_the_denominator_is_printed(boards: Boards) -> None:
    table = section(boards(FIVE), "result")
    assert re.search(r"9\.00 去掉最高分", table)
    assert re.search(r"2\.00 去掉最低分", table)
    assert "5 位专家评分，计入 3 位" in table
    assert "4 位专家计入，1 位回避" in table
    assert re.search(r"1 项目 P1", table)


def test_a_reviewer_who_stepped_aside_and_one_who_did_not_score_are_told_apart(boards: Boards) -> None:
    board = boards({"P1": {"甲": "9", "乙": "aside"}, "P2": {"乙": "5"}})
    table = section(board, "result")
    assert "回避" in table
    assert "未评" in table


def test_everything_that_does_not_decide_says_so(boards: Boards) -> None:
    advice = {"agenda", "ranks", "severity", "agreement"}
    for one in panel_sections(boards(FIVE), "zh"):
        assert ("仅供会商参考，不作为排序依据" in str(one.body)) == (one.key in advice), one.key


def test_each_chart_has_the_same_in_figures_beside_it(boards: Boards) -> None:
    board = boards(FIVE)
    for key in ("result", "ranks"):
        body = str(next(one.body for one in panel_sections(board, "zh") if one.key == key))
        assert body.count("<svg") == 1
        assert "<table" in body
        assert re.search(r'role="img"', body)
        assert "<desc>" in body


def test_every_cell_of_the_heat_map_carries_its_number(boards: Boards) -> None:
    body = str(next(one.body for one in panel_sections(boards(FIVE), "zh") if one.key == "result"))
    chart = plain(body[body.index("<svg") : body.index("</svg>")])
    for total in ("9.00", "8.00", "7.00", "2.00", "6.00", "5.00", "回避"):
        assert total in chart


def test_without_names_no_name_and_no_reason_for_stepping_aside_is_on_the_page(boards: Boards) -> None:
    page = panel_summary(boards(FIVE, named=False), "zh")
    assert not any(name in plain(page) for name in ("甲", "乙", "丙", "丁", "戊", "同一单位"))
    assert "专家A" in page
    assert "专家姓名已隐去" in page


def test_with_names_the_page_says_that_it_is_confidential(boards: Boards) -> None:
    page = plain(panel_summary(boards(FIVE), "zh"))
    assert "请注意保密" in page
    assert "丙回避。" in page
    assert "同一单位" in page


def test_the_agenda_shows_the_reasons_side_by_side_without_names_from_low_to_high(boards: Boards) -> None:
    said = section(boards(FIVE), "agenda")
    assert "项目 P1：需求" in said
    assert said.index("理由：2") < said.index("理由：9")
    assert "甲" not in said


def test_too_few_reviewers_come_to_no_conclusion_and_the_page_says_why(boards: Boards) -> None:
    page = plain(panel_summary(boards({"P1": {"甲": "9", "乙": "8"}}), "zh"))
    assert "不作结论 1 项" in page
    assert "2 位专家，少于要求的 3 位：不作结论" in page


def test_a_failed_gate_is_the_reason_with_what_was_found(boards: Boards) -> None:
    board = boards({"P1": {"甲": "1", "乙": "1", "丙": "2"}})
    assert re.search(r"未满足：需求，要求.*，实际", section(board, "decisions"))


def test_a_figure_that_cannot_be_worked_out_says_why(boards: Boards) -> None:
    board = boards({"P1": {"甲": "5"}})
    assert "无法计算，原因是" in section(board, "agreement")
    assert "无法计算，原因是至少需要两位专家和两个有评分的项目" in section(board, "severity")
    assert "fewer" not in section(board, "ranks")


def test_chair_and_every_member_have_a_place_to_sign(boards: Boards) -> None:
    page = panel_summary(boards(FIVE), "zh")
    places = page[page.index("pe-members") :]
    assert places.count("<li>") == 1 + 5 + 1


def test_hostile_words_stay_words(boards: Boards) -> None:
    board = boards(FIVE, hostile="<script>alert(1)</script>")
    page = panel_summary(board, "zh")
    assert "<script" not in page
    assert "&lt;script&gt;" in page


def test_a_panel_that_agrees_on_everything_has_nothing_to_discuss(boards: Boards) -> None:
    board = boards({"P1": {"甲": "5", "乙": "5", "丙": "5"}, "P2": {"甲": "6", "乙": "6", "丙": "6"}})
    assert "没有突出的分歧" in section(board, "agenda")


def test_the_four_views_of_severity_stand_side_by_side_with_who_is_harsh(boards: Boards) -> None:
    said = section(boards(FIVE), "severity")
    for view in ("原始平均分", "标准分（z 分数）", "可加模型", "层次模型"):
        assert view in said
    assert re.search(r"戊 2 偏严", said)


def test_the_number_of_experts_that_would_be_enough_is_said_or_why_not(boards: Boards) -> None:
    assert re.search(r"可靠性达到 0\.8|无法推算达到 0\.8", section(boards(FIVE), "agreement"))
