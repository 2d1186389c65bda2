from pathlib import Path

import pytest

from poc_eval.catalog import shipped
from poc_eval.catalog.definitions import entries
from poc_eval.catalog.shipped import DEFINITION_KINDS, shipped_folder


@pytest.mark.parametrize("kind", ["scales", "schemas", "templates/notebooks", "examples"])
def test_what_is_shipped_is_found(kind):
    assert any(shipped_folder(kind).iterdir())


def test_a_wheel_keeps_what_stands_at_the_root_of_a_checkout_under_shipped(tmp_path, monkeypatch):
    package = tmp_path / "site-packages" / "poc_eval"
    (package / "shipped" / "examples").mkdir(parents=True)
    (tmp_path / "site-packages" / "examples").mkdir()
    monkeypatch.setattr(shipped, "PACKAGE", package)
    assert shipped_folder("examples") == package / "shipped" / "examples"


def test_a_checkout_has_them_at_its_root(tmp_path, monkeypatch):
    monkeypatch.setattr(shipped, "PACKAGE", tmp_path / "poc_eval")
    assert shipped_folder("templates/notebooks") == tmp_path / "templates" / "notebooks"


@pytest.mark.parametrize("kind", [kind for kind in DEFINITION_KINDS if kind != "schemas"])
def test_a_shipped_file_is_named_for_its_id_and_every_file_can_be_read(kind):
    folder = shipped_folder(kind)
    files = {file.stem for file in folder.glob("*.yaml")}
    assert {entry.id for entry in entries(folder)} == files
    assert folder.parent == Path(shipped.__file__).parent
