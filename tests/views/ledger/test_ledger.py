"""What a finance officer sees of the ledger: what comes next, plan against actual, every entry."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from poc_eval.finance.ledger.entries import (
    Answer,
    Demand,
    FundDocument,
    Met,
    Notice,
    Objection,
    Payment,
    Payout,
    Recovered,
    Returned,
    Reversal,
    Signature,
)
from poc_eval.finance.ledger.kept import Book, KeptLine, Stamp
from poc_eval.finance.ledger.line import Line
from poc_eval.finance.ledger.plan import FundingRule, InstalmentRule
from poc_eval.views.ledger.lines import ledger_lines
from poc_eval.views.ledger.overview import draft_notice, ledger_budget, ledger_cards, ledger_table

DAY = date(2026, 5, 30)
PAYOUT = Payout(
    date(2026, 5, 6), "示例单位甲", "91350100M000100Y43", "example-city-district@1#0", "2025", "", "C1",
    Decimal("1000000.00"),
    (InstalmentRule("approved", Decimal("0.6")), InstalmentRule("accepted", Decimal("0.4"))),
    (FundingRule("市级", Decimal("0.6"), "2060499"), FundingRule("区级", Decimal("0.4"))), 5, "natural",
    ("handled", "meeting"),
)  # fmt: skip
HANDLED = Signature(date(2026, 5, 6), "handled", "经办甲")
MET_TOGETHER = Signature(date(2026, 5, 8), "meeting", "局办公室", "2026年第7次", "同意")
NOTICE = Notice(date(2026, 5, 9), date(2026, 5, 13), "门户网站")
FUNDS = FundDocument(date(2026, 5, 14), "合财教〔2026〕18号", Decimal("1000000.00"))
CITY = Payment(date(2026, 5, 15), 1, Decimal("360000.00"), "ZF-1", "市级", "2060499", "HD-1")
DISTRICT = Payment(date(2026, 5, 16), 1, Decimal("240000.00"), "ZF-2", "区级")
RELEASED = (PAYOUT, HANDLED, MET_TOGETHER, NOTICE, FUNDS)
VIEWS = (ledger_table, ledger_lines, ledger_budget, ledger_cards, draft_notice)
STAMP = Stamp("k", datetime(2026, 5, 6, 1, 2, tzinfo=UTC), "经办甲")


def book(*entries, recorded=None):
    stamps = (STAMP,) * (len(entries) if recorded is None else recorded)
    return Book([KeptLine("line", Line(entries), stamps)], DAY)


def words(markup):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", str(markup)))


@pytest.mark.parametrize(
    ("entries", "said"),
    [
        ((PAYOUT,), "待会签：经办"),
        ((PAYOUT, HANDLED, MET_TOGETHER), "待公示"),
        ((PAYOUT, HANDLED, MET_TOGETHER, Notice(date(2026, 5, 28), DAY, "x")), "公示至 2026-05-30"),
        ((PAYOUT, HANDLED, MET_TOGETHER, NOTICE, Objection(date(2026, 5, 10), "x")), "待处理异议"),
        ((PAYOUT, HANDLED, MET_TOGETHER, NOTICE), "待资金下达"),
        (RELEASED, "应拨付 600,000.00 元"),
        ((*RELEASED, CITY, DISTRICT), "第 2 期待：验收后"),
        ((*RELEASED, CITY, Demand(DAY, Decimal("1.00"), "x", "y")), "应追回 1.00 元"),
        ((PAYOUT, Reversal(DAY, 1, "x")), "已冲销"),
    ],
)
def test_the_table_says_what_comes_next(entries, said):
    assert said in words(ledger_table(book(*entries), "zh"))


def test_a_line_that_is_paid_in_full_says_so():
    met = Met(date(2026, 5, 20), 2, "验收意见")
    rest = [
        Payment(date(2026, 5, 21), 2, Decimal("240000.00"), "ZF-3", "市级"),
        Payment(date(2026, 5, 21), 2, Decimal("160000.00"), "ZF-4", "区级"),
    ]
    assert "已全额拨付" in words(ledger_table(book(*RELEASED, CITY, DISTRICT, met, *rest), "zh"))


def test_sums_stand_above_the_table_and_drafts_are_told():
    shown = words(ledger_cards(book(*RELEASED, CITY), "zh"))
    for said in ("1,000,000.00", "360,000.00", "240,000.00", "640,000.00"):
        assert said in shown
    assert "有 1 笔尚未登记入账" in words(draft_notice(book(*RELEASED, CITY, recorded=5), "zh"))
    assert words(draft_notice(book(*RELEASED), "zh")) == ""


def test_each_payout_shows_its_plan_and_every_entry_with_who_recorded_it_when():
    entries = (
        *RELEASED, CITY,
        Returned(date(2026, 5, 17), "ZF-1", Decimal("60000.00"), "账号有误"),
        Objection(date(2026, 5, 10), "口径"), Answer(date(2026, 5, 11), 8, "无误"),
        Reversal(DAY, 7, "回单有误"),
        Demand(DAY, Decimal("1000.00"), "未完成", "追〔2026〕1号"),
        Recovered(DAY, Decimal("1000.00"), "HD-9"),
    )  # fmt: skip
    shown = words(ledger_lines(book(*entries), "zh"))
    for said in (
        "1 批准后 市级 2060499 360,000.00 360,000.00 0.00 否",
        "经办：经办甲 ", "局长办公会：局办公室，2026年第7次；同意", "至 2026-05-13，门户网站",
        "合财教〔2026〕18号",
        "第 1 期 市级，凭证号 ZF-1，预算科目 2060499，回单 HD-1", "凭证号 ZF-1：账号有误 （已冲销）",
        "第 7 笔：回单有误",
        "第 8 笔：无误", "追〔2026〕1号：未完成", "回单 HD-9", "经办甲 2026-05-06 09:02 (UTC+08:00)",
    ):  # fmt: skip
        assert said in shown


def test_plan_and_actual_by_budget_line_and_year():
    shown = words(ledger_budget(book(*RELEASED, CITY), "zh"))
    assert "市级 2060499 600,000.00 360,000.00 240,000.00" in shown
    assert "2026 360,000.00" in shown
    assert "台账尚无登记" in words(ledger_budget(Book([], DAY), "zh"))


def test_what_people_type_stays_text():
    hostile = "<img src=x onerror=alert(1)>"
    entries = (*RELEASED[:4], FundDocument(DAY, hostile, Decimal("1.00")), Objection(DAY, hostile))
    for view in VIEWS:
        assert "<img" not in str(view(book(*entries), "zh"))


@pytest.mark.parametrize("view", VIEWS, ids=lambda one: one.__name__)
def test_every_word_is_translated(view, pseudo_words):
    known = {
        "示例单位甲", "市级", "区级", "经办甲", "局办公室", "2026年第7次", "同意", "门户网站",
        "合财教〔2026〕18号", "ZF-1", "HD-1", "example-city-district",
    }  # fmt: skip
    assert pseudo_words.forgotten(words(view(book(*RELEASED, CITY, recorded=5), "pseudo")), known) == []
