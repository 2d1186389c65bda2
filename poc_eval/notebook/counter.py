"""The kernel's side of a view: takes the form's messages, asks the desk, and hands the answers back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast, get_args
from urllib.parse import parse_qsl, unquote, urlsplit

from poc_eval.errors import PocEvalError
from poc_eval.i18n import Language
from poc_eval.rendering import rendered
from poc_eval.views.stylesheet import stylesheet
from poc_eval.workspace.replies import Reply, no_such_address, refusal

if TYPE_CHECKING:
    from poc_eval.workspace.desk import Desk


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
        except ValueError:
            return refusal(no_such_address(), lang)
        try:
            shown = rendered(self.desk.workspace, kind, record, lang, options)
        except PocEvalError as error:
            return refusal(error, lang)
        return Reply(200, {"html": shown, "style": stylesheet()})
