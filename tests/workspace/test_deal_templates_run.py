"""The templates of programmes, deals and divisions run from their first cell to their last, in one kernel."""

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
    "milestone_plan": ["form", "milestones", "cash"],
    "milestone_cashflow": ["form", "tree", "cash", "sensitivity", "calendar"],
    "licence_deal": ["form", "comparison", "map", "payments", "warnings"],
    "income_sharing": ["form", "split", "people", "rule"],
}


def test_each_shows_its_form_and_each_result(tmp_path):
    workspace = Workspace.create(tmp_path / "w")
    workspace.store.add_project(Project("P1", Text("颅内压平衡装置", "Balancing device")))
    paths = {name: new_paper_notebook(workspace, template=name, project="P1") for name in PARTS}
    where = {"metadata": {"path": str(workspace.path / "notebooks")}}
    client = NotebookClient(nbformat.v4.new_notebook(), timeout=120, kernel_name="python3", resources=where)
    with client.setup_kernel():
        for name, path in paths.items():
            client.nb = nbformat.read(path, as_version=4)
            for index, cell in enumerate(client.nb.cells):
                client.execute_cell(cell, index)
            nbformat.write(client.nb, path)
            shown = [output.data[VIEW_TYPE] for cell in client.nb.cells for output in cell.get("outputs", [])]
            found = read_notebook(path)
            assert {(view["kind"], view["id"]) for view in shown} == {("working-paper", found.paper)}
            assert [view["options"]["part"] for view in shown] == PARTS[name]
            assert found.locked_cells_unchanged
