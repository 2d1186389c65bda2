import json
import re
import sqlite3
import zipfile
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from poc_eval.errors import InputError, NewerStoreError, PocEvalError
from poc_eval.workspace.backup import save
from poc_eval.workspace.backup_manifest import FIRST, MANIFEST
from poc_eval.workspace.restoring import restore
from poc_eval.workspace.workspace import Workspace


@pytest.fixture(scope="module")
def backup(tmp_path_factory):
    """Return the bytes of a backup of an empty workspace."""
    folder = tmp_path_factory.mktemp("saved")
    return save(Workspace.create(folder / "w"), folder / "b.zip", {}).path.read_bytes()


@pytest.fixture
def refused(tmp_path):
    """Return a function that gives what is said of a backup; nothing of it may be left anywhere."""

    def said(content):
        file = tmp_path / "b.zip"
        file.write_bytes(content)
        with pytest.raises(PocEvalError) as error:
            restore(file, tmp_path / "a" / "back")
        assert [path.name for path in tmp_path.iterdir()] in (["b.zip"], ["a", "b.zip"], ["b.zip", "a"])
        assert not (tmp_path / "a" / "back").exists()
        return error.value

    return said


def rebuilt(backup, tmp_path, change):
    """Return the backup written anew after ``change`` had its members and its manifest."""
    source = tmp_path / "source"
    source.write_bytes(backup)
    with zipfile.ZipFile(source) as archive:
        members = {one.filename: archive.read(one) for one in archive.infolist()}
    manifest = json.loads(members.pop(MANIFEST))
    more = change(members, manifest) or []
    source.unlink()
    target = tmp_path / "target"
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in [*members.items(), *more, (MANIFEST, json.dumps(manifest))]:
            archive.writestr(name, content)
    content = target.read_bytes()
    target.unlink()
    return content


def listing(name, size=0, digest="e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"):
    return {"path": name, "bytes": size, "sha256": digest}


def test_a_folder_with_anything_in_it_is_left_alone(backup, tmp_path):
    (tmp_path / "b.zip").write_bytes(backup)
    there = tmp_path / "there"
    there.mkdir()
    assert restore(tmp_path / "b.zip", there).audit.holds
    before = sorted(path.name for path in there.iterdir())
    with pytest.raises(InputError, match="new or empty folder"):
        restore(tmp_path / "b.zip", there)
    assert sorted(path.name for path in there.iterdir()) == before


@pytest.mark.parametrize("part", [0.2, 0.9, 0.999])
def test_a_backup_that_is_cut_off_says_so(backup, refused, part):
    assert "cut off" in str(refused(backup[: int(len(backup) * part)]))


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"%PDF-1.7", b"\x00" * 5000])
def test_a_foreign_file_is_no_backup(refused, content):
    assert "no backup of poc_eval" in str(refused(content))


def test_a_zip_of_somebody_else_is_no_backup(refused, backup, tmp_path):
    def strip(members, manifest):
        members.clear()
        manifest.clear()

    other = tmp_path / "other"
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("a.txt", "a")
    content = other.read_bytes()
    other.unlink()
    assert "no backup of poc_eval" in str(refused(content))
    assert "table of contents is damaged" in str(refused(rebuilt(backup, tmp_path, strip)))


@settings(
    max_examples=20,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    deadline=None,
)
@given(place=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7))
def test_no_changed_bit_of_what_is_saved_comes_back_unnoticed(backup, tmp_path, place, bit):
    changed = bytearray(backup)
    changed[int(place * len(backup))] ^= 1 << bit
    file = tmp_path / "b.zip"
    file.write_bytes(bytes(changed))
    target = tmp_path / "back"
    try:
        done = restore(file, target)
    except PocEvalError:
        assert not target.exists()
        return
    # A date or a flag of the archive's own: every file that came back is what was saved.
    assert done.audit.holds
    for one in done.manifest.files:
        if not one.path.startswith("poc-eval.sqlite"):
            assert (target / one.path).stat().st_size == one.bytes
    for path in sorted(target.rglob("*"), reverse=True):
        path.unlink() if path.is_file() else path.rmdir()
    target.rmdir()


def test_a_file_that_was_changed_missing_or_added_is_named(backup, refused, tmp_path):
    def change(members, _manifest):
        members["poc-eval.toml"] += b"\n"

    def lose(members, _manifest):
        del members["poc-eval.heads"]

    def add(_members, _manifest):
        return [("notebooks/extra.ipynb", b"{}")]

    assert "poc-eval.toml" in str(refused(rebuilt(backup, tmp_path, change)))
    assert "poc-eval.heads is missing" in str(refused(rebuilt(backup, tmp_path, lose)))
    assert "notebooks/extra.ipynb does not belong" in str(refused(rebuilt(backup, tmp_path, add)))


@pytest.mark.parametrize(
    "name",
    [
        "../out.txt",
        "/etc/out.txt",
        "a/../../out.txt",
        "C:/out.txt",
        "a\\..\\out.txt",
        "a//b",
        ".",
        "a\x00b",
    ],
)
def test_a_name_that_leads_elsewhere_is_refused(backup, refused, tmp_path, name):
    """H34, as the next ones."""

    def slip(_members, manifest):
        manifest["files"].append(listing(name))
        return [(name, b"")] if "\x00" not in name else []

    assert "leads out of the folder" in str(refused(rebuilt(backup, tmp_path, slip)))


