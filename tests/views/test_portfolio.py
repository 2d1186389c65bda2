"""What a budget would buy, what is left, and what more would buy; and why there is no answer."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from poc_eval.i18n import LANGUAGES
from poc_eval.scoring.portfolio import PortfolioTerms
from poc_eval.views.portfolio import portfolio_of, portfolio_summary

if TYPE_CHECKING:
    from collections.abc import Callable

    from poc_eval.scoring.panel import Panel
    from poc_eval.workspace.records import PanelBasis

    Panels = Callable[..., tuple[Panel, PanelBasis]]

SCORES = {
    "P1": {"甲": "9", "乙": "9", "丙": "9"},
    "P2": {"甲": "8", "乙": "8", "丙": "8"},
    "P3": {"甲": "7", "乙": "7", "丙": "7"},
    "P4": {"甲": "4", "乙": "4", "丙": "4"},
    "P5": {"甲": "1", "乙": "1", "丙": "1"},
}
AMOUNTS = {one: Decimal(800_000) for one in ("P1", "P2", "P3", "P4", "P5")}


def page(panels: Panels, lang: str = "zh", **terms: object) -> str:
    said = {"budget": Decimal(1_700_000), "step": Decimal(1_000_000), "amounts": AMOUNTS} | terms
    board = portfolio_of(*panels(SCORES), PortfolioTerms(**said))  # type: ignore[arg-type]  # tests name what they change
    shown = re.sub(r"<[^>]*>", " ", portfolio_summary(board, lang))  # type: ignore[arg-type]  # a language
    return re.sub(r"\s+", " ", shown)


def test_the_best_projects_within_the_budget_are_in_and_the_rest_is_left(panels: Panels) -> None:
    said = page(panels)
    assert "入选项目数 2" in said
    assert "余款（元） 100,000.00" in said
    assert re.search(r"项目 P1 .{0,60}✓ 入选", said)
    assert re.search(r"项目 P3 .{0,60}– 未入选", said)


def test_who_cannot_stand_is_told_with_the_reason(panels: Panels) -> None:
    amounts = {one: amount for one, amount in AMOUNTS.items() if one != "P2"}
    said = page(panels, amounts=amounts)
    assert "不参与测算：未填写申请经费" in said
    assert "不参与测算：结论为“不建议立项”" in said
    assert "不参与测算：有要求未满足" in said


def test_what_the_next_million_would_buy_is_said(panels: Panels) -> None:
    assert "再增加 1,000,000.00 元，可增加支持：项目 P3" in page(panels)
    assert "入选项目不变" in page(panels, budget=Decimal(9_000_000))


def test_quotas_and_exclusions_are_kept_and_printed(panels: Panels) -> None:
    said = page(
        panels,
        fields={"P1": "器械", "P2": "器械", "P3": "药物"},
        quotas={"器械": (None, 1)},
        exclusive=(("P1", "P2"),),
    )
    assert "器械：至少 — 项，至多 1 项；入选 1 项" in said
    assert "只能支持其一：项目 P1、项目 P2" in said
    assert re.search(r"项目 P3 .{0,60}✓ 入选", said)


def test_without_a_budget_there_is_a_reason_and_no_selection(panels: Panels) -> None:
    said = page(panels, budget=None)
    assert "尚未填写预算" in said
    assert "得出测算结果后方可计算" in said


def test_a_budget_that_buys_nothing_is_an_answer(panels: Panels) -> None:
    assert "入选项目数 0" in page(panels, budget=Decimal(1))


def test_quotas_that_cannot_be_met_are_told(panels: Panels) -> None:
    said = page(panels, quotas={"器械": (1, None)}, fields={"P2": "器械"}, budget=Decimal(1))
    assert "没有测算结果，原因是" in said


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_says_that_it_decides_nothing(panels: Panels, lang: str) -> None:
    assert ("仅供会商参考" if lang == "zh" else "discussion only") in page(panels, lang)
