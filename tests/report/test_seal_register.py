from __future__ import annotations

import json

import pytest

from poc_eval.errors import SealError
from poc_eval.report.seal_register import add_line, read_register

KEY = {
    "event": "key",
    "at": "2026-11-20T08:00:00+00:00",
    "key": "aa",
    "algorithm": "Ed25519",
    "workspace": "w",
}
REVOKED = {"event": "revoked", "at": "2026-11-21T08:00:00+00:00", "key": "aa", "reason": "lost"}


def written(path, *entries):
    for entry in entries:
        add_line(path, entry)
    return read_register(path)


def test_keys_and_reports_are_read_in_order(tmp_path):
    reports = [
        {"event": "report", "at": f"2026-11-2{day}", "series": "s", "code": code, "log": day}
        for day, code in enumerate(("A", "B", "A"))
    ]
    register = written(tmp_path / "r", KEY, *reports)
    assert [one.code for one in register.reports["s"]] == ["A", "B", "A"]
    assert register.keys["aa"].revoked is None


def test_a_revoked_key_stays_revoked_whatever_comes_after(tmp_path):
    register = written(tmp_path / "r", KEY, REVOKED, KEY, {**KEY, "event": "retired"})
    assert register.keys["aa"].revoked == (REVOKED["at"], "lost")


def test_a_register_that_was_begun_anew_can_still_revoke(tmp_path):
    assert written(tmp_path / "r", REVOKED).keys["aa"].revoked


@pytest.mark.parametrize("line", ["{", "[]", "{}", "7", json.dumps({**KEY, "event": "burnt"}), "[" * 100_000])
def test_a_damaged_line_is_named(tmp_path, line):
    path = tmp_path / "register.jsonl"
    add_line(path, KEY)
    path.write_text(path.read_text() + line + "\n")
    with pytest.raises(SealError) as caught:
        read_register(path)
    assert caught.value.faults[0].line == 2


def test_a_register_that_is_not_there_is_named(tmp_path):
    with pytest.raises(SealError, match="cannot be read"):
        read_register(tmp_path / "none.jsonl")
