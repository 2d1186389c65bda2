from __future__ import annotations

import json

import pytest
from openpyxl import load_workbook

from poc_eval.cli import main


def test_the_document_holds_the_division_and_the_other_reading(capsys):
    assert (
        main(["sharing", "tsinghua-fuel-cell", "100万元", "--way", "licence", "--post", "head", "--json"])
        == 0
    )
    said = json.loads(capsys.readouterr().out)
    assert said["rule"]["id"] == "tsinghua-fuel-cell"
    assert said["parts"][0]["inside"][0] == {
        "to": "head",
        "title": {"zh": "正职领导", "en": "head of unit"},
        "share": "147/1000",
        "amount": "147000.00",
        "inside": [],
    }
    assert said["other_readings"][0]["parts"][0]["inside"][0]["amount"] == "210000.00"
    assert said["least_reward"]["standing"] == "met"
    assert len(said["approvals"]) == 2


def test_for_people_it_is_a_table_with_the_law_and_who_approves(capsys):
    assert main(["sharing", "pku", "19980000", "--lang", "zh"]) == 0
    said = capsys.readouterr()
    assert "13,986,000.00" in said.out
    assert "审批：党委常委会" in said.out
    assert "符合规定" in said.out
    assert "原文未说明分配基数" in said.err


def test_costs_and_agreed_shares_are_given_by_name(tmp_path, capsys):
    path = tmp_path / "sharing.xlsx"
    call = ["sharing", "chaoyang", "300000", "--cost", "costs=3000", "--choose", "team=95%", "-o", str(path)]
    assert main([*call, "--lang", "en"]) == 0
    assert "282,150.00" in capsys.readouterr().out
    assert load_workbook(path).sheetnames == ["收益分配 Division"]


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (["chaoyang", "300000"], "is to be chosen; choose a share from 70% to 95%"),
        (["chaoyang", "300000", "--choose", "team"], '--choose: "team" does not fit here'),
        (["chaoyang", "300000", "--choose", "team=0.9", "--choose", "team=0.8"], "write each name once"),
        (["chaoyang", "300000", "--choose", "team=0.9", "--cost", "lawyer=1"], 'called "lawyer"'),
        (["pku", "much"], 'received: "much" is not an amount'),
        (["nowhere", "1"], 'no definition with the id "nowhere"'),
    ],
)
def test_what_does_not_fit_is_told_and_nothing_is_printed(call, said, capsys):
    assert main(["sharing", *call, "--json", "--lang", "en"]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert said in told.err
