"""From a notebook's path to a report's file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from poc_eval.errors import Fault, NotebookError, WorkspaceError
from poc_eval.i18n import _
from poc_eval.report.frame import made_here
from poc_eval.report.gathering import gathered
from poc_eval.report.page import render_page
from poc_eval.report.panel_gathering import panel_gathered
from poc_eval.report.panel_page import render_panel_page
from poc_eval.report.seal import sealed, sealing_of
from poc_eval.report.seal_keys import enter_report, register_file
from poc_eval.report.working_paper import paper_gathered, render_paper_page
from poc_eval.workspace.documents import document_of
from poc_eval.workspace.filenames import cannot_write, safe_name, write_inside
from poc_eval.workspace.ipynb import read_ipynb
from poc_eval.workspace.panel_request import panel_request
from poc_eval.workspace.sealing import report_subject
from poc_eval.workspace.workspace import REPORTS, Workspace

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping

    from poc_eval.report.frame import Page
    from poc_eval.report.seal import Sealing
    from poc_eval.workspace.documents import NotebookDocument
    from poc_eval.workspace.ipynb import NotebookFile
    from poc_eval.workspace.records import ReviewRecord
    from poc_eval.workspace.sheet_parameters import SheetParameters

ReportLanguage: TypeAlias = Literal["zh", "en", "both"]
SUFFIX: Final = ".html"
_ENDINGS: Final[Mapping[str, str]] = {"zh": "", "en": "-en", "both": "-zh-en"}


@dataclass(frozen=True, slots=True)
class Report:
    """A report before it is written: the page, and what of the notebook was left out and why."""

    page: Page
    left_out: tuple[Fault, ...]
    workspace: Workspace
    subject: str
    """The review's id, for a panel the rubric's, for a working paper the paper's."""
    sealing: Sealing


@dataclass(frozen=True, slots=True)
class Written:
    """A report that was written: where, the code that is printed on it, and how many bytes.

    ``notes``: what was left out of the report and why, and what could not be written into the log.
    """

    path: Path
    code: str
    bytes: int
    notes: tuple[Fault, ...]


def make_report(
    notebook: NotebookFile,
    *,
    lang: ReportLanguage | None = None,
    workspace: str | os.PathLike[str] | None = None,
) -> Report:
    """Return the report on a notebook that was read; ``lang`` None takes the notebook's own language.

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
    if document.panel is not None:
        return _panel_report(document, document.panel, home, lang)
    if document.paper is not None:
        return _working_paper_report(document, document.paper, home, lang)
    return _report(document, home, lang)


def _report(document: NotebookDocument, home: Workspace, lang: ReportLanguage | None) -> Report:
    paper, left_out = gathered(document, home)
    said, review = lang or paper.words_lang, paper.dossier.review
    sealing = sealing_of(home, said, ["review", _first_version(review, home), _template_id(document)])
    page = sealed(render_page(paper, said, made_here(sealing.stated)), sealing)
    return Report(page, left_out, home, review.id, sealing)


def _panel_report(
    document: NotebookDocument, asked: SheetParameters, home: Workspace, lang: ReportLanguage | None
) -> Report:
    panel, left_out = panel_gathered(document, asked, home)
    said, basis = lang or panel.words_lang, panel.board.basis
    kind = "panel" if panel.portfolio is None else "portfolio"
    projects = panel_request(asked.rubric, asked.options).projects
    series = [kind, str(basis.rubric), _template_id(document), basis.named, list(projects or ())]
    sealing = sealing_of(home, said, series)
    page = sealed(render_panel_page(panel, said, made_here(sealing.stated)), sealing)
    return Report(page, left_out, home, str(basis.rubric), sealing)


def _working_paper_report(
    document: NotebookDocument, paper_id: str, home: Workspace, lang: ReportLanguage | None
) -> Report:
    worked, left_out = paper_gathered(document, paper_id, home)
    said, paper = lang or worked.words_lang, worked.page.paper
    first = paper
    while first.amends is not None:
        first = home.papers.paper(first.amends)
    sealing = sealing_of(home, said, ["working_paper", first.id, _template_id(document)])
    page = sealed(render_paper_page(worked, said, made_here(sealing.stated)), sealing)
    return Report(page, left_out, home, paper.id, sealing)


def _template_id(document: NotebookDocument) -> str | None:
    return None if document.template is None else document.template.id


def _first_version(review: ReviewRecord, home: Workspace) -> str:
    """Return the id of the review that this one is an amendment of, however often it was amended."""
    while review.amends is not None:
        review = home.store.review(review.amends)
    return review.id


def write_report(
    notebook_path: str | os.PathLike[str],
    *,
    output_dir: str | os.PathLike[str] | None = None,
    lang: ReportLanguage | None = None,
    workspace: str | os.PathLike[str] | None = None,
) -> Written:
    """Write the report on one notebook and return where it is; an older one of that name is replaced.

    It is named after the notebook and goes to ``output_dir``, by default the workspace's ``reports``. Raises
    ``NotebookError`` and ``WorkspaceError``; then nothing was written.
    """
    notebook = read_ipynb(Path(notebook_path).absolute())
    report = make_report(notebook, lang=lang, workspace=workspace)
    name = safe_name(notebook.path.stem) + _ENDINGS[lang or "zh"] + SUFFIX
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
