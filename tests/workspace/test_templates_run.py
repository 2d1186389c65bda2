"""Every template runs from its first cell to its last, in a workspace and by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import nbformat
import pytest
from nbclient import NotebookClient

from poc_eval.workspace.documents import VIEW_TYPE
from poc_eval.workspace.notebooks import new_notebook, read_notebook
from poc_eval.workspace.panel_notebooks import new_panel_notebook
from poc_eval.workspace.templates import all_templates

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow
PROJECTS = ["icp-balancing-device", "nerve-block-needle"]


@pytest.fixture(scope="module")
def workspace(copy_demo, tmp_path_factory):
    return copy_demo(tmp_path_factory.mktemp("run") / "demo")


def executed(path: Path) -> nbformat.NotebookNode:
    """Run the notebook in its own folder, as a kernel of JupyterLab does, and save it."""
    notebook = nbformat.read(path, as_version=4)
    NotebookClient(
        notebook, timeout=120, kernel_name="python3", resources={"metadata": {"path": str(path.parent)}}
    ).execute()
    nbformat.write(notebook, path)
    return notebook


@pytest.mark.parametrize(
    "template", [one for one in all_templates() if one.sheet == "review"], ids=lambda template: template.id
)
def test_a_template_shows_its_form_and_its_summary(workspace, template):
    project = "smell-disorder-device" if template.kind == "project" else "zhongfu-device-platform"
    path = new_notebook(workspace, template=template.id, project=project, reviewer="reviewer-4")
    review = read_notebook(path).review
    outputs = [output for cell in executed(path).cells for output in cell.get("outputs", [])]
    assert all("text/html" not in output.data for output in outputs)
    shown = [output.data[VIEW_TYPE] for output in outputs]
    assert [(view["kind"], view["id"]) for view in shown] == [
        ("review-form", review),
        ("review-summary", review),
    ]
    assert read_notebook(path).locked_cells_unchanged


def test_a_notebook_of_the_demo_runs_and_saves_no_answer(workspace):
    (path,) = (workspace.path / "notebooks").glob("颅内压*reviewer-1.ipynb")
    executed(path)
    text = path.read_text(encoding="utf-8")
    review = workspace.store.review(str(read_notebook(path).review))
    for field, answer in review.values().items():
        if field.endswith((".reason", ".evidence", "opinion")):
            assert answer not in text


@pytest.mark.parametrize("template", ["panel_summary", "portfolio_selection"])
def test_a_panels_template_shows_its_view_and_saves_nothing_of_what_is_in_it(
    workspace, panel_templates, template
):
    template = panel_templates[template]
    path = new_panel_notebook(workspace, template=template, rubric="medical-poc", projects=PROJECTS)
    outputs = [output for cell in executed(path).cells for output in cell.get("outputs", [])]
    shown = [output.data[VIEW_TYPE] for output in outputs]
    assert {one["kind"] for one in shown} <= {"panel-summary", "panel-text", "portfolio"}
    assert {one["id"] for one in shown} == {"medical-poc@1.0"}
    assert all(one["options"]["projects"] == PROJECTS for one in shown)
    assert all("text/html" not in output.data for output in outputs)
    assert read_notebook(path).locked_cells_unchanged
