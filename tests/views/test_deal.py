from __future__ import annotations

import re

import pytest

from poc_eval.finance import Deal
from poc_eval.views.deal import deal_comparison, deal_map, deal_payments, deal_warnings


@pytest.fixture(scope="module")
def comparison():
    return Deal.load("use-first-pay-later").compare()


def text(markup):
    return re.sub(r"<[^>]+>", " ", str(markup))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_chart_and_table_say_the_same_for_both_parties(comparison, lang):
    shown = str(deal_comparison(comparison, lang))
    chart, table = shown.split("</svg>")
    for figure in ("3,000,000", "1,513,348", "2,590,909", "3,820,712", "5,307,363", "4,336,166"):
        assert figure in text(chart)
        assert figure in text(table)
    assert "10.9916%" in table
    assert "-1,486,652" in table


def test_the_map_frames_what_is_worth_more_and_its_table_has_a_plus_there(comparison):
    found = comparison.deal.royalty_map("use_first", [0.05, 0.2], [0.2, 0.6])
    shown = str(deal_map(found, "en"))
    chart, table = shown.split("</svg>")
    assert chart.count("pe-better") == 1
    assert text(table).count("+") == 1
    for figure in ("-231.4", "-107.3", "-148.7", "+223.5"):
        assert figure in text(chart)
        assert figure in text(table)


def test_every_payment_stands_with_when_how_much_and_how_probably(comparison):
    shown = text(deal_payments(comparison, "zh"))
    assert shown.count("收入提成") == 5
    assert "30,000.00" in shown
    assert "36%" in shown


def test_what_is_typed_into_a_file_is_shown_and_not_run():
    deal = Deal.load("use-first-pay-later")
    bad = "<script>alert(1)</script>"
    other = deal.model_copy(
        update={"titles": {"buy_out": type(deal.title)(zh=bad, en=bad)}, "pricing": None}
    ).compare()
    for view in (deal_comparison, deal_payments, deal_warnings):
        shown = str(view(other, "zh"))
        assert "<script" not in shown
    assert "&lt;script&gt;" in str(deal_comparison(other, "zh"))


def test_guard_rails_stand_with_their_source(comparison):
    assert "pe-good" in str(deal_warnings(comparison, "zh"))
    told = comparison.deal.model_copy(update={"pricing": None}).compare()
    assert "中华人民共和国促进科技成果转化法 第十八条" in text(deal_warnings(told, "zh"))


def test_a_loss_is_a_minus_and_not_a_colour():
    deal = Deal.load("use-first-pay-later")
    poor = deal.model_copy(update={"sales_probability": deal.sales_probability * 0}).compare()
    shown = text(deal_comparison(poor, "en"))
    assert "-4,863,636" in shown
    assert "nan" not in shown.lower()
