import sqlite3
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import event

from poc_eval.errors import WorkspaceError
from poc_eval.workspace import database
from poc_eval.workspace.database import Database, database_fault, sqlite_engine
from poc_eval.workspace.local import FILE, LocalStore
from poc_eval.workspace.store import Change


def pragma(store, name):
    with store.database.reading() as connection:
        return connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()


def test_the_file_is_written_ahead_and_every_commit_reaches_the_disk(store):
    assert pragma(store, "journal_mode") == "wal"
    assert pragma(store, "synchronous") == 2  # FULL
    assert pragma(store, "foreign_keys") == 1
    assert pragma(store, "secure_delete") == 1
    assert pragma(store, "busy_timeout") == database.BUSY_SECONDS * 1000


def test_a_folder_may_have_any_name(tmp_path):
    folder = tmp_path / "a b#?%20 评审;"
    folder.mkdir()
    assert LocalStore.create(folder, "w").workspace_id == "w"
    assert (folder / FILE).is_file()


def test_a_store_that_is_not_there_is_not_made_by_opening_it(tmp_path):
    with pytest.raises(WorkspaceError) as told:
        LocalStore.open(tmp_path)
    assert told.value.faults[0].file == str(tmp_path / FILE)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", [b"this is a text and no database" * 100, b"x" * 5000])
def test_a_file_that_is_no_database_is_left_as_it_is(tmp_path, content):
    (tmp_path / FILE).write_bytes(content)
    for make in (LocalStore.open, lambda folder: LocalStore.create(folder, "w")):
        with pytest.raises(WorkspaceError, match="not a database of this program"):
            make(tmp_path)
    assert (tmp_path / FILE).read_bytes() == content


def test_an_empty_file_is_not_taken_for_a_store(tmp_path):
    (tmp_path / FILE).touch()
    with pytest.raises(WorkspaceError, match="not a store of poc_eval"):
        LocalStore.open(tmp_path)


def test_another_programs_database_is_not_taken_for_a_store(tmp_path):
    with closing(sqlite3.connect(tmp_path / FILE)) as connection:
        connection.execute("CREATE TABLE meta (key TEXT, value TEXT)")
    with pytest.raises(WorkspaceError, match="not a store of poc_eval"):
        LocalStore.open(tmp_path)


