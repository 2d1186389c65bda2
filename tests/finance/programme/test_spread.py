"""Figures that are spread: what may be written, and their exact means."""

from __future__ import annotations

from fractions import Fraction

import pytest
from pydantic import TypeAdapter, ValidationError

from poc_eval.finance.programme.spread import AmountSpread, ShareSpread

AMOUNT, SHARE = TypeAdapter(AmountSpread), TypeAdapter(ShareSpread)


@pytest.mark.parametrize(
    ("written", "mean", "ends"),
    [
        ("400万", 4000000, (4000000, 4000000)),
        ({"triangular": ["3000000", "4000000", "5500000"]}, Fraction(12500000, 3), (3000000, 5500000)),
        ({"uniform": ["1", "2"]}, Fraction(3, 2), (1, 2)),
        ({"pert": ["1", "2", "9"]}, 3, (1, 9)),
        ({"lognormal": ["5", "2"]}, 5, (0, None)),
        ({"discrete": [["1", "0.25"], ["5", "0.75"]]}, 4, (1, 5)),
    ],
)
def test_the_mean_is_exact(written, mean, ends):
    found = AMOUNT.validate_python(written)
    assert found.mean == mean
    assert (found.smallest, found.largest) == ends
    assert found.random is isinstance(written, dict)


@pytest.mark.parametrize(
    "written",
    [
        {"triangular": ["3", "2", "1"]},
        {"triangular": ["1", "2"]},
        {"triangular": ["1", "x", "2"]},
        {"uniform": ["1", "1"]},
        {"lognormal": ["1", "0"]},
        {"discrete": [["1", "0.5"], ["2", "0.4"]]},
        {"discrete": [["1", "1"]]},
        {"normal": ["1", "2"]},
        {"uniform": ["-1", "2"]},
        "-5",
        ["1", "2"],
        None,
    ],
)
def test_what_is_no_figure_is_refused(written):
    with pytest.raises(ValidationError):
        AMOUNT.validate_python(written)


def test_a_probability_above_1_is_refused():
    with pytest.raises(ValidationError, match="more than the whole"):
        SHARE.validate_python({"uniform": ["0.5", "1.5"]})
