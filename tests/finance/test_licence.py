from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poc_eval.catalog.shipped import shipped_folder
from poc_eval.errors import InputError
from poc_eval.finance import Deal
from poc_eval.finance.licence_royalty import royalty, stacked_rate

FILES = sorted(shipped_folder("deals").glob("*.yaml"))


def years(amount, *at):
    return [{"at": str(one), "amount": amount} for one in at]


@pytest.fixture
def constructed(deal):
    """3,000,000 now against no entry fee, 500,000 at a milestone and 5% of five years' sales, at 12%."""
    return deal(
        discount={"rate": "0.12"},
        sales=years("20000000", 2, 3, 4, 5, 6),
        sales_probability="0.36",
        structures={
            "buy_out": [{"kind": "fixed", "at": "0", "amount": "3000000"}],
            "running": [
                {"kind": "fixed", "at": "0", "amount": "0"},
                {"kind": "milestone", "at": "1", "amount": "500000", "probability": "0.6"},
                {"kind": "royalty", "of": "net_sales", "rate": "0.05"},
            ],
        },
    )


def test_licence_buyout_vs_royalty(constructed):
    found = constructed.compare()
    assert found.structure("buy_out").licensor_npv == 3000000
    running = found.structure("running")
    assert running.licensor_npv == pytest.approx(1426535.2078966084, rel=1e-12)
    assert running.breakeven_royalty == pytest.approx(0.11789913607494583, rel=1e-12)
    assert found.structure("buy_out").breakeven_royalty is None


def test_a_trial_stands_for_the_joint_probability(deal, constructed):
    """0.6 for the trial and 0.6 for sales after it are the 0.36 of the constructed case."""
    tried = constructed.model_copy(
        update={
            "sales_probability": Decimal("0.6"),
            "trial": deal(trial={"months": "12", "success": "0.6"}, structures={"a": []}).trial,
        }
    )
    assert tried.compare().structure("running").licensor_npv == pytest.approx(1426535.2078966084, rel=1e-12)


def test_royalty_tiered():
    tiers = [("10000000", "0.03"), ("30000000", "0.05"), (None, "0.08")]
    assert royalty("45000000.00", tiers=tiers) == Decimal("2500000.00")
    assert royalty("10000000", tiers=tiers) == Decimal("300000.00")
    assert royalty("0", tiers=tiers, minimum="5") == Decimal("5.00")


def test_royalty_antistacking():
    assert stacked_rate("0.05", third_party="0.04", offset="0.5", floor="0.025") == Fraction("0.030")
    assert stacked_rate("0.05", third_party="0.10", offset="0.5", floor="0.025") == Fraction("0.025")
    assert stacked_rate("0.02", third_party="0.10", offset="0.5", floor="0.025") == Fraction("0.02")


def test_a_royalty_on_negative_sales_is_refused(deal):
    with pytest.raises(InputError, match="is negative"):
        royalty("-1", rate="0.05")
    with pytest.raises(ValueError, match="is negative"):
        deal(sales=years("-1", 2), structures={"a": [{"kind": "royalty", "of": "net_sales", "rate": "0.05"}]})


def test_use_first_pay_later_against_a_buy_out_and_a_deferred_payment():
    found = Deal.load("use-first-pay-later").compare()
    assert [one.name for one in found.structures] == ["buy_out", "use_first", "deferred"]
    buy_out, use_first, deferred = found.structures
    assert buy_out.licensor_npv == 3000000
    # 500,000 x 0.6 / 1.1 and 0.36 x 1,000,000 for five years from the second
    by_hand = 300000 / 1.1 + 360000 * sum(1.1**-year for year in range(2, 7))
    assert use_first.licensor_npv == pytest.approx(by_hand, rel=1e-12)
    # 90% paid, and half of the rest covered; the fee of 2% on the covered half is the licensee's
    assert deferred.licensor_npv == pytest.approx(3000000 * (0.9 + 0.1 * 0.5) / 1.1, rel=1e-12)
    profit = sum(0.36 * 0.35 * 20000000 * 1.1**-year for year in range(2, 7)) - 500000 - 1500000 / 1.1
    assert buy_out.licensee_npv == pytest.approx(profit - 3000000, rel=1e-12)
    assert deferred.licensee_npv == pytest.approx(profit - 3000000 * 0.9 / 1.1 - 30000, rel=1e-12)
    assert [one.id for one in found.warnings] == []


