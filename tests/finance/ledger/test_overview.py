from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from poc_eval.finance.ledger.entries import Demand, Recovered, Returned
from poc_eval.finance.ledger.line import Line
from poc_eval.finance.ledger.overview import by_budget, paid_by_year, plan_rows, sums_of, total


def test_plan_and_actual_stand_side_by_side(case, released):
    line = Line((*released.entries, case.first_city))
    rows = plan_rows(line.standing(), case.today)
    assert [(one.planned.level, str(one.paid), str(one.left), one.due) for one in rows] == [
        ("市级", "360000.00", "0.00", True),
        ("区级", "0.00", "240000.00", True),
        ("市级", "0.00", "240000.00", False),
        ("区级", "0.00", "160000.00", False),
    ]
    assert sums_of(line.standing(), case.today).due == Decimal("240000.00")


def test_nothing_is_due_before_the_notice_is_over_or_while_money_is_claimed_back(case, released):
    assert sums_of(released.standing(), case.day("05-18")).due == Decimal("0.00")
    assert sums_of(released.standing(), case.day("05-19")).due == Decimal("600000.00")
    demand = Demand(case.day("08-01"), Decimal("1.00"), "x", "y")
    held = Line((*released.entries, case.first_city, demand))
    assert sums_of(held.standing(), case.today).due == Decimal("0.00")


def test_budget_lines_and_years_take_back_what_came_back(case, released):
    first = Line(
        (
            *released.entries,
            case.first_city,
            case.first_district,
            Returned(case.day("05-25"), "ZF-001", Decimal("60000.00"), "x"),
            Demand(case.day("08-01"), Decimal("40000.00"), "x", "y"),
            replace(
                Recovered(case.day("08-10"), Decimal("40000.00"), "HD"), day=case.today.replace(year=2027)
            ),
        )
    )
    assert [(one.level, one.budget_code, str(one.planned), str(one.paid)) for one in by_budget([first])] == [
        ("市级", "2060499", "600000.00", "300000.00"),
        ("区级", "", "400000.00", "240000.00"),
    ]
    assert paid_by_year([first]) == {2026: Decimal("540000.00"), 2027: Decimal("-40000.00")}
    elsewhere = Line((*released.entries, replace(case.first_district, budget_code="2060502")))
    assert [
        (one.level, one.budget_code, str(one.planned), str(one.paid)) for one in by_budget([elsewhere])
    ] == [
        ("市级", "2060499", "600000.00", "0.00"),
        ("区级", "", "160000.00", "0.00"),
        ("区级", "2060502", "240000.00", "240000.00"),
    ]
    both = total([first, released], case.today)
    assert (both.verified, both.paid, both.recovered) == (
        Decimal("2000000.00"),
        Decimal("540000.00"),
        Decimal("40000.00"),
    )
