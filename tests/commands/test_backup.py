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


def test_who_signed_a_backup_is_told_when_it_is_brought_back(home, capsys, tmp_path, monkeypatch):
    code, saved = called(capsys, "backup", "b.zip", "-w", str(home.path))
    assert (code, saved["signed"]) == (0, True)
    code, said = called(capsys, "restore", "b.zip", "-w", "here")
    assert (code, said["backup"]["signature"]) == (0, "holds")
    # On a new computer the key is known only where somebody kept its public half elsewhere.
    monkeypatch.setenv("POC_EVAL_KEYS", str(tmp_path / "new-computer"))
    code, said = called(capsys, "restore", "b.zip", "-w", "there")
    assert (code, said["backup"]["signature"]) == (0, "unknown key")
    code, said = called(capsys, "restore", "b.zip", "-w", "with-keys", "--keys", str(tmp_path / "keys"))
    assert (code, said["backup"]["signature"]) == (0, "holds")
    register = tmp_path / "keys" / "register.jsonl"
    key = current_key(home).public.hex()
    with register.open("a", encoding="ascii") as stream:
        public = json.loads(register.read_text(encoding="ascii").splitlines()[0])["key"]
        entry = {"at": "2026-11-20T00:00:00+00:00", "event": "revoked", "key": public, "reason": "lost"}
        stream.write(json.dumps(entry) + "\n")
    assert public != key
    code, said = called(capsys, "restore", "b.zip", "-w", "revoked", "--register", str(register))
    assert (code, said["backup"]["signature"], said["holds"]) == (1, "revoked key", True)


def test_a_key_that_cannot_be_used_keeps_nobody_from_saving(home, capsys, tmp_path):
    current_key(home)
    [private] = (tmp_path / "keys").rglob("*.key")
    private.chmod(0o644)
    code, saved = called(capsys, "backup", "b.zip", "-w", str(home.path))
    assert (code, saved["signed"], saved["holds"]) == (0, False, True)
    main(["backup", "c.zip", "-w", str(home.path), "--lang", "zh"])
    assert "密钥无法使用，备份未签名" in capsys.readouterr().err
    code, said = called(capsys, "restore", "b.zip")
    assert (code, said["backup"]["signature"]) == (0, "none")