def by_states(one, structure):
    """Value a structure for the licensor by walking every state of trial and sales; an independent way."""
    total = 0.0
    trial = one.trial
    end = Fraction(trial.months, 12) if trial else Fraction(0)
    for works, sells in product((True, False), repeat=2):
        p_works = float(trial.success) if trial else 1.0
        weight = (p_works if works else 1 - p_works) * (
            float(one.sales_probability) if sells else 1 - float(one.sales_probability)
        )

        def there(at, works=works):
            return works or at <= end or not trial.exit if trial else True

        def selling(at, works=works, sells=sells):
            return sells and (works or at <= end)

        for payment in one.structures[structure]:
            if payment.kind in {"fixed", "milestone"}:
                sure = float(getattr(payment, "probability", 1))
                flows = [(payment.at, float(payment.amount) * sure)] if there(payment.at) else []
            elif payment.kind == "deferred":
                first = Fraction(one.sales[0].at)
                last = Fraction(payment.until.months, 12)
                early = payment.until.or_ and first < last and selling(first)
                at = first if early else last
                flows = [(at, float(payment.amount))] if early or there(last) else []
            elif payment.kind == "royalty":
                flows = [
                    (sale.at, max(float(payment.rate) * float(sale.amount) if selling(sale.at) else 0.0,
                                  float(payment.minimum)))
                    for sale in one.sales
                    if there(sale.at)
                ]  # fmt: skip
            else:
                flows = []
            total += weight * sum(flow / (1 + float(one.discount.rate)) ** float(at) for at, flow in flows)
    return total


@given(
    st.tuples(st.integers(0, 100), st.integers(0, 48), st.booleans()), st.integers(0, 100), st.integers(0,
    10**6), st.sampled_from([None, {"months": "30", "or": "first_revenue"}, {"months": "6"}]),
)  # fmt: skip
def test_the_value_is_what_walking_every_state_gives(deal, trial, sales, least, until):
    success, months, leave = trial
    put_off = [] if until is None else [{"kind": "deferred", "amount": "700000", "until": until}]
    one = deal(
        sales=years("9000000", 1, 2, 3, 4, 5, 6, 7, 8),
        sales_probability=f"{sales}%",
        trial={"months": str(months), "exit": leave, "success": f"{success}%"},
        structures={
            "a": [
                {"kind": "fixed", "at": "0", "amount": "10"},
                {"kind": "milestone", "at": "2", "amount": "500000", "probability": "0.3"},
                {"kind": "royalty", "of": "net_sales", "rate": "0.05", "minimum": str(least)},
                *put_off,
            ]
        },
    )
    assert one.compare().structures[0].licensor_npv == pytest.approx(by_states(one, "a"), rel=1e-9, abs=1e-6)


@given(st.integers(1, 10**7), st.integers(0, 10**6), st.integers(1, 100))
def test_at_the_breakeven_royalty_both_sides_are_as_with_the_buy_out(deal, price, least, chance):
    keys = {
        "sales": years("20000000", 2, 3, 5),
        "sales_probability": f"{chance}%",
        "licensee": {"margin": "0.4", "costs": [{"at": "0", "amount": "5"}]},
    }
    buy_out = [{"kind": "fixed", "at": "0", "amount": str(price)}]

    def running(rate):
        return {
            "buy_out": buy_out,
            "running": [{"kind": "royalty", "of": "net_sales", "rate": rate, "minimum": str(least)}],
        }

    found = deal(**keys, structures=running("0.05")).compare().structure("running")
    if found.breakeven_royalty is None:
        assert found.no_breakeven is not None
        return
    again = deal(**keys, structures=running(f"{found.breakeven_royalty:.12f}")).compare()
    first, second = again.structures
    assert second.licensor_npv == pytest.approx(first.licensor_npv, rel=1e-6, abs=0.1)
    assert second.licensee_npv == pytest.approx(first.licensee_npv, rel=1e-6, abs=0.1)


