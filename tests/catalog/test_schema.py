import re

import pytest
from jsonschema import Draft202012Validator
from pydantic import Field

from poc_eval.catalog.fields import Amount, Count, Definition, LocalText, Number, Part, Share, YesNo
from poc_eval.catalog.reader import read_yaml
from poc_eval.catalog.scale import Scale
from poc_eval.catalog.schema import publish, schema_of
from poc_eval.catalog.shipped import shipped_folder
from poc_eval.scoring import Rubric


class Row(Part):
    """One row."""

    from_: Number = Field(alias="from")
    """Where it begins."""
    rate: Share | None = None
    title: LocalText


class Table(Definition):
    """A table of rows."""

    rows: tuple[Row, ...]
    cap: Amount | None = None
    most: Count = 3
    on: YesNo = False


def as_an_editor_types_it(data):
    """Return what the reader read with the types that YAML 1.2 gives to plain scalars."""
    if isinstance(data, dict):
        return {key: as_an_editor_types_it(value) for key, value in data.items()}
    if isinstance(data, list):
        return [as_an_editor_types_it(item) for item in data]
    if data in {"true", "false"}:
        return data == "true"
    if data is not None and re.fullmatch(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", data):
        return float(data)
    return data


def complaints(model, text):
    data = as_an_editor_types_it(read_yaml(text).data)
    return [error.message for error in Draft202012Validator(schema_of(model)).iter_errors(data)]


HEAD = "id: t\nversion: 1.0\ntitle: {zh: 表, en: 2024}\nsource: {document: 2023}\n"


@pytest.mark.parametrize(
    "added",
    [
        "rows: [{from: 0, rate: 0.30, title: {zh: 甲, en: A}}]",
        "rows: [{from: '0', rate: 30%, title: {zh: 90, en: 'no'}}]",
        "rows: []\ncap: 100万\nmost: 5\non: yes",
        "rows: []\ncap: 1000000\nmost: '5'\non: true",
        "rows: []\ncap: 1,000,000.00元\non: no",
        "rows: []\ncap:\nnote: ~",
    ],
)
def test_what_the_reader_takes_an_editor_does_not_underline(added):
    assert Table.model_validate(read_yaml(HEAD + added).data)
    assert complaints(Table, HEAD + added) == []


@pytest.mark.parametrize(
    "added",
    [
        "rows: [{from: 0}]",
        "rows: [{form: 0, title: {zh: 甲, en: A}}]",
        "rows: [{from: 0, rate: 1.5, title: {zh: 甲, en: A}}]",
        "rows: [{from: 0, title: {zh: 甲}}]",
        "rows: []\nmost: -1",
        "rows: []\non: maybe",
        "rows: []\ncap: a lot",
        "rows: []\ncolour: red",
        "cap: 1",
    ],
)
def test_what_the_reader_refuses_an_editor_underlines(added):
    assert complaints(Table, HEAD + added)


def test_the_docstring_of_a_field_is_shown_by_the_editor():
    schema = schema_of(Table)
    assert schema["description"] == "A table of rows."
    assert schema["$defs"]["Row"]["properties"]["from"]["description"] == "Where it begins."
    assert schema["properties"]["version"]["description"] == "A changed content is a new version."


def test_a_key_that_is_called_title_keeps_its_place():
    schema = schema_of(Table)
    assert "title" in schema["properties"]
    assert "title" in schema["$defs"]["Row"]["properties"]


def test_publishing_twice_changes_nothing(tmp_path):
    assert [file.name for file in publish({"table": Table}, tmp_path)] == ["table.schema.json"]
    assert publish({"table": Table}, tmp_path) == []


@pytest.mark.parametrize("file", sorted(shipped_folder("rubrics").glob("*.yaml")), ids=lambda file: file.stem)
def test_a_shipped_rubric_fits_the_published_schema(file):
    assert complaints(Rubric, file.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("file", sorted(shipped_folder("scales").glob("*.yaml")), ids=lambda file: file.stem)
def test_a_shipped_scale_fits_the_published_schema(file):
    assert complaints(Scale, file.read_text(encoding="utf-8")) == []
    assert file.read_text(encoding="utf-8").startswith(
        "# yaml-language-server: $schema=../schemas/scale.schema.json\n"
    )
