from __future__ import annotations

import pytest

from poc_eval.finance.licence_guard import guard_rails


def years(amount, *at):
    return [{"at": str(one), "amount": amount} for one in at]


def test_open_licence_guardrail():
    found = guard_rails(fixed_fee="20000000.01", royalty_net_sales="0.20", royalty_profit="0.41")
    assert found == {"fixed_fee": "flag", "royalty_net_sales": "ok", "royalty_profit": "flag"}
    assert guard_rails(fixed_fee="20000000") == {"fixed_fee": "ok"}


@pytest.mark.parametrize(
    ("keys", "ids"),
    [
        ({}, ["pricing"]),
        ({"pricing": {"by": "agreement"}}, ["notice"]),
        ({"pricing": {"by": "auction"}}, ["venue"]),
        (
            {
                "pricing": {
                    "by": "agreement",
                    "notice": {"from": "2026-01-01", "to": "2026-01-14", "days": "15"},
                }
            },
            ["notice_length"],
        ),
        (
            {
                "pricing": {
                    "by": "agreement",
                    "notice": {"from": "2026-01-01", "to": "2026-01-15", "days": "15", "objections": "yes"},
                }
            },
            ["objections"],
        ),
        (
            {"pricing": {"by": "listing", "venue": "x"}, "licence": {"kind": "long_term_use", "years": "9"}},
            ["long_term_use"],
        ),
        (
            {"pricing": {"by": "listing", "venue": "x"}, "licence": {"kind": "long_term_use", "years": "10"}},
            [],
        ),
    ],
)
def test_pricing_and_notice_are_looked_at(deal, keys, ids):
    found = deal(structures={"a": [{"kind": "fixed", "at": "0", "amount": "5"}]}, **keys).compare()
    assert [one.id for one in found.warnings] == ids
    assert all(one.source.document for one in found.warnings)


def test_fees_above_the_guide_are_warnings_with_their_source(deal):
    found = deal(
        sales=years("1000", 1),
        licensee={"margin": "0.5"},
        pricing={"by": "listing", "venue": "x"},
        structures={
            "a": [
                {"kind": "fixed", "at": "0", "amount": "15000000"},
                {"kind": "fixed", "at": "1", "amount": "5000000.01"},
            ],
            "b": [
                {
                    "kind": "royalty",
                    "of": "net_sales",
                    "tiers": [{"up_to": "5", "rate": "0.1"}, {"rate": "0.21"}],
                }
            ],
            "c": [{"kind": "royalty", "of": "profit", "rate": "0.41"}],
            "d": [{"kind": "royalty", "of": "net_sales", "rate": "0.20"}],
        },
    ).compare()
    assert [(one.id, one.structure) for one in found.warnings] == [
        ("fixed_fee", "a"),
        ("royalty_net_sales", "b"),
        ("royalty_profit", "c"),
    ]
    assert {one.source.seen for one in found.warnings} == {"secondary"}


def test_gross_sales_that_nobody_stated_are_told(deal):
    terms = [{"kind": "royalty", "of": "gross_sales", "rate": "0.1"}]
    found = deal(sales=years("1000", 1), discount={"rate": "0"}, structures={"a": terms}).compare()
    assert "gross_sales" in [one.id for one in found.warnings]
    stated = deal(
        sales=[{"at": "1", "amount": "1000", "gross": "1100"}],
        discount={"rate": "0"},
        structures={"a": terms},
    ).compare()
    assert "gross_sales" not in [one.id for one in stated.warnings]
    assert stated.structures[0].licensor_npv == pytest.approx(110)
