"""The demo workspace: real projects with their sources, example reviews that say so, and their notebooks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from poc_eval.catalog.shipped import shipped_folder
from poc_eval.errors import Fault, InputError
from poc_eval.i18n import _
from poc_eval.workspace.example_files import load_projects, load_review_files
from poc_eval.workspace.example_panel import load_panel
from poc_eval.workspace.example_papers import fill_paper, fill_selection, load_paper_files
from poc_eval.workspace.filenames import write_inside
from poc_eval.workspace.notebooks import new_notebook
from poc_eval.workspace.panel_notebooks import new_panel_notebook
from poc_eval.workspace.store import Change

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from poc_eval.workspace.example_files import ReviewFile
    from poc_eval.workspace.example_panel import PanelFile
    from poc_eval.workspace.records import Project, ReviewRecord
    from poc_eval.workspace.workspace import Workspace

FIRST_PAGE: Final = "开始使用 README.md"


def fill_demo(workspace: Workspace) -> tuple[Path, ...]:
    """Fill the workspace with the shipped example; return the paths of its notebooks.

    Doing it again changes nothing, and what people have written in the example since stays as they left it.
    Raises InputError for a workspace that holds other projects; WorkspaceError where it cannot be written.
    """
    folder = shipped_folder("examples") / "demo"
    projects = load_projects(folder / "projects.yaml")
    reviews = load_review_files(folder / "reviews")
    present = _only_examples(workspace, projects)
    for project in projects:
        if project.id not in present:
            workspace.store.add_project(project)
    notebooks = tuple(_with_notebook(workspace, review) for review in reviews)
    panel = load_panel(folder / "panel.yaml")
    _fill_panel(workspace, panel)
    notebooks += (
        new_panel_notebook(
            workspace, template="panel_summary", rubric=panel.rubric, lang=workspace.settings.language
        ),
        fill_selection(workspace, panel),
    )
    notebooks += tuple(fill_paper(workspace, one) for one in load_paper_files(folder / "papers"))
    if not (workspace.path / FIRST_PAGE).exists():
        text = (folder / "start-here.md").read_text(encoding="utf-8")
        write_inside(workspace.path, FIRST_PAGE, text=text)
    return notebooks


def _only_examples(workspace: Workspace, projects: Iterable[Project]) -> frozenset[str]:
    """Return the ids of the examples that are there already; raises InputError for anything beside them."""
    examples = {project.id for project in projects}
    present = workspace.projects()
    if any(not project.example or project.id not in examples for project in present):
        raise InputError(
            Fault(
                _("this workspace holds projects of its own, so the example was not added"),
                _("give the example a folder of its own: {command}", command="poc-eval init DIR --demo"),
                file=str(workspace.path),
            )
        )
    return frozenset(project.id for project in present)


def _with_notebook(workspace: Workspace, example: ReviewFile) -> Path:
    ref = workspace.pin(example.rubric, by=example.reviewer)
    review = workspace.store.open_review(example.project, example.reviewer, ref, example=True)
    _fill_review(workspace, review, example.answers, submitted=example.submitted)
    return new_notebook(
        workspace,
        template=example.template,
        project=example.project,
        reviewer=example.reviewer,
        rubric=example.rubric,
        lang=example.lang,
        narrative=example.narrative,
    )


def _fill_review(
    workspace: Workspace, review: ReviewRecord, answers: Mapping[str, str], *, submitted: bool
) -> None:
    if not review.answers:
        changes = [Change(field, value, 0) for field, value in answers.items()]
        review = workspace.store.save(review.id, changes).review
    # A filling that was interrupted is finished; a draft that somebody has gone on with is theirs.
    if submitted and review.status == "draft" and review.values() == answers:
        workspace.submit(review.id, revision=review.revision)


def _fill_panel(workspace: Workspace, panel: PanelFile) -> None:
    ref = workspace.pin(panel.rubric)
    rubric = workspace.rubric(ref)
    for ballot in panel.ballots:
        review = workspace.store.open_review(ballot.project, ballot.reviewer, ref, example=True)
        _fill_review(workspace, review, panel.answers(ballot, rubric), submitted=True)
