"""What a milestone programme is worth, where it can end, and what that hangs on (现金流与风险测算)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from poc_eval.i18n import Text
from poc_eval.workspace.paper_kinds import PaperKind
from poc_eval.workspace.paper_records import Field, Grid, Layout, Part
from poc_eval.workspace.programme_layout import (
    COST,
    GRANTS,
    HIGH,
    LOAN,
    LOW,
    MONTHS,
    STAGE,
    START,
    SUCCESS,
    TIMING,
    stages_grid,
)
from poc_eval.workspace.programme_paper import assess_programme, programme_workbook

if TYPE_CHECKING:
    from poc_eval.workspace.paper_entries import Entries
    from poc_eval.workspace.paper_kinds import PaperContext
    from poc_eval.workspace.paper_records import Assessment

_YUAN: Final = Text("元", "yuan")
_INCOME: Final = Grid(
    "income",
    Text("成果收入", "Income"),
    (
        Field("title", Text("收入项目", "Income"), required=True),
        Field("months", Text("末阶段通过后第几个月", "Months after the last stage"), "number", required=True),
        Field("amount", Text("金额（最可能）", "Amount (most likely)"), "amount", required=True, unit=_YUAN),
        LOW,
        HIGH,
    ),
    help=Text("只有各阶段均通过才有收入", "Only where every stage is passed"),
    at_most=48,
)
_LAYOUT: Final = Layout(
    (
        Part(
            "plan",
            Text("阶段与成功概率", "Stages and probabilities"),
            (
                START,
                Field("rate", Text("年折现率", "Yearly rate of discount"), "share", required=True),
                TIMING,
                stages_grid(STAGE, MONTHS, SUCCESS, COST, LOW, HIGH),
                _INCOME,
            ),
            help=Text(
                "费用和收入可填最低、最可能和最高三个数（三角分布）",
                "Costs and income may have a lowest and a highest figure beside the most likely (triangular)",
            ),
        ),
        GRANTS,
        LOAN,
    )
)


def layout(_context: PaperContext) -> Layout:
    """Return what the memo asks for."""
    return _LAYOUT


def assess(entries: Entries, context: PaperContext) -> Assessment:
    """Return value, outcomes, distribution and what the value hangs on."""
    return assess_programme(entries, context, risky=True)


KIND: Final = PaperKind(
    "milestone_cashflow",
    Text("现金流与风险测算", "Cash flow and risk"),
    layout,
    assess,
    workbook=programme_workbook,
    nameless=True,
)
