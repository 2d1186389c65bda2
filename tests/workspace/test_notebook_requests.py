import json

import pytest

from poc_eval.workspace.desk import Desk


@pytest.fixture
def desk(workspace):
    return Desk(workspace)


@pytest.fixture
def made(desk):
    """Return the reply to a request for a notebook."""
    asked = {
        "template": "clinical_review",
        "project": "P1",
        "reviewer": "reviewer-1",
        "rubric": "",
        "lang": "zh",
    }
    return desk.handle("POST", "notebooks", asked)


def test_a_notebook_is_made_and_its_path_lies_below_the_workspace(made, workspace):
    assert made.status == 200
    assert made.body["path"].startswith("notebooks/")
    assert (workspace.path / made.body["path"]).is_file()
    (review,) = workspace.reviews()
    assert (review.reviewer, review.project_id) == ("reviewer-1", "P1")
    assert [entry.action for entry in workspace.store.log()][-1] == "notebook"


def test_a_notebook_is_seen_with_what_it_refers_to(made, desk, workspace):
    seen = desk.handle("GET", "notebooks", {"path": made.body["path"]}).body
    assert (seen["ours"], seen["locked_cells_unchanged"], seen["lang"]) == (True, True, "zh")
    assert (seen["workspace"], seen["review"]) == (workspace.id, workspace.reviews()[0].id)
    assert seen["template"]["id"] == "clinical_review"
    assert "review-form" in [cell["view"]["kind"] for cell in seen["cells"] if cell["view"]]
    json.dumps(seen)


def test_the_pseudo_language_makes_a_notebook_in_the_workspaces_own(desk):
    asked = {"template": "clinical_review", "project": "P1", "reviewer": "r", "lang": "pseudo"}
    path = desk.handle("POST", "notebooks", asked).body["path"]
    assert desk.handle("GET", "notebooks", {"path": path}).body["lang"] == "zh"


def test_everything_that_is_missing_is_told_at_once(desk):
    reply = desk.handle("POST", "notebooks", {"template": "clinical_review", "reviewer": 3})
    assert reply.status == 422
    assert [line.split(":")[0] for line in reply.body["error"]["faults"]] == ["project", "reviewer"]


@pytest.mark.parametrize("rubric", ["../../etc/passwd", "/etc/passwd", "a.yaml", "x y", 3, ["a"], "a@b/c"])
def test_a_page_may_not_have_files_read_as_rubrics(desk, rubric, workspace):
    asked = {"template": "clinical_review", "project": "P1", "reviewer": "r", "rubric": rubric}
    reply = desk.handle("POST", "notebooks", asked)
    assert reply.status == 422
    assert workspace.reviews() == ()


@pytest.mark.parametrize(
    ("key", "value", "status"),
    [("template", "none", 404), ("project", "none", 404), ("rubric", "none", 404), ("reviewer", "a\nb", 422)],
)
def test_what_nobody_has_is_told(desk, key, value, status):
    asked = {"template": "clinical_review", "project": "P1", "reviewer": "reviewer-1", key: value}
    assert desk.handle("POST", "notebooks", asked, "zh").status == status


@pytest.mark.parametrize("path", ["../secret.ipynb", "/etc/passwd", "a\x00b", "x" * 5000, "", None, 3])
def test_a_path_that_leads_out_is_not_followed(desk, path):
    assert desk.handle("GET", "notebooks", {"path": path}).status == 422


def test_a_link_that_leads_out_is_not_followed(desk, workspace, tmp_path):
    (tmp_path / "outside.ipynb").write_text("{}", encoding="utf-8")
    (workspace.path / "notebooks" / "a.ipynb").symlink_to(tmp_path / "outside.ipynb")
    reply = desk.handle("GET", "notebooks?path=notebooks/a.ipynb")
    assert reply.status == 422
    assert "leads out" in desk.handle("GET", "notebooks?path=notebooks/a.ipynb&lang=en").body["error"]["what"]


def test_a_file_that_is_no_notebook_is_told(desk, workspace):
    (workspace.path / "notebooks" / "half.ipynb").write_text('{"cells": [', encoding="utf-8")
    assert desk.handle("GET", "notebooks?path=notebooks/half.ipynb").status == 422
    assert desk.handle("GET", "notebooks?path=notebooks/none.ipynb").status == 422