def test_a_damaged_database_is_told(store, review, tmp_path):
    for number in range(30):
        store.save(review.id, [Change("a", "长" * 3000 + str(number), number)])
    with closing(sqlite3.connect(tmp_path / FILE)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    content = bytearray((tmp_path / FILE).read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    (tmp_path / FILE).write_bytes(content)
    with pytest.raises(WorkspaceError, match="damaged"):
        store.review(review.id)


@pytest.mark.parametrize("key", ["workspace", "secret"])
def test_a_store_that_lost_a_row_it_must_have_is_told(store, project, tmp_path, key):
    with closing(sqlite3.connect(tmp_path / FILE)) as connection, connection:
        connection.execute("DELETE FROM meta WHERE key = ?", [key])
    with pytest.raises(WorkspaceError, match="damaged"):
        LocalStore.open(tmp_path).note("export", "project:P1", {}, by=None)
    assert store.projects() == (project,)


def test_a_store_held_by_another_program_is_told_after_a_while(store, review, tmp_path, monkeypatch):
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.05)
    with closing(sqlite3.connect(tmp_path / FILE, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(WorkspaceError, match="another program has been holding"):
            store.save(review.id, [Change("a", "1", 0)])
        other.execute("ROLLBACK")
    assert store.save(review.id, [Change("a", "1", 0)]).review.revision == 1


def test_a_full_disk_is_told_and_what_was_saved_before_stays(store, review):
    store.save(review.id, [Change("a", "before", 0)])
    pages = pragma(store, "page_count")

    @event.listens_for(store.database.engine, "connect")
    def narrow(connection, _record):
        connection.execute(f"PRAGMA max_page_count = {pages}")

    with pytest.raises(WorkspaceError, match="the disk is full") as told:
        store.save(review.id, [Change("b", "长" * 20_000, 0)])
    assert told.value.faults[0].text("zh")
    event.remove(store.database.engine, "connect", narrow)
    assert store.review(review.id).values() == {"a": "before"}
    assert store.verify_log().intact


# What a person without the right to write sees; a superuser gives the right up first.
WITHOUT_RIGHTS = """
import os, sys
from poc_eval.errors import PocEvalError
from poc_eval.workspace.local import LocalStore
from poc_eval.workspace.store import Change
from pathlib import Path
folder, review, limit = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
if limit:
    import resource, signal
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
elif os.geteuid() == 0:
    os.seteuid(65534)
try:
    if review:
        LocalStore.open(folder).save(review, [Change("a", "x" * 20000, 0)])
    else:
        LocalStore.create(folder, "w")
except PocEvalError as error:
    print(error.lines("en")[0])
"""


@pytest.fixture
def open_folder():
    """Return a folder that every user of this machine can reach."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder


def told_to_others(folder, review, limit=0):
    command = [sys.executable, "-c", WITHOUT_RIGHTS, str(folder), review, str(limit)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2])
    assert (done.stderr, done.returncode) == ("", 0)
    return done.stdout


def test_a_folder_that_cannot_be_written_is_told(open_folder):
    open_folder.chmod(0o555)
    assert "cannot be" in told_to_others(open_folder, "")
    assert list(open_folder.iterdir()) == []


def test_a_store_that_may_only_be_read_is_told(open_folder, clock, pinned, project, rubric):
    store = LocalStore.create(open_folder, "w", clock=clock)
    store.add_project(project)
    store.pin(pinned)
    review = store.open_review("P1", "reviewer-1", rubric)
    for file in (*open_folder.iterdir(), open_folder):
        file.chmod(0o555)
    said = told_to_others(open_folder, review.id)
    assert "cannot be" in said
    assert "allow writing" in said or "read and write" in said
    assert store.review(review.id).values() == {}


def test_a_disk_that_breaks_off_is_told(store, review, tmp_path):
    said = told_to_others(tmp_path, review.id, limit=4096)
    assert "the disk" in said
    assert store.review(review.id).values() == {}


def test_every_known_code_is_told_in_both_languages():
    for code in database.KNOWN_CODES:
        error = sqlite3.OperationalError("detail")
        error.sqlite_errorcode = code | 0x100  # an extended code
        fault = database_fault(error, "store")
        assert "detail" not in fault.text("en")
        assert fault.text("zh") != fault.text("en")


def test_an_error_that_is_not_known_is_told_with_its_words():
    fault = database_fault(sqlite3.OperationalError("no such thing"), "store")
    assert "no such thing" in fault.text("en")


def test_a_transaction_that_fails_leaves_nothing(tmp_path):
    made = Database(sqlite_engine(tmp_path / "a.sqlite", create=True), "a")
    made.order("CREATE TABLE t (x INTEGER)")

    def write():
        with made.writing() as connection:
            connection.exec_driver_sql("INSERT INTO t VALUES (1)")
            raise KeyError

    with pytest.raises(KeyError):
        write()
    with made.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM t").scalar_one() == 0


def test_connections_are_closed_after_each_operation(store, review):
    open_ones = []
    event.listen(store.database.engine, "connect", lambda connection, _record: open_ones.append(connection))
    for number in range(5):
        store.save(review.id, [Change("a", str(number), number)])
    assert len(open_ones) == 5
    for connection in open_ones:
        with pytest.raises(sqlite3.ProgrammingError, match="closed"):
            connection.execute("SELECT 1")


def test_one_state_is_read_over_one_connection_whatever_is_written_meanwhile(store, review):
    opened = []
    event.listen(store.database.engine, "connect", lambda connection, _record: opened.append(connection))
    with store.one_state():
        before = store.review(review.id)
        with ThreadPoolExecutor(1) as other:
            saved = other.submit(store.save, review.id, [Change("a", "new", 0)]).result().review
            assert other.submit(store.review, review.id).result() == saved
        assert store.review(review.id) == before
        assert store.projects()
    assert store.review(review.id) == saved
    # One for the state, one each for the other thread's two calls, one for what was read after it.
    assert len(opened) == 4


def test_a_process_that_does_much_keeps_one_connection(store, review, monkeypatch):
    monkeypatch.setattr(database.Keeping, "on", False)
    database.keep_connections()
    kept = LocalStore.open(store.folder)
    opened = []
    event.listen(kept.database.engine, "connect", lambda connection, _record: opened.append(connection))
    for number in range(5):
        kept.save(review.id, [Change("a", str(number), number)])
        with kept.one_state():
            assert kept.review(review.id) == store.review(review.id)
    assert opened == []
    assert kept.verify_log().intact
    kept.database.engine.dispose()
    sqlite_engine.cache_clear()
