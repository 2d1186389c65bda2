"""A ballot as JSON says exactly what was scored, and figures that nobody writes stop nothing."""

from __future__ import annotations

import json
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poc_eval.scoring.panel_scores import Ballot
from poc_eval.workspace.ballot_content import ballot_content, ballot_from


def ballot(**said):
    return Ballot("P1", "A", **{"conflicted": False} | said)


@given(st.fractions(max_denominator=1000), st.decimals(-(10**6), 10**6, places=4))
def test_every_score_comes_back_exactly(score, figure):
    one = ballot(scores={"need": score}, inputs={"staff": figure, "own": True}, extras={"patents": -score})
    assert ballot_from(json.loads(json.dumps(ballot_content(one)))) == one


def test_a_third_is_written_as_a_fraction_and_a_half_as_a_decimal():
    one = ballot(scores={"a": Fraction(1, 3), "b": Fraction(1, 2)}, inputs={"c": Decimal("2.50")})
    content = ballot_content(one)
    assert (content["scores"], content["inputs"]) == ({"a": "1/3", "b": "0.5"}, {"c": "2.5"})


@pytest.mark.parametrize("kind", ["scores", "inputs", "extras"])
@pytest.mark.parametrize("odd", ["1e999999999", "1/1e999999999", "1/0", "NaN", "x", "", None])
def test_a_figure_that_nobody_writes_is_refused_at_once(kind, odd):
    with pytest.raises((ValueError, ArithmeticError, TypeError, AttributeError)):
        ballot_from(ballot_content(ballot()) | {kind: {"need": odd}})
