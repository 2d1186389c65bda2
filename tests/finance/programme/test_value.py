"""What a programme is worth, beside published formulas and a tree of every way that it can go."""

from __future__ import annotations

import math
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from poc_eval.catalog.definitions import parse_definition
from poc_eval.finance.programme import Programme

TWO_STAGE = """
discount: {rate: 0.10, timing: start}
stages:
  - {id: plan, at: 0, cost: 1000000, success: 0.6}
  - {id: trial, at: 1, cost: 4000000, success: 0.4, cost_by: project}
income: [{at: 3, amount: 30000000, to: project}]
"""


def staged(successes, costs, times, *, payoff, payoff_time, rate):
    stages = "".join(
        f"  - {{id: s{place}, at: {time}, cost: {cost}, success: {success}}}\n"
        for place, (success, cost, time) in enumerate(zip(successes, costs, times, strict=True))
    )
    return f"discount: {{rate: {rate}}}\nstages:\n{stages}income: [{{at: {payoff_time}, amount: {payoff}}}]\n"


def by_tree(successes, costs, times, *, payoff, payoff_time, rate, stop=()):
    """Return the expected value by walking every branch of passing and failing, in fractions."""
    factor = {time: Fraction(1) / (1 + Fraction(rate)) ** time for time in {*times, payoff_time}}
    total = Fraction()
    for passed in product([True, False], repeat=len(costs)):
        chance, worth, alive = Fraction(1), Fraction(), True
        for place, result in enumerate(passed):
            success = Fraction(successes[place])
            chance *= success if result else 1 - success
            if alive and place in stop:
                alive = False
            if alive:
                worth -= Fraction(costs[place]) * factor[times[place]]
                alive = result
        worth += Fraction(payoff) * factor[payoff_time] if alive else 0
        total += chance * worth
    return total


def test_rnpv_of_six_stages_in_the_form_of_stewart_2001(programme):
    value = programme(
        staged(
            [0.9, 0.8, 0.6, 0.65, 0.85, 0.9],
            [0.5, 1, 2, 5, 12, 3],
            [0, 0.5, 1, 2, 3.5, 5],
            payoff=120,
            payoff_time=6.5,
            rate=0.12,
        )
    ).value()
    assert value.rnpv == pytest.approx(5.309550126382466, rel=1e-12)


def test_rnpv_of_two_stages(programme):
    assert programme(TWO_STAGE).value().rnpv == pytest.approx(2227648.384673178, rel=1e-12)


def test_a_first_stage_that_cannot_be_passed_leaves_its_cost_alone(programme):
    value = programme(TWO_STAGE.replace("success: 0.6", "success: 0")).value()
    assert value.rnpv == -1000000.0
    assert value.outcomes[0].probability == 1


def test_going_on_is_worth_less_than_stopping_before_the_trial(programme):
    value = programme(TWO_STAGE.replace("30000000", "8000000")).value()
    assert value.rnpv == pytest.approx(-1739293.7640871524, rel=1e-12)
    assert value.option == (-1000000.0, "trial")


def test_the_first_stage_is_committed_however_little_it_is_worth(programme):
    value = programme("discount: {rate: 0.1}\nstages: [{id: only, cost: 5, success: 0.1}]").value()
    assert value.option == (-5.0, None)


def test_cumulative_probability_of_the_adagrasib_example(programme):
    value = programme(
        staged([0.24, 0.52, 0.85], [0, 0, 0], [0, 1, 2], payoff=1, payoff_time=3, rate=0.1)
    ).value()
    assert value.p_success == pytest.approx(0.10608, abs=1e-9)
    # the multipliers 1.2, 1.15 and 1.1 on one stage each
    more = programme(
        staged([0.288, 0.598, 0.935], [0, 0, 0], [0, 1, 2], payoff=1, payoff_time=3, rate=0.1)
    ).value()
    assert more.p_success == pytest.approx(0.16102944, abs=1e-9)


