"""What a finance officer sees of claims: the sum first, every row with its reason."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

import pytest

from poc_eval.finance import Policy
from poc_eval.finance.claims.form import ClaimForm, Figure, Voucher
from poc_eval.finance.claims.reckoning import reckon
from poc_eval.finance.claims.settled import waterfall
from poc_eval.views.payout.checks import findings, what_if
from poc_eval.views.payout.planning import budgets, payout_calendar
from poc_eval.views.payout.summary import budget_bar, payout_cards, percent_of
from poc_eval.views.payout.table import caps_that_bind, explanations, payout_table
from poc_eval.views.payout.waterfall import payout_waterfall, steps_of

VIEWS = (
    payout_cards, payout_table, explanations, caps_that_bind, payout_waterfall, budgets, payout_calendar,
    findings, what_if,
)  # fmt: skip


def words(markup):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", str(markup)))


def test_the_sum_stands_in_figures_and_capitals_with_budget_caps_and_refusals(build):
    shown = words(payout_cards(build.payouts(budget=Decimal("3000000.00")), "zh"))
    for said in (
        "1,842,000.30",
        "壹佰捌拾肆万贰仟元零叁角",
        "年度预算 3,000,000.00",
        "61%",
        "结余 1,157,999.70",
    ):
        assert said in shown


def test_a_budget_that_does_not_suffice_is_said_in_words(build):
    shown = words(payout_cards(build.payouts(budget=Decimal("1000000.00")), "zh"))
    assert "超出预算 842,000.30" in shown
    assert 'width="100.00"' in str(budget_bar(Decimal("1.84"), "x"))


@pytest.mark.parametrize(
    ("part", "whole", "said"), [("1", "300", "<1%"), ("299", "300", "99%"), ("0", "3", "0%"), ("1", "0", "–")]
)
def test_a_share_is_never_rounded_up_to_all_or_down_to_nothing(part, whole, said):
    assert percent_of(Decimal(part), Decimal(whole)) == said


def test_each_row_has_declared_reduced_verified_and_payout_and_the_table_its_sum(build):
    shown = words(payout_table(build.payouts(), "zh"))
    assert (
        "C1 示例单位1 2023 4,200,000.00 200,000.00 4,000,000.00 30% 1,200,000.00 1,000,000.00 上限" in shown
    )
    assert "C3 示例单位3 2023 900,000.00 870,000.00 30,000.00 30% 9,000.00 0.00" in shown
    assert "合计 1,842,000.30" in shown


def test_every_row_answers_why(build):
    shown = words(explanations(build.payouts(), "zh"))
    assert shown.count("为什么是") == 3
    assert "4,000,000.00 × 30% = 1,200,000.00 元" in shown
    assert "超过 3,333,333.33 元的部分不再增加补助" in shown
    assert "依据" in shown


def test_the_waterfall_goes_from_declared_to_paid_in_bars_and_figures(build):
    steps = steps_of(waterfall(build.payouts().reckoning.settlement))
    levels = [one.level for one in steps]
    assert levels[0] == 790_666_767
    assert levels[-1] == 184_200_030
    for before, step in pairwise(steps):
        assert step.level == before.level + (step.change or 0)
    chart = str(payout_waterfall(build.payouts(), "zh"))
    assert chart.count("<rect") == len(steps) == chart.count('scope="row"')
    assert "−200,000.00" in chart


def test_a_rule_without_a_base_begins_with_its_payouts():
    once = Policy.load("example-one-time")
    form = ClaimForm("C1", "示例单位", once.id, "2023", facts={"recognised": "yes", "date": "2023-05-01"})
    (first, last) = steps_of(waterfall(reckon([once], [form]).settlement))
    assert first.level == last.level == 20_000_000


def test_budget_calendar_and_what_if_say_where_there_is_nothing(build):
    small = build.payouts(build.claim(3))
    assert "政策未载明预算" in words(budgets(small, "zh"))
    assert "无拨付安排" in words(payout_calendar(small, "zh"))
    assert "没有触及上限" in words(caps_that_bind(small, "zh"))


def test_instalments_and_levels_stand_in_the_calendar(build):
    shared = Policy.load("example-city-district")
    figures = [
        Figure("investment", None, Decimal("1000000.00")),
        Figure("total_investment", None, Decimal("9000000.00")),
    ]
    form = ClaimForm("C1", "示例单位", shared.id, "2023-01-01/2023-12-31", figures=figures)
    shown = words(payout_calendar(build.payouts(form, policies=[shared]), "zh"))
    for said in ("1 批准后 市级", "2 验收后 区级", "144,000.00", "合计 400,000.00"):
        assert said in shown


def test_facts_and_suspicions_are_told_apart(build):
    twice = build.payouts(
        replace(build.claim(1), vouchers=[Voucher(invoice="04415678", amount=Decimal("5000000.01"))]),
        replace(build.claim(2), vouchers=[Voucher(invoice="04415678", amount=Decimal("5000000.01"))]),
        replace(build.claim(3), vouchers=[Voucher(invoice="04415679", amount=Decimal("5000000.01"))]),
    )
    shown = words(findings(twice, "zh"))
    facts, alike = shown.split("疑似重复（仅供核对，不是结论）")
    assert "发票 04415678 同时出现在 C1, C2" in facts
    assert "04415679" in alike
    assert "未发现" in words(findings(build.payouts(), "zh"))


def test_what_if_shows_the_other_reading_the_other_rate_and_growth(build):
    shown = words(
        what_if(build.payouts(policy=build.policy, rate=Decimal("0.25"), cap=Decimal("800000.00")), "zh")
    )
    assert "比例 25%，上限 800,000.00 1,501,666.92 −340,333.38" in shown
    assert "1,851,000.30 +9,000.00 示例单位3 +9,000.00" in shown
    assert "+20% 2,010,800.00" in shown


def test_with_a_fault_every_view_says_what_is_wrong_and_pays_nothing(build):
    wrong = build.payouts(replace(build.claim(1), credit_code="91350100M000100Y44"), build.claim(2))
    for view in VIEWS:
        if view is not findings:
            shown = words(view(wrong, "zh"))
            assert "C1" in shown
            assert "校验码不符" in shown


def test_what_people_type_stays_text(build):
    hostile = "<script>window.__pwned=1</script>"
    payouts = build.payouts(
        build.claim(1, payee=hostile, vouchers=[Voucher(contract=hostile, invoice=hostile)]),
        build.claim(2, payee=hostile, vouchers=[Voucher(contract=hostile, invoice=hostile)]),
    )
    for view in VIEWS:
        assert "<script" not in str(view(payouts, "zh"))
    assert "&lt;script&gt;" in str(payout_table(payouts, "zh"))


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.__name__)
def test_every_word_is_translated(build, view, pseudo_words):
    payouts = build.payouts(
        replace(build.claim(1), vouchers=[Voucher(invoice="04415678")]),
        replace(build.claim(2), vouchers=[Voucher(invoice="04415678")]),
        build.claim(3),
        budget=Decimal("3000000.00"),
        policy=build.policy,
        rate=Decimal("0.25"),
    )
    known = {
        "示例单位1",
        "示例单位2",
        "示例单位3",
        "C1",
        "C2",
        "C3",
        "hefei-pilot-operation",
        "壹佰捌拾肆万贰仟元零叁角",
    }
    assert pseudo_words.forgotten(words(view(payouts, "pseudo")), known) == []
