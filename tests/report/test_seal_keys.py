from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

import poc_eval
from poc_eval.errors import SealError
from poc_eval.report import seal_keys
from poc_eval.report.seal_keys import (
    current_key,
    keys_folder,
    known_keys,
    new_key,
    register_file,
    revoke_key,
)
from poc_eval.report.seal_register import read_register


@pytest.fixture
def keys(monkeypatch, tmp_path):
    """Return a folder of keys of this test's own."""
    monkeypatch.setenv("POC_EVAL_KEYS", str(tmp_path / "keys"))
    return tmp_path / "keys"


def test_the_first_use_makes_a_key_and_every_other_use_takes_it(case, keys):
    first = current_key(case.workspace)
    assert current_key(case.workspace) == first
    assert [path.name for path in sorted(keys.glob("*/*"))] == ["0001.key", "0001.pub"]
    assert list(read_register(register_file()).keys) == [first.public.hex()]


@pytest.mark.usefixtures("keys")
def test_every_workspace_has_a_key_of_its_own(case, tmp_path):
    other = type(case)(tmp_path / "other")
    assert current_key(case.workspace) != current_key(other.workspace)


@pytest.mark.usefixtures("keys")
def test_no_key_lies_in_the_workspace(case):
    secret = current_key(case.workspace).private
    for path in case.folder.rglob("*"):
        if path.is_file():
            assert secret not in path.read_bytes()
            assert secret.hex().encode() not in path.read_bytes()


def test_the_key_is_its_owners_alone(case, keys):
    before = os.umask(0)
    try:
        current_key(case.workspace)
    finally:
        os.umask(before)
    [private] = keys.glob("*/*.key")
    assert stat.S_IMODE(private.stat().st_mode) == 0o600
    assert stat.S_IMODE(private.parent.stat().st_mode) == 0o700


def test_a_key_that_others_can_read_seals_nothing(case, keys):
    current_key(case.workspace)
    [private] = keys.glob("*/*.key")
    private.chmod(0o644)
    with pytest.raises(SealError, match="others than its owner"):
        current_key(case.workspace)


def test_a_folder_inside_the_workspace_is_refused(case, monkeypatch):
    monkeypatch.setenv("POC_EVAL_KEYS", str(case.folder / "keys"))
    with pytest.raises(SealError, match="inside the workspace"):
        current_key(case.workspace)
    assert not (case.folder / "keys").exists()


def test_without_a_setting_keys_lie_in_the_systems_folder_for_user_data(monkeypatch, tmp_path):
    monkeypatch.delenv("POC_EVAL_KEYS")
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(tmp_path))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "local"))
    monkeypatch.setattr(seal_keys.sys, "platform", "linux")
    assert keys_folder() == tmp_path / "data" / "poc-eval" / "keys"
    monkeypatch.setattr(seal_keys.sys, "platform", "win32")
    assert keys_folder() == tmp_path / "local" / "poc-eval" / "keys"
    monkeypatch.setattr(seal_keys.sys, "platform", "darwin")
    assert keys_folder() == tmp_path / "Library" / "Application Support" / "poc-eval" / "keys"


def test_a_renewed_key_seals_and_the_one_before_is_retired(case, keys):
    before = current_key(case.workspace)
    after = new_key(case.workspace)
    assert current_key(case.workspace) == after
    register = read_register(register_file())
    assert register.keys[before.public.hex()].retired
    assert not register.keys[after.public.hex()].retired
    assert set(known_keys(keys)) == {before.public.hex(), after.public.hex()}


def test_a_revoked_key_is_deleted_and_the_next_use_makes_another(case, keys):
    before = current_key(case.workspace)
    revoke_key(before.public.hex()[:16], reason="lost")
    assert read_register(register_file()).keys[before.public.hex()].revoked[1] == "lost"
    assert not list(keys.glob("*/0001.key"))
    assert current_key(case.workspace) != before


@pytest.mark.parametrize("asked", ["", "ffff", "zz"])
@pytest.mark.usefixtures("keys")
def test_a_key_that_is_not_there_is_not_revoked(case, asked):
    current_key(case.workspace)
    with pytest.raises(SealError):
        revoke_key(asked, reason="lost")


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"algorithm":"Ed25519","public":"zz","workspace":"x"}'])
def test_a_damaged_key_is_told(case, keys, content):
    current_key(case.workspace)
    [private] = keys.glob("*/*.key")
    private.write_text(content)
    with pytest.raises(SealError, match="no key, or it is damaged"):
        current_key(case.workspace)


@pytest.mark.usefixtures("keys")
def test_the_private_key_is_not_shown(case):
    key = current_key(case.workspace)
    assert key.private.hex() not in repr(key)
    assert str(key.private) not in repr(key)


def test_several_programs_at_once_agree_on_one_first_key(case, keys):
    script = (
        "import sys; from poc_eval.report.seal_keys import current_key\n"
        "from poc_eval.workspace.workspace import Workspace\n"
        "print(current_key(Workspace.open(sys.argv[1])).public.hex())\n"
    )
    env = {**os.environ, "PYTHONPATH": str(Path(poc_eval.__file__).parents[1])}
    running = [
        subprocess.Popen(
            [sys.executable, "-c", script, case.folder], env=env, stdout=subprocess.PIPE, text=True
        )
        for _ in range(3)
    ]
    said = {one.communicate()[0].strip() for one in running}
    assert len(said) == 1
    assert said == set(known_keys(keys))
