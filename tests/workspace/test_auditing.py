import sqlite3
from contextlib import closing

import pytest

from poc_eval.catalog.definitions import content_hash
from poc_eval.workspace.auditing import audit
from poc_eval.workspace.local import FILE
from poc_eval.workspace.scan_files import Scans
from poc_eval.workspace.workspace import Workspace


@pytest.fixture
def used(workspace, small_rubric, draft, tmp_path):
    """Return a workspace with a pinned rubric, an open review and a scan."""
    assert draft.rubric == workspace.pin(small_rubric)
    paper = tmp_path / "签字页.pdf"
    paper.write_bytes(b"%PDF-1.7\n")
    Scans(workspace).attach("project:P1", paper, by="张秘书")
    return workspace


def tamper(workspace, *statements):
    with closing(sqlite3.connect(workspace.path / FILE)) as connection, connection:
        for statement in statements:
            connection.execute(statement)


def found(workspace):
    return {(one.check, one.fault.what.text("en")) for one in audit(workspace).findings}


def test_an_untouched_workspace_holds_and_its_head_is_the_newest_entry(used):
    done = audit(used)
    assert done.holds
    assert (done.definitions, done.scans) == (1, 1)
    newest = used.store.log()[-1]
    assert (done.entries, done.head) == (newest.seq, newest.digest)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE definitions SET text = replace(text, 'need', 'kneed')",
        "UPDATE definitions SET text = '[', hash = 'x'",
    ],
)
def test_a_pinned_text_that_was_changed_is_named(used, change):
    tamper(used, change)
    assert ("definitions", "the definition kept in the store is not the text that was pinned") in found(used)


def test_a_pinned_text_with_a_hash_that_fits_it_does_not_fit_the_log(used):
    with closing(sqlite3.connect(used.path / FILE)) as connection, connection:
        fitting = content_hash({"id": "another"})
        connection.execute("UPDATE definitions SET text = ?, hash = ?", ("id: another", fitting))
    [place] = [
        one.fault.place for one in audit(used).findings if one.check == "definitions" and one.fault.place
    ]
    assert place.startswith("rubric:")


def test_a_file_under_definitions_that_says_something_else_is_named(used):
    [file] = (used.path / "definitions").iterdir()
    file.write_text(file.read_text(encoding="utf-8").replace("need", "kneed"), encoding="utf-8")
    [finding] = audit(used).findings
    assert (finding.check, finding.fault.file) == ("definitions", str(file))


def test_scans_that_are_changed_gone_or_lead_elsewhere_are_named_and_loose_files_are_told(used, tmp_path):
    [scan] = (used.path / "scans").iterdir()
    scan.write_bytes(b"%PDF-1.4\n")
    assert found(used) == {("scans", "the scan is not the file that was attached")}
    scan.unlink()
    scan.symlink_to(tmp_path / "签字页.pdf")
    assert found(used) == {("scans", "the scan is gone or cannot be read")}
    (used.path / "scans" / "loose.pdf").write_bytes(b"%PDF-")
    assert any("loose.pdf" in note.text("en") for note in audit(used).notes)


def test_a_changed_answer_of_the_log_and_a_row_without_its_row_are_named(used):
    tamper(
        used,
        "DROP TRIGGER log_refuses_update",
        "UPDATE log SET subject = 'project:P9' WHERE seq = 2",
        "DELETE FROM projects WHERE id = 'P1'",
    )
    checks = {check for check, _what in found(used)}
    assert {"log", "database"} <= checks


def test_a_file_that_is_damaged_inside_is_told_not_raised(used):
    store = used.path / FILE
    with closing(sqlite3.connect(store)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        pages = connection.execute("SELECT pageno FROM dbstat WHERE name = 'log'").fetchall()
        size = connection.execute("PRAGMA page_size").fetchone()[0]
    content = bytearray(store.read_bytes())
    at = (pages[-1][0] - 1) * size
    content[at : at + size] = b"\xff" * size
    store.write_bytes(bytes(content))
    said = audit(Workspace.open(used.path))
    assert {"database", "log"} & {one.check for one in said.findings}
