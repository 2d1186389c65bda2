from __future__ import annotations

import json
from dataclasses import replace

from poc_eval.finance.ledger.entries import (
    KINDS,
    Answer,
    Demand,
    Objection,
    Recovered,
    Returned,
    Reversal,
    as_plain,
    from_plain,
)
from poc_eval.finance.ledger.line import Line


def test_every_kind_of_entry_is_read_back_as_it_was_written(case):
    day, amount = case.day("06-01"), case.funds.amount
    entries = [
        case.payout(), case.payout(notice_days=None, example=True), *case.signed, case.notice, case.funds,
        case.first_city, case.accepted, Objection(day, "异议"), Answer(day, 3, "已核"),
        Returned(day, "ZF", amount, "账号"),
        Demand(day, amount, "未完成", "文号"), Recovered(day, amount, "回单"), Reversal(day, 2, "有误"),
    ]  # fmt: skip
    assert {one.kind for one in entries} == set(KINDS)
    for entry in entries:
        assert from_plain(json.loads(json.dumps(as_plain(entry)))) == entry


def test_a_reversed_entry_stays_in_the_line_and_does_not_count(case):
    line = case.line_of(case.payout(), Reversal(case.day("05-07"), 1, "单位有误"))
    assert [type(one).kind for one in line.entries] == ["payout", "reversal"]
    assert line.standing().payout is None
    again = Line((*line.entries, replace(case.payout(), payee="示例单位乙")))
    assert again.standing().verified == case.payout().amount
