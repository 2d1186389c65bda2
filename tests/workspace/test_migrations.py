import hashlib
import sqlite3
from contextlib import closing

import pytest
from sqlalchemy import Connection, text

from poc_eval.errors import NewerStoreError, WorkspaceError
from poc_eval.workspace.local import BACKUPS, FILE, LocalStore
from poc_eval.workspace.migrations import MIGRATIONS, Migrations
from poc_eval.workspace.store import Change
from poc_eval.workspace.tables import SCHEMA


def add_a_column(connection: Connection) -> None:
    connection.execute(text("ALTER TABLE projects ADD COLUMN note TEXT"))


def fill_it(connection: Connection) -> None:
    connection.execute(text("UPDATE projects SET note = 'from before'"))


LATER = Migrations(current=SCHEMA + 2, steps={SCHEMA: add_a_column, SCHEMA + 1: fill_it})


def schema_and_notes(path):
    with closing(sqlite3.connect(path)) as connection:
        schema = connection.execute("SELECT value FROM meta WHERE key = 'schema'").fetchone()[0]
        columns = [row[1] for row in connection.execute("PRAGMA table_info(projects)")]
        notes = (
            [row[0] for row in connection.execute("SELECT note FROM projects")] if "note" in columns else None
        )
    return int(schema), notes


def write_schema(folder, schema):
    with closing(sqlite3.connect(folder / FILE)) as connection, connection:
        connection.execute("UPDATE meta SET value = ? WHERE key = 'schema'", [str(schema)])
    with closing(sqlite3.connect(folder / FILE)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def test_a_way_leads_from_every_schema_to_this_one():
    assert MIGRATIONS.current == SCHEMA
    assert sorted(MIGRATIONS.steps) == list(range(1, SCHEMA))


def test_an_older_store_is_saved_then_brought_up_to_date_step_by_step(store, review, tmp_path, clock):
    store.save(review.id, [Change("a", "1", 0)])
    later = LocalStore.open(tmp_path, clock=clock, migrations=LATER)
    assert schema_and_notes(tmp_path / FILE) == (SCHEMA + 2, ["from before"])
    assert later.review(review.id).values() == {"a": "1"}
    (copy,) = (tmp_path / BACKUPS).iterdir()
    assert copy.name.startswith(f"poc-eval-schema-{SCHEMA}-20261120T07")
    assert schema_and_notes(copy) == (SCHEMA, None)
    assert later.log()[-1].action == "migrate"
    assert later.verify_log().intact


def test_the_copy_is_a_whole_store(store, review, tmp_path):
    store.save(review.id, [Change("a", "1", 0)])
    LocalStore.open(tmp_path, migrations=LATER)
    (copy,) = (tmp_path / BACKUPS).iterdir()
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    copy.rename(elsewhere / FILE)
    assert LocalStore.open(elsewhere).review(review.id).values() == {"a": "1"}


def test_opening_again_neither_migrates_nor_copies(store, tmp_path):
    assert store.projects()
    LocalStore.open(tmp_path, migrations=LATER)
    LocalStore.open(tmp_path, migrations=LATER)
    assert len(list((tmp_path / BACKUPS).iterdir())) == 1


def test_a_migration_that_fails_leaves_the_store_as_it_was(store, tmp_path):
    def stumble(connection):
        connection.execute(text("DELETE FROM projects"))
        connection.execute(text("no such statement"))

    with pytest.raises(WorkspaceError):
        LocalStore.open(tmp_path, migrations=Migrations(SCHEMA + 1, {SCHEMA: stumble}))
    assert len(store.projects()) == 1
    assert schema_and_notes(tmp_path / FILE)[0] == SCHEMA


def test_a_store_that_cannot_be_saved_first_is_not_migrated(store, tmp_path):
    (tmp_path / BACKUPS).write_text("a file where the folder should be", encoding="utf-8")
    with pytest.raises(WorkspaceError, match="no copy of the store could be made"):
        LocalStore.open(tmp_path, migrations=LATER)
    assert schema_and_notes(tmp_path / FILE)[0] == SCHEMA
    assert store.projects()


def test_a_newer_store_is_refused_with_both_numbers_and_not_touched(store, tmp_path):
    assert store.projects()
    write_schema(tmp_path, SCHEMA + 41)
    before = hashlib.sha256((tmp_path / FILE).read_bytes()).hexdigest()
    with pytest.raises(NewerStoreError) as told:
        LocalStore.open(tmp_path)
    assert f"schema {SCHEMA + 41}, this program knows {SCHEMA}" in str(told.value)
    assert "update poc_eval" in str(told.value)
    assert "升级 poc_eval" in told.value.lines("zh")[0]
    assert hashlib.sha256((tmp_path / FILE).read_bytes()).hexdigest() == before
    assert not (tmp_path / BACKUPS).exists()


@pytest.mark.parametrize("schema", ["", "one", "-1", "１"])
def test_a_schema_that_is_no_number_is_told(store, tmp_path, schema):
    assert store.projects()
    write_schema(tmp_path, schema)
    with pytest.raises(WorkspaceError, match="not a store of poc_eval"):
        LocalStore.open(tmp_path)
