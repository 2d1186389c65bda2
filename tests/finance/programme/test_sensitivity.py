"""What a programme's value hangs on."""

from __future__ import annotations

import pytest

from poc_eval.errors import InputError, NotDefinedError
from poc_eval.finance.programme import Programme
from poc_eval.finance.programme.figures import figures
from poc_eval.finance.programme.sensitivity import break_even, one_at_a_time, scenarios, tornado, worth_with

TWO_STAGE = """
discount: {rate: 0.10}
stages:
  - {id: plan, at: 0, cost: 1000000, success: 0.6}
  - {id: trial, at: 1, cost: {triangular: [3000000, 4000000, 5500000]}, success: 0.4}
income: [{at: 3, amount: 30000000}]
grants: [{id: city, amount: 100000}]
"""


def test_the_tornado_is_sorted_and_a_bar_is_what_the_value_does(programme):
    one = programme(TWO_STAGE)
    bars = tornado(one)
    assert [bar.swing for bar in bars] == sorted((bar.swing for bar in bars), reverse=True)
    sale = next(bar for bar in bars if bar.name == "income.1")
    assert (sale.low, sale.high) == (27000000, 33000000)
    # 6,000,000 of income are worth 0.24 / 1.331 of it
    assert sale.swing == pytest.approx(6000000 * 0.24 / 1.331)
    trial = next(bar for bar in bars if bar.name == "trial.cost")
    # the quantiles of a triangular distribution at 5% and 95%
    assert trial.low == pytest.approx(3000000 + (0.05 * 2.5e6 * 1e6) ** 0.5)
    assert trial.high == pytest.approx(5500000 - (0.05 * 2.5e6 * 1.5e6) ** 0.5)
    assert trial.at_low > trial.at_high
    assert {bar.name for bar in bars} == set(figures(one)) - {"grant.city"}
    assert "grant.city" in {bar.name for bar in tornado(one, support=True)}


def test_a_probability_is_not_moved_above_1(programme):
    bars = tornado(programme(TWO_STAGE.replace("0.6", "0.95")))
    assert next(bar.high for bar in bars if bar.name == "plan.success") == 1


@pytest.mark.parametrize(
    "name", ["plan.cost", "plan.success", "trial.cost", "trial.success", "income.1", "discount.rate"]
)
def test_at_break_even_the_programme_is_worth_nothing(programme, name):
    one = programme(TWO_STAGE)
    found = break_even(one, name)
    assert found.reason is None
    assert abs(worth_with(one, name, found.value)) < 0.01


def test_the_break_even_of_the_plans_success_can_be_worked_out_by_hand(programme):
    # -1,000,000 + p (-4,166,666.67 / 1.1 + 0.4 x 30,000,000 / 1.331) = 0
    found = break_even(programme(TWO_STAGE), "plan.success")
    assert found.value == pytest.approx(1e6 / (12e6 / 1.331 - 12.5e6 / 3 / 1.1))


def test_where_no_value_breaks_even_the_reason_stands_there(programme):
    found = break_even(programme(TWO_STAGE.replace("30000000", "3000000")), "plan.success")
    assert found.value is None
    assert found.reason.text("en") == "the value stays below 0 whatever this figure is"


def test_a_grant_can_make_good_what_is_missing(programme):
    one = programme(TWO_STAGE.replace("30000000", "15000000"))
    found = break_even(one, "grant.city")
    assert found.value == pytest.approx(-one.value().rnpv)


def test_one_figure_at_a_time_is_a_straight_line_for_an_amount(programme):
    low, middle, high = one_at_a_time(programme(TWO_STAGE), "income.1", [10e6, 20e6, 30e6])
    assert middle == pytest.approx((low + high) / 2)


def test_scenarios_are_valued_with_their_figures():
    cautious, hopeful = scenarios(Programme.load("two-stage"))
    assert cautious.value.p_success == pytest.approx(0.18)
    assert cautious.value.rnpv < Programme.load("two-stage").value().rnpv < hopeful.value.rnpv


def test_unknown_figures_and_plans_without_probabilities_are_refused(programme):
    with pytest.raises(InputError, match=r"trial\.costs"):
        worth_with(programme(TWO_STAGE), "trial.costs", 1)
    with pytest.raises(NotDefinedError):
        tornado(programme("stages: [{id: a, months: 6, cost: 5}]"))