def test_the_two_stage_example_of_the_contract(programme):
    value = programme(TWO_STAGE).value()
    assert [(one.ends_at, one.probability) for one in value.outcomes] == [
        ("plan", 0.4),
        ("trial", 0.36),
        ("success", 0.24),
    ]
    assert [round(one.npv, 2) for one in value.outcomes] == [-1000000.0, -4636363.64, 17903080.39]
    assert round(value.rate.rate, 6) == 1.199751
    assert (value.payback_months, str(value.need.amount)) == (36, "5000000.00")
    assert value.rnpv_with_grant is None
    assert value.parties["funder"].npv == 0
    assert value.parties["project"].npv == pytest.approx(value.rnpv)


chances = st.integers(0, 20).map(lambda twentieths: f"{twentieths / 20:.2f}")
costs_of = st.integers(0, 10**7)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(chances, costs_of), min_size=1, max_size=5),
    st.integers(0, 10**8),
    st.integers(0, 30),
)
def test_rnpv_and_the_option_to_stop_are_those_of_the_tree(stages, payoff, percent):
    successes, costs = [one[0] for one in stages], [one[1] for one in stages]
    times, rate = list(range(len(stages))), f"{percent / 100:.2f}"
    text = staged(successes, costs, times, payoff=payoff, payoff_time=len(stages), rate=rate)
    head = "id: tree\ntitle: {zh: 树, en: tree}\nsource: {document: 测试}\nstart: 2026-01-01\n"
    value = parse_definition(Programme, head + text, "tree.yaml").definition.value()
    plan = by_tree(successes, costs, times, payoff=payoff, payoff_time=len(stages), rate=rate)
    scale = sum(costs) + payoff + 1
    assert value.rnpv == pytest.approx(float(plan), abs=1e-11 * scale)
    best = max(
        by_tree(successes, costs, times, payoff=payoff, payoff_time=len(stages), rate=rate, stop={stop})
        for stop in range(1, len(stages) + 1)
    )
    assert value.option[0] == pytest.approx(float(best), abs=1e-11 * scale)
    assert math.fsum(one.probability for one in value.outcomes) == pytest.approx(1)


@pytest.mark.parametrize(("timing", "years"), [("start", 0), ("middle", 0.5), ("end", 1)])
def test_the_timing_moves_every_payment_within_its_year(programme, timing, years):
    value = programme(TWO_STAGE.replace("timing: start", f"timing: {timing}")).value()
    assert value.rnpv == pytest.approx(2227648.384673178 / 1.1**years, rel=1e-12)
    assert round(value.rate.rate, 6) == 1.199751


def test_exact_timing_counts_days_over_365(programme):
    value = programme(TWO_STAGE.replace("timing: start", "timing: exact")).value()
    # 2029-01-01 lies 1096 days after 2026-01-01, one of them a leap day
    assert value.npv_if_success == pytest.approx(-1e6 - 4e6 / 1.1 + 3e7 / 1.1 ** (1096 / 365), rel=1e-12)


def test_without_probabilities_there_is_a_calendar_and_a_peak_need_and_no_value(programme):
    value = programme("stages: [{id: a, months: 6, cost: 100}, {id: b, months: 6, cost: 50}]").value()
    assert (value.rnpv, value.p_success, value.option, value.outcomes) == (None, None, None, [])
    assert str(value.need.amount) == "150.00"
    assert [value.plan.probability(flow.when.outcomes) for flow in value.plan.flows] == [1, None]


def test_income_that_never_covers_the_costs_is_never_paid_back(programme):
    assert programme(TWO_STAGE.replace("30000000", "4999999.99")).value().payback_months is None


def test_a_programme_that_only_costs_has_no_rate_of_return_and_says_why(programme):
    value = programme("discount: {rate: 0.1}\nstages: [{id: only, cost: 5, success: 0.5}]").value()
    assert value.rate.status == "none"
    assert "one payment only" in value.rate.reason.text("en")


def test_a_deposit_for_closing_down_makes_several_rates(programme):
    value = programme(
        "discount: {rate: 0.1}\nstages: [{id: a, at: 0, cost: 100, success: 1}, "
        "{id: b, at: 2, cost: 132, success: 1}]\n"
        "income: [{at: 1, amount: 230}]"
    ).value()
    assert value.rate.status == "several"
    assert value.rate.roots == pytest.approx((0.1, 0.2))
    assert value.rate.rate is None
