from dataclasses import replace

import pytest

from poc_eval.errors import DefinitionError, StaleRevisionError, WorkspaceError
from poc_eval.workspace.local import FILE, LocalStore
from poc_eval.workspace.outcome import ReviewIncompleteError
from poc_eval.workspace.settings import FILE as SETTINGS
from poc_eval.workspace.store import Change
from poc_eval.workspace.workspace import Workspace


def test_a_workspace_is_a_folder_with_a_store_and_places_for_what_is_made(tmp_path, clock):
    made = Workspace.create(tmp_path / "new" / "工作区", lang="en", clock=clock)
    assert {path.name for path in made.path.iterdir()} == {
        "poc-eval.toml", "poc-eval.sqlite", "poc-eval.heads", "definitions", "notebooks", "reports",
    }  # fmt: skip
    opened = Workspace.open(made.path)
    assert (opened.id, opened.title, opened.settings.language) == (made.id, "工作区", "en")
    assert opened.store.verify_log().intact


def test_a_folder_with_other_files_can_become_a_workspace_and_they_stay(tmp_path):
    (tmp_path / "申报书.pdf").write_bytes(b"%PDF")
    Workspace.create(tmp_path)
    assert (tmp_path / "申报书.pdf").read_bytes() == b"%PDF"


def test_a_workspace_is_not_made_twice(workspace):
    with pytest.raises(WorkspaceError, match="workspace already"):
        Workspace.create(workspace.path)
    assert len(workspace.projects()) == 2


def test_a_creation_that_was_interrupted_is_finished_by_the_next(tmp_path):
    LocalStore.create(tmp_path, "5f0c2c1e-6f5e-4f43-9e0b-8a8d2d0f7c11")
    assert Workspace.create(tmp_path).id == "5f0c2c1e-6f5e-4f43-9e0b-8a8d2d0f7c11"


def test_a_place_where_a_file_stands_is_told(tmp_path):
    (tmp_path / "a").write_text("x", encoding="utf-8")
    with pytest.raises(WorkspaceError):
        Workspace.create(tmp_path / "a")


def test_settings_and_store_must_belong_together(workspace, tmp_path):
    other = Workspace.create(tmp_path / "other")
    (other.path / SETTINGS).replace(workspace.path / SETTINGS)
    with pytest.raises(WorkspaceError, match="belongs to another workspace"):
        Workspace.open(workspace.path)


def test_a_store_that_is_a_link_out_of_the_workspace_is_refused(workspace, tmp_path):
    (workspace.path / FILE).rename(tmp_path / "elsewhere.sqlite")
    (workspace.path / FILE).symlink_to(tmp_path / "elsewhere.sqlite")
    with pytest.raises(WorkspaceError, match="leads out of the workspace"):
        Workspace.open(workspace.path)


def test_the_folder_that_a_person_names_comes_first(workspace, tmp_path):
    other = Workspace.create(tmp_path / "other")
    found = Workspace.find(workspace.path, chosen=other.path, metadata={"workspace": workspace.id})
    assert found.id == other.id


def test_the_nearest_folder_above_a_notebook_is_found(workspace):
    notebook = workspace.path / "notebooks" / "第一组" / "a.ipynb"
    notebook.parent.mkdir()
    assert Workspace.find(notebook).id == workspace.id
    inner = Workspace.create(notebook.parent / "inner")
    assert Workspace.find(inner.path / "notebooks" / "a.ipynb").id == inner.id


def test_a_notebooks_own_workspace_is_found_above_a_nearer_one(workspace):
    inner = Workspace.create(workspace.path / "notebooks" / "inner")
    notebook = inner.path / "notebooks" / "a.ipynb"
    assert Workspace.find(notebook, metadata={"workspace": workspace.id}).id == workspace.id


def test_a_notebook_of_another_workspace_is_told(workspace):
    with pytest.raises(WorkspaceError, match="another workspace"):
        Workspace.find(workspace.path, metadata={"workspace": "5f0c2c1e-0000-4f43-9e0b-8a8d2d0f7c11"})


def test_a_place_outside_every_workspace_is_told(tmp_path):
    with pytest.raises(WorkspaceError, match="poc-eval init"):
        Workspace.find(tmp_path / "a.ipynb")


def test_a_rubric_is_copied_when_it_is_first_used(workspace, small_rubric):
    ref = workspace.pin(small_rubric, by="reviewer-1")
    (copy,) = (workspace.path / "definitions").iterdir()
    assert copy.name == f"poc-small-1.0-{ref.hash[:12]}.yaml"
    assert copy.read_text(encoding="utf-8") == small_rubric.read_text(encoding="utf-8")
    assert workspace.pin("poc-small") == ref
    assert workspace.pin("poc-small@1.0") == ref
    assert len(list((workspace.path / "definitions").iterdir())) == 1
    assert [entry.action for entry in workspace.store.log()].count("pin") == 1
    assert workspace.rubric(ref).id == "poc-small"


def test_a_rubric_changed_under_the_same_version_is_refused_with_both_files(
    workspace, small_rubric, tmp_path
):
    workspace.pin(small_rubric)
    changed = tmp_path / "changed.yaml"
    text = small_rubric.read_text(encoding="utf-8")
    changed.write_text(text.replace("at_least: 12", "at_least: 11"), encoding="utf-8")
    with pytest.raises(DefinitionError) as told:
        workspace.pin(changed)
    assert str(small_rubric) in str(told.value)
    assert str(changed) in str(told.value)


def test_an_upgraded_file_does_not_touch_what_was_begun(workspace, draft, small_rubric):
    newer = workspace.path / "definitions" / "newer.yaml"
    text = small_rubric.read_text(encoding="utf-8")
    newer.write_text(
        text.replace('version: "1.0"', 'version: "2.0"').replace("max: 5", "max: 9"), encoding="utf-8"
    )
    workspace.pin("poc-small@2.0")
    assert workspace.rubric(workspace.store.review(draft.id).rubric).version == "1.0"


def test_a_complete_review_is_submitted_and_an_incomplete_one_tells_what_is_missing(
    workspace, draft, complete_answers
):
    with pytest.raises(ReviewIncompleteError) as told:
        workspace.submit(draft.id, revision=0)
    assert "criteria.need.score" in [fault.place for fault in told.value.faults]
    workspace.store.save(draft.id, [Change(name, value, 0) for name, value in complete_answers.items()])
    with pytest.raises(StaleRevisionError):
        workspace.submit(draft.id, revision=0)
    assert workspace.submit(draft.id, revision=1).status == "submitted"
    assert workspace.reviews()[0].status == "submitted"


def test_stepping_aside_completes_a_review_without_scores(workspace, draft):
    answers = {
        "undertaking.conflict": "step_aside",
        "undertaking.conflict_reason": "与项目负责人同属一个单位",
    }
    workspace.store.save(draft.id, [Change(name, value, 0) for name, value in answers.items()])
    assert workspace.submit(draft.id, revision=1).status == "submitted"
    assert '"stepped_aside":true' in workspace.store.submission(draft.id).snapshot


@pytest.mark.parametrize("project_id", ["../../x", "CON", "NUL", "长" * 300, "a/b", "a\x00b"])
def test_a_hostile_project_id_is_kept_as_data(workspace, project, small_rubric, project_id):
    workspace.store.add_project(replace(project, id=project_id))
    review = workspace.store.open_review(project_id, "reviewer-1", workspace.pin(small_rubric))
    assert workspace.store.review(review.id).project_id == project_id
    assert workspace.store.project(project_id).id == project_id
    assert list(workspace.path.parent.iterdir()) == [workspace.path]