def test_a_name_that_is_a_file_and_a_folder_or_stands_twice_is_refused(backup, refused, tmp_path):
    def both(_members, manifest):
        manifest["files"] += [listing("a"), listing("a/b"), listing("c"), listing("c")]
        return [("a", b""), ("a/b", b""), ("c", b"")]

    said = str(refused(rebuilt(backup, tmp_path, both)))
    assert "a file and a folder" in said
    assert "stands in the backup twice" in said


def test_a_link_among_the_members_is_refused(backup, refused, tmp_path):
    def link(_members, manifest):
        info = zipfile.ZipInfo("notebooks/link")
        info.external_attr = 0o120777 << 16
        manifest["files"].append(listing("notebooks/link", 11))
        return [(info, b"/etc/passwd")]

    assert "notebooks/link is a link" in str(refused(rebuilt(backup, tmp_path, link)))


def test_what_would_fill_the_disk_is_refused_whatever_the_sizes_say(backup, refused, tmp_path):
    def bomb(size):
        def made(_members, manifest):
            manifest["files"].append(listing("scans/big.pdf", size))
            return [("scans/big.pdf", b"\0" * 3_000_000)]

        return made

    for size in (5, 3_000_001):
        assert "scans/big.pdf is not what was saved" in str(refused(rebuilt(backup, tmp_path, bomb(size))))
    assert "would unpack to more" in str(refused(rebuilt(backup, tmp_path, bomb(10**12))))


@pytest.mark.parametrize("key", ["schema", "store_schema"])
def test_a_backup_of_a_newer_program_is_named_with_both_numbers(backup, refused, tmp_path, key):
    def newer(_members, manifest):
        manifest[key] = 99

    error = refused(rebuilt(backup, tmp_path, newer))
    assert isinstance(error, NewerStoreError)
    assert "its layout is 99" in str(error)


def test_a_table_of_contents_that_says_nonsense_is_told(backup, refused, tmp_path):
    def nonsense(change):
        return lambda _members, manifest: manifest.update(change)

    for change in ({"files": 7}, {"made_at": "yesterday"}, {"log": None}, {"files": [listing("a", -1, "x")]}):
        assert "damaged" in str(refused(rebuilt(backup, tmp_path, nonsense(change))))


def test_settings_of_another_workspace_are_not_moved_in(backup, refused, tmp_path):
    def foreign(members, manifest):
        text = members["poc-eval.toml"].decode()
        there = next(line for line in text.splitlines() if line.startswith("id = "))
        other = text.replace(there, 'id = "00000000-0000-4000-8000-000000000000"').encode()
        members["poc-eval.toml"] = other
        row = next(one for one in manifest["files"] if one["path"] == "poc-eval.toml")
        row.update(bytes=len(other), sha256=sha256(other).hexdigest())

    assert "belongs to another workspace" in str(refused(rebuilt(backup, tmp_path, foreign)))


def test_a_backup_begins_with_what_it_is_for_a_person(backup, tmp_path):
    file = tmp_path / "b.zip"
    file.write_bytes(backup)
    with zipfile.ZipFile(file) as archive:
        assert archive.namelist()[0] == FIRST
        assert "poc-eval restore" in archive.read(FIRST).decode()


@pytest.mark.parametrize("schema", [1, 2, 3])
def test_a_backup_of_each_older_schema_comes_back_up_to_date(tmp_path, schema):
    """As an earlier version wrote it: its own store, layout 1, no signature."""
    here = Path(__file__).parent
    old = Workspace.create(tmp_path / "old").path
    for file in old.glob("poc-eval.sqlite*"):
        file.unlink()
    with closing(sqlite3.connect(old / "poc-eval.sqlite")) as connection:
        connection.executescript((here / f"schema_{schema}.sql").read_text(encoding="utf-8"))
        (there,) = connection.execute("SELECT value FROM meta WHERE key = 'workspace'").fetchone()
    (old / "poc-eval.heads").write_bytes((here / f"schema_{schema}.heads").read_bytes())
    stated = re.sub('id = ".*"', f'id = "{there}"', (old / "poc-eval.toml").read_text(encoding="utf-8"))
    (old / "poc-eval.toml").write_text(stated, encoding="utf-8")
    members = {path.name: path.read_bytes() for path in old.iterdir() if path.is_file()}
    manifest = {
        "format": "poc_eval-backup",
        "schema": 1,
        "workspace": there,
        "made_at": "2026-11-20T08:00:00+00:00",
        "made_by": "0.0",
        "store_schema": schema,
        "log": {"entries": 1, "head": ""},
        "files": [
            listing(name, len(content), sha256(content).hexdigest()) for name, content in members.items()
        ],
    }
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as archive:
        archive.writestr(FIRST, "")
        for name, content in members.items():
            archive.writestr(name, content)
        archive.writestr(MANIFEST, json.dumps(manifest))
    back = restore(tmp_path / "b.zip", tmp_path / "back")
    assert (back.older, back.manifest.layout) == (True, 1)
    # The rubric in these stores has a made-up hash.
    assert {one.check for one in back.audit.findings} <= {"definitions"}
    assert back.workspace.store.verify_log().intact
    assert back.workspace.store.log()[-1].action == "migrate"
    assert "颅内压平衡装置" in {one.title.zh for one in back.workspace.projects()}
    assert {one.reviewer for one in back.workspace.reviews()} == (
        {"王专家", "李专家"} if schema < 3 else set()
    )
