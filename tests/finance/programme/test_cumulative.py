"""The running total of cash."""

from __future__ import annotations

from poc_eval.finance.programme.cumulative import cumulative

TWO_STAGE = """
discount: {rate: 0.10}
stages:
  - {id: plan, at: 0, cost: 100, success: 0.6}
  - {id: trial, at: 1, cost: 400, success: 0.4}
income: [{at: 3, amount: 3000}]
grants: [{id: city, amount: 50}]
"""


def test_total_and_bounds_are_those_of_the_outcomes(programme):
    found = cumulative(programme(TWO_STAGE).value(), support=False)
    assert [one.months for one in found] == [0, 12, 36]
    assert [int(one.success) for one in found] == [-100, -500, 2500]
    # 40% end with -100, 36% with -500, 24% with 2,500
    assert [int(one.expected) for one in found] == [-100, -340, 380]
    assert [(int(one.low), int(one.high)) for one in found] == [(-100, -100), (-500, -100), (-500, 2500)]


def test_grants_are_taken_in_where_asked_and_payments_of_one_moment_are_one_point(programme):
    found = cumulative(programme(TWO_STAGE).value(), support=True)
    assert [int(one.success) for one in found] == [-50, -450, 2550]


def test_without_probabilities_all_is_as_if_every_stage_were_passed(programme):
    found = cumulative(
        programme("stages: [{id: a, months: 6, cost: 5}, {id: b, months: 6, cost: 7}]").value(), support=False
    )
    assert [(one.low, one.expected, one.high) for one in found] == [(-5, -5, -5), (-12, -12, -12)]
