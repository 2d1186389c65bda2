"""``audit``, ``backup`` and ``restore`` as they are called."""

import json
import sqlite3
from contextlib import closing

import pytest

from poc_eval.cli import main
from poc_eval.report.seal_keys import current_key
from poc_eval.workspace.workspace import Workspace


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("POC_EVAL_KEYS", str(tmp_path / "keys"))
    monkeypatch.chdir(tmp_path)
    return Workspace.create(tmp_path / "工作区")


def called(capsys, *call):
    capsys.readouterr()
    code = main([*call, "--json"])
    return code, json.loads(capsys.readouterr().out)


def test_a_workspace_is_saved_and_brought_back_with_its_public_key_and_never_the_private_one(
    home, capsys, tmp_path
):
    key = current_key(home)
    code, saved = called(capsys, "backup", "b.zip", "-w", str(home.path))
    assert (code, saved["holds"], saved["left_out"]) == (0, True, [])
    assert main(["restore", "b.zip", "--lang", "zh"]) == 0
    assert capsys.readouterr().out.endswith(f"校验码 {saved['code']}\n")
    back = tmp_path / "b"
    assert (back / "seals" / "register.jsonl").is_file()
    assert key.public.hex() in (back / "seals" / "0001.pub").read_text(encoding="ascii")
    everything = b"".join(path.read_bytes() for path in back.rglob("*") if path.is_file())
    assert key.private.hex().encode() not in everything
    assert key.private not in everything
    code, audited = called(capsys, "audit", "-w", str(back))
    assert (code, audited["holds"], audited["log"]) == (0, True, saved["log"])


def test_an_audit_fails_with_what_is_wrong_and_where(home, capsys):
    with closing(sqlite3.connect(home.path / "poc-eval.sqlite")) as connection, connection:
        connection.execute("DROP TRIGGER log_refuses_update")
        connection.execute("UPDATE log SET subject = 'workspace:x' WHERE seq = 1")
    code, said = called(capsys, "audit", "-w", str(home.path))
    assert code == 1
    assert said["checks"] == {
        "database": "passed",
        "log": "failed",
        "definitions": "passed",
        "scans": "passed",
    }
    assert {one["place"] for one in said["findings"]} == {"log[1]", None}
    capsys.readouterr()
    assert main(["audit", "-w", str(home.path), "--lang", "zh"]) == 1
    assert "poc-eval: log[1]: 日志第 1 条" in capsys.readouterr().err
    code, saved = called(capsys, "backup", "b.zip", "-w", str(home.path))
    assert (code, saved["holds"]) == (1, False)


def test_what_cannot_be_opened_is_told_in_one_line(home, capsys, tmp_path):
    (tmp_path / "b.zip").write_bytes(b"PK")
    for call in (["restore", "b.zip"], ["restore", "gone.zip"], ["backup", "x.zip"], ["audit"]):
        capsys.readouterr()
        assert main([*call, "--lang", "en"]) == 2
        assert len(capsys.readouterr().err.splitlines()) == 1
    assert not (tmp_path / "x.zip").exists()
    assert home.path.is_dir()
