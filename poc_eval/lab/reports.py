"""``poc-eval/api/reports`` makes a notebook's report; ``poc-eval/reports/NAME`` hands out what was made."""

from __future__ import annotations

from dataclasses import replace
from http import HTTPStatus
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final, cast, get_args

from jupyter_server.auth.decorator import authorized
from tornado.web import authenticated

from poc_eval.errors import Fault, InputError
from poc_eval.i18n import _
from poc_eval.lab.base import PocEvalHandler
from poc_eval.report.made import ReportLanguage
from poc_eval.report.write import SUFFIX, write_report
from poc_eval.workspace.replies import RefusedError
from poc_eval.workspace.workbooks import SUFFIX as WORKBOOK
from poc_eval.workspace.workspace import REPORTS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from poc_eval.i18n import Language

STATIC_PAGE: Final = (
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""What a report may do in the browser of somebody who is logged in: be looked at."""


class ReportsHandler(PocEvalHandler):
    """Makes reports."""

    @authenticated
    @authorized
    async def post(self) -> None:
        """Make the report of the notebook at ``path`` (below the server's root) in ``lang``.

        Send ``{path, name, code, size, notes}``: where it lies in the workspace, its name there, the code
        that is printed on it, bytes, and what else to know, such as what of the notebook is not in it.
        """
        sent = self.read_body()
        path, wanted, page_lang = sent.get("path"), sent.get("lang"), self.lang
        if not isinstance(path, str) or wanted not in get_args(ReportLanguage):
            raise InputError(
                Fault(
                    _("the request names no notebook, or no language that a report can have"),
                    _("reload the page, or update poc_eval"),
                )
            )
        lang = cast("ReportLanguage", wanted)
        made = await self.in_thread(lambda: self._make(path, lang, page_lang))
        self.answer(HTTPStatus.CREATED, made)

    def _make(self, path: str, lang: ReportLanguage, page_lang: Language) -> dict[str, object]:
        home = self.desk().workspace.path
        written = write_report(self.desks.inside(path), lang=lang, workspace=home)
        return {
            "path": written.path.relative_to(home).as_posix(),
            "name": written.path.name,
            "code": written.code,
            "size": written.bytes,
            "notes": [replace(fault, file=None).text(page_lang) for fault in written.notes],
        }


MEDIA: Final[Mapping[str, str]] = {
    SUFFIX: "text/html; charset=utf-8",
    WORKBOOK: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
"""The kinds of files that are handed out, by their endings."""


class ReportFileHandler(PocEvalHandler):
    """Hands out the reports and workbooks in the workspace's folder of reports, and no other file."""

    @property
    def content_security_policy(self) -> str:
        """Say that the page may neither run a script nor reach the server."""
        return STATIC_PAGE

    @authenticated
    @authorized
    async def get(self, name: str) -> None:
        """Send a report to be looked at, or with ``?download=1`` to be saved; a workbook is always saved."""
        page = await self.in_thread(lambda: self._file(name).read_bytes())
        ending = PurePosixPath(name).suffix
        if self.get_query_argument("download", "") or ending != SUFFIX:
            self.set_attachment_header(name)
        self.set_header("Cache-Control", "no-store")
        self.set_header("X-Content-Type-Options", "nosniff")
        self.finish(page, set_content_type=MEDIA[ending])

    def _file(self, name: str) -> Path:
        """Return the file. Raises ``RefusedError`` where there is none of that name."""
        folder = (self.desk().workspace.path / REPORTS).resolve()
        try:
            file = (folder / name).resolve()
        except ValueError:  # a NUL in the name
            file = folder
        if file.parent != folder or file.suffix not in MEDIA or not file.is_file():
            raise RefusedError(
                HTTPStatus.NOT_FOUND,
                Fault(_("there is no report of this name"), _("make it with Export report in its notebook")),
            )
        return file
