from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poc_eval.errors import InputError
from poc_eval.finance.tax import (
    award_tax,
    comprehensive_income_tax,
    months_later,
    stamp_tax,
    tax_instalments,
)

FEN = st.integers(0, 10**13)

# Rate table 1 with its quick deductions, as printed; the code adds up brackets instead.
QUICK = [
    (36000, "0.03", 0),
    (144000, "0.10", 2520),
    (300000, "0.20", 16920),
    (420000, "0.25", 31920),
    (660000, "0.30", 52920),
    (960000, "0.35", 85920),
    (10**15, "0.45", 181920),
]


def by_quick_deduction(yuan):
    rate, off = next((rate, off) for top, rate, off in QUICK if yuan <= top)
    exact = yuan * Fraction(rate) - off
    return Decimal(int(exact * 100 + Fraction(1, 2))).scaleb(-2)


def test_iit_bracket_660000():
    assert comprehensive_income_tax("660000") == Decimal("145080.00")


def test_iit_bracket_960000():
    assert comprehensive_income_tax("960000") == Decimal("250080.00")


@given(FEN)
def test_brackets_added_up_are_the_quick_deduction_form(fen):
    taxable = Decimal(fen).scaleb(-2)
    assert comprehensive_income_tax(taxable) == by_quick_deduction(Fraction(fen, 100))


@given(FEN, FEN)
def test_more_income_never_means_less_left(one, other):
    low, high = sorted((one, other))
    left = [
        Decimal(fen).scaleb(-2) - comprehensive_income_tax(Decimal(fen).scaleb(-2)) for fen in (low, high)
    ]
    assert left[0] <= left[1] + Decimal("0.01")


@pytest.mark.parametrize("below", ["-1", Decimal("-0.01"), -60000, "(5.00)"])
def test_where_deductions_are_larger_nothing_is_due(below):
    assert comprehensive_income_tax(below) == Decimal("0.00")


@pytest.mark.parametrize("wrong", ["much", "1e5", "-x", "1.234", "", float("nan"), 5.5])
def test_what_is_no_amount_is_said(wrong):
    with pytest.raises(InputError) as caught:
        comprehensive_income_tax(wrong)
    assert caught.value.faults[0].place == "taxable"


def test_iit_award_50pct():
    found = award_tax("240000.00", "200000.00", basic_deduction="60000.00", relief=True)
    assert (found.taxable, found.tax, found.tax_without_relief) == (
        Decimal("280000.00"),
        Decimal("39080.00"),
        Decimal("63080.00"),
    )
    assert found.eligible
    assert found.saved == Decimal("24000.00")
    assert [one.text("en")[:14] for one in found.reasons] == ["taken as given"] * 2


def test_without_relief_the_whole_award_counts():
    found = award_tax("240000", "200000", relief=False)
    assert not found.eligible
    assert found.tax == found.tax_without_relief == Decimal("63080.00")


@pytest.mark.parametrize(
    ("received", "awarded", "eligible"),
    [
        ("2020-03-15", "2023-03-15", True),  # the last day counts
        ("2020-03-15", "2023-03-16", False),
        ("2020-02-29", "2023-02-28", True),  # no 29 February in 2023: the month's last day
        ("2020-02-29", "2023-03-01", False),
        ("2017-05-01", "2021-07-01", True),  # income from before the rule counts from its first day
        ("2017-05-01", "2021-07-02", False),
        ("2018-01-01", "2018-06-30", False),  # paid before the rule was in force
        ("2018-01-01", "2018-07-01", True),
        ("2021-01-01", "2020-12-31", False),  # an award before there was income
    ],
)
def test_the_dates_decide_whether_the_relief_holds(received, awarded, eligible):
    found = award_tax(
        "240000", "200000", income_received=received, award_date=awarded, contract_registered=True
    )
    assert found.eligible is eligible
    assert found.tax == Decimal("39080.00" if eligible else "63080.00")
    assert bool(found.reasons) is not eligible


