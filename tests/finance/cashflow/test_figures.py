from __future__ import annotations

from decimal import Decimal

import numpy as np
import pandas as pd
import pytest

from poc_eval.errors import InputError
from poc_eval.finance import irr, irr_report, mirr, npv, payback, xirr, xnpv
from poc_eval.finance.cashflow import xirr_report

DAYS = ["2020-01-01", "2021-01-01"]
CALLS = {
    "irr": irr,
    "irr_report": irr_report,
    "mirr": lambda flows: mirr(flows, 0.1, 0.1),
    "npv": lambda flows: npv(0.1, flows),
    "payback": payback,
    "xirr": lambda flows: xirr(DAYS, flows),
    "xirr_report": lambda flows: xirr_report(DAYS, flows),
    "xnpv": lambda flows: xnpv(0.1, DAYS, flows),
}
WRONG = {
    "missing": [-1, float("nan")],
    "None": [-1, None],
    "infinite": [float("-inf"), 1],
    "text": ["-1", "1"],
    "words": ["a", "b"],
    "one text among numbers": [-1, "1"],
    "yes and no": [True, False],
    "yes among numbers": np.array([-1, True], dtype=object),
    "complex": [1j, 1],
    "dates": np.array(DAYS, dtype="datetime64[D]"),
    "rows of unequal length": [[-1, 1], [1]],
    "nothing": [],
    "rows of nothing": [[], []],
    "one number and no row": 5,
    "a word": "flows",
    "too large": [-(10**400), 1],
    "a missing decimal": [Decimal(-1), Decimal("NaN")],
    "a masked amount": np.ma.masked_array([-1.0, 1.0], mask=[False, True]),
    "a masked whole amount": np.ma.masked_array([-1, 1], mask=[False, True]),
    "pandas' missing": pd.array([-1, None], dtype="Int64"),
}


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
@pytest.mark.parametrize("flows", WRONG.values(), ids=WRONG)
def test_bad_amounts_are_refused_in_both_languages(call, flows):
    with pytest.raises(InputError) as refused:
        call(flows)
    for fault in refused.value.faults:
        assert fault.text("zh") != fault.text("en")


def test_a_missing_amount_is_named_by_its_place():
    with pytest.raises(InputError, match=r"cashflows\[1, 2\]"):
        irr([[-1, 1, 1], [-1, 1, float("nan")]])


@pytest.mark.parametrize(
    "flows",
    [
        (-100, 110),
        [Decimal("-100.00"), Decimal("110.00")],
        np.array([-100, 110], dtype=np.int16),
        np.array([-100, 110], dtype=np.float32),
        pd.Series([-100, 110], index=["a", "b"]),
    ],
)
def test_plain_numbers_of_every_kind_are_taken(flows):
    assert irr(flows) == pytest.approx(0.1)


@pytest.mark.parametrize("guess", [-1, float("nan"), float("inf"), "10%", [0.1, 0.2], None, True])
def test_a_guess_is_one_rate_above_minus_one(guess):
    with pytest.raises(InputError):
        irr([-1, 1], guess=guess)
