"""Making a notebook and looking into one for a page: names are ids, paths stay in the workspace."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from poc_eval.catalog.plain_text import shown
from poc_eval.errors import Fault, InputError, UnknownIdError
from poc_eval.i18n import _
from poc_eval.workspace.documents import read_notebook
from poc_eval.workspace.notebooks import new_notebook
from poc_eval.workspace.panel_notebooks import new_panel_notebook
from poc_eval.workspace.panel_request import panel_request
from poc_eval.workspace.paper_notebooks import new_paper_notebook
from poc_eval.workspace.sheet_parameters import sheet_of
from poc_eval.workspace.templates import PAPER, find_template

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from poc_eval.i18n import Language
    from poc_eval.workspace.documents import DocumentCell
    from poc_eval.workspace.workspace import Workspace

_RUBRIC: Final = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,63}(@[A-Za-z0-9][A-Za-z0-9._+-]{0,31})?")


def made_notebook(workspace: Workspace, said: Mapping[str, object], lang: Language) -> dict[str, Any]:
    """Return the path, below the workspace, of the notebook for a template, project, reviewer and rubric.

    Raises ``InputError`` for what is missing, and what ``new_notebook`` raises. A rubric is named by its id
    or ``id@version``: a page may not have files read.
    """
    template = said.get("template")
    sheet = _sheet(template)
    if sheet == PAPER:
        return _paper_notebook(workspace, str(template), said, lang)
    if sheet_of(sheet) is not None:
        return _panel_notebook(workspace, str(template), said, lang)
    asked = {name: said.get(name) for name in ("template", "project", "reviewer")}
    missing = [name for name, value in asked.items() if not isinstance(value, str) or not value.strip()]
    if missing:
        raise InputError(*(_missing(name) for name in missing))
    rubric = _rubric(said)
    path = new_notebook(
        workspace,
        template=str(asked["template"]),
        project=str(asked["project"]),
        reviewer=str(asked["reviewer"]),
        rubric=rubric,
        lang=workspace.settings.language if lang == "pseudo" else lang,
    )
    return {"path": path.relative_to(workspace.path).as_posix()}


def _sheet(template: object) -> str | None:
    """Return what ``template`` is about; an unknown one is told later, with all else."""
    try:
        return find_template(template).sheet if isinstance(template, str) else None
    except UnknownIdError:
        return None


def _paper_notebook(
    workspace: Workspace, template: str, said: Mapping[str, object], lang: Language
) -> dict[str, Any]:
    asked = {name: said.get(name) for name in ("project", "title", "reviewer")}
    named = {
        name: value if isinstance(value, str) and value.strip() else None for name, value in asked.items()
    }
    path = new_paper_notebook(
        workspace,
        template=template,
        project=named["project"],
        title=named["title"],
        by=named["reviewer"],
        lang=workspace.settings.language if lang == "pseudo" else lang,
    )
    return {"path": path.relative_to(workspace.path).as_posix()}


def _panel_notebook(
    workspace: Workspace, template: str, said: Mapping[str, object], lang: Language
) -> dict[str, Any]:
    asked = panel_request(_rubric(said) or "all", said)
    path = new_panel_notebook(
        workspace,
        template=template,
        rubric=_rubric(said),
        projects=asked.projects,
        with_names=asked.with_names,
        draw_seed=asked.draw_seed,
        methods=asked.methods,
        lang=workspace.settings.language if lang == "pseudo" else lang,
    )
    return {"path": path.relative_to(workspace.path).as_posix()}


def _rubric(said: Mapping[str, object]) -> str | None:
    """Return the rubric that a page asks for, None for the template's own; raises InputError."""
    rubric = said.get("rubric") or None
    if rubric is None or (isinstance(rubric, str) and _RUBRIC.fullmatch(rubric)):
        return rubric
    raise InputError(
        Fault(
            _('there is no rubric "{id}"', id=shown(str(rubric))),
            _("choose one from the list"),
            place="rubric",
        )
    )


def seen_notebook(workspace: Workspace, said: Mapping[str, object]) -> dict[str, Any]:
    """Return what a notebook of the workspace refers to and what was written in it; nothing is run.

    Raises ``InputError`` for a path that is none or leads out, ``NotebookError`` for what is no notebook.
    """
    document = read_notebook(_inside(workspace.path, said.get("path")))
    template = document.template
    return {
        "ours": document.ours,
        "template": None
        if template is None
        else {"id": template.id, "version": template.version, "hash": template.hash},
        "locked_cells_unchanged": document.locked_cells_unchanged,
        "workspace": document.workspace,
        "project": document.project,
        "review": document.review,
        "paper": document.paper,
        "lang": document.lang,
        "cells": [_cell(cell) for cell in document.cells],
    }


def _cell(cell: DocumentCell) -> dict[str, Any]:
    view = cell.view
    return {
        "id": cell.id,
        "kind": cell.kind,
        "text": cell.text,
        "narrative": cell.narrative,
        "view": None if view is None else {"kind": view.kind, "id": view.id, "options": dict(view.options)},
    }


def _inside(home: Path, path: object) -> Path:
    if not isinstance(path, str) or not path:
        raise InputError(_missing("path"))
    root = home.resolve()
    try:
        place = root.joinpath(path).resolve()
    except (OSError, ValueError):
        place = root.parent
    if place.is_relative_to(root):
        return place
    raise InputError(
        Fault(
            _("this path leads out of the workspace: {path}", path=shown(path)),
            _("open a notebook that lies in the workspace"),
            place="path",
        )
    )


def _missing(name: str) -> Fault:
    return Fault(_("this is missing from the request"), _("choose or write it, then try again"), place=name)
