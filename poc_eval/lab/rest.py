"""``poc-eval/api/...``: the workspace's desk over HTTP."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import quote

from jupyter_server.auth.decorator import authorized
from tornado.web import authenticated

from poc_eval.lab.base import PocEvalHandler

if TYPE_CHECKING:
    from poc_eval.i18n import Language
    from poc_eval.workspace.replies import Reply


class DeskHandler(PocEvalHandler):
    """Hands a request to the desk and its reply back, unchanged."""

    @authenticated
    @authorized
    async def get(self, path: str) -> None:
        """Read."""
        await self._hand_over(path)

    @authenticated
    @authorized
    async def post(self, path: str) -> None:
        """Make something new, or submit."""
        await self._hand_over(path)

    @authenticated
    @authorized
    async def patch(self, path: str) -> None:
        """Save changes."""
        await self._hand_over(path)

    async def _hand_over(self, path: str) -> None:
        body, method, lang = self.read_body(), self.request.method or "GET", self.lang
        reply = await self.in_thread(lambda: self.desk().handle(method, quote(path), body, lang))
        self.answer(reply.status, reply.body)


class NotebooksHandler(PocEvalHandler):
    """The desk's notebooks, with paths as Lab has them: below the server's root, not the workspace."""

    @authenticated
    @authorized
    async def get(self) -> None:
        """Say what is known of the notebook at ``path``."""
        path, lang = self.get_query_argument("path", ""), self.lang
        reply = await self.in_thread(lambda: self._state(path, lang))
        self.answer(reply.status, reply.body)

    @authenticated
    @authorized
    async def post(self) -> None:
        """Make a notebook and say where it is."""
        body, lang = self.read_body(), self.lang
        reply = await self.in_thread(lambda: self._make(body, lang))
        self.answer(reply.status, reply.body)

    def _state(self, path: str, lang: Language) -> Reply:
        desk = self.desks.find(notebook=path, workspace=self.get_query_argument("workspace", None))
        inside = self.desks.inside(path).relative_to(desk.workspace.path.resolve())
        return desk.handle("GET", "notebooks", {"path": inside.as_posix()}, lang)

    def _make(self, body: dict[str, object], lang: Language) -> Reply:
        desk = self.desk()
        reply = desk.handle("POST", "notebooks", body, lang)
        if "path" not in reply.body:
            return reply
        place = desk.workspace.path.resolve() / str(reply.body["path"])
        return replace(reply, body={**reply.body, "path": self.desks.outside(place)})
