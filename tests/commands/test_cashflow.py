from __future__ import annotations

import json

import pytest

from poc_eval.cli import main

FILE = """
id: two-stage
title: {zh: 两阶段, en: Two stages}
source: {document: 示例}
currency: CNY
start: 2026-01-01
discount: {rate: 0.10, timing: start}
stages:
  - {id: plan,  at: 0, cost: 1000000, success: 0.6, shows: {zh: 考核指标, en: what must be shown}}
  - {id: trial, at: 1, cost: 4000000, success: 0.4, cost_by: project}
income:
  - {at: 3, amount: 30000000, to: project}
parties: [funder, project]
"""


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "two-stage.yaml"
    path.write_text(FILE, encoding="utf-8")
    return path


def test_the_document_is_the_contracts(file, capsys):
    assert main(["cashflow", str(file), "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    calendar = said.pop("calendar")
    assert (
        said.items()
        >= {
            "programme": "two-stage",
            "currency": "CNY",
            "rate": 0.1,
            "p_success": 0.24,
            "rnpv": 2227648.38,
            "npv_if_success": 17903080.39,
            "with_abandonment": 2227648.38,
            "rnpv_with_grant": None,
            "irr_if_success": 1.199751,
            "irr_status": "unique",
            "payback_months": 36,
            "peak_funding": "5000000.00",
        }.items()
    )
    assert said["outcomes"] == [
        {"ends_at": "plan", "probability": 0.4, "npv": -1000000.0},
        {"ends_at": "trial", "probability": 0.36, "npv": -4636363.64},
        {"ends_at": "success", "probability": 0.24, "npv": 17903080.39},
    ]
    assert {party: one["npv"] for party, one in said["parties"].items()} == {
        "funder": 0.0,
        "project": 2227648.38,
    }
    first = {
        "date": "2026-01-01",
        "stage": "plan",
        "kind": "cost",
        "from": "project",
        "to": None,
        "amount": "1000000.00",
        "probability": 1.0,
    }
    assert first.items() <= calendar[0].items()
    assert [(one["date"], one["kind"]) for one in calendar[1:]] == [
        ("2027-01-01", "cost"),
        ("2029-01-01", "income"),
    ]


def test_for_people_it_says_what_it_is_worth_where_it_ends_and_who_pays_when(file, capsys):
    assert main(["cashflow", str(file), "--lang", "zh"]) == 0
    shown = capsys.readouterr().out
    for words in (
        "风险调整净现值（rNPV）",
        "2,227,648.38",
        "止于：trial",
        "各方情况",
        "5,000,000.00 元（2027-01-01）",
    ):
        assert words in shown


def test_a_plan_without_probabilities_is_a_calendar(capsys):
    assert main(["cashflow", "two-instalments", "--lang", "en"]) == 0
    shown = capsys.readouterr().out
    assert "not defined, because the stages have no probabilities" in shown
    assert "2027-01-01" in shown


def test_loans_are_told_year_by_year_and_listed_month_by_month(capsys):
    assert main(["cashflow", "two-stage", "--lang", "en"]) == 0
    assert "2026        interest " in capsys.readouterr().out
    assert main(["cashflow", "two-stage", "--json"]) == 0
    calendar = json.loads(capsys.readouterr().out)["calendar"]
    assert len([one for one in calendar if one["kind"] == "interest"]) == 36


def test_every_fault_is_told_with_its_line_and_nothing_is_printed(file, capsys):
    wrong = FILE.replace("success: 0.6", "success: 60").replace("at: 3, amount", "at: 3, amuont")
    file.write_text(wrong, encoding="utf-8")
    assert main(["cashflow", str(file), "--json", "--lang", "en"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert [line.split(":")[2] for line in said.err.splitlines()] == ["9", "12", "12"]


def test_a_grant_that_its_policy_does_not_pay_is_noted(tmp_path, capsys):
    path = tmp_path / "nothing.yaml"
    inputs = "{service_revenue: 5000, filing_valid: yes}"
    grant = f"grants: [{{id: base, policy: hefei-pilot-operation, inputs: {inputs}}}]\n"
    path.write_text(FILE + grant, encoding="utf-8")
    assert main(["cashflow", str(path), "--lang", "en"]) == 0
    assert 'the grant "base" comes to nothing by its policy hefei-pilot-operation' in capsys.readouterr().err


def test_check_knows_a_programme(file, capsys):
    assert main(["check", str(file), "--lang", "zh"]) == 0
    assert "阶段目标与经费拨付计划 two-stage" in capsys.readouterr().out
