"""``poc-eval/api/views/KIND/ID``: a record as a page shows it."""

from __future__ import annotations

from http import HTTPStatus

from jupyter_server.auth.decorator import authorized
from tornado.web import authenticated

from poc_eval.lab.base import PocEvalHandler
from poc_eval.rendering import rendered
from poc_eval.views.stylesheet import stylesheet


class ViewHandler(PocEvalHandler):
    """Renders one view from its record as it is now."""

    @authenticated
    @authorized
    async def get(self, kind: str, record: str) -> None:
        """Send ``{"html": fragment, "style": the rules that it needs}``."""
        lang, options = self.lang, self.get_query_argument("options", "")
        html = await self.in_thread(lambda: rendered(self.desk().workspace, kind, record, lang, options))
        self.answer(HTTPStatus.OK, {"html": html, "style": stylesheet()})
