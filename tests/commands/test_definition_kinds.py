from __future__ import annotations

import json

import pytest

from poc_eval.catalog.schema import schema_of
from poc_eval.catalog.shipped import shipped_folder
from poc_eval.commands.definition_kinds import HOMES, load_any, model_of
from poc_eval.errors import DefinitionError

FILES = sorted(file for kind in ("rubrics", "scales") for file in shipped_folder(kind).glob("*.yaml"))


@pytest.mark.parametrize("kind", HOMES)
def test_the_published_schema_is_that_of_the_model(kind):
    file = shipped_folder("schemas") / f"{kind}.schema.json"
    assert json.loads(file.read_text(encoding="utf-8")) == schema_of(model_of(kind)), (
        "run: python -m poc_eval.commands.definition_kinds"
    )


def test_every_schema_that_is_published_has_its_kind():
    assert {file.name for file in shipped_folder("schemas").iterdir()} == {
        f"{kind}.schema.json" for kind in HOMES
    }


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_shipped_file_is_known_for_what_it_is_and_holds(file):
    assert load_any(file).definition.id == file.stem


@pytest.mark.parametrize(
    "text", ["stages: []\n", "id: a\n", "criteria: []\ncriteria: []\n", "criteria: {}\n"]
)
def test_a_file_that_cannot_be_checked_or_does_not_hold_says_why(tmp_path, text):
    file = tmp_path / "x.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(DefinitionError) as caught:
        load_any(file)
    assert all(fault.file == str(file) and fault.line for fault in caught.value.faults)
