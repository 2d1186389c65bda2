"""``poc-eval/api/workbooks``: whether a working paper has a workbook, and making it."""

from __future__ import annotations

from http import HTTPStatus

from jupyter_server.auth.decorator import authorized
from tornado.web import authenticated

from poc_eval.errors import Fault, InputError
from poc_eval.i18n import _
from poc_eval.lab.base import PocEvalHandler
from poc_eval.workspace.workbooks import has_workbook, write_workbook


class WorkbooksHandler(PocEvalHandler):
    """Makes workbooks of working papers; ``poc-eval/reports/NAME`` hands them out."""

    @authenticated
    @authorized
    async def get(self) -> None:
        """Send ``{workbook}``: whether the paper of the query has one."""
        paper = self.get_query_argument("paper", "")
        found = await self.in_thread(lambda: has_workbook(self.desk().workspace, paper))
        self.answer(HTTPStatus.OK, {"workbook": found})

    @authenticated
    @authorized
    async def post(self) -> None:
        """Make the workbook of the notebook at ``path`` (below the server's root).

        Send ``{path, name, size}``: where it lies in the workspace, its name there, and bytes.
        """
        path = self.read_body().get("path")
        if not isinstance(path, str):
            raise InputError(
                Fault(_("the request names no notebook"), _("reload the page, or update poc_eval"))
            )
        made = await self.in_thread(lambda: self._make(path))
        self.answer(HTTPStatus.CREATED, made)

    def _make(self, path: str) -> dict[str, object]:
        home = self.desk().workspace.path
        written = write_workbook(self.desks.inside(path), workspace=home)
        return {
            "path": written.relative_to(home).as_posix(),
            "name": written.name,
            "size": written.stat().st_size,
        }
