from __future__ import annotations

import pytest

from poc_eval.cli import main
from poc_eval.i18n import Text
from poc_eval.workspace.records import Project
from poc_eval.workspace.workspace import Workspace

OWN = Project(id="own", title=Text("自有项目", "A project of one's own"))


@pytest.fixture
def opened(monkeypatch):
    """Return what JupyterLab would have been opened with."""
    calls = []
    monkeypatch.setattr("poc_eval.lab.launch.run_lab", lambda folder, **how: calls.append((folder, how)) or 0)
    return calls


def test_a_workspace_is_made_where_none_is_and_opened_again_later(opened, tmp_path):
    folder = tmp_path / "work"
    assert main(["lab", str(folder)]) == 0
    made = Workspace.open(folder).id
    assert main(["lab", str(folder), "--no-browser"]) == 0
    assert Workspace.open(folder).id == made
    assert [(path, how["browser"]) for path, how in opened] == [(folder, True), (folder, False)]


def test_without_a_folder_the_workspace_around_is_opened(opened, monkeypatch, tmp_path):
    Workspace.create(tmp_path)
    monkeypatch.chdir(tmp_path / "notebooks")
    assert main(["lab"]) == 0
    assert opened[0][0] == tmp_path


def test_the_demo_is_filled_once_and_leaves_peoples_own_work_alone(opened, tmp_path):
    assert main(["lab", str(tmp_path), "--demo"]) == 0
    workspace = Workspace.open(tmp_path)
    examples = len(workspace.projects())
    assert examples > 5
    workspace.store.add_project(OWN)
    assert main(["lab", str(tmp_path), "--demo"]) == 0
    assert len(workspace.projects()) == examples + 1
    assert len(opened) == 2


@pytest.mark.parametrize(("option", "lang"), [([], "en"), (["--lang", "zh"], "zh")])
def test_jupyterlab_speaks_the_workspaces_language_unless_told_otherwise(opened, tmp_path, option, lang):
    Workspace.create(tmp_path, lang="en")
    assert main(["lab", str(tmp_path), *option]) == 0
    assert opened[0][1]["lang"] == lang


def test_a_workspace_that_cannot_be_opened_is_said_to_be_so(opened, capsys, tmp_path):
    (tmp_path / "poc-eval.toml").write_text("schema = 99\n", encoding="utf-8")
    assert main(["lab", str(tmp_path)]) == 2
    assert capsys.readouterr().err.startswith(f"poc-eval: {tmp_path}")
    assert opened == []
