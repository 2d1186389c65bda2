"""The notebook of a working paper: made from a template together with the paper, and found again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from poc_eval.errors import Fault, InputError, NotebookError
from poc_eval.i18n import _
from poc_eval.workspace.documents import read_notebook
from poc_eval.workspace.notebook_content import paper_notebook_content
from poc_eval.workspace.notebooks import FOLDER, name_part, notebook_paths, place_new
from poc_eval.workspace.templates import all_templates, find_template

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from poc_eval.workspace.notebook_content import NotebookLanguage
    from poc_eval.workspace.paper_records import PaperRecord
    from poc_eval.workspace.templates import Template
    from poc_eval.workspace.workspace import Workspace


def new_paper_notebook(
    workspace: Workspace,
    *,
    template: str | Template,
    project: str | None = None,
    title: str | None = None,
    by: str | None = None,
    lang: NotebookLanguage = "zh",
) -> Path:
    """Return the path of the notebook on a working paper; make both where they are not there yet.

    The paper is the newest of the template's kind and ``title`` (without one, the template's own) on the
    project. The same paper, template and language open the same notebook again; nobody's file is ever
    overwritten. ``by`` is who opens the paper.

    Raises UnknownIdError for an unknown template, project or kind, InputError for a template that is for no
    working paper, WorkspaceError where the folder cannot be written.
    """
    chosen = find_template(template) if isinstance(template, str) else template
    if chosen.paper_kind is None:
        raise InputError(_no_paper(chosen))
    paper = workspace.papers.open(chosen.paper_kind, title=title or chosen.title.zh, project=project, by=by)
    existing = _existing(workspace, paper, chosen, lang)
    if existing is not None:
        return existing
    document = paper_notebook_content(chosen, paper=paper, workspace_id=workspace.id, lang=lang)
    path = place_new(workspace.path, _stem(workspace, paper, chosen, lang), document)
    content = {"template": chosen.id, "hash": chosen.hash, "lang": lang}
    workspace.store.note("notebook", paper.id, content, by=by)
    return path


def paper_notebook(workspace: Workspace, paper_id: str) -> Path | None:
    """Return the notebook of a working paper, the one with the shortest name; None where there is none."""
    return next(_notebooks_of(workspace, paper_id), None)


def _existing(
    workspace: Workspace, paper: PaperRecord, template: Template, lang: NotebookLanguage
) -> Path | None:
    for path in _notebooks_of(workspace, paper.id):
        found = read_notebook(path)
        made_from = None if found.template is None else found.template.id
        if (found.workspace, made_from, found.lang) == (workspace.id, template.id, lang):
            return path
    return None


def _notebooks_of(workspace: Workspace, paper_id: str) -> Iterator[Path]:
    for path in sorted(notebook_paths(workspace.path / FOLDER), key=lambda one: (len(one.name), str(one))):
        try:
            found = read_notebook(path)
        except NotebookError:
            # A broken file, or somebody else's, is not the answer to this question.
            continue
        if found.paper == paper_id:
            yield path


def _stem(workspace: Workspace, paper: PaperRecord, template: Template, lang: NotebookLanguage) -> str:
    about = None if paper.project_id is None else workspace.store.project(paper.project_id).title.text(lang)
    named = template.title.text(lang) if paper.title == template.title.zh else paper.title
    version = None if paper.version == 1 else f"v{paper.version}"
    parts = (
        about and (name_part(about) or name_part(str(paper.project_id))),
        name_part(named) or template.id,
        version,
    )
    return "-".join(part for part in parts if part)


def _no_paper(template: Template) -> Fault:
    known = ", ".join(one.id for one in all_templates() if one.paper_kind is not None) or "-"
    return Fault(
        _("the template {id} is for no working paper", id=template.id),
        _("choose one of: {known}", known=known),
        place="template",
    )
