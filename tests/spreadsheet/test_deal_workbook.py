from __future__ import annotations

import math

import pytest
from openpyxl import load_workbook

from poc_eval.catalog.shipped import shipped_folder
from poc_eval.cli import main
from poc_eval.finance import Deal
from poc_eval.finance.licence_parts import Licensee, Pricing
from poc_eval.spreadsheet.deal_workbook import deal_workbook

SHEET = "方案比选 Comparison"
FILES = sorted(shipped_folder("deals").glob("*.yaml"))


def saved(deal, tmp_path):
    path = tmp_path / "deal.xlsx"
    deal_workbook(deal.compare()).save(path)
    return path


def same_as(comparison, cells):
    """Compare the recomputed comparison with ours, row by row."""
    for row, one in enumerate(comparison.structures, start=5):
        assert float(cells[SHEET, f"B{row}"]) == pytest.approx(one.licensor_npv, rel=1e-12)
        assert float(cells[SHEET, f"D{row}"]) == pytest.approx(one.licensee_npv, rel=1e-12)
        if one.breakeven_royalty is not None:
            assert float(cells[SHEET, f"E{row}"]) == pytest.approx(one.breakeven_royalty, rel=1e-12)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_another_engine_comes_to_the_same_present_values(file, tmp_path, engine):
    deal = Deal.load(file)
    same_as(deal.compare(), engine(saved(deal, tmp_path)))


@pytest.mark.slow
def test_libreoffice_comes_to_the_same_present_values(tmp_path, by_libreoffice):
    deal = Deal.load("use-first-pay-later")
    same_as(deal.compare(), by_libreoffice(saved(deal, tmp_path)))


def test_every_formula_carries_the_value_it_has_now(tmp_path, engine):
    path = saved(Deal.load("use-first-pay-later"), tmp_path)
    computed = engine(path)
    shown = load_workbook(path, data_only=True)
    formulas = [
        (page.title, cell.coordinate)
        for page in load_workbook(path)
        for row in page.iter_rows()
        for cell in row
        if cell.data_type == "f"
    ]
    assert len(formulas) > 60
    for title, place in formulas:
        here = shown[title][place].value
        assert math.isclose(float(computed[title, place]), here, rel_tol=1e-12, abs_tol=0.005), (title, place)


def test_a_changed_input_changes_the_result_as_the_file_would(tmp_path, engine):
    deal = Deal.load("use-first-pay-later")
    path = saved(deal, tmp_path)
    book = load_workbook(path)
    page = book["输入 Inputs"]
    changed = {"年折现率": 0.15, "试用期": 0.7, "提成率": 0.08}
    for row in page.iter_rows(min_row=3):
        for words, value in changed.items():
            if row[0].value and words in row[0].value and isinstance(row[1].value, float):
                row[1].value = value
    book.save(path)
    text = (shipped_folder("deals") / "use-first-pay-later.yaml").read_text(encoding="utf-8")
    for before, after in (
        ("rate: 10%", "rate: 15%"),
        ("success: 0.6", "success: 0.7"),
        ("rate: 5%", "rate: 8%"),
    ):
        assert before in text
        text = text.replace(before, after)
    other = tmp_path / "changed.yaml"
    other.write_text(text, encoding="utf-8")
    same_as(Deal.load(other).compare(), engine(path))


def test_a_deal_of_every_kind_of_payment_recomputes(tmp_path, engine, a_rich_deal):
    same_as(a_rich_deal.compare(), engine(saved(a_rich_deal, tmp_path)))


@pytest.mark.parametrize(
    ("bids", "price"),
    [(("300万", "310万"), 3100000), (("310万", "310万"), "未成交"), (("270万",), "未成交")],
)
def test_the_price_recomputes_from_the_bids(tmp_path, engine, bids, price):
    pricing = {
        "by": "auction",
        "reserve": "280万",
        "bids": [{"bidder": f"=单位{place}", "amount": amount} for place, amount in enumerate(bids)],
    }
    deal = Deal.load("exclusive-licence")
    small = {"structures": {"buy_out": deal.structures["buy_out"]}, "licensee": Licensee(), "sales": ()}
    deal = deal.model_copy(update={**small, "pricing": Pricing.model_validate(pricing)})
    path = saved(deal, tmp_path)
    place = f"B{len(bids) + 7}"
    shown = load_workbook(path, data_only=True)["定价 Price"][place].value
    assert shown == price
    assert engine(path)["定价 Price", place] == price


@pytest.fixture
def a_rich_deal():
    return Deal.model_validate(
        {
            "id": "rich",
            "title": {"zh": "=1+1", "en": "=1+1"},
            "source": {"document": "+x"},
            "discount": {"rate": "9%"},
            "years": "5",
            "sales": [
                {"at": "1.5", "amount": "9000000", "gross": "9900000"},
                {"at": "2.5", "amount": "8000000", "gross": "8000000"},
            ],
            "sales_probability": "55%",
            "licensee": {"margin": "0.4", "costs": [{"at": "0", "amount": "9"}, {"at": "3", "amount": "77"}]},
            "trial": {"months": "18", "exit": "no", "success": "80%"},
            "structures": {
                "a": [
                    {"kind": "fixed", "at": "0", "amount": "400000"},
                    {"kind": "fixed", "at": "2", "amount": "100000", "paid": "0.8"},
                    {
                        "kind": "deferred",
                        "amount": "200000",
                        "until": {"months": "30", "or": "first_revenue"},
                    },
                    {"kind": "deferred", "amount": "100", "until": {"or": "first_revenue"}, "paid": "0.9"},
                    {"kind": "deferred", "amount": "500", "until": {"months": "3"}},
                    {"kind": "guarantee", "covers": "60%", "fee": "3%", "fee_by": "licensor"},
                ],
                "b": [
                    {
                        "kind": "royalty",
                        "of": "gross_sales",
                        "rate": "4%",
                        "minimum": "150000",
                        "paid": "0.95",
                    },
                    {"kind": "milestone", "at": "3", "amount": "60000", "probability": "0.4"},
                ],
                "c": [{"kind": "royalty", "of": "profit", "rate": "10%"}],
            },
            "titles": {"b": {"zh": "=cmd|' /C calc'!A0", "en": "b"}},
        }
    )


def test_the_command_writes_it_beside_what_it_says(tmp_path, capsys):
    path = tmp_path / "deal.xlsx"
    assert main(["deal", "exclusive-licence", "-o", str(path), "--lang", "en"]) == 0
    assert load_workbook(path).sheetnames[0] == SHEET
    assert "Buy-out" in capsys.readouterr().out


def test_a_folder_that_is_not_there_is_an_answer(tmp_path, capsys):
    assert main(["deal", "exclusive-licence", "-o", str(tmp_path / "no" / "deal.xlsx"), "--json"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "Traceback" not in said.err
