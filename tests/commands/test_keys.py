from __future__ import annotations

import json

import pytest

from poc_eval.cli import main
from poc_eval.workspace.workspace import Workspace


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("POC_EVAL_KEYS", str(tmp_path / "keys"))
    Workspace.create(tmp_path / "w")
    return tmp_path


def listed(capsys, *call):
    capsys.readouterr()
    assert main(["keys", *call, "--json"]) == 0
    return json.loads(capsys.readouterr().out)["keys"]


def test_before_the_first_report_there_is_no_key(home, capsys):
    assert main(["keys", "--lang", "en"]) == 0
    assert capsys.readouterr().err == "There is no key yet: the first report makes one.\n"
    assert not (home / "keys").exists()


def test_a_key_is_renewed_retired_and_revoked_with_its_reason(home, capsys):
    [first] = listed(capsys, "--renew", "-w", str(home / "w"))
    before, after = listed(capsys, "--renew", "-w", str(home / "w"))
    assert before["key"] == first["key"]
    assert before["retired"]
    assert not after["retired"]
    assert not after["revoked"]
    assert main(["keys", "--revoke", after["key"][:12], "--reason", "电脑遗失", "--lang", "zh"]) == 0
    said = capsys.readouterr().out
    assert "已停用" in said or "停用" in said
    assert "吊销：电脑遗失" in said


def test_a_key_is_not_revoked_without_a_reason_nor_a_stranger_at_all(home, capsys):
    [key] = listed(capsys, "--renew", "-w", str(home / "w"))
    assert main(["keys", "--revoke", key["key"]]) == 2
    assert main(["keys", "--revoke", "0" * 64, "--reason", "x"]) == 2
    [after] = listed(capsys)
    assert after["revoked"] is None


def test_an_unknown_kind_of_seal_is_named(home, capsys):
    assert main(["keys", "--renew", "--method", "SM9", "-w", str(home / "w"), "--lang", "en"]) == 2
    assert "no seal by SM9 is installed here" in capsys.readouterr().err
