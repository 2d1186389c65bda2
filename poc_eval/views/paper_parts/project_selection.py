"""What a budget would buy of a panel's projects, as the panel's own page of a selection draws it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from poc_eval.i18n import _
from poc_eval.views.html import join, tag
from poc_eval.views.panel_board import board_without_advice
from poc_eval.views.portfolio import (
    portfolio_board,
    portfolio_body,
    portfolio_conclusion,
    portfolio_notices,
)

if TYPE_CHECKING:
    from markupsafe import Markup

    from poc_eval.i18n import Language
    from poc_eval.workspace.paper_records import PaperPage


def selection(page: PaperPage, lang: Language) -> Markup:
    """Return what is selected, its terms, and what more money would buy."""
    result: Any = page.assessment.result
    if result is None:
        said = _("Nothing is computed before a score sheet with submitted reviews is chosen.")
        return tag("p", said.text(lang), class_="pe-open")
    judged = result.judged
    panel = board_without_advice(judged.panel, judged.basis, judged.result)
    board = portfolio_board(panel, result.found)
    # The figures stand above the paper; why there are none is told here.
    why = [portfolio_conclusion(board, lang)] if board.selection is None else []
    return join([portfolio_notices(board, lang), *why, *portfolio_body(board, lang)])


PARTS: Final = {"selection": selection}
