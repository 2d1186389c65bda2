"""What a notebook cell shows: the form of a review and its summary, a panel, a selection under a budget."""

from poc_eval.notebook.cells import review_form, review_summary
from poc_eval.notebook.panel_cells import panel_summary, portfolio
from poc_eval.notebook.view import PanelSummary, Portfolio, ReviewForm, ReviewSummary

__all__ = [
    "PanelSummary",
    "Portfolio",
    "ReviewForm",
    "ReviewSummary",
    "panel_summary",
    "portfolio",
    "review_form",
    "review_summary",
]
