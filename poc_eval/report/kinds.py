"""The kinds of reports that can be recomputed: how a paper is restored from what its report carries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from poc_eval.report.data import content
from poc_eval.report.page import render_page
from poc_eval.report.panel_gathering import panel_content
from poc_eval.report.panel_page import render_panel_page
from poc_eval.report.panel_restoring import as_worked_out, panel_paper_from, tolerance
from poc_eval.report.paper_restoring import paper_report_from
from poc_eval.report.restoring import paper_from
from poc_eval.report.working_paper import paper_content, render_paper_page

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from poc_eval.report.frame import Making, Page, PageLanguage
    from poc_eval.report.pictures import Picture
    from poc_eval.scoring.rubric import Rubric


@dataclass(frozen=True, slots=True)
class ReportKind:
    """One kind; ``Any`` stands for its own class of paper.

    ``restore`` may raise anything for data that this program did not write. ``content`` of what it returns is
    compared with what the file carries: whatever is worked out is worked out anew there.
    """

    restore: Callable[[Mapping[str, Any], Mapping[str, Picture]], Any]
    content: Callable[[Any], dict[str, object]]
    render: Callable[[Any, PageLanguage, Making | None], Page]
    rubric: Callable[[Any], Rubric | None] = lambda _paper: None
    """For the titles of criteria."""
    tolerance: Callable[[str], float] = lambda _place: 0.0
    """How far the figure at a place may lie off, as a share of itself from 1 up; 0 for what is exact."""
    as_worked_out: Callable[[Any, Mapping[str, Any]], Any] = lambda paper, _records: paper
    """The paper with the floats that the report carries in the place of those worked out here."""


_PANEL: Final = ReportKind(
    panel_paper_from,
    panel_content,
    render_panel_page,
    lambda paper: paper.board.rubric,
    tolerance,
    as_worked_out,
)
KINDS: Final[dict[str, ReportKind]] = {
    "review": ReportKind(paper_from, content, render_page, lambda paper: paper.dossier.rubric),
    "working_paper": ReportKind(paper_report_from, paper_content, render_paper_page),
    "panel": _PANEL,
    "portfolio": _PANEL,
}
"""By the ``kind`` that the data block states."""
