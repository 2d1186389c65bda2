from __future__ import annotations

import json

import pytest

from poc_eval.cli import main

DEAL = """\
id: use-first
title: {zh: 先使用后付费, en: Use first}
source: {document: 示例}
discount: {rate: 0.10}
years: 8
sales: [{at: 2, amount: 20000000}, {at: 3, amount: 20000000}]
sales_probability: 0.5
licensee: {margin: 0.35, costs: [{at: 0, amount: 500000}]}
trial: {months: 12, exit: true, success: 0.6}
structures:
  buy_out:   [{kind: fixed, at: 0, amount: 3000000}]
  use_first: [{kind: fixed, at: 0, amount: 0}, {kind: milestone, at: 1, amount: 500000, probability: 0.6},
              {kind: royalty, rate: 0.05, of: net_sales, minimum: 0}]
  deferred:  [{kind: deferred, amount: 3000000, until: {months: 12, or: first_revenue}},
              {kind: guarantee, covers: 0.5, fee: 0.02}]
"""


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "deal.yaml"
    path.write_text(DEAL, encoding="utf-8")
    return path


def test_the_document_holds_each_structure_for_both_parties(file, capsys):
    assert main(["deal", str(file), "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["deal"], said["rate"], said["compared_with"]) == ("use-first", 0.1, "buy_out")
    found = said["structures"]
    assert list(found) == ["buy_out", "use_first", "deferred"]
    assert found["buy_out"]["licensor_npv"] == 3000000
    assert found["buy_out"]["breakeven_royalty"] is None
    # 300,000 / 1.1, and 0.3 x 1,000,000 in years 2 and 3
    running = 0.3 * 1e6 * (1.1**-2 + 1.1**-3)
    assert found["use_first"]["licensor_npv"] == pytest.approx(300000 / 1.1 + running)
    assert found["use_first"]["breakeven_royalty"] == pytest.approx(0.05 * (3e6 - 300000 / 1.1) / running)
    profit = 0.3 * 0.35 * 2e7 * (1.1**-2 + 1.1**-3) - 500000
    assert found["deferred"]["licensee_npv"] == pytest.approx(profit - 3e6 / 1.1 - 30000)
    assert found["use_first"]["payments"][1] == {
        "kind": "milestone",
        "at": 1.0,
        "amount": "500000.00",
        "probability": 0.6,
        "licensor_pv": pytest.approx(300000 / 1.1),
        "licensee_pv": pytest.approx(300000 / 1.1),
    }
    assert [one["id"] for one in said["warnings"]] == ["pricing"]


def test_for_people_it_is_a_table_and_what_to_consider(file, capsys):
    assert main(["deal", str(file), "--lang", "zh"]) == 0
    said = capsys.readouterr()
    assert "一次性买断" in said.out
    assert "3,000,000.00" in said.out
    assert "第十八条" in said.err or "促进科技成果转化法" in said.err


def test_every_fault_is_told_with_its_line_and_nothing_is_printed(file, capsys):
    wrong = DEAL.replace("amount: 20000000}, {", "amount: -5}, {").replace("covers: 0.5", "covers: 1.5")
    wrong = wrong.replace("rate: 0.05, of", "rate: 5, of").replace(
        "{kind: fixed, at: 0, amount: 0}", "{kind: gift}"
    )
    file.write_text(wrong, encoding="utf-8")
    assert main(["deal", str(file), "--json", "--lang", "en"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert [line.split(": ", 2)[1].rpartition(":")[2] for line in said.err.splitlines()] == ["12", "13", "15"]


def test_a_negative_figure_and_a_guarantee_for_nothing_are_told_together(file, capsys):
    wrong = DEAL.replace("amount: 20000000}, {", "amount: -5}, {")
    file.write_text(wrong.replace("until: {months: 12, or: first_revenue}", "until: {}"), encoding="utf-8")
    assert main(["check", str(file), "--lang", "en"]) == 1
    lines = capsys.readouterr().err.splitlines()
    assert [line.split(": ", 2)[1].rpartition(":")[2] for line in lines] == ["6", "14"]


def test_a_shipped_deal_is_found_by_its_id(capsys):
    assert main(["deal", "use-first-pay-later", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["deal"] == "use-first-pay-later"


def test_a_deal_that_nobody_has_is_an_answer(capsys):
    assert main(["deal", "nowhere", "--lang", "en"]) == 2
    assert 'no definition with the id "nowhere"' in capsys.readouterr().err


def test_bids_give_the_price_and_their_faults_have_lines(file, capsys):
    bids = """\
pricing: {by: auction, venue: 中技所, reserve: 280万,
  bids: [{bidder: 甲, amount: 300万}, {bidder: 乙, amount: 310万}]}
"""
    file.write_text(DEAL + bids, encoding="utf-8")
    assert main(["deal", str(file), "--lang", "zh"]) == 0
    assert "价格（拍卖）：3,100,000.00 元，为 2 个报价中的最高价，报价人：乙" in capsys.readouterr().out
    assert main(["deal", str(file), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)["pricing"]
    assert (found["price"], found["standing"], found["reserve"]) == ("3100000.00", "highest", "2800000.00")
    file.write_text(DEAL + bids.replace("by: auction", "by: agreement"), encoding="utf-8")
    assert main(["deal", str(file), "--lang", "en"]) == 2
    assert f"{file}:16:" in capsys.readouterr().err
