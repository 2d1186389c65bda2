"""Other methods of ranking on a panel's page: only where somebody asks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from poc_eval.i18n import LANGUAGES
from poc_eval.views.panel import panel_sections
from poc_eval.views.panel_board import board_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from poc_eval.scoring.panel import Panel
    from poc_eval.workspace.records import PanelBasis

    Panels = Callable[..., tuple[Panel, PanelBasis]]

THREE = {"P1": {"甲": "9", "乙": "8"}, "P2": {"甲": "6", "乙": "6"}, "P3": {"甲": "5", "乙": "4"}}


def methods(panels: Panels, scores: dict[str, dict[str, str]], lang: str) -> str:
    panel, basis = panels(scores)
    panel.compare = True
    sections = panel_sections(board_of(panel, basis), lang)  # type: ignore[arg-type]  # a language
    body = next(str(one.body) for one in sections if one.key == "methods")
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", body))


def test_nobody_who_did_not_ask_waits_for_them(panels: Panels) -> None:
    assert all(one.key != "methods" for one in panel_sections(board_of(*panels(THREE)), "zh"))


def test_every_method_stands_beside_the_official_rank_as_advice(panels: Panels) -> None:
    said = methods(panels, THREE, "zh")
    assert "仅供会商参考，不作为排序依据" in said
    assert "各种方法排在第一的项目都与正式结果相同" in said
    assert re.search(r"项目 P1 1 1 1 1 1 1 100%", said)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("scores", [THREE, {"P1": {"甲": "5"}}, {"P1": {"甲": "5"}, "P2": {"甲": "5"}}])
def test_every_panel_gets_figures_or_a_reason(
    panels: Panels, lang: str, scores: dict[str, dict[str, str]]
) -> None:
    assert not re.search(r"\b(nan|NaN|inf|None)\b", methods(panels, scores, lang))
