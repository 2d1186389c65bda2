from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from poc_eval.finance.ledger.entries import FundDocument, Met, Notice, Payment, Payout, Signature
from poc_eval.finance.ledger.line import Line
from poc_eval.finance.ledger.plan import FundingRule, InstalmentRule
from poc_eval.finance.ledger.rules import recorded

TODAY = date(2026, 11, 20)


def day(text):
    return date.fromisoformat(f"2026-{text}")


def payout(**others):
    said = {
        "day": day("05-06"),
        "payee": "示例单位甲",
        "credit_code": "91350100M000100Y43",
        "policy": "example-city-district@1#0",
        "period": "2025",
        "project": "",
        "claim_id": "C1",
        "amount": Decimal("1000000.00"),
        "instalments": (
            InstalmentRule("approved", Decimal("0.6")),
            InstalmentRule("accepted", Decimal("0.4")),
        ),
        "funding": (FundingRule("市级", Decimal("0.6"), "2060499"), FundingRule("区级", Decimal("0.4"))),
        "notice_days": 5,
        "counting": "working",
    }
    return Payout(**{**said, **others})


SIGNED = [
    Signature(day("05-06"), "handled", "经办甲"),
    Signature(day("05-07"), "checked", "复核乙"),
    Signature(day("05-08"), "division", "处长丙"),
    Signature(day("05-09"), "leader", "局领导丁"),
    Signature(day("05-11"), "meeting", "局办公室", "2026年第7次"),
]
NOTICE = Notice(day("05-12"), day("05-18"), "门户网站")
FUNDS = FundDocument(day("05-20"), "合财教〔2026〕18号", Decimal("1000000.00"))
FIRST_CITY = Payment(day("05-21"), 1, Decimal("360000.00"), "ZF-001", "市级")
FIRST_DISTRICT = Payment(day("05-22"), 1, Decimal("240000.00"), "ZF-002", "区级")
ACCEPTED = Met(day("09-01"), 2, "验收意见 2026-09-01")


def line_of(*entries):
    line = Line()
    for entry in entries:
        line = recorded(line, entry, today=TODAY)
    return line


class Cases:
    """Entries of one payout from its verification to its payment, and lines made of them."""

    today = TODAY
    signed = SIGNED
    notice = NOTICE
    funds = FUNDS
    first_city = FIRST_CITY
    first_district = FIRST_DISTRICT
    accepted = ACCEPTED
    day = staticmethod(day)
    payout = staticmethod(payout)
    line_of = staticmethod(line_of)


@pytest.fixture
def case():
    """Entries to build lines of."""
    return Cases


@pytest.fixture
def released():
    """A line that everybody has signed, whose notice is over and whose money is there."""
    return line_of(payout(), *SIGNED, NOTICE, FUNDS)
