import re
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from poc_eval.workspace.local import BACKUPS, FILE, HEADS, LocalStore
from poc_eval.workspace.panels import Panels
from poc_eval.workspace.tables import SCHEMA

HERE = Path(__file__).parent


@pytest.fixture
def folder(tmp_path):
    """Return a folder with a store that schema 2 wrote."""
    with closing(sqlite3.connect(tmp_path / FILE)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.executescript((HERE / "schema_2.sql").read_text(encoding="utf-8"))
    shutil.copy(HERE / "schema_2.heads", tmp_path / HEADS)
    return tmp_path


def layout(path):
    """Return what the database is made of, its spelling evened out."""
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute(
            "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY type, name"
        )
        return {(kind, name): re.sub(r"\s+", "", sql) for kind, name, sql in rows}


def test_a_store_of_schema_2_keeps_all_that_was_in_it(folder):
    store = LocalStore.open(folder)
    submitted, draft = store.reviews()
    assert (submitted.reviewer, submitted.status) == ("王专家", "submitted")
    assert (draft.reviewer, draft.status) == ("李专家", "draft")
    assert [panel.title for panel in Panels(store).panels()] == ["第一专家组"]
    assert store.log()[-1].action == "migrate"
    assert store.verify_log().intact


def test_it_is_saved_first_as_it_was(folder):
    before = layout(folder / FILE)
    LocalStore.open(folder)
    (copy,) = (folder / BACKUPS).iterdir()
    assert copy.name.startswith("poc-eval-schema-2-")
    assert layout(copy) == before


def test_it_ends_up_with_the_very_tables_of_a_new_store(folder, tmp_path_factory):
    LocalStore.open(folder)
    new = tmp_path_factory.mktemp("new")
    LocalStore.create(new, "5f0c2c1e-6f5e-4f43-9e0b-8a8d2d0f7c11")
    assert layout(folder / FILE) == layout(new / FILE)
    assert SCHEMA == 4
