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


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        (("amount: 30000000", "amount: 0"), "只有支出，没有收入，不存在收益率"),
        (("cost: 4000000", "cost: 0"), "只有一笔收付；有投入又有收回，才有收益率"),
    ],
)
def test_where_there_is_no_rate_of_return_the_reason_stands_in_its_place(file, capsys, wrong, reason):
    text = FILE.replace("cost: 1000000", "cost: 0") if "cost" in wrong[0] else FILE
    file.write_text(text.replace(*wrong), encoding="utf-8")
    assert main(["cashflow", str(file), "--lang", "zh"]) == 0
    said = capsys.readouterr().out
    assert reason in said
    assert "nan" not in said.lower()
    assert main(["cashflow", str(file), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["irr_if_success"], found["irr_reason"]["zh"]) == (None, reason)


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


def test_where_only_stages_are_random_simulate_is_exact(file, capsys):
    assert main(["cashflow", str(file), "--simulate", "1000", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)["simulation"]
    assert found == {
        "method": "exact",
        "paths": 1000,
        "seed": 0,
        "mean": 2227648.38,
        "standard_error": 0.0,
        "sd": found["sd"],
        "p05": -4636363.64,
        "p50": -1000000.0,
        "p95": 17903080.39,
        "p_loss": 0.76,
        "cvar95": -4636363.64,
    }


def test_a_simulation_is_the_same_every_time_and_another_with_another_seed(capsys):
    said = []
    for seed in ("7", "7", "8"):
        assert main(["cashflow", "two-stage", "--simulate", "5000", "--seed", seed, "--json"]) == 0
        document = json.loads(capsys.readouterr().out)
        said.append((document["simulation"], document["simulation_with_grant"]))
    assert said[0] == said[1] != said[2]
    assert said[0][0]["seed"] == 7
    assert said[0][0]["method"] == "simulated"


def test_people_are_told_the_distribution_the_scenarios_and_what_the_value_hangs_on(capsys):
    assert main(["cashflow", "two-stage", "--simulate", "2000", "--sensitivity", "--lang", "zh"]) == 0
    shown = capsys.readouterr().out
    for words in (
        "最差 5% 的均值（CVaR）",
        "模拟 2,000 次，随机数种子 0",
        "谨慎",
        "敏感性（单因素）",
        "trial.success",
        "18,150,000.00",
    ):
        assert words in shown


@pytest.mark.parametrize("paths", ["0", "many", "-5", "1e6", "99999999999"])
def test_a_number_of_paths_that_is_none_is_told(file, capsys, paths):
    assert main(["cashflow", str(file), f"--simulate={paths}", "--lang", "en"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("poc-eval: ")
    assert "Traceback" not in said.err


def test_without_probabilities_there_is_nothing_to_simulate(capsys):
    assert main(["cashflow", "two-instalments", "--simulate", "100", "--lang", "en"]) == 2
    assert "no probabilities" in capsys.readouterr().err


def test_a_workbook_is_written_beside_the_figures(file, tmp_path, capsys):
    made = tmp_path / "book.xlsx"
    assert main(["cashflow", str(file), "-o", str(made), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["rnpv"] == 2227648.38
    assert made.read_bytes().startswith(b"PK")


def test_a_workbook_that_is_none_is_refused(file, tmp_path, capsys):
    assert main(["cashflow", str(file), "-o", str(tmp_path / "book.xls"), "--lang", "en"]) == 2
    assert "end it with .xlsx" in capsys.readouterr().err
    assert not (tmp_path / "book.xls").exists()
