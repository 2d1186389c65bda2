"""What a panel's page says of a draw."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from poc_eval.i18n import LANGUAGES
from poc_eval.scoring.lottery import draw_lots
from poc_eval.views.panel import panel_sections, panel_summary

if TYPE_CHECKING:
    from collections.abc import Callable

    from poc_eval.views.panel_board import PanelBoard

    Boards = Callable[..., PanelBoard]

EQUALS = {
    "P1": {"甲": "9", "乙": "9"},
    "P2": {"甲": "7", "乙": "7"},
    "P3": {"甲": "7", "乙": "7"},
    "P4": {"甲": "5", "乙": "5"},
}
TIES = {"lottery": {"fundable": "2", "among": "ties"}}
ZONE = {"lottery": {"fundable": "2", "among": "zone"}}


def shown(board: PanelBoard) -> str:
    body = next(str(one.body) for one in panel_sections(board, "zh") if one.key == "draw")
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", body))


def test_a_rule_without_a_draw_shows_none(boards: Boards) -> None:
    assert all(one.key != "draw" for one in panel_sections(boards(EQUALS), "zh"))


def test_before_the_seed_is_stated_the_page_says_among_whom_and_that_nothing_is_drawn(boards: Boards) -> None:
    said = shown(boards(EQUALS, rule=TIES))
    assert "从 2 个项目中抽取 1 个名额" in said
    assert "无须抽签即予支持：项目 P1" in said
    assert "线下项目，不参加抽签：项目 P4" in said
    assert "请填写事先公开的种子" in said
    assert said.count("尚未抽签") == 3
    assert "未抽中" not in said


def test_with_a_seed_the_page_names_who_was_drawn_and_how_to_repeat_it(boards: Boards) -> None:
    said = shown(boards(EQUALS, rule=TIES, draw_seed="12 05 33 <b>"))
    first, second = draw_lots(["P2", "P3"], "12 05 33 <b>")
    assert (
        said.index(f"项目 {first}")
        < said.index("✓ 抽中")
        < said.index(f"项目 {second}")
        < said.index("– 未抽中")
    )
    assert "SHA-256" in said
    assert "12 05 33 &lt;b&gt;" in said


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("rule", [TIES, ZONE])
@pytest.mark.parametrize(
    "scores", [EQUALS, {"P1": {"甲": "9"}}, {"P1": {"甲": "aside"}, "P2": {"甲": "5", "乙": "6"}}]
)
def test_every_page_with_a_draw_can_be_shown(
    boards: Boards, lang: str, rule: dict[str, object], scores: dict[str, dict[str, str]]
) -> None:
    page = panel_summary(boards(scores, rule=rule, draw_seed="7"), lang)  # type: ignore[arg-type]  # a language
    assert not re.search(r"\b(nan|NaN|inf|None)\b", page)
