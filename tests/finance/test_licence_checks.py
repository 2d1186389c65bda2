from __future__ import annotations

import pytest


def years(amount, *at):
    return [{"at": str(one), "amount": amount} for one in at]


FIXED = {"kind": "fixed", "at": "0", "amount": "5"}
RUN = {"kind": "royalty", "of": "net_sales", "rate": "0.05"}


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ({"years": "0"}, "lasts 0 years"),
        ({"years": "2030"}, "a calendar year such as 2027 is not meant"),
        ({"sales": years("5", 2, 1)}, "stand after sales at 2"),
        ({"sales": years("5", 2, "2.5")}, "one figure a year"),
        ({"sales": years("5", 9)}, "lies after the 8 years"),
        ({"sales": [{"at": "1", "amount": "5", "gross": "4"}]}, "are below net sales"),
        ({"sales": years("5", "-1")}, "lies before the start"),
        ({"licensee": {"costs": [{"at": "0", "amount": "-5"}]}}, "is negative"),
        ({"structures": {"a": [RUN]}}, "no sales for the royalty"),
        (
            {"sales": years("5", 1), "structures": {"a": [{**RUN, "tiers": [{"rate": "1%"}]}]}},
            "a rate or tiers",
        ),
        (
            {"sales": years("5", 1), "structures": {"a": [{**RUN, "of": "profit"}]}},
            "needs the licensee's margin",
        ),
        (
            {
                "sales": years("5", 1),
                "structures": {"a": [{**RUN, "rate": None, "tiers": [{"rate": "1%"}, {"rate": "2%"}]}]},
            },
            "every tier but the last",
        ),
        (
            {
                "sales": years("5", 1),
                "structures": {
                    "a": [
                        {
                            **RUN,
                            "rate": None,
                            "tiers": [
                                {"up_to": "5", "rate": "1%"},
                                {"up_to": "5", "rate": "1%"},
                                {"rate": "2%"},
                            ],
                        }
                    ]
                },
            },
            "order the lines",
        ),
        ({"structures": {"a": [FIXED, {"kind": "guarantee", "covers": "0.5"}]}}, "nothing to guarantee"),
        (
            {"structures": {"a": [{**FIXED, "at": "1"}, *[{"kind": "guarantee", "covers": "0.5"}] * 2]}},
            "one guarantee",
        ),
        ({"structures": {"a": [{"kind": "deferred", "amount": "5", "until": {}}]}}, "until when"),
        (
            {"structures": {"a": [{"kind": "deferred", "amount": "5", "until": {"months": "97"}}]}},
            "97 months",
        ),
        (
            {"structures": {"a": [{"kind": "deferred", "amount": "5", "until": {"or": "first_revenue"}}]}},
            "no sales to wait",
        ),
        ({"titles": {"b": {"zh": "乙", "en": "b"}}}, 'no structure "b"'),
        (
            {"pricing": {"by": "agreement", "notice": {"from": "2026-01-02", "to": "2026-01-01"}}},
            "these dates",
        ),
        ({"sales_probability": "1.2"}, "more than the whole"),
        ({"trial": {"months": "1", "success": "120%"}}, "more than the whole"),
        ({"discount": {"rate": "-1"}}, "write a share"),
        ({"structures": {"a": [{**RUN, "rate": "1.2"}]}}, "more than the whole"),
    ],
)
def test_a_deal_that_does_not_hold_together_is_refused(deal, keys, said):
    with pytest.raises(ValueError, match=said):
        deal(**{"structures": {"a": [FIXED]}, **keys})
