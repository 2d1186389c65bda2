"""From the id of a record to the view of it: what a page of JupyterLab, a kernel and a report show alike."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from poc_eval.dossiers import dossier_of
from poc_eval.errors import Fault
from poc_eval.i18n import _
from poc_eval.views.panel import panel_summary
from poc_eval.views.panel_board import board_of
from poc_eval.views.panel_texts import panel_text, roster_text, text_page
from poc_eval.views.paper_parts import paper_view
from poc_eval.views.portfolio import portfolio_of, portfolio_summary
from poc_eval.views.review import review_page, review_summary
from poc_eval.workspace.panel_request import panel_request, portfolio_request, read_options, text_part
from poc_eval.workspace.replies import RefusedError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from poc_eval.i18n import Language
    from poc_eval.views.dossier import Dossier
    from poc_eval.workspace.workspace import Workspace

VIEWS: Final[Mapping[str, Callable[[Dossier, Language], str]]] = {
    "review-form": review_page,
    "review-summary": review_summary,
}


def _panel_summary(workspace: Workspace, rubric: str, said: Mapping[str, object], lang: Language) -> str:
    return panel_summary(board_of(*panel_request(rubric, said).panel(workspace)), lang)


def _panel_text(workspace: Workspace, rubric: str, said: Mapping[str, object], lang: Language) -> str:
    asked, part = panel_request(rubric, said), text_part(said)
    if part in {"sign_in", "experts"}:
        # Needed before anybody has scored.
        return text_page(roster_text(asked.roster(workspace), part, lang), part, lang)
    panel, basis = asked.panel(workspace)
    return text_page(panel_text(panel.result(), basis, part, lang), part, lang)


def _portfolio(workspace: Workspace, rubric: str, said: Mapping[str, object], lang: Language) -> str:
    asked = portfolio_request(rubric, said)
    return portfolio_summary(portfolio_of(*asked.panel.panel(workspace), asked.terms), lang)


def _working_paper(workspace: Workspace, paper: str, said: Mapping[str, object], lang: Language) -> str:
    papers = workspace.papers
    return paper_view(papers.page(papers.paper(paper)), said.get("part"), lang)


ASKED_VIEWS: Final[Mapping[str, Callable[[Workspace, str, Mapping[str, object], Language], str]]] = {
    "panel-summary": _panel_summary,
    "panel-text": _panel_text,
    "portfolio": _portfolio,
    "working-paper": _working_paper,
}


def rendered(workspace: Workspace, kind: str, record: str, lang: Language, options: str = "") -> str:
    """Return the view ``kind`` of the review, rubric's panel or working paper ``record`` as a fragment.

    ``options`` is a JSON object that says which part of a panel or a paper is shown, and how. Raises
    ``RefusedError`` for a kind that nobody knows, ``UnknownIdError`` for a record that is not there,
    ``InputError`` for options that do not fit.
    """
    if kind in ASKED_VIEWS:
        return ASKED_VIEWS[kind](workspace, record, read_options(options), lang)
    view = VIEWS.get(kind)
    if view is None:
        raise RefusedError(
            HTTPStatus.NOT_FOUND,
            Fault(
                _("this version of the program does not know the view that the notebook asks for"),
                _("update poc_eval, or make the notebook anew; what was scored is kept in the workspace"),
            ),
        )
    return view(dossier_of(workspace.store.review(record), workspace), lang)
