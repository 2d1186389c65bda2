"""The ground of every handler: who may ask, how much may be sent, in which language it is answered."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, ClassVar, Final, TypeVar, cast, get_args

from jupyter_server.base.handlers import APIHandler
from tornado.ioloop import IOLoop
from tornado.web import HTTPError, authenticated, stream_request_body

from poc_eval.errors import PocEvalError
from poc_eval.i18n import Language
from poc_eval.lab.answers import refused_by_server, unreadable
from poc_eval.workspace.replies import refusal, unforeseen

if TYPE_CHECKING:
    from collections.abc import Callable

    from poc_eval.lab.desks import Desks
    from poc_eval.workspace.desk import Desk

T = TypeVar("T")
ASIDE: Final = frozenset({"lang", "workspace", "notebook", "token", "_xsrf", "no_track_activity"})
"""Query arguments that are about the request and not for the desk."""


@stream_request_body
class PocEvalHandler(APIHandler):
    """Reads JSON within a limit, works in a thread, and tells every refusal as JSON in the page's language.

    The body is read as a stream: a request that is too large is refused before it is in memory, and who asks
    and the XSRF token are checked before its first byte.
    """

    auth_resource = "contents"
    body_limit: ClassVar[int] = 8_000_000
    """Bytes; a whole form with every field at its own limit fits."""

    def initialize(self, desks: Desks) -> None:
        """Take what the handlers of one server share."""
        super().initialize()
        self.desks = desks
        self.received = bytearray()
        self.sent: dict[str, Any] = {}

    async def prepare(self) -> None:  # type: ignore[override]  # as in APIHandler
        """Check who asks, then how much is announced."""
        await super().prepare()
        announced = self.request.headers.get("Content-Length", "0")
        if not announced.isdecimal() or int(announced) > self.body_limit:
            raise HTTPError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)

    def data_received(self, chunk: bytes) -> None:
        """Keep what arrives, up to the limit."""
        if len(self.received) + len(chunk) > self.body_limit:
            raise HTTPError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        self.received += chunk

    @property
    def lang(self) -> Language:
        """The language of the page: as the address says, or the body, else as the browser prefers."""
        for said in (self.get_query_argument("lang", ""), self.sent.get("lang")):
            if said in get_args(Language):
                return cast("Language", said)
        preferred = self.request.headers.get("Accept-Language", "zh").strip().lower()
        return "zh" if preferred.startswith(("zh", "*")) or not preferred else "en"

    def read_body(self) -> dict[str, Any]:
        """Return the request's JSON object, or its query where there is no body.

        Raises ``RefusedError`` for anything else.
        """
        if not self.received:
            return {
                name: self.get_query_argument(name)
                for name in self.request.query_arguments
                if name not in ASIDE
            }
        try:
            sent = json.loads(bytes(self.received).decode("utf-8"), parse_constant=_refuse_constant)
            # A lone surrogate can be written in JSON and stored nowhere.
            json.dumps(sent, ensure_ascii=False).encode("utf-8")
        except (ValueError, RecursionError):
            sent = None
        if not isinstance(sent, dict):
            raise unreadable()
        self.sent = sent
        return sent

    def desk(self) -> Desk:
        """Return the desk of the workspace that the page is about; to be called in a thread."""
        return self.desks.find(
            notebook=self.get_query_argument("notebook", None),
            workspace=self.get_query_argument("workspace", None),
        )

    async def in_thread(self, work: Callable[[], T]) -> T:
        """Run ``work`` beside the event loop, which goes on answering."""
        return await IOLoop.current().run_in_executor(self.desks.threads, work)

    def answer(self, status: int, body: object) -> None:
        """Send ``body`` as JSON."""
        self.set_status(status)
        self.set_header("Cache-Control", "no-store")
        self.finish(json.dumps(body, ensure_ascii=False))

    def write_error(self, status_code: int, **kwargs: Any) -> None:  # noqa: ANN401 Tornado's own signature
        """Tell what went wrong as JSON; nothing of the program's insides leaves the server."""
        error = (kwargs.get("exc_info") or (None, None))[1]
        if isinstance(error, HTTPError):
            error = refused_by_server(status_code)
        elif not isinstance(error, PocEvalError):
            error = unforeseen()
        reply = refusal(error, self.lang)
        self.answer(reply.status, reply.body)

    def log_exception(self, typ: Any, value: Any, tb: Any) -> None:  # noqa: ANN401 Tornado's own signature
        """Log a refusal on one line; only what nobody foresaw gets its traceback."""
        if isinstance(value, PocEvalError):
            self.log.info("%s %s: %s", self.request.method, self.request.path, value)
        else:
            super().log_exception(typ, value, tb)


class UnknownHandler(PocEvalHandler):
    """Answers where there is nothing, to whoever is logged in."""

    @authenticated
    async def get(self, _path: str) -> None:
        """Say so."""
        raise HTTPError(HTTPStatus.NOT_FOUND)

    post = put = patch = delete = get


def _refuse_constant(name: str) -> object:
    """Refuse ``NaN`` and ``Infinity``, which are no JSON."""
    raise ValueError(name)
