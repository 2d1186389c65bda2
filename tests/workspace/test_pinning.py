import sqlite3
from contextlib import closing

import pytest

from poc_eval.errors import UnknownIdError, WorkspaceError
from poc_eval.workspace.local import FILE
from poc_eval.workspace.pinning import known_rubrics, load_rubric, pinned_rubric
from poc_eval.workspace.records import DefinitionRef


@pytest.fixture
def newer(workspace, small_rubric):
    """Return a second version of the small rubric, in a file beside the workspace."""
    file = workspace.path.parent / "newer.yaml"
    text = small_rubric.read_text(encoding="utf-8")
    file.write_text(text.replace('version: "1.0"', 'version: "1.10"'), encoding="utf-8")
    return file


def test_the_workspace_goes_on_with_what_it_began_with(workspace, small_rubric):
    workspace.pin(small_rubric)
    loaded = load_rubric(workspace.path, "poc-small")
    assert loaded.file.startswith(str(workspace.path))


def test_a_shipped_rubric_is_found_by_its_id(workspace):
    ref = workspace.pin("poc-selection")
    assert workspace.rubric(ref).id == "poc-selection"
    assert load_rubric(workspace.path, f"poc-selection@{ref.version}").definition.version == ref.version


def test_a_version_is_chosen_by_name(workspace, small_rubric, newer):
    workspace.pin(small_rubric)
    workspace.pin(newer)
    assert load_rubric(workspace.path, "poc-small@1.0").definition.version == "1.0"
    assert load_rubric(workspace.path, "poc-small@1.10").definition.version == "1.10"
    assert load_rubric(workspace.path, "poc-small").definition.version == "1.10"


def test_a_version_that_is_not_there_is_told_with_those_that_are(workspace, small_rubric):
    workspace.pin(small_rubric)
    with pytest.raises(UnknownIdError, match=r"poc-small@1\.0"):
        load_rubric(workspace.path, "poc-small@3.0")
    with pytest.raises(UnknownIdError):
        load_rubric(workspace.path, "nobody@1.0")


def test_a_file_may_have_an_at_in_its_name(workspace, small_rubric, tmp_path):
    file = tmp_path / "rubric@home.yaml"
    file.write_bytes(small_rubric.read_bytes())
    assert load_rubric(workspace.path, file).definition.id == "poc-small"


def test_a_copy_that_was_lost_is_written_again(workspace, small_rubric):
    workspace.pin(small_rubric)
    (copy,) = (workspace.path / "definitions").iterdir()
    copy.unlink()
    workspace.pin(small_rubric)
    assert copy.is_file()


def test_a_rubric_changed_in_the_store_is_found_out(workspace, small_rubric):
    ref = workspace.pin(small_rubric)
    with closing(sqlite3.connect(workspace.path / FILE)) as connection, connection:
        connection.execute("UPDATE definitions SET text = replace(text, 'at_least: 12', 'at_least: 2')")
    with pytest.raises(WorkspaceError, match="not the text that was pinned"):
        pinned_rubric(workspace.store, ref)


def test_a_reference_with_another_hash_is_not_answered(workspace, small_rubric):
    ref = workspace.pin(small_rubric)
    with pytest.raises(WorkspaceError):
        workspace.rubric(DefinitionRef(ref.id, ref.version, "0" * 64))


def test_known_rubrics_are_named_once_each(workspace, small_rubric, newer):
    workspace.pin(small_rubric)
    workspace.pin(newer)
    known, faults = known_rubrics(workspace.path)
    assert [rubric.version for rubric in known if rubric.id == "poc-small"] == ["1.10"]
    assert "medical-poc" in [rubric.id for rubric in known]
    assert faults == []
