"""A notebook is made once for a review, opens again, and never takes the place of somebody's file."""

from __future__ import annotations

import json
import os
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import nbformat
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from poc_eval.catalog.shipped import shipped_folder
from poc_eval.errors import InputError, UnknownIdError, WorkspaceError
from poc_eval.i18n import Text
from poc_eval.workspace.example_files import load_projects
from poc_eval.workspace.notebooks import new_notebook, notebooks_of, read_notebook
from poc_eval.workspace.records import Project
from poc_eval.workspace.templates import all_templates, find_template
from poc_eval.workspace.workspace import Workspace

if TYPE_CHECKING:
    from pathlib import Path

DEVICE = "icp-balancing-device"
TEMPLATE = "clinical_review"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    made = Workspace.create(tmp_path / "w")
    for project in load_projects(shipped_folder("examples") / "demo" / "projects.yaml"):
        made.store.add_project(project)
    return made


def make(workspace: Workspace, **choices) -> Path:
    usual = {"template": TEMPLATE, "project": DEVICE, "reviewer": "reviewer-1"}
    return new_notebook(workspace, **(usual | choices))


def test_a_new_notebook_is_valid_and_turned_to_its_review(workspace):
    path = make(workspace)
    (review,) = workspace.reviews()
    notebook = nbformat.read(path, as_version=nbformat.NO_CONVERT)
    nbformat.validate(notebook)
    read = read_notebook(path)
    assert (read.workspace, read.project, read.review, read.lang) == (workspace.id, DEVICE, review.id, "zh")
    assert [view.id for view in read.views] == [review.id, review.id]
    assert read.parameters is not None
    assert read.parameters.review == review.id
    assert read.locked_cells_unchanged
    assert review.rubric.id == find_template(TEMPLATE).rubrics[0]


@pytest.mark.parametrize("template", all_templates(), ids=lambda template: template.id)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_template_makes_a_notebook_with_every_rubric_it_names(workspace, template, lang):
    project = DEVICE if template.kind == "project" else "naton-heyi"
    paths = {
        make(workspace, template=template.id, project=project, rubric=rubric, lang=lang)
        for rubric in template.rubrics
    }
    assert len(paths) == len(template.rubrics)
    for path in paths:
        nbformat.validate(nbformat.read(path, as_version=4))
        assert read_notebook(path).locked_cells_unchanged


def test_code_is_folded_and_the_words_are_in_the_language_asked_for(workspace):
    cells = nbformat.read(make(workspace, lang="en"), as_version=4).cells
    assert all(cell.metadata.jupyter.source_hidden for cell in cells if cell.cell_type == "code")
    assert not any("一" <= sign <= "鿿" for cell in cells for sign in cell.source)


def test_its_name_can_be_read(workspace):
    assert make(workspace).relative_to(workspace.path).as_posix() == (
        "notebooks/颅内压平衡装置-医学成果概念验证评审-reviewer-1.ipynb"
    )
    english = make(workspace, lang="en")
    assert english.name == (
        "Intracranial-pressure-balancing-device-Proof-of-concept-review-of-a-medical-result-reviewer-1.ipynb"
    )


def test_nobodys_name_or_project_title_is_stored_in_the_notebook(workspace):
    text = make(workspace, reviewer="王医生").read_text(encoding="utf-8")
    assert "王医生" not in text
    assert "颅内压" not in text


def test_the_same_review_opens_the_same_notebook(workspace):
    first = make(workspace)
    assert make(workspace) == first
    assert len(workspace.reviews()) == 1


def test_a_notebook_that_was_renamed_or_moved_is_found_again(workspace):
    folder = workspace.path / "notebooks" / "2026"
    folder.mkdir()
    moved = make(workspace).rename(folder / "我的评审.ipynb")
    assert make(workspace) == moved


def test_the_original_is_opened_and_not_its_copy(workspace):
    first = make(workspace)
    first.with_name(f"{first.stem}-Copy1.ipynb").write_bytes(first.read_bytes())
    assert make(workspace) == first


def test_another_language_gives_a_notebook_of_its_own_for_the_same_review(workspace):
    chinese, english = make(workspace), make(workspace, lang="en")
    assert chinese != english
    assert read_notebook(chinese).review == read_notebook(english).review


def test_another_reviewer_gets_a_review_of_their_own(workspace):
    mine, theirs = make(workspace), make(workspace, reviewer="reviewer-2")
    assert read_notebook(mine).review != read_notebook(theirs).review


def test_somebodys_file_of_that_name_is_left_alone(workspace):
    first = make(workspace)
    first.write_text("mine", encoding="utf-8")
    second = make(workspace)
    assert second.name == f"{first.stem}-2.ipynb"
    assert first.read_text(encoding="utf-8") == "mine"


def test_a_notebook_whose_parameters_were_spoilt_is_made_anew_beside_it(workspace):
    first = make(workspace)
    document = json.loads(first.read_text(encoding="utf-8"))
    next(cell for cell in document["cells"] if cell["id"] == "parameters")["source"] = "review = f()"
    first.write_text(json.dumps(document), encoding="utf-8")
    assert make(workspace) != first
    assert len(workspace.reviews()) == 1


def test_two_clicks_at_once_make_one_notebook(workspace):
    with ThreadPoolExecutor(8) as pool:
        paths = set(pool.map(lambda _click: make(workspace), range(8)))
    assert len(paths) == 1
    assert len(list((workspace.path / "notebooks").iterdir())) == 1


