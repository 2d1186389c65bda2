import zipfile

import pytest

from poc_eval.errors import InputError, WorkspaceError
from poc_eval.workspace.backup import save
from poc_eval.workspace.restoring import restore
from poc_eval.workspace.scan_files import Scans
from poc_eval.workspace.store import Change


def test_what_stands_in_the_write_ahead_file_comes_along_while_others_work(workspace, draft, tmp_path):
    with workspace.store.reading() as busy:  # a reader keeps the write-ahead file from being folded in
        busy.exec_driver_sql("SELECT count(*) FROM log").scalar()
        workspace.store.save(draft.id, [Change("opinion", "备份前刚写下的意见", 0)])
        assert (workspace.path / "poc-eval.sqlite-wal").stat().st_size > 0
        saved = save(workspace, tmp_path / "b.zip", {})
    back = restore(saved.path, tmp_path / "back")
    assert back.audit.holds
    assert back.workspace.store.review(draft.id).values() == {"opinion": "备份前刚写下的意见"}
    assert back.workspace.store.log() == workspace.store.log()


def test_everything_that_people_keep_comes_along_and_back_to_the_byte(workspace, draft, tmp_path):
    paper = tmp_path / "签字页.pdf"
    paper.write_bytes(b"%PDF-1.7\n")
    scan = Scans(workspace).attach("project:P1", paper, by="张秘书")
    kept = {"notebooks/评审 1.ipynb": b"{}", "reports/r.html": b"<p>", "我的表/经费.xlsx": b"\x00\xff" * 999}
    for name, content in kept.items():
        (workspace.path / name).parent.mkdir(exist_ok=True)
        (workspace.path / name).write_bytes(content)
    saved = save(workspace, tmp_path / "b.zip", {"seals/0001.pub": b"{}"})
    assert saved.left_out == ()
    back = restore(saved.path, tmp_path / "back").workspace.path
    whole = {**kept, "seals/0001.pub": b"{}", scan.file: b"%PDF-1.7\n"}
    assert {name: (back / name).read_bytes() for name in whole} == whole
    [rule] = (workspace.path / "definitions").iterdir()
    assert (back / "definitions" / rule.name).read_bytes() == rule.read_bytes()
    assert draft.id in {one.id for one in restore(saved.path, tmp_path / "again").workspace.reviews()}


def test_links_private_keys_and_earlier_backups_stay_out_and_are_told(workspace, tmp_path):
    (workspace.path / "link.txt").symlink_to("/etc/hostname")
    (workspace.path / "folder").symlink_to("/etc")
    (workspace.path / "mine.key").write_text('{"algorithm": "Ed25519", "private": "00ff"}', encoding="ascii")
    (workspace.path / "pem.txt").write_text("-----BEGIN PRIVATE KEY-----\n", encoding="ascii")
    first = save(workspace, workspace.path / "first.zip", {})
    second = save(workspace, tmp_path / "second.zip", {})
    assert len(first.left_out) == 4
    told = "\n".join(one.text("en") for one in second.left_out)
    assert all(name in told for name in ("link.txt", "folder", "mine.key", "pem.txt", "first.zip"))
    with zipfile.ZipFile(second.path) as archive:
        content = b"".join(archive.read(name) for name in archive.namelist())
    assert b"00ff" not in content
    assert b"PRIVATE" not in content


def test_no_backup_is_written_over_and_a_place_that_cannot_be_written_is_told(workspace, tmp_path):
    taken = tmp_path / "b.zip"
    taken.write_bytes(b"mine")
    with pytest.raises(InputError, match="of this name already"):
        save(workspace, taken, {})
    assert taken.read_bytes() == b"mine"
    away = tmp_path / "nowhere" / "b.zip"
    with pytest.raises(WorkspaceError, match=r"nowhere/b\.zip: .*there is no such file or folder"):
        save(workspace, away, {})
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b.zip", workspace.path.name]
