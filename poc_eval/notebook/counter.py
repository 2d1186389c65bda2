"""The kernel's side of a view: takes the form's messages, asks the desk, and hands the answers back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast, get_args
from urllib.parse import parse_qsl, unquote, urlsplit

from poc_eval.errors import PocEvalError
from poc_eval.i18n import Language
from poc_eval.views.dossier import Dossier
from poc_eval.views.panel import panel_summary
from poc_eval.views.panel_board import board_of
from poc_eval.views.panel_texts import panel_text, roster_text, text_page
from poc_eval.views.paper_parts import paper_view
from poc_eval.views.portfolio import portfolio_of, portfolio_summary
from poc_eval.views.review import review_page, review_summary
from poc_eval.views.stylesheet import stylesheet
from poc_eval.workspace.panel_request import panel_request, portfolio_request, read_options, text_part
from poc_eval.workspace.replies import Reply, no_such_address, refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from poc_eval.workspace.desk import Desk
    from poc_eval.workspace.workspace import Workspace

VIEWS: Final[Mapping[str, Callable[[Dossier, Language], str]]] = {
    "review-form": review_page,
    "review-summary": review_summary,
}


def _panel_summary(workspace: Workspace, rubric: str, options: Mapping[str, object], lang: Language) -> str:
    return panel_summary(board_of(*panel_request(rubric, options).panel(workspace)), lang)


def _panel_text(workspace: Workspace, rubric: str, options: Mapping[str, object], lang: Language) -> str:
    asked, part = panel_request(rubric, options), text_part(options)
    if part in {"sign_in", "experts"}:
        # Needed before anybody has scored.
        return text_page(roster_text(asked.roster(workspace), part, lang), part, lang)
    panel, basis = asked.panel(workspace)
    return text_page(panel_text(panel.result(), basis, part, lang), part, lang)


def _portfolio(workspace: Workspace, rubric: str, options: Mapping[str, object], lang: Language) -> str:
    asked = portfolio_request(rubric, options)
    return portfolio_summary(portfolio_of(*asked.panel.panel(workspace), asked.terms), lang)


def _working_paper(workspace: Workspace, paper: str, options: Mapping[str, object], lang: Language) -> str:
    papers = workspace.papers
    return paper_view(papers.page(papers.paper(paper)), options.get("part"), lang)


ASKED_VIEWS: Final[Mapping[str, Callable[[Workspace, str, Mapping[str, object], Language], str]]] = {
    "panel-summary": _panel_summary,
    "panel-text": _panel_text,
    "portfolio": _portfolio,
    "working-paper": _working_paper,
}


class Counter:
    """Where the messages of one view come in."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def answer(self, message: object, lang: Language) -> dict[str, Any] | None:
        """Return the message that answers ``message``; None for one that asks nothing."""
        if not isinstance(message, dict) or not isinstance(message.get("ask"), str):
            return None
        method, path, body = message.get("method"), message.get("path"), message.get("body")
        reply = self._reply(
            method if isinstance(method, str) else "",
            path if isinstance(path, str) else "",
            body if isinstance(body, dict) else {},
            lang,
        )
        return {"answers": message["ask"], "status": reply.status, "body": reply.body}

    def dossier(self, review_id: str) -> Dossier:
        """Return all that a view of a review is made of. Raises ``UnknownIdError``, ``WorkspaceError``."""
        workspace = self.desk.workspace
        review = workspace.store.review(review_id)
        return Dossier(
            project=workspace.store.project(review.project_id),
            review=review,
            rubric=workspace.rubric(review.rubric),
            evaluation=workspace.evaluation(review),
            zone=workspace.settings.timezone.key,
        )

    def _reply(self, method: str, path: str, body: dict[str, object], lang: Language) -> Reply:
        address = urlsplit(path)
        parts = [unquote(part) for part in address.path.strip("/").split("/")]
        if method == "GET" and parts[0] == "views":
            query = dict(parse_qsl(address.query))
            said = query.get("lang")
            spoken = cast("Language", said) if said in get_args(Language) else lang
            return self._view(parts[1:], query.get("options", ""), spoken)
        return self.desk.handle(method, path, body, lang)

    def _view(self, named: list[str], options: str, lang: Language) -> Reply:
        try:
            kind, record = named
            if kind in ASKED_VIEWS:
                shown = ASKED_VIEWS[kind](self.desk.workspace, record, read_options(options), lang)
            else:
                shown = VIEWS[kind](self.dossier(record), lang)
        except (ValueError, KeyError):
            return refusal(no_such_address(), lang)
        except PocEvalError as error:
            return refusal(error, lang)
        return Reply(200, {"html": shown, "style": stylesheet()})
