from __future__ import annotations

import pytest

from poc_eval.workspace.sealing import (
    LogHead,
    head_of,
    head_stands,
    keyed_hash,
    noted_reports,
    report_subject,
)
from poc_eval.workspace.workspace import Workspace


@pytest.fixture
def store(tmp_path):
    return Workspace.create(tmp_path / "w").store


def test_the_head_moves_with_records_and_not_with_what_is_made_of_them(store, tmp_path):
    before = head_of(store)
    for action in ("report", "export", "notebook"):
        store.note(action, "review", "code", by=None)
    assert head_of(store) == before
    Workspace.open(tmp_path / "w").pin("medical-poc")
    assert head_of(store).seq > before.seq


def test_a_head_stands_where_the_log_has_that_entry(store):
    head = head_of(store)
    assert head_stands(store, head)
    assert not head_stands(store, LogHead(head.seq, "0" * 32))
    assert not head_stands(store, LogHead(99, head.digest))


def test_hashes_for_different_ends_and_of_different_workspaces_differ(store, tmp_path):
    other = Workspace.create(tmp_path / "other").store
    found = {
        keyed_hash(store, "a", [1]),
        keyed_hash(store, "b", [1]),
        keyed_hash(store, "a", [2]),
        keyed_hash(other, "a", [1]),
    }
    assert len(found) == 4
    assert keyed_hash(store, "a", [1]) in found


def test_reports_of_a_series_are_found_by_their_code(store):
    series, other = "5" * 32, "_" * 32
    for one, code in ((series, "A"), (other, "X"), (series, "B")):
        store.note("report", report_subject("record", one), code, by=None)
    assert [one.mine for one in noted_reports(store, series, "A")] == [True, False]
    assert [one.mine for one in noted_reports(store, other, "A")] == [False]
