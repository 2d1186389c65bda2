"""What a notebook cell shows: a review's form and summary, a panel, a selection, a working paper."""

from poc_eval.notebook.cells import review_form, review_summary
from poc_eval.notebook.panel_cells import panel_summary, panel_text, portfolio
from poc_eval.notebook.paper_cells import working_paper
from poc_eval.notebook.view import (
    PanelSummary,
    PanelText,
    Portfolio,
    ReviewForm,
    ReviewSummary,
    WorkingPaper,
)

__all__ = [
    "PanelSummary",
    "PanelText",
    "Portfolio",
    "ReviewForm",
    "ReviewSummary",
    "WorkingPaper",
    "panel_summary",
    "panel_text",
    "portfolio",
    "review_form",
    "review_summary",
    "working_paper",
]
