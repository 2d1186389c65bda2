from __future__ import annotations

import json

import pytest
from openpyxl import load_workbook

from poc_eval.cli import main

HEAD = "claim_id,payee,period,service_revenue,service_revenue_declared,service_revenue_reason,filing_valid\n"
CLAIMS = HEAD + (
    "C1,示例单位甲,2023,4000000,4200000,纯检测收入,yes\n"
    "C2,示例单位乙,2023,2806667.67,2806667.67,,yes\n"
    "C3,示例单位丙,2023,30000,900000,票据不全,是\n"
)


@pytest.fixture
def claims(tmp_path):
    file = tmp_path / "claims.csv"
    file.write_text(CLAIMS, encoding="utf-8")
    return file


def test_the_document_is_the_contracts(claims, capsys):
    assert main(["subsidy", "hefei-pilot-operation", "--claims", str(claims), "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["policy"][0]["id"] == "hefei-pilot-operation"
    assert said["total"] == "1842000.30"
    first = said["claims"][0]
    wanted = {
        "claim_id": "C1",
        "payee": "示例单位甲",
        "period": "2023",
        "policy": "hefei-pilot-operation",
        "base": "4000000.00",
        "rate": "0.30",
        "uncapped": "1200000.00",
        "cap": "1000000.00",
        "amount": "1000000.00",
        "capped": True,
        "reason": "cap",
        "clause": "中试平台（基地）运营",
    }
    assert {key: first[key] for key in wanted} == wanted
    assert "3,333,333.33" in first["explain"]["zh"]
    assert "核减 200,000.00 元：纯检测收入" in first["explain"]["zh"]
    assert "earns nothing more" in first["explain"]["en"]
    assert [one["reason"] for one in said["claims"]] == ["cap", "rate", "below_minimum"]


def test_for_people_it_is_a_table_with_the_sum_in_capitals(claims, capsys):
    assert (
        main(["subsidy", "hefei-pilot-operation", "--claims", str(claims), "--lang", "zh", "--explain"]) == 0
    )
    shown = capsys.readouterr().out
    assert "合计：1,842,000.30 元（壹佰捌拾肆万贰仟元零叁角）" in shown
    assert "依据：《合肥市促进经济发展若干政策》" in shown


def test_the_workbook_shows_what_is_paid_and_leads_back_to_the_claims(claims, tmp_path, capsys):
    file = tmp_path / "book.xlsx"
    arguments = ["subsidy", "hefei-pilot-operation", "--claims", str(claims), "-o", str(file), "--lang", "en"]
    assert main(arguments) == 0
    assert f"The workbook is {file}." in capsys.readouterr().err
    front = load_workbook(file, data_only=True)["测算表 Payouts"]
    assert [front[f"L{row}"].value for row in range(5, 9)] == [1000000, 842000.3, 0, 1842000.3]
    assert front["D9"].value == "壹佰捌拾肆万贰仟元零叁角"
    live = load_workbook(file)
    assert live["测算表 Payouts"]["L5"].value.startswith("='计算1 hefei-pilot-operation'!")
    said = " ".join(
        str(cell.value) for row in live["政策1 hefei-pilot-operation"].iter_rows() for cell in row
    )
    assert "合肥市促进经济发展若干政策" in said
    assert "中试平台（基地）运营" in said
    claims.write_text(CLAIMS.replace("4000000", "4000000.001"), encoding="utf-8")
    file.unlink()
    assert main(arguments) == 2
    assert not file.exists()


def test_a_workbook_has_a_workbooks_name(claims, tmp_path, capsys):
    wrong = tmp_path / "book.csv"
    arguments = [
        "subsidy",
        "hefei-pilot-operation",
        "--claims",
        str(claims),
        "-o",
        str(wrong),
        "--lang",
        "en",
    ]
    assert main(arguments) == 2
    assert capsys.readouterr().err.endswith("is not the name of a workbook; let it end in .xlsx\n")


def test_wrong_claims_are_told_by_line_and_column_and_nothing_is_paid(claims, capsys):
    text = CLAIMS.replace("2806667.67,2806667.67", "12.345,1").replace("是\n", "也许\n")
    claims.write_text(text, encoding="utf-8")
    arguments = ["subsidy", "hefei-pilot-operation", "--claims", str(claims), "--json", "--lang", "en"]
    assert main(arguments) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.splitlines() == [
        (
            f"poc-eval: {claims}:3: service_revenue: 12.345 yuan is more exact than one fen; "
            "give at most two decimals of a yuan"
        ),
        f'poc-eval: {claims}:4: filing_valid: "也许" does not fit here; write yes or no',
    ]


def test_a_unit_that_is_not_on_the_list_is_told(claims, tmp_path, capsys):
    known = tmp_path / "units.csv"
    known.write_text("payee\n示例单位甲\n示例单位乙\n", encoding="utf-8")
    arguments = ["subsidy", "hefei-pilot-operation", "--claims", str(claims), "--payees", str(known)]
    assert main([*arguments, "--lang", "en"]) == 2
    assert f'{claims}:4: payee: the unit "示例单位丙" is not known' in capsys.readouterr().err
    known.write_text("name\n示例单位甲\n", encoding="utf-8")
    assert main(arguments) == 2


def test_a_claim_outside_the_dates_is_told_beside_the_result(tmp_path, capsys):
    file = tmp_path / "claims.csv"
    file.write_text("claim_id,payee,period,contract_amount,listed_vat\nC1,甲,2021,100,0\n", encoding="utf-8")
    assert main(["subsidy", "stamp", "--claims", str(file), "--json", "--lang", "en"]) == 0
    said = capsys.readouterr()
    assert json.loads(said.out)["claims"][0]["reason"] == "not_in_force"
    assert said.err.startswith("line 2, period: the claim C1 is outside the dates of stamp")


def test_an_unknown_policy_and_a_missing_file_are_one_line_each(claims, tmp_path, capsys):
    assert main(["subsidy", "hefei-pilot-operatoin", "--claims", str(claims), "--lang", "en"]) == 2
    assert "hefei-pilot-operation" in capsys.readouterr().err
    assert main(["subsidy", "iit", "--claims", str(tmp_path / "no.csv"), "--lang", "en"]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_policies_come_with_sources_dates_and_what_is_not_known(capsys):
    assert main(["policies", "--json"]) == 0
    listed = {one["id"]: one for one in json.loads(capsys.readouterr().out)["policies"]}
    assert listed["hefei-pilot-operation"]["source"]["seen"] == "seed"
    assert listed["beijing-post-subsidy"]["unknown"] == ["payout.rate"]
    assert listed["stamp"]["in_force"] == {"from": "2022-07-01", "to": None, "known": False}
    assert main(["policies", "--lang", "zh"]) == 0
    assert "hefei-poc-centre" in capsys.readouterr().out
