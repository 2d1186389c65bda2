"""``poc-eval new`` for a working paper: the notebook and the paper, made together."""

import json

import pytest

from poc_eval.cli import main
from poc_eval.i18n import Text
from poc_eval.workspace.desk import Desk
from poc_eval.workspace.documents import read_notebook
from poc_eval.workspace.records import Project
from poc_eval.workspace.workspace import Workspace

pytestmark = pytest.mark.usefixtures("paper_kind")


@pytest.fixture
def workspace(tmp_path):
    workspace = Workspace.create(tmp_path / "w")
    workspace.store.add_project(Project("P1", Text("颅内压平衡装置", "Balancing device")))
    return workspace


@pytest.fixture
def new(workspace, capsys):
    """Return a function that makes a notebook and gives what was printed."""

    def new(*said):
        code = main(["new", "cost_sheet", "-w", str(workspace.path), *said])
        return code, capsys.readouterr()

    return new


def test_it_makes_the_paper_of_a_project_and_prints_the_notebooks_path(new, workspace):
    code, printed = new("--project", "P1", "--reviewer", "李经办", "--title", "2026年支出")
    assert code == 0
    (paper,) = workspace.papers.papers()
    assert (paper.title, paper.project_id, paper.author) == ("2026年支出", "P1", "李经办")
    assert read_notebook(type(workspace.path)(printed.out.strip())).paper == paper.id
    again, same = new("--project", "P1", "--reviewer", "李经办", "--title", "2026年支出", "--json")
    assert again == 0
    assert json.loads(same.out)["notebook"]["path"] == printed.out.strip()


def test_it_needs_no_project(new, workspace):
    assert new("--reviewer", "李经办")[0] == 0
    assert workspace.papers.papers()[0].project_id is None


def test_options_of_reviews_and_panels_do_not_go_with_it(new, workspace):
    code, printed = new("--rubric", "medical-poc", "--projects", "P1", "--with-names")
    assert code == 2
    assert [line.split(": ")[1] for line in printed.err.splitlines()] == [
        "--rubric",
        "--projects",
        "--with-names",
    ]
    assert workspace.papers.papers() == ()
    assert main(["new", "clinical_review", "-w", str(workspace.path), "--project", "P1", "--title", "x"]) == 2


def test_a_page_makes_it_the_same_way(workspace):
    desk = Desk(workspace)
    known = {one["id"]: one for one in desk.handle("GET", "catalog").body["templates"]}
    assert (known["cost_sheet"]["sheet"], known["cost_sheet"]["paper_kind"]) == ("paper", "cost_sheet")
    made = desk.handle("POST", "notebooks", {"template": "cost_sheet", "project": "P1", "reviewer": "李经办"})
    assert made.status == 200
    seen = desk.handle("GET", f"notebooks?path={made.body['path']}").body
    assert seen["paper"] == workspace.papers.papers()[0].id
    assert seen["locked_cells_unchanged"]
    assert seen["review"] is None
