"""Rules of every kind that a workbook must hold, and claims for them; a fixture hands this to the tests."""

from __future__ import annotations

import random

import pandas as pd
import pytest
from openpyxl import load_workbook

from poc_eval.finance.policy import Policy
from poc_eval.finance.subsidy import settle_claims
from poc_eval.spreadsheet.payouts.book import payout_book

FRONT, FIRST = "测算表 Payouts", 5


def both(words):
    return {"zh": words, "en": words}


INPUTS = {
    "income": {"kind": "amount", "label": both("收入")},
    "more": {"kind": "amount", "label": both("其他收入")},
    "off": {"kind": "amount", "label": both("扣除")},
    "own": {"kind": "amount", "label": both("自筹")},
    "grade": {"kind": "choice", "of": ["a", "b", "c"], "label": both("等次"), "labels": {"a": both("优秀")}},
    "valid": {"kind": "yes_no", "label": both("备案"), "required": "no"},
    "staff": {"kind": "count", "label": both("人数")},
    "part": {"kind": "share", "label": both("占比")},
    "day": {"kind": "date", "label": both("日期")},
}


def policy(name, payout, **keys):
    frame = {
        "id": name,
        "version": "1",
        "title": both("补贴"),
        "source": {"document": "测试用政策", "clause": "第一条", "seen": "seed"},
        "in_force": {"from": None, "to": None, "open_ended": "yes"},
        "payee": "unit",
        "inputs": INPUTS,
        "payout": payout,
        "rounding": {"to": "0.01", "mode": "half_up"},
    }
    return Policy.model_validate({**frame, **keys})


def rate(value="0.30", **keys):
    return {"base": "income", "rate": value, **keys}


def rounding(mode, to="0.01", **keys):
    return {"to": to, "mode": mode, **keys}


def capped(amount, per):
    return [{"amount": str(amount), "per": per}]


YEAR = capped(1000000, "year")
DAYS = {"days": "actual"}
BRACKETS = [{"up_to": "100000", "rate": "0.3"}, {"up_to": "2000000", "rate": "0.125"}, {"rate": "0.0333"}]
RULES = {
    "half-up": policy("half-up", rate(caps=YEAR)),
    "half-even": policy("half-even", rate("0.3333"), rounding=rounding("half_even")),
    "down-yuan": policy("down-yuan", rate("0.5"), rounding=rounding("down", "1")),
    "up-wan": policy("up-wan", rate(caps=capped(155000, "year")), rounding=rounding("up", "10000")),
    "even-wan": policy("even-wan", rate("0.05"), rounding=rounding("half_even", "10000")),
    "half-up-100": policy("half-up-100", rate("0.37"), rounding=rounding("half_up", "100")),
    "sum-less": policy("sum-less", {"base": {"sum": ["income", "more"], "less": ["off"]}, "rate": "0.0003"}),
    "each": policy(
        "each",
        {"base": {"sum": ["income", "more"], "less": ["off"]}, "rate": "0.335"},
        rounding=rounding("half_up", order="round_each"),
    ),
    "share-cap": policy("share-cap", rate("0.4", caps=[*YEAR, {"share": "0.1234", "of": "more"}])),
    "days-base": policy("days-base", rate("0.3", prorate={"base": "yes", "caps": "no", "days": "actual"})),
    "days-cap": policy(
        "days-cap", rate("0.3", caps=YEAR, prorate={"base": "no", "caps": "yes", "days": "actual"})
    ),
    "days-fixed": policy("days-fixed", {"fixed": "50000", "prorate": {**DAYS, "base": "yes", "caps": "no"}}),
    "marginal": policy(
        "marginal", {"base": "income", "brackets": BRACKETS, "brackets_mode": "marginal", "caps": YEAR}
    ),
    "whole": policy("whole", {"base": "income", "brackets": BRACKETS, "brackets_mode": "whole"}),
    "whole-fixed": policy(
        "whole-fixed",
        {
            "base": "income",
            "brackets": [
                {"up_to": "100000", "fixed": "5000"},
                {"up_to": "900000", "rate": "0.1"},
                {"fixed": "7"},
            ],
            "brackets_mode": "whole",
        },
    ),
    "cases": policy(
        "cases",
        {
            "base": "income",
            "by": "grade",
            "cases": {
                "a": {"rate": "1"},
                "b": {"rate": "0.5", "caps": [{"amount": "30000", "per": "year"}]},
                "c": {"rate": None},
            },
            "caps": YEAR,
        },
    ),
    "own-caps": policy(
        "own-caps",
        {
            "base": "income",
            "by": "grade",
            "cases": {
                "a": {"rate": "1", "caps": [{"amount": "30000", "per": "project"}]},
                "b": {"rate": "0.2"},
                "c": {"rate": "0.4"},
            },
        },
    ),
    "grades": policy("grades", {"by": "grade", "amounts": {"a": "100万", "b": "5000.55", "c": None}}),
    "matched": policy(
        "matched", rate("0.5", caps=YEAR), matching={"input": "own", "ratio": "1.5", "if_short": "prorate"}
    ),
    "unmatched": policy(
        "unmatched", rate("0.5"), matching={"input": "own", "ratio": "0.3", "if_short": "nothing"}
    ),
    "least-before": policy("least-before", rate(minimum={"amount": "10000", "test": "before_rounding"})),
    "least-after": policy("least-after", rate(minimum={"amount": "10000", "test": "after_rounding"})),
    "asked": policy(
        "asked",
        rate(),
        in_force={"from": "2023-01-01", "to": "2024-06-30"},
        eligible=[
            {"input": "valid", "is": "yes"},
            {"input": "grade", "one_of": ["a", "c"]},
            {"input": "staff", "at_least": "3", "at_most": "40"},
            {"input": "part", "at_least": "10%"},
            {"input": "day", "at_most": "2023-12-31"},
            {"input": "income", "at_least": "100"},
        ],
    ),
    "unit-cap": policy("unit-cap", rate(caps=capped(300000, "payee")), rounding=rounding("down", "100")),
    "unit-year-cap": policy(
        "unit-year-cap",
        rate(caps=capped(200000, "payee_year"), minimum={"amount": "1000", "test": "before_rounding"}),
    ),
    "two-caps": policy("two-caps", rate(caps=[*capped(200000, "payee_year"), *capped(350000, "payee")])),
    "life-cap": policy("life-cap", rate(caps=[{"amount": "300000", "per": "lifetime"}])),
    "termed": policy("termed", rate(), term={"periods": "1"}),
    "unknown": policy("unknown", rate(None)),
    "parts": policy(
        "parts",
        rate("0.3333"),
        instalments=[
            {"share": share, "when": when}
            for share, when in (("0.333", "approved"), ("0.333", "half"), ("0.334", "done"))
        ],
        funding=[{"level": "市级", "share": "0.5"}, {"level": "区级", "share": "0.5"}],
    ),
}  # fmt: skip
AMOUNTS = [
    "0",
    "0.01",
    "0.05",
    "33333.33",
    "33333.34",
    "1000000.15",
    "3333333.33",
    "3333333.34",
    "99999999.99",
]


