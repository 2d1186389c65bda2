"""``poc-eval/api/overview``: the workspace's projects, their reviews, and the notebook of each."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from jupyter_server.auth.decorator import authorized
from tornado.web import authenticated

from poc_eval.errors import NotebookError
from poc_eval.lab.base import PocEvalHandler
from poc_eval.workspace.documents import read_notebook
from poc_eval.workspace.figures import total_text
from poc_eval.workspace.ipynb import notebooks_in
from poc_eval.workspace.replies import RefusedError
from poc_eval.workspace.workspace import NOTEBOOKS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from poc_eval.i18n import Language
    from poc_eval.lab.desks import Desks
    from poc_eval.workspace.records import ReviewRecord
    from poc_eval.workspace.workspace import Workspace


class OverviewHandler(PocEvalHandler):
    """Tells what there is to go on with."""

    @authenticated
    @authorized
    async def get(self) -> None:
        """Send ``{title, projects: [{id, title, kind, reviews, papers}]}``; see ``overview``."""
        lang = self.lang
        told = await self.in_thread(lambda: overview(self.desk().workspace, self.desks, lang))
        self.answer(HTTPStatus.OK, told)


def overview(workspace: Workspace, desks: Desks, lang: Language) -> dict[str, object]:
    """Return every project with its reviews and working papers, the newest version of each.

    ``papers`` beside the projects are those about no single project.
    ``total`` is as printed and None while it is not known; ``missing`` counts what is still to fill in;
    ``notebook`` is its path below the server's root, None where there is none that Lab could open.
    """
    notebooks = _notebooks(workspace.path)
    reviews = workspace.reviews()
    amended = {review.amends for review in reviews}
    newest = [review for review in reviews if review.id not in amended]
    papers = _papers(workspace, notebooks, desks)
    return {
        "title": workspace.title,
        "projects": [
            {
                "id": project.id,
                "title": project.title.text(lang),
                "kind": project.kind,
                "reviews": [
                    _review(workspace, review, lang) | {"notebook": _path(notebooks.get(review.id), desks)}
                    for review in newest
                    if review.project_id == project.id
                ],
                "papers": papers.get(project.id, []),
            }
            for project in workspace.projects()
        ],
        "papers": papers.get(None, []),
    }


def _papers(
    workspace: Workspace, notebooks: Mapping[str, Path], desks: Desks
) -> Mapping[str | None, list[dict[str, object]]]:
    """Return the newest version of every working paper, by project."""
    papers = workspace.papers.papers()
    amended = {paper.amends for paper in papers}
    found: dict[str | None, list[dict[str, object]]] = {}
    for paper in papers:
        if paper.id not in amended:
            line: dict[str, object] = {
                "id": paper.id,
                "title": paper.title,
                "author": paper.author,
                "status": paper.status,
                "version": paper.version,
                "notebook": _path(notebooks.get(paper.id), desks),
            }
            found.setdefault(paper.project_id, []).append(line)
    return found


def _review(workspace: Workspace, review: ReviewRecord, lang: Language) -> dict[str, object]:
    rubric = workspace.rubric(review.rubric)
    evaluation = workspace.evaluation(review)
    return {
        "id": review.id,
        "reviewer": review.reviewer,
        "sheet": rubric.title.text(lang),
        "status": review.status,
        "version": review.version,
        "total": total_text(rubric, evaluation.total),
        "missing": len(evaluation.missing) + len(evaluation.faults),
    }


def _notebooks(folder: Path) -> Mapping[str, Path]:
    """Return each review's and working paper's notebook, the one with the shortest name; no broken files."""
    found: dict[str, Path] = {}
    for path in sorted(notebooks_in(folder / NOTEBOOKS), key=lambda path: (len(path.name), str(path))):
        try:
            document = read_notebook(path)
        except NotebookError:
            continue
        shown = document.review or document.paper
        if shown is not None:
            found.setdefault(shown, path)
    return found


def _path(notebook: Path | None, desks: Desks) -> str | None:
    try:
        return None if notebook is None else desks.outside(notebook.resolve())
    except RefusedError:
        return None
