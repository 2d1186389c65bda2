"""The report as an nbconvert exporter, so that it stands in JupyterLab's File > Save and Export As."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from nbconvert.exporters import Exporter
from nbconvert.utils.exceptions import ConversionException
from traitlets import Enum, Unicode

from poc_eval.errors import PocEvalError
from poc_eval.report.write import SUFFIX, make_report, noted
from poc_eval.workspace.ipynb import KEY, mapping_or_empty, notebook_file

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nbformat import NotebookNode

    from poc_eval.i18n import Language
    from poc_eval.report.made import ReportLanguage

_LANGUAGES: Final[Mapping[str, ReportLanguage | None]] = {"": None, "zh": "zh", "en": "en", "both": "both"}


class RefusedExportError(ConversionException):
    """Why there is no report, in the notebook's language: one line a fault, with the way out."""


class ReportExporter(Exporter):
    """Exports a notebook as the static report on its review, from the workspace's records as they are now.

    No cell is ever executed. It is not a ``TemplateExporter``: that one looks for templates and their
    configuration in the working folder too, and a report is the same whatever stands beside the notebook.
    """

    export_from_notebook = "poc_eval report"
    output_mimetype = "text/html"

    lang = Enum(
        list(_LANGUAGES),
        default_value="",
        help="Language of the report: zh, en or both. Empty: that of the notebook.",
    ).tag(config=True)
    workspace = Unicode(
        "", help="Folder of the workspace. Empty: found by the notebook's metadata and its place."
    ).tag(config=True)

    def _file_extension_default(self) -> str:
        return SUFFIX

    def from_notebook_node(  # type: ignore[override]  # an exporter gives text, as all of nbconvert's own do
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **_options: object
    ) -> tuple[str, dict[str, Any]]:
        """Return the page and the resources; raises RefusedExportError where there can be no report."""
        made: dict[str, Any] = self._init_resources(resources)  # type: ignore[no-untyped-call]  # nbconvert's
        where = made["metadata"]
        path = Path(where.get("path") or ".").absolute() / f"{where.get('name') or 'notebook'}.ipynb"
        said = _language(nb)
        try:
            report = make_report(
                notebook_file(path, nb), lang=_LANGUAGES[str(self.lang)], workspace=self.workspace or None
            )
        except PocEvalError as error:
            raise RefusedExportError("\n".join(error.lines(said))) from error
        for note in (*report.left_out, *noted(report, "export")):
            self.log.warning("%s", note.text(said))
        return report.page.html, made


def _language(nb: NotebookNode) -> Language:
    ours = mapping_or_empty(mapping_or_empty(nb.get("metadata")).get(KEY))
    return "en" if ours.get("lang") == "en" else "zh"