def claims(names, each, seed=0):
    """Return claims for the rules named, ``each`` for every one: round, awkward and random figures."""
    chance = random.Random(seed)  # noqa: S311 figures, not secrets
    rows = []
    for name in names:
        for number in range(each):
            income = chance.choice(AMOUNTS) if number % 2 == 0 else f"{chance.randrange(10**9) / 100:.2f}"
            year = chance.choice(["2023", "2024", "2023-04-01/2023-12-31", "2024-02-01/2024-05-31"])
            rows.append(
                {
                    "claim_id": f"{name}-{number}",
                    "payee": chance.choice(["甲", "乙", "=乙", "丙*"]),
                    "period": year,
                    "policy": name,
                    "income": income,
                    "more": f"{chance.randrange(10**8) / 100 + 1000:.2f}",
                    "off": f"{min(float(income), chance.randrange(10**5) / 100):.2f}",
                    "own": f"{chance.randrange(10**8) / 100:.2f}",
                    "grade": chance.choice("abc"),
                    "valid": chance.choice(["yes", "no", ""]),
                    "staff": chance.randrange(60),
                    "part": chance.choice(["0.05", "0.1", "10%", "0.5"]),
                    "day": chance.choice(["2023-05-01", "2023-12-31", "2024-01-01"]),
                    "paid_before": chance.choice(["", "100000", "250000"]),
                    "rank": chance.randrange(1, 5),
                    "date": chance.choice(["2023-05-01", "2023-05-02"]),
                    "already_paid": chance.choice(["", "1000"]),
                }
            )
    return pd.DataFrame(rows)


def made(policies, table, tmp_path):
    settlement = settle_claims(policies, table)
    path = tmp_path / "book.xlsx"
    payout_book(settlement).save(path)
    return settlement, path


def fen_of(value):
    return round(float(value) * 100)


def paid(values, count):
    """Return the payouts of the first sheet in fen, as ``values`` has them."""
    return [fen_of(values[FRONT, f"L{row}"]) for row in range(FIRST, FIRST + count)]


def due(settlement):
    return [int(fen) for fen in settlement.frame(explain=False)["amount_fen"]]


def assert_recomputed(path, values):
    """Every formula gives in the other engine what we wrote beside it."""
    formulas, ours = load_workbook(path), load_workbook(path, data_only=True)
    checked = 0
    for page in formulas:
        for row in page.iter_rows():
            for cell in row:
                if cell.data_type != "f":
                    continue
                written = ours[page.title][cell.coordinate].value
                found = values.get((page.title, cell.coordinate))
                where = f"{page.title}!{cell.coordinate} {cell.value}"
                if isinstance(written, (int, float)):
                    assert float(found) == pytest.approx(written, abs=1e-9), where
                else:
                    assert (found or "") == (written or ""), where
                checked += 1
    return checked