def test_an_amendment_begins_with_the_words_of_the_version_before(workspace):
    make(workspace, narrative={"overall": "样机已完成。\n\n- 一\n- 二"})
    (review,) = workspace.reviews()
    workspace.store.submit(review.id, revision=review.revision, outcome={})
    amended = workspace.store.amend(review.id, reason="补充对照试验数据")
    again = read_notebook(make(workspace))
    assert again.review == amended.id
    assert [(cell.narrative, cell.text) for cell in again.narrative] == [
        ("overall", "## 总体评价\n\n样机已完成。\n\n- 一\n- 二")
    ]


def test_what_was_made_stands_in_the_log(workspace):
    make(workspace)
    make(workspace)
    assert [entry.action for entry in workspace.store.log()].count("notebook") == 1
    assert workspace.store.verify_log().intact


def test_an_unknown_template_and_project_are_told_at_once_with_what_there_is(workspace):
    with pytest.raises(UnknownIdError) as caught:
        make(workspace, template="clinical", project="icp-balancing")
    template, project = caught.value.lines("zh")
    assert "clinical_review" in template
    assert "icp-balancing-device" in project
    assert not workspace.reviews()


def test_of_many_projects_the_first_are_named_where_none_is_near(workspace):
    for number in range(20):
        workspace.store.add_project(Project(id=f"p-{number}", title=Text("项目", "Project")))
    with pytest.raises(UnknownIdError) as caught:
        make(workspace, project="zzzzzzzz")
    assert caught.value.lines("en")[0].endswith(", …")


def test_an_unknown_rubric_is_told_before_anything_is_made(workspace):
    with pytest.raises(UnknownIdError):
        make(workspace, rubric="medical-pox")
    assert not workspace.reviews()
    assert not list((workspace.path / "notebooks").iterdir())


def test_a_workspace_without_projects_says_what_comes_first(tmp_path):
    with pytest.raises(UnknownIdError) as caught:
        make(Workspace.create(tmp_path / "empty"))
    assert "请先将该项目加入工作区" in caught.value.lines("zh")[0]


@pytest.mark.parametrize(("template", "project"), [(TEMPLATE, "naton-heyi"), ("platform_review", DEVICE)])
def test_a_template_for_another_kind_is_refused_with_the_fitting_ones(workspace, template, project):
    with pytest.raises(InputError) as caught:
        make(workspace, template=template, project=project)
    assert "platform_review" in caught.value.lines("zh")[0] or TEMPLATE in caught.value.lines("zh")[0]


@pytest.mark.parametrize("reviewer", ["", "  ", "\n"])
def test_a_reviewer_needs_a_name(workspace, reviewer):
    with pytest.raises(InputError):
        make(workspace, reviewer=reviewer)


def test_a_folder_that_cannot_be_written_loses_nothing_and_says_so(workspace):
    (workspace.path / "notebooks").rmdir()
    (workspace.path / "notebooks").write_text("a file", encoding="utf-8")
    with pytest.raises(WorkspaceError):
        make(workspace)
    assert (workspace.path / "notebooks").read_text(encoding="utf-8") == "a file"


def test_a_link_out_of_the_workspace_is_not_followed(workspace, tmp_path):
    outside = tmp_path / "outside"
    outside.mkdir()
    (workspace.path / "notebooks").rmdir()
    (workspace.path / "notebooks").symlink_to(outside, target_is_directory=True)
    with pytest.raises(WorkspaceError):
        make(workspace)
    assert not list(outside.iterdir())


HOSTILE = [
    "../../../etc/passwd",
    "..\\..\\windows\\system32",
    'a/b\\c:d*e?f"g<h>i|j',
    "CON",
    "nul.ipynb",
    "\u202egnp.exe",
    "<script>alert(1)</script>",
    "项目" * 500,
    "....",
    "a\x00b\nc\td",
    "~root $(id) `id` ;rm -rf",
    "-rf",
    "🧪🧬",
    "=cmd|' /C calc'!A0",
]


@pytest.mark.parametrize("hostile", HOSTILE)
@pytest.mark.parametrize("where", ["title", "id"])
def test_a_hostile_title_or_id_stays_a_plain_name_in_the_folder(workspace, hostile, where):
    project_id = hostile if where == "id" else "p-1"
    title = "…" if where == "id" else hostile
    workspace.store.add_project(Project(id=project_id, title=Text(title, title)))
    path = make(workspace, project=project_id)
    assert path.parent == workspace.path / "notebooks"
    assert path.is_file()
    assert path.stem.replace("-", "").isalnum()
    assert len(os.fsencode(path.name)) <= 255
    assert read_notebook(path).project == project_id


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(name=st.text(min_size=1, max_size=60))
def test_whatever_a_reviewer_is_called_the_notebook_lies_in_the_folder_or_the_name_is_refused(
    workspace, name
):
    try:
        path = make(workspace, reviewer=name)
    except InputError:
        return
    assert path.parent == workspace.path / "notebooks"
    assert path.stem.replace("-", "").isalnum()


def test_broken_files_beside_it_do_not_stand_in_the_way(workspace):
    (workspace.path / "notebooks" / "broken.ipynb").write_text('{"cells": [', encoding="utf-8")
    (workspace.path / "notebooks" / "empty.ipynb").touch()
    path = make(workspace)
    (review,) = workspace.reviews()
    assert [found.path for found in notebooks_of(workspace.path, review.id)] == [path]
