"""Every programme that comes with the program."""

from __future__ import annotations

import json

import jsonschema
import pytest

from poc_eval.catalog.reader import read_yaml
from poc_eval.catalog.shipped import shipped_folder
from poc_eval.finance.programme import Programme
from poc_eval.finance.programme.document import document

FILES = sorted(shipped_folder("programmes").glob("*.yaml"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_shipped_programme_is_found_by_its_name_and_can_be_worked_out(file):
    programme = Programme.load(file.stem)
    assert programme.id == file.stem
    assert programme.source.seen is not None
    said = json.dumps(document(programme.value()))
    assert "NaN" not in said
    assert "Infinity" not in said


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_an_editor_takes_it_by_the_published_schema(file):
    schema = json.loads((shipped_folder("schemas") / "programme.schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(read_yaml(file).data, schema)


def test_the_centre_gets_ten_million_a_year_from_authority_and_host_together():
    value = Programme.load("poc-centre-three-years").value()
    got = [(value.day(flow).isoformat(), flow.payer, int(flow.amount)) for flow in value.plan.flows]
    assert got == [
        (f"{year}-11-01", payer, 5000000) for year in (2020, 2021, 2022) for payer in ("authority", "host")
    ]


def test_the_subsidy_of_the_pilot_line_is_worked_out_by_the_policy_and_kept_stage_by_stage():
    value = Programme.load("pilot-line").value()
    paid = [int(flow.amount) for flow in value.plan.flows if flow.kind == "grant"]
    back = [int(flow.amount) for flow in value.plan.flows if flow.kind == "clawback"]
    # 30% of 8,000,000; a third of it is earned by each of three stages
    assert (paid, back) == ([2400000], [1600000, 800000])
