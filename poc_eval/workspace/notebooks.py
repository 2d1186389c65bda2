"""A reviewer's notebook: made from a template for one review, and read back without running it."""

from __future__ import annotations

import os
import re
import unicodedata
from difflib import get_close_matches
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Final

from poc_eval.catalog.plain_text import shown
from poc_eval.errors import Fault, InputError, NotebookError, UnknownIdError
from poc_eval.i18n import _
from poc_eval.workspace.documents import NotebookDocument, read_notebook
from poc_eval.workspace.filenames import cannot_write, place_inside
from poc_eval.workspace.ipynb import KEY, mapping_or_empty, write_new_ipynb
from poc_eval.workspace.notebook_content import heading_of, notebook_content
from poc_eval.workspace.templates import all_templates, find_template

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from poc_eval.i18n import Message
    from poc_eval.workspace.notebook_content import NotebookLanguage
    from poc_eval.workspace.records import Project, ReviewRecord
    from poc_eval.workspace.templates import Template
    from poc_eval.workspace.workspace import Workspace

__all__ = ["NotebookDocument", "new_notebook", "notebooks_of", "read_notebook"]

FOLDER: Final = "notebooks"
_NAME_PART_BYTES: Final = 60
_NAMED_AT_MOST: Final = 20


def new_notebook(
    workspace: Workspace,
    *,
    template: str,
    project: str,
    reviewer: str,
    rubric: str | None = None,
    lang: NotebookLanguage = "zh",
    narrative: Mapping[str, str] | None = None,
) -> Path:
    """Return the path of the notebook in which ``reviewer`` reviews ``project``; make it where there is none.

    The review is the reviewer's newest by that rubric, or a new draft. The same review, template and
    language open the same notebook again, wherever it stands under ``notebooks/``; nobody's file is ever
    overwritten. A new notebook begins with the paragraphs of ``narrative`` (Markdown by name), that of an
    amendment with those of the version before.

    Raises UnknownIdError for an unknown template, project or rubric, naming what there is; InputError for a
    reviewer's name that is no name or a template for another kind of project; WorkspaceError where the folder
    cannot be written.
    """
    chosen, found = _choices(workspace, template, project)
    store = workspace.store
    review = store.open_review(found.id, reviewer, workspace.pin(rubric or chosen.rubrics[0], by=reviewer))
    document = notebook_content(
        chosen,
        review=review,
        workspace_id=store.workspace_id,
        lang=lang,
        narrative=_words_before(workspace.path, chosen, review, lang) or narrative,
    )
    path, made = _placed(workspace.path, _stem(chosen, found, review, lang), document)
    if made:
        content = {"template": chosen.id, "hash": chosen.hash, "lang": lang}
        store.note("notebook", review.id, content, by=reviewer)
    return path


def notebooks_of(workspace_folder: Path, review_id: str) -> tuple[NotebookDocument, ...]:
    """Return the notebooks under ``notebooks/`` made for a review, the one with the shortest name first.

    Files that are broken or not ours are passed over: they are not the answer to this question.
    """
    found = []
    for path in notebook_paths(workspace_folder / FOLDER):
        try:
            document = read_notebook(path)
        except NotebookError:
            continue
        if document.review == review_id:
            found.append(document)
    return tuple(sorted(found, key=lambda document: (len(document.path.name), str(document.path))))


def notebook_paths(folder: Path) -> Iterator[Path]:
    """Yield the notebooks in a folder and the folders below it, hidden ones left out."""
    for parent, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (
            Path(parent, name) for name in names if name.endswith(".ipynb") and not name.startswith(".")
        )


