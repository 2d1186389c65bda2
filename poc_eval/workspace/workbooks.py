"""A working paper's workbook (XLSX), from the notebook that the paper was made with."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from poc_eval.errors import Fault, InputError, NotebookError
from poc_eval.i18n import _
from poc_eval.workspace.documents import document_of
from poc_eval.workspace.filenames import safe_name, write_bytes_inside
from poc_eval.workspace.ipynb import read_ipynb
from poc_eval.workspace.paper_kinds import find_paper_kind
from poc_eval.workspace.workspace import REPORTS, Workspace

if TYPE_CHECKING:
    import os

    from poc_eval.spreadsheet.writing import Book

SUFFIX: Final = ".xlsx"
DRAFT: Final = "草稿，未定稿 Draft"
"""Both languages, as everything in a workbook."""


def has_workbook(workspace: Workspace, paper: str) -> bool:
    """Tell whether the kind of a working paper has a workbook. Raises ``UnknownIdError``."""
    return find_paper_kind(workspace.papers.paper(paper).kind).workbook is not None


def write_workbook(
    notebook_path: str | os.PathLike[str],
    *,
    output: str | os.PathLike[str] | None = None,
    workspace: str | os.PathLike[str] | None = None,
) -> Path:
    """Write the workbook of a notebook's working paper and return where it is.

    It is named after the notebook and goes to the workspace's ``reports``, or to ``output``; an older one is
    replaced.  Raises ``NotebookError`` for a notebook whose paper has none, ``InputError`` where nothing
    could be worked out yet or ``output`` does not end in .xlsx, and ``WorkspaceError``; then nothing was
    written.
    """
    notebook = read_ipynb(Path(notebook_path).absolute())
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
    if document.paper is None:
        raise NotebookError(_no_workbook(notebook.path))
    target = None if output is None else _named(Path(output).absolute())
    data = _book(home, document.paper, notebook.path).content()
    if target is None:
        return write_bytes_inside(home.path, REPORTS, safe_name(notebook.path.stem) + SUFFIX, data=data)
    return write_bytes_inside(target.parent, target.name, data=data)


def _named(path: Path) -> Path:
    if path.suffix.lower() != SUFFIX:
        what = _('"{name}" is not the name of a workbook', name=path.name)
        raise InputError(Fault(what, _("let it end in .xlsx"), file=str(path)))
    return path


def _book(home: Workspace, paper: str, notebook: Path) -> Book:
    record = home.papers.paper(paper)
    kind = find_paper_kind(record.kind)
    if kind.workbook is None:
        raise NotebookError(_no_workbook(notebook))
    page = home.papers.page(record)
    if page.assessment.result is None:
        raise InputError(_nothing_yet())
    book = kind.workbook(page.assessment)
    if record.status == "draft":
        _mark_as_draft(book)
    return book


def _mark_as_draft(book: Book) -> None:
    """Say at the foot of every page that the figures may still change."""
    for sheet in book.sheets:
        sheet.footer = f"{DRAFT}  {sheet.footer}".rstrip()


def _nothing_yet() -> Fault:
    """Return what to say where a paper is not filled in so far that anything follows from it."""
    return Fault(
        _("nothing could be worked out of this paper yet, so there is no workbook of it"),
        _("fill in what the form names as missing or wrong, and export again"),
    )


def _no_workbook(notebook: Path) -> Fault:
    return Fault(
        _("this notebook is not about a paper that has a workbook"),
        _("give a notebook of claims, the payment ledger, a programme, a deal or a division of income"),
        file=str(notebook),
    )