def test_a_contract_that_is_not_registered_has_no_relief_and_says_why():
    found = award_tax("240000", "200000", contract_registered=False)
    assert [one.text("zh") for one in found.reasons] == ["技术合同未经认定登记"]


def test_one_day_alone_cannot_be_counted_from():
    with pytest.raises(InputError) as caught:
        award_tax("1", "1", award_date=date(2020, 1, 1))
    assert caught.value.faults[0].place == "income_received"


def test_a_day_that_the_calendar_does_not_have_is_said():
    with pytest.raises(InputError, match="is not a day"):
        award_tax("1", "1", income_received="2021-02-30", award_date="2021-03-01")


def test_puh3_twelve_million_at_half_saves_about_2_4_million():
    """The case prints both sums, not the people; twelve who earn 240,000 a year are an assumption."""
    saved = 12 * award_tax("240000", "1000000").saved
    assert round(saved / 10**6, 1) == Decimal("2.4")


@given(FEN, FEN)
def test_the_relief_never_costs_tax(salary, award):
    found = award_tax(Decimal(salary).scaleb(-2), Decimal(award).scaleb(-2))
    assert Decimal(0) <= found.tax <= found.tax_without_relief


def test_stamp_patent_transfer_vat_listed():
    assert stamp_tax("1060000.00", "patent_transfer", "60000.00") == Decimal("300.00")


def test_stamp_patent_transfer_vat_not_listed():
    assert stamp_tax("1060000.00", "patent_transfer", None) == Decimal("318.00")


def test_items_that_are_not_split_take_the_highest_rate():
    assert stamp_tax("1000000", ["technology_contract", "lease"]) == Decimal("1000.00")
    assert stamp_tax("1000000", ["technology_contract", "equity_transfer"]) == Decimal("500.00")


def test_a_large_amount_keeps_every_yuan():
    # openfisca-core 1378: as float32, 68,212,208 came out as 68,212,200
    assert stamp_tax("68212208", "lease") == Decimal("68212.21")
    assert award_tax("0", "68212208", relief=False, basic_deduction="0").taxable == Decimal("68212208.00")


@pytest.mark.parametrize(
    ("amount", "items", "vat", "said"),
    [
        ("1", "rent", None, 'there is no item "rent"'),
        ("1", [], None, "there is no item"),
        ("1", ["lease", "x", "y"], None, 'there is no item "x"'),
        ("100", "lease", "100.01", "is more than the amount"),
        ("-5", "lease", None, "is negative"),
    ],
)
def test_a_stamp_tax_that_cannot_be_worked_out_says_why(amount, items, vat, said):
    with pytest.raises(InputError, match=said) as caught:
        stamp_tax(amount, items, vat)
    if items == ["lease", "x", "y"]:
        assert len(caught.value.faults) == 2


def test_equity_tax_over_five_years_loses_no_fen():
    plan = tax_instalments("1000000.03", 2026)
    assert [one.year for one in plan] == [2026, 2027, 2028, 2029, 2030]
    assert [str(one.amount) for one in plan] == ["200000.01"] * 3 + ["200000.00"] * 2


def test_an_own_plan_may_be_shorter_and_uneven():
    plan = tax_instalments("100", 2026, weights=[1, 3])
    assert [(one.year, str(one.amount)) for one in plan] == [(2026, "25.00"), (2027, "75.00")]


@pytest.mark.parametrize("wrong", [{"years": 6}, {"years": 0}, {"years": 2, "weights": [1]}, {"weights": []}])
def test_more_than_five_years_or_a_plan_that_does_not_fit_is_refused(wrong):
    with pytest.raises(InputError):
        tax_instalments("100", 2026, **wrong)


def test_months_are_counted_by_the_calendar():
    assert months_later(date(2019, 11, 30), 3) == date(2020, 2, 29)
    assert months_later(date(2019, 12, 31), 12) == date(2020, 12, 31)
