"""The templates of deals and divisions run from their first cell to their last."""

from __future__ import annotations

import nbformat
import pytest
from nbclient import NotebookClient

from poc_eval.i18n import Text
from poc_eval.workspace.documents import VIEW_TYPE, read_notebook
from poc_eval.workspace.paper_notebooks import new_paper_notebook
from poc_eval.workspace.records import Project
from poc_eval.workspace.workspace import Workspace

pytestmark = pytest.mark.slow
PARTS = {
    "licence_deal": ["form", "comparison", "map", "payments", "warnings"],
    "income_sharing": ["form", "split", "people", "rule"],
}


@pytest.mark.parametrize("template", list(PARTS))
def test_it_shows_its_form_and_each_result(template, tmp_path):
    workspace = Workspace.create(tmp_path / "w")
    workspace.store.add_project(Project("P1", Text("颅内压平衡装置", "Balancing device")))
    path = new_paper_notebook(workspace, template=template, project="P1")
    notebook = nbformat.read(path, as_version=4)
    where = {"metadata": {"path": str(path.parent)}}
    NotebookClient(notebook, timeout=120, kernel_name="python3", resources=where).execute()
    nbformat.write(notebook, path)
    shown = [output.data[VIEW_TYPE] for cell in notebook.cells for output in cell.get("outputs", [])]
    paper = read_notebook(path).paper
    assert [(view["kind"], view["id"]) for view in shown] == [("working-paper", paper)] * len(PARTS[template])
    assert [view["options"]["part"] for view in shown] == PARTS[template]
    assert read_notebook(path).locked_cells_unchanged
