"""From a notebook's path to a report's file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from poc_eval.errors import Fault, NotebookError, WorkspaceError
from poc_eval.i18n import _
from poc_eval.report.executing import executed
from poc_eval.report.making import report_on, report_without_names
from poc_eval.report.seal_keys import enter_report, register_file
from poc_eval.report.written import Written
from poc_eval.workspace.documents import document_of
from poc_eval.workspace.filenames import cannot_write, safe_name, write_inside
from poc_eval.workspace.ipynb import read_ipynb
from poc_eval.workspace.sealing import report_subject
from poc_eval.workspace.workspace import REPORTS, Workspace

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping

    from poc_eval.report.made import Report, ReportLanguage
    from poc_eval.workspace.ipynb import NotebookFile

SUFFIX: Final = ".html"
_ENDINGS: Final[Mapping[str, str]] = {"zh": "", "en": "-en", "both": "-zh-en"}


def make_report(
    notebook: NotebookFile,
    *,
    lang: ReportLanguage | None = None,
    workspace: str | os.PathLike[str] | None = None,
    without_names: bool = False,
) -> Report:
    """Return the report on a notebook that was read; ``lang`` None takes the notebook's own language.

    ``without_names`` makes one from redacted records, sealed for itself.

    Nothing is executed. ``workspace`` is the folder that a person named; without it the workspace is found by
    the notebook's metadata and its place. Raises ``NotebookError``, ``WorkspaceError``, and ``SealError``
    where there is no key to seal it with.
    """
    document = document_of(notebook)
    home = Workspace.find(notebook.path, chosen=workspace, metadata=notebook.ours)
    if document.workspace is not None and document.workspace != home.id:
        raise NotebookError(
            Fault(
                _("the notebook was made in another workspace, {id}", id=document.workspace),
                _("name that workspace's folder with -w"),
                file=str(notebook.path),
            )
        )
    with home.store.one_state():
        if without_names:
            return report_without_names(document, home, lang)
        return report_on(document, home, lang)


def write_report(
    notebook_path: str | os.PathLike[str],
    *,
    output_dir: str | os.PathLike[str] | None = None,
    lang: ReportLanguage | None = None,
    workspace: str | os.PathLike[str] | None = None,
    without_names: bool = False,
    execute: bool = False,
) -> Written:
    """Write the report on one notebook and return where it is; an older one of that name is replaced.

    ``execute`` runs the notebook first, for what its code draws; without it nothing is executed.

    It is named after the notebook, without names after what it is about, and goes to ``output_dir``, by
    default the workspace's ``reports``. Raises
    ``NotebookError`` and ``WorkspaceError``; then nothing was written.
    """
    path = Path(notebook_path).absolute()
    notebook = executed(path) if execute else read_ipynb(path)
    report = make_report(notebook, lang=lang, workspace=workspace, without_names=without_names)
    name = safe_name(report.name or notebook.path.stem) + _ENDINGS[lang or "zh"] + SUFFIX
    if output_dir is None:
        path = write_inside(report.workspace.path, REPORTS, name, text=report.page.html)
    else:
        path = write_inside(Path(output_dir).absolute(), name, text=report.page.html)
    size = len(report.page.html.encode("utf-8"))
    return Written(path, report.page.code, size, (*report.left_out, *noted(report, "report")))


def noted(report: Report, action: Literal["report", "export"]) -> tuple[Fault, ...]:
    """Write into the workspace's log and into the register that a report was made; return what failed.

    A workspace that is kept for reading only is still good for a report.
    """
    faults: list[Fault] = []
    code, sealing = report.page.code, report.sealing
    try:
        subject = report_subject(report.subject, sealing.series)
        report.workspace.store.note(action, subject, code, by=None)
    except WorkspaceError as error:
        faults += error.faults
    try:
        enter_report(sealing.series, code, sealing.log)
    except OSError as error:
        faults += cannot_write(register_file(), error).faults
    return tuple(faults)
