"""What the server answers below ``poc-eval/``."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jupyter_server.base.handlers import AuthenticatedFileHandler
from jupyter_server.utils import url_path_join

from poc_eval.lab.base import UnknownHandler
from poc_eval.lab.desks import Desks
from poc_eval.lab.overview import OverviewHandler
from poc_eval.lab.reports import ReportFileHandler, ReportsHandler
from poc_eval.lab.rest import DeskHandler, NotebooksHandler
from poc_eval.lab.views import ViewHandler
from poc_eval.lab.workbooks import WorkbooksHandler

if TYPE_CHECKING:
    from collections.abc import Mapping

Rule = tuple[str, type[Any], dict[str, Any]]


class FormFileHandler(AuthenticatedFileHandler):
    """The files of the form; scripts by the type that browsers want, whatever this system's registry says."""

    def get_content_type(self) -> str:
        """Return the media type of the file that was asked for."""
        return "text/javascript" if self.path.endswith(".js") else str(super().get_content_type())


def handlers(settings: Mapping[str, Any]) -> list[Rule]:
    """Return Tornado's rules for a server with these ``settings``, the more special ones first."""
    shared = {"desks": Desks(Path(settings["server_root_dir"]).expanduser())}
    static = {"path": str(files("poc_eval").joinpath("notebook", "static"))}
    rules: list[Rule] = [
        ("static/(.*)", FormFileHandler, static),
        ("reports/([^/]+)", ReportFileHandler, shared),
        ("api/reports", ReportsHandler, shared),
        ("api/workbooks", WorkbooksHandler, shared),
        ("api/overview", OverviewHandler, shared),
        ("api/views/([^/]+)/([^/]+)", ViewHandler, shared),
        ("api/notebooks", NotebooksHandler, shared),
        ("api/(.+)", DeskHandler, shared),
        ("(.*)", UnknownHandler, shared),
    ]
    base = settings["base_url"]
    return [(url_path_join(base, "poc-eval", path), handler, known) for path, handler, known in rules]
