import hashlib

import pytest

from poc_eval.errors import InputError, UnknownIdError, WorkspaceError
from poc_eval.workspace import scan_files
from poc_eval.workspace.scan_files import Scans

PDF = b"%PDF-1.7\n1 0 obj"


@pytest.fixture
def scans(workspace):
    return Scans(workspace)


@pytest.fixture
def paper(tmp_path):
    """Return a function that writes a file to scan from."""

    def write(name="签字页.pdf", content=PDF):
        file = tmp_path / name
        file.write_bytes(content)
        return file

    return write


def test_a_scan_is_copied_under_a_safe_name_with_its_hash(workspace, scans, paper):
    scan = scans.attach("project:P1", paper("签字 页.pdf"), by="张秘书")
    copy = workspace.path / scan.file
    assert copy.read_bytes() == PDF
    assert copy.parent == workspace.path / "scans"
    assert scan.sha256 == hashlib.sha256(PDF).hexdigest()
    assert (scan.name, scan.kind, scan.size, scan.attached_by) == ("签字 页.pdf", "pdf", len(PDF), "张秘书")
    assert scan.file.endswith(f"-{scan.sha256[:12]}.pdf")
    assert scans.of("project:P1") == (scan,)
    assert workspace.store.log()[-1].action == "scan"
    assert scans.verify() == ()


def test_the_same_file_again_changes_nothing(workspace, scans, paper):
    scan = scans.attach("project:P1", paper(), by="张秘书")
    before = workspace.store.log()
    assert scans.attach("project:P1", paper("copy.pdf"), by="李秘书") == scan
    assert workspace.store.log() == before


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.png", b"\x89PNG\r\n\x1a\n.."),
        ("a.jpeg", b"\xff\xd8\xff\xe0"),
        ("a.TIFF", b"II*\x00.."),
        ("a.tif", b"MM\x00*.."),
        ("a.ofd", b"PK\x03\x04.."),
    ],
)
def test_the_usual_kinds_are_taken(scans, paper, name, content):
    assert scans.attach("project:P1", paper(name, content), by="张").kind in {"png", "jpg", "tif", "ofd"}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", b"<html><script>"),
        ("a.html", b"%PDF-1.7"),
        ("a.svg", b"<svg/>"),
        ("a.pdf.exe", b"MZ"),
        ("a", PDF),
        ("a.pdf", b""),
        ("a.png", PDF),
    ],
)
def test_what_is_no_scan_is_refused(workspace, scans, paper, name, content):
    with pytest.raises(InputError, match="this is no scan"):
        scans.attach("project:P1", paper(name, content), by="张")
    assert not (workspace.path / "scans").exists()


def test_a_scan_that_is_too_large_is_refused(scans, paper, monkeypatch):
    monkeypatch.setattr(scan_files, "MOST_BYTES", 1024 * 1024)
    with pytest.raises(InputError, match="larger than 1 MB"):
        scans.attach("project:P1", paper(content=PDF + b" " * 1024 * 1024), by="张")


@pytest.mark.parametrize("name", ["../../etc/passwd.pdf", "..\\..\\x.pdf", "con.pdf", "=cmd.pdf", "a\nb.pdf"])
def test_no_name_leads_out_of_the_folder(workspace, scans, paper, name):
    scan = scans.attach("project:P1", paper(), by="张", name=name)
    assert (workspace.path / scan.file).resolve().parent == (workspace.path / "scans").resolve()


@pytest.mark.parametrize("subject", ["project:nowhere", "nothing", "person:P1", "review:1", "log:1"])
def test_a_scan_belongs_to_a_record_that_is_there(scans, paper, subject):
    with pytest.raises(UnknownIdError, match="no record"):
        scans.attach(subject, paper(), by="张")


def test_a_folder_that_is_a_link_out_of_the_workspace_is_refused(workspace, scans, paper, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (workspace.path / "scans").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(WorkspaceError, match="leads out of the workspace"):
        scans.attach("project:P1", paper(), by="张")
    assert not list((tmp_path / "elsewhere").iterdir())
    assert scans.of("project:P1") == ()


def test_a_scan_that_was_changed_or_is_gone_is_told(workspace, scans, paper):
    first = scans.attach("project:P1", paper(), by="张")
    second = scans.attach("project:P2", paper("b.pdf", PDF + b"2"), by="张")
    (workspace.path / first.file).write_bytes(PDF + b" ")
    (workspace.path / second.file).unlink()
    changed, gone = scans.verify()
    assert (changed.place, gone.place) == ("project:P1", "project:P2")
    assert "not the file that was attached" in changed.text("en")
    assert "gone or cannot be read" in gone.text("en")


def test_a_scan_whose_record_could_not_be_written_leaves_no_file(workspace, scans, paper, monkeypatch):
    class DiskFullError(Exception):
        pass

    def fails(*_arguments):
        raise DiskFullError

    with monkeypatch.context() as broken:
        broken.setattr(scan_files.people_rows, "ensure_person", fails)
        with pytest.raises(DiskFullError):
            scans.attach("project:P1", paper(), by="张")
    assert list((workspace.path / "scans").iterdir()) == []
    kept = scans.attach("project:P1", paper(), by="张")
    with monkeypatch.context() as broken:
        broken.setattr(scan_files.people_rows, "ensure_person", fails)
        with pytest.raises(DiskFullError):
            scans.attach("project:P2", paper(), by="张")
    assert (workspace.path / kept.file).read_bytes() == PDF


def test_files_that_no_record_names_are_found_and_cleared_away_and_no_others(workspace, scans, paper):
    kept = scans.attach("project:P1", paper(), by="张")
    left = workspace.path / "scans" / ".0123456789abcdef.part"
    left.write_bytes(PDF)
    (workspace.path / "scans" / "旧.pdf").write_bytes(PDF)
    assert scans.orphans() == ("scans/.0123456789abcdef.part", "scans/旧.pdf")
    assert scans.tidy() == ("scans/.0123456789abcdef.part", "scans/旧.pdf")
    assert [one.name for one in (workspace.path / "scans").iterdir()] == [kept.file.removeprefix("scans/")]
    assert scans.orphans() == ()
    assert scans.every() == (kept,)