def _choices(workspace: Workspace, template: str, project: str) -> tuple[Template, Project]:
    faults: list[Fault] = []
    chosen, found = None, None
    try:
        chosen = find_template(template)
    except UnknownIdError as error:
        faults.extend(error.faults)
    projects = {one.id: one for one in workspace.store.projects()}
    found = projects.get(project)
    if found is None:
        faults.append(
            Fault(_('there is no project "{id}"', id=shown(project)), _way_to_a_project(project, projects))
        )
    if chosen is None or found is None:
        raise UnknownIdError(*faults)
    if not chosen.rubrics:
        raise InputError(
            Fault(
                _("the template {id} is not for a review", id=chosen.id),
                _(
                    "choose one of: {known}",
                    known=", ".join(one.id for one in all_templates() if one.rubrics),
                ),
                place="template",
            )
        )
    if chosen.kind != found.kind:
        fitting = ", ".join(one.id for one in all_templates() if one.kind == found.kind)
        raise InputError(
            Fault(
                _PLATFORM_WANTED if chosen.kind == "platform" else _PROJECT_WANTED,
                _("choose one of: {known}", known=fitting),
                place=found.id,
            )
        )
    return chosen, found


def _way_to_a_project(asked: str, known: Iterable[str]) -> Message:
    ids = list(known)
    if not ids:
        return _("add the project to the workspace first")
    near = get_close_matches(asked, ids, n=3, cutoff=0.5)
    more = ["…"] if not near and len(ids) > _NAMED_AT_MOST else []
    return _("choose one of: {known}", known=", ".join([*(near or ids[:_NAMED_AT_MOST]), *more]))


_PLATFORM_WANTED: Final = _("this template is for pilot platforms, and a project was chosen")
_PROJECT_WANTED: Final = _("this template is for projects, and a pilot platform was chosen")


def _stem(template: Template, project: Project, review: ReviewRecord, lang: NotebookLanguage) -> str:
    parts = (
        name_part(project.title.text(lang)) or name_part(project.id) or "project",
        name_part(template.title.text(lang)) or template.id,
        name_part(review.reviewer) or "reviewer",
    )
    return "-".join(parts)


def name_part(text: str) -> str:
    """Return ``text`` as part of a file name on every system: letters, digits of any script and hyphens."""
    kept = "".join(sign if sign.isalnum() else "-" for sign in unicodedata.normalize("NFKC", text))
    cut = kept.encode("utf-8")[:_NAME_PART_BYTES].decode("utf-8", errors="ignore")
    return re.sub(r"-+", "-", cut).strip("-")


def _placed(root: Path, stem: str, document: dict[str, object]) -> tuple[Path, bool]:
    """Return where the notebook stands and whether it was made now."""
    places = _places(root, stem)
    while True:
        existing = _existing(root, document)
        if existing is not None:
            return existing, False
        path = next(places)
        if _written(path, document):
            return path, True


def place_new(root: Path, stem: str, document: Mapping[str, object]) -> Path:
    """Write a notebook under ``notebooks/`` by the first name that is free; raises WorkspaceError."""
    return next(path for path in _places(root, stem) if _written(path, document))


def _places(root: Path, stem: str) -> Iterator[Path]:
    for number in count(1):
        yield place_inside(root, FOLDER, f"{stem}.ipynb" if number == 1 else f"{stem}-{number}.ipynb")


def _written(path: Path, document: Mapping[str, object]) -> bool:
    """Return False where somebody's file stands there, or another program was faster: look again."""
    try:
        write_new_ipynb(path, document)
    except FileExistsError:
        return False
    except OSError as error:
        raise cannot_write(path, error) from error
    return True


def _existing(root: Path, document: dict[str, object]) -> Path | None:
    head = mapping_or_empty(mapping_or_empty(document["metadata"])[KEY])
    wanted = (head["workspace"], mapping_or_empty(head["template"])["id"], head["lang"])
    for found in notebooks_of(root, str(head["review"])):
        if found.template is not None and (found.workspace, found.template.id, found.lang) == wanted:
            return found.path
    return None


def _words_before(
    root: Path, template: Template, review: ReviewRecord, lang: NotebookLanguage
) -> dict[str, str]:
    """Return the paragraphs of the version that ``review`` amends, without the template's headings."""
    headings = {
        str(cell.ours["narrative"]): heading_of(cell)
        for cell in template.cells_in(lang)
        if "narrative" in cell.ours
    }
    for found in notebooks_of(root, review.amends) if review.amends else ():
        if found.template is not None and (found.template.id, found.lang) == (template.id, lang):
            return {
                cell.narrative: cell.text.removeprefix(headings[cell.narrative]).strip()
                for cell in found.narrative
                if cell.narrative in headings
            }
    return {}
