from __future__ import annotations

import os
from fractions import Fraction
from importlib.util import find_spec

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from poc_eval.errors import InputError
from poc_eval.finance.subsidy_exact import Exact
from poc_eval.finance.subsidy_kernel import (
    BELOW_MINIMUM,
    CAPPED,
    MODES,
    NO_CAP,
    Rule,
    best_engine,
    pay_fen,
)

ENGINES = ["numpy", "python", *(["numba"] if find_spec("numba") else [])]
rules = st.builds(
    Rule,
    times=st.integers(0, 500),
    by=st.integers(1, 1000),
    cap=st.one_of(st.just(NO_CAP), st.integers(0, 10**9)),
    minimum=st.one_of(st.just(0), st.integers(0, 10**7)),
    minimum_before=st.booleans(),
    unit=st.sampled_from([1, 10, 100, 1_000_000]),
    mode=st.sampled_from(list(MODES)),
)
bases = st.lists(st.integers(0, 10**12), min_size=1, max_size=20)


def by_fractions(base, rule):
    """Return amount and bits by plain fractions."""
    exact = Fraction(base * rule.times, rule.by)
    bits = 0
    if rule.cap != NO_CAP and exact > rule.cap:
        exact, bits = Fraction(rule.cap), CAPPED
    if rule.minimum_before and exact < rule.minimum:
        return 0, bits | BELOW_MINIMUM
    steps = exact / rule.unit
    whole, rest = steps.__floor__(), steps - steps.__floor__()
    up = {
        "half_up": rest >= Fraction(1, 2),
        "half_even": rest > Fraction(1, 2) or (rest == Fraction(1, 2) and whole % 2 == 1),
        "down": False,
        "up": rest > 0,
    }[rule.mode]
    amount = (whole + up) * rule.unit
    if rule.cap != NO_CAP and amount > rule.cap:
        amount -= rule.unit
    if not rule.minimum_before and amount < rule.minimum:
        return 0, bits | BELOW_MINIMUM
    return amount, bits


@pytest.mark.parametrize("engine", ["numpy", "python"])
@given(base=bases, rule=rules)
def test_every_engine_agrees_with_plain_fractions(engine, base, rule):
    agrees(engine, base, rule)


@pytest.mark.parametrize("engine", [best_engine(10**6)])
@given(base=bases, rule=rules)
@settings(max_examples=25)
def test_compiled_rules_agree_too(engine, base, rule):
    agrees(engine, base, rule)


def agrees(engine, base, rule):
    paid = pay_fen(np.array(base, dtype=np.int64), rule, engine=engine)
    assert [(int(a), int(s)) for a, s in zip(paid.amount, paid.state, strict=True)] == [
        by_fractions(one, rule) for one in base
    ]


@given(base=bases, rule=rules)
def test_nothing_is_paid_above_the_cap_or_below_nothing(base, rule):
    amount = pay_fen(np.array(base, dtype=np.int64), rule).amount
    assert (amount >= 0).all()
    assert rule.cap == NO_CAP or (amount <= rule.cap).all()


@given(base=bases, rule=rules)
def test_more_income_is_never_paid_less(base, rule):
    amount = pay_fen(np.array(sorted(base), dtype=np.int64), rule).amount
    assert (np.diff(amount) >= 0).all()


def test_a_hundred_thousand_random_claims_are_paid_as_fractions_say():
    base = np.random.default_rng(4).integers(0, 10**12, 100_000)
    rule = Rule(times=3, by=10, cap=100_000_000, minimum=1_000_000)
    expected = [by_fractions(int(one), rule) for one in base]
    for engine in ENGINES:
        paid = pay_fen(base, rule, engine=engine)
        assert paid.amount.tolist() == [amount for amount, _bits in expected]
        assert paid.state.tolist() == [bits for _amount, bits in expected]


@pytest.mark.parametrize("mode", list(MODES))
def test_what_the_rate_alone_gives_comes_with_the_amount_from_every_engine(mode):
    base = np.random.default_rng(5).integers(0, 10**12, 3_000)
    rule = Rule(times=37, by=1000, cap=10**9, minimum=10**6, unit=100, mode=mode)
    expected = [by_fractions(int(one), Rule(times=37, by=1000, mode=mode))[0] for one in base]
    for engine in ENGINES:
        assert pay_fen(base, rule, engine=engine, uncapped=True).uncapped.tolist() == expected
        assert pay_fen(base, rule, engine=engine).uncapped.size == 0


def test_what_passes_int64_is_worked_out_with_pythons_integers():
    base = np.array([9 * 10**17, 1], dtype=np.int64)
    rule = Rule(times=999, by=1000, mode="down")
    assert pay_fen(base, rule).amount.tolist() == [8991 * 10**14, 0]
    with pytest.raises(ValueError, match="numpy cannot hold"):
        pay_fen(base, rule, engine="numpy")


def test_an_amount_that_cannot_be_counted_is_refused():
    with pytest.raises(InputError, match="10,000 trillion"):
        pay_fen(np.array([9 * 10**17], dtype=np.int64), Rule(times=1000))


def test_the_engine_is_the_one_that_this_environment_was_made_for():
    installed = find_spec("numba") is not None
    assert best_engine(10**6) == ("numba" if installed else "numpy")
    assert best_engine(10) == "numpy"
    wanted = os.environ.get("POC_EVAL_TEST_NUMBA")
    assert wanted in {None, "yes" if installed else "no"}


fractions = st.fractions(min_value=0, max_value=10**13, max_denominator=10**6)


@given(
    one=fractions, other=fractions, factor=st.fractions(min_value=0, max_value=1000, max_denominator=10**6)
)
def test_exact_arrays_do_what_fractions_do(one, other, factor):
    left, right = Exact.same(one, 2), Exact.same(other, 2)
    assert left.plus(right).at(1) == one + other
    assert left.times(factor).at(0) == one * factor
    assert left.above(right).tolist() == [one > other] * 2
    assert left.over_and_above(right).at(0) == max(one - other, 0)
    assert left.rounded(100, "down").tolist() == [one.__floor__() // 100 * 100] * 2