def test_a_minimum_is_due_in_years_without_sales_too(deal):
    found = deal(
        years="4",
        discount={"rate": "0"},
        sales=years("1000000", 2),
        sales_probability="0.5",
        structures={"a": [{"kind": "royalty", "of": "net_sales", "rate": "0.10", "minimum": "30000"}]},
    ).compare()
    # year 2: half 100,000, half the minimum; years 3 and 4: the minimum
    assert found.structures[0].licensor_npv == pytest.approx(50000 + 15000 + 60000)


def test_what_is_not_known_is_said_and_not_guessed(deal):
    found = deal(
        sales=years("100", 1),
        structures={
            "a": [{"kind": "fixed", "at": "0", "amount": "1000"}],
            "b": [{"kind": "royalty", "of": "net_sales", "rate": "0.5"}],
            "c": [
                {"kind": "fixed", "at": "0", "amount": "2000"},
                {"kind": "royalty", "of": "net_sales", "rate": "0"},
            ],
            "d": [{"kind": "fixed", "at": "0", "amount": "0"}],
        },
    ).compare()
    said = {one.name: (one.licensee_npv, one.no_breakeven.text("en")) for one in found.structures}
    assert said == {
        "a": (None, "the other structures are compared with this one"),
        "b": (None, "it would take more than the whole base: 1100.0%"),
        "c": (None, "it is worth more than the first structure without any royalty"),
        "d": (None, "the structure has no royalty"),
    }
    free = {"kind": "royalty", "of": "net_sales", "rate": "0"}
    nothing = deal(
        sales=years("100", 1),
        sales_probability="0",
        structures={"a": [{"kind": "fixed", "at": "0", "amount": "1"}], "b": [free]},
    ).compare()
    assert nothing.structure("b").no_breakeven.text("en") == "no sales can be expected"


def test_the_map_crosses_where_the_royalty_equals_the_buy_out(constructed):
    found = constructed.royalty_map("running", [0.05, 0.1178, 0.1180, 0.2], [0.0, 0.36])
    assert found.values[1][0] == pytest.approx(1426535.2078966084, rel=1e-12)
    assert [found.better(1, column) for column in range(4)] == [False, False, True, True]
    assert found.first == (3000000, 3000000)
    assert found.values[0] == pytest.approx([300000 / 1.12] * 4)
    with pytest.raises(InputError, match="has not exactly one royalty"):
        constructed.royalty_map("buy_out", [0.1], [0.5])
    with pytest.raises(InputError, match='no structure "x"'):
        constructed.royalty_map("x", [0.1], [0.5])
    with pytest.raises(InputError, match="outside 0 to 1"):
        constructed.royalty_map("running", [1.1], [0.5])


def test_a_map_and_a_comparison_agree_where_royalties_are_owed_to_others_too(deal):
    terms = {"kind": "royalty", "of": "net_sales", "rate": "0.06",
             "stacking": {"third_party": "0.04", "offset": "0.5", "floor": "0.03"}}  # fmt: skip
    one = deal(
        sales=years("1000000", 1, 2),
        structures={"buy": [{"kind": "fixed", "at": "0", "amount": "100000"}], "run": [terms]},
    )
    found = one.compare().structure("run")
    assert one.royalty_map("run", [0.06], [1.0]).values[0][0] == pytest.approx(found.licensor_npv)
    assert one.royalty_map("run", [found.breakeven_royalty], [1.0]).values[0][0] == pytest.approx(100000)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_shipped_deal_is_worked_out_for_both_sides(file):
    found = Deal.load(file).compare()
    assert all(one.licensee_npv is not None for one in found.structures)
    assert found.structures[1].breakeven_royalty is not None
