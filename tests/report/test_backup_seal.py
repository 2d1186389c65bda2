from __future__ import annotations

import json
import zipfile

import pytest

from poc_eval.errors import InputError
from poc_eval.report.backup_seal import judged, signer
from poc_eval.report.seal_keys import current_key, keys_folder, known_keys, new_key, register_file, revoke_key
from poc_eval.report.seal_register import Register, read_register
from poc_eval.workspace.backup import save
from poc_eval.workspace.backup_manifest import MANIFEST, SIGNATURE
from poc_eval.workspace.restoring import restore
from poc_eval.workspace.workspace import Workspace


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("POC_EVAL_KEYS", str(tmp_path / "keys"))
    return Workspace.create(tmp_path / "home")


@pytest.fixture
def backup(home, tmp_path):
    """Return a signed backup."""
    return save(home, tmp_path / "b.zip", {}, signer(home)).path


def said(backup, target, keys=None):
    """Restore a backup as ``poc-eval restore`` does, and return what was said of its signature."""
    found = []
    register = read_register(register_file()) if register_file().is_file() else Register()
    known = known_keys(keys_folder()) if keys is None else keys
    restore(backup, target, judge=lambda one: found.append(judged(one, known, register, file="b.zip")))
    (judgement,) = found
    return judgement.state, "" if judgement.said is None else judgement.said.text("en")


def changed(backup, change):
    """Write the backup anew after ``change`` had its members."""
    with zipfile.ZipFile(backup) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    change(members)
    target = backup.with_name("changed.zip")
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return target


def test_a_signature_by_a_known_key_holds_also_after_the_key_was_replaced(home, backup, tmp_path):
    assert said(backup, tmp_path / "a") == ("holds", "")
    new_key(home)
    assert said(backup, tmp_path / "b") == ("holds", "")


def test_a_key_that_is_not_known_is_told_with_its_beginning(home, backup, tmp_path):
    state, told = said(backup, tmp_path / "back", keys={})
    assert state == "unknown key"
    assert current_key(home).public.hex()[:16] in told


def test_the_key_of_another_workspace_does_not_vouch_for_this_one(home, tmp_path):
    other = Workspace.create(tmp_path / "other")
    backup = save(home, tmp_path / "b.zip", {}, signer(other)).path
    assert said(backup, tmp_path / "back")[0] == "unknown key"


def test_a_revoked_key_is_told_with_the_reason(home, backup, tmp_path):
    revoke_key(current_key(home).public.hex(), reason="电脑失窃")
    state, told = said(backup, tmp_path / "back")
    assert state == "revoked key"
    assert "电脑失窃" in told


def test_a_backup_without_a_signature_is_brought_back_and_told(home, tmp_path):
    backup = save(home, tmp_path / "b.zip", {}).path
    state, told = said(backup, tmp_path / "back")
    assert (state, "no signature" in told) == ("none", True)
    assert (tmp_path / "back" / "poc-eval.toml").is_file()


def test_a_signature_taken_away_is_told_as_none(backup, tmp_path):
    bare = changed(backup, lambda members: members.pop(SIGNATURE))
    assert said(bare, tmp_path / "back")[0] == "none"


@pytest.mark.parametrize("how", ["date", "file", "signature", "damaged", "another's"])
def test_what_was_changed_after_it_was_signed_is_not_brought_back(backup, tmp_path, how):
    """Every hash in the archive fits: only the signature tells."""

    def change(members):
        manifest, signature = json.loads(members[MANIFEST]), json.loads(members[SIGNATURE])
        if how == "date":
            manifest["made_at"] = "2020-01-01T00:00:00+00:00"
        elif how == "file":
            manifest["files"].append(
                {
                    "path": "notebooks/added.ipynb",
                    "bytes": 0,
                    "sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                }
            )
            members["notebooks/added.ipynb"] = b""
        elif how == "signature":
            signature["signature"] = "00" * 64
        elif how == "damaged":
            signature["key"] = "zz"
        else:
            signature["key"] = current_key(Workspace.create(tmp_path / "other")).public.hex()
        for name, content in ((MANIFEST, manifest), (SIGNATURE, signature)):
            members[name] = json.dumps(
                content, ensure_ascii=False, sort_keys=True, separators=(",", ":")
            ).encode()

    with pytest.raises(InputError, match=r"signature does not hold|signature is damaged"):
        said(changed(backup, change), tmp_path / "back")
    assert not (tmp_path / "back").exists()
