import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateIndex, CreateTable

from poc_eval.workspace.local import FILE
from poc_eval.workspace.store import Change
from poc_eval.workspace.tables import Instant, instant_text, metadata


def test_an_instant_is_kept_in_utc_and_sorts_as_text():
    shanghai = timezone(timedelta(hours=8))
    moment = datetime(2026, 11, 20, 15, 41, 7, tzinfo=shanghai)
    assert instant_text(moment) == "2026-11-20T07:41:07.000000Z"
    assert instant_text(moment) < instant_text(moment + timedelta(microseconds=1))
    read = Instant().process_result_value(instant_text(moment), postgresql.dialect())
    assert (read, read.utcoffset()) == (moment, timedelta(0))


def test_a_moment_without_a_zone_is_no_instant():
    with pytest.raises(ValueError, match="zone"):
        instant_text(datetime(2026, 11, 20))  # noqa: DTZ001 the very thing that is refused
    assert instant_text(datetime(2026, 11, 20, tzinfo=UTC)).endswith("Z")


def test_the_same_tables_can_be_made_on_postgresql():
    dialect = postgresql.dialect()
    for table in metadata.sorted_tables:
        assert str(CreateTable(table).compile(dialect=dialect)).strip().startswith("CREATE TABLE")
        for index in table.indexes:
            assert "WHERE status = 'draft'" in str(CreateIndex(index).compile(dialect=dialect))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE log SET action = 'x'",
        "DELETE FROM log",
        "UPDATE submissions SET sha256 = ''",
        "UPDATE reviews SET status = 'open'",
        "UPDATE reviews SET status = 'draft'",
        "UPDATE reviews SET project_id = 'nobody'",
        "DELETE FROM projects",
        "DELETE FROM people",
        "DELETE FROM definitions",
    ],
)
def test_the_tables_themselves_refuse_what_must_not_happen(store, review, tmp_path, statement):
    store.save(review.id, [Change("a", "1", 0)])
    store.submit(review.id, revision=1, outcome={})
    with closing(sqlite3.connect(tmp_path / FILE)) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        with pytest.raises(sqlite3.IntegrityError):
            connection.execute(statement)


def test_a_second_open_draft_of_the_same_review_is_refused_by_the_table_too(store, review, tmp_path):
    assert store.review(review.id).status == "draft"
    with closing(sqlite3.connect(tmp_path / FILE)) as connection:
        connection.execute("CREATE TEMP TABLE copy AS SELECT * FROM reviews")
        connection.execute("UPDATE copy SET id = 'x', version = 2")
        with pytest.raises(sqlite3.IntegrityError, match="UNIQUE"):
            connection.execute("INSERT INTO reviews SELECT * FROM copy")
