from __future__ import annotations

import pytest
from resealing import resealed, said, verified

from poc_eval.i18n import Text
from poc_eval.report.write import write_report
from poc_eval.workspace.paper_notebooks import new_paper_notebook
from poc_eval.workspace.records import Project
from poc_eval.workspace.store import Change
from poc_eval.workspace.templates import load_template
from poc_eval.workspace.workspace import Workspace

pytestmark = pytest.mark.usefixtures("paper_kind")


@pytest.fixture
def workspace(tmp_path):
    workspace = Workspace.create(tmp_path / "w")
    workspace.store.add_project(Project("P1", Text("颅内压平衡装置", "Balancing device")))
    return workspace


@pytest.fixture
def notebook(root, workspace):
    template = load_template(root / "tests" / "paper_kind" / "cost_sheet.ipynb")
    path = new_paper_notebook(workspace, template=template, project="P1", by="李经办")
    (paper,) = workspace.papers.papers()
    texts = {"grant": "1万元", "rows/costs/a/item": "试剂", "rows/costs/a/amount": "2500"}
    workspace.papers.save(paper.id, [Change(name, text, 0) for name, text in texts.items()])
    return path


@pytest.fixture
def concluded(workspace, notebook):
    (paper,) = workspace.papers.papers()
    workspace.papers.conclude(paper.id, revision=paper.revision)
    return write_report(notebook, lang="both").path.read_text(encoding="utf-8")


def test_a_concluded_paper_is_worked_out_again(concluded, workspace):
    found = verified(concluded.encode(), workspace)
    assert said(found) == []
    assert set(found.checks.values()) == {"passed"}


def test_a_draft_is_not_recomputed_and_that_is_said(notebook, workspace):
    found = verified(write_report(notebook).path.read_bytes(), workspace)
    assert said(found) == []
    assert found.checks["figures"] == found.checks["rendering"] == "not checked"
    assert "not recomputed" in found.notes[0].text("en")


def test_a_wrong_outcome_with_its_rendering_under_the_right_seal_is_named(concluded, workspace):
    def change(data):
        data["outcome"]["total"] = "9,500.00"

    found = verified(resealed(workspace, concluded.replace("2,500.00", "9,500.00"), change), workspace)
    assert said(found)[0].startswith("the entry outcome.total: the file states 9,500.00")
    assert "the working paper in the workspace is not the one that the report carries" in said(found)


def test_an_older_draft_is_told(notebook, workspace):
    old = write_report(notebook).path.read_bytes()
    (paper,) = workspace.papers.papers()
    workspace.papers.save(paper.id, [Change("remark", "补充", 0)])
    assert "this is an older report: the working paper was changed since" in said(verified(old, workspace))
