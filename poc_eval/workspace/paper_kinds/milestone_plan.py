"""Stages, what each must show, and when money is paid (阶段目标与经费拨付计划), without probabilities."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from poc_eval.i18n import Text
from poc_eval.workspace.paper_kinds import PaperKind
from poc_eval.workspace.paper_records import Layout, Part
from poc_eval.workspace.programme_layout import (
    COST,
    GRANTS,
    MONTHS,
    SHOWS,
    STAGE,
    START,
    stages_grid,
)
from poc_eval.workspace.programme_paper import assess_programme, programme_workbook

if TYPE_CHECKING:
    from poc_eval.workspace.paper_entries import Entries
    from poc_eval.workspace.paper_kinds import PaperContext
    from poc_eval.workspace.paper_records import Assessment

_LAYOUT: Final = Layout(
    (
        Part("plan", Text("阶段目标", "Stages"), (START, stages_grid(STAGE, MONTHS, COST, SHOWS))),
        GRANTS,
    )
)


def layout(_context: PaperContext) -> Layout:
    """Return what the plan asks for."""
    return _LAYOUT


def assess(entries: Entries, context: PaperContext) -> Assessment:
    """Return the calendar and the peak need."""
    return assess_programme(entries, context, risky=False)


KIND: Final = PaperKind(
    "milestone_plan",
    Text("阶段目标与经费拨付计划", "Milestones and payments"),
    layout,
    assess,
    workbook=programme_workbook,
    nameless=True,
)
