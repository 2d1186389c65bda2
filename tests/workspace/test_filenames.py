import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poc_eval.errors import WorkspaceError
from poc_eval.workspace.filenames import NAME_BYTES, place_inside, safe_name, write_inside

HOSTILE = [
    "../../etc/cron.d/x",
    "C:\\temp\\x",
    "CON",
    "con.txt",
    "nul",
    "COM1",
    "lpt9.yaml",
    "a\x00b",
    "..",
    ".",
    "",
    " ",
    "长" * 300,
    "name/with/slash",
    "-rf",
    ".hidden",
    "ends with dot.",
    "a:b",
    "a\nb",
    "\ud800",
    "\u202egnp.exe",
    "~",
    "$HOME",
    "%TEMP%",
]


@pytest.mark.parametrize("original", HOSTILE)
def test_a_hostile_name_becomes_a_file_inside_the_workspace(original, tmp_path):
    """H33."""
    name = safe_name(original)
    path = write_inside(
        tmp_path, "definitions", f"{name}.yaml", text=original.encode("utf-8", "replace").decode()
    )
    assert path.parent == tmp_path / "definitions"
    assert [found.name for found in path.parent.iterdir()] == [f"{name}.yaml"]
    assert name == safe_name(original)


@pytest.mark.parametrize("original", ["P1", "poc-selection", "颅内压平衡装置", "v1.0", "AAV_2"])
def test_an_ordinary_name_stays_as_it_is(original):
    assert safe_name(original) == original


@given(st.text())
def test_every_name_is_one_that_every_system_takes(original):
    name = safe_name(original)
    assert 0 < len(name.encode()) <= NAME_BYTES
    assert not set(name) & set('<>:"/\\|?*\x00\n\r\t ')
    assert name[0] not in ".-"
    assert name[-1] not in ". "
    assert name.split(".")[0].upper() not in {"CON", "PRN", "AUX", "NUL", "COM1", "LPT1"}
    assert all(sign.isprintable() for sign in name)


@given(st.text(), st.text())
def test_two_names_never_become_one(one, other):
    assert one == other or safe_name(one) != safe_name(other)


def test_a_long_name_keeps_its_beginning():
    assert safe_name("长" * 300).startswith("长" * 30)


def test_a_link_to_a_folder_outside_is_not_followed(tmp_path):
    home, outside = tmp_path / "home", tmp_path / "outside"
    home.mkdir()
    outside.mkdir()
    (home / "definitions").symlink_to(outside)
    with pytest.raises(WorkspaceError, match="leads out of the workspace"):
        write_inside(home, "definitions", "a.yaml", text="x")
    with pytest.raises(WorkspaceError, match="leads out of the workspace"):
        place_inside(home, "definitions", "new", "a.yaml")
    assert list(outside.iterdir()) == []


def test_a_link_to_a_file_outside_is_not_followed(tmp_path):
    home, outside = tmp_path / "home", tmp_path / "outside.txt"
    home.mkdir()
    outside.write_text("as it was", encoding="utf-8")
    (home / "a.yaml").symlink_to(outside)
    with pytest.raises(WorkspaceError, match="leads out of the workspace"):
        write_inside(home, "a.yaml", text="x")
    assert outside.read_text(encoding="utf-8") == "as it was"


def test_links_in_a_circle_are_not_followed(tmp_path):
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    with pytest.raises(WorkspaceError):
        write_inside(tmp_path, "a", "x.txt", text="x")


def test_a_path_upwards_is_not_followed(tmp_path):
    home = tmp_path / "home"
    home.mkdir()
    with pytest.raises(WorkspaceError):
        place_inside(home, "..", "x")


def test_a_file_is_written_whole_or_not_at_all(tmp_path, monkeypatch):
    write_inside(tmp_path, "a.txt", text="first")

    def full(_descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(WorkspaceError, match="the disk is full"):
        write_inside(tmp_path, "a.txt", text="second")
    assert (tmp_path / "a.txt").read_text(encoding="utf-8") == "first"
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


def test_a_folder_that_cannot_be_made_is_told(tmp_path):
    (tmp_path / "definitions").write_text("a file", encoding="utf-8")
    with pytest.raises(WorkspaceError) as told:
        write_inside(tmp_path, "definitions", "a.yaml", text="x")
    assert told.value.faults[0].remedy.text("zh")
