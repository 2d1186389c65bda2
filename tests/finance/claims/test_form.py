from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poc_eval.finance import Policy
from poc_eval.finance.claims.form import Account, ClaimForm, Figure, Reduction, Voucher, claims_table
from poc_eval.finance.subsidy import settle_claims


def yuan(text):
    return Decimal(text)


def form(*figures, **others):
    said = {"claim_id": "C1", "payee": "示例单位甲", "policy": "hefei-pilot-operation", "period": "2023"}
    return ClaimForm(**{**said, "credit_code": "91350100M000100Y43", "figures": figures, **others})


OFF = Reduction(yuan("200000.00"), "纯检测收入", "合同 HT-7")


def test_declared_less_reductions_is_the_verified_amount():
    good = form(Figure("service_revenue", yuan("4200000.00"), yuan("4000000.00"), [OFF]))
    assert list(good.faults()) == []
    assert good.figures[0].reduced == yuan("200000.00")


@pytest.mark.parametrize(
    ("verified", "says"),
    [
        ("4100000.00", "is 100,000.00 less than the verified 4,100,000.00"),
        ("3900000.00", "is 100,000.00 more than the verified 3,900,000.00"),
    ],
)
def test_sums_that_do_not_meet_are_told_with_the_difference(verified, says):
    (fault,) = form(Figure("service_revenue", yuan("4200000.00"), yuan(verified), [OFF])).faults()
    assert fault.place == "service_revenue"
    assert says in fault.text("en")
    assert "100,000.00" in fault.text("zh")


def test_an_item_without_amount_reason_or_paper_is_told_all_at_once():
    items = [Reduction(yuan("200000.00"), " ", ""), Reduction(None, "重复", "发票 1")]
    faults = list(form(Figure("service_revenue", yuan("4200000.00"), yuan("4000000.00"), items)).faults())
    assert [fault.place for fault in faults] == [
        "service_revenue.reductions[0].reason",
        "service_revenue.reductions[0].voucher",
        "service_revenue.reductions[1].amount",
    ]


def test_a_wrong_credit_code_is_a_fault_and_a_missing_one_a_doubt():
    (fault,) = form(credit_code="91350100M000100Y44").faults()
    assert fault.place == "credit_code"
    assert list(form(credit_code="").faults()) == []
    assert [doubt.place for doubt in form(credit_code="").doubts()] == ["credit_code"]


def test_vouchers_that_cover_less_than_is_verified_and_a_foreign_account_are_doubts():
    figure = Figure("service_revenue", yuan("500000.00"), yuan("500000.00"))
    doubtful = form(
        figure,
        vouchers=[Voucher("HT-1", "0441", "HD-1", yuan("300000.00"))],
        account=Account("示例单位乙", "示例银行", "110001"),
    )
    assert [doubt.place for doubt in doubtful.doubts()] == ["account", "service_revenue"]
    assert "300,000.00" in list(doubtful.doubts())[1].text("zh")


def test_the_table_pays_the_verified_amount_and_explains_the_reduction():
    claims = claims_table(
        [
            form(
                Figure("service_revenue", yuan("4200000.00"), yuan("4000000.00"), [OFF]),
                facts={"filing_valid": "yes", "fully_state_funded": "no", "dishonest": "no"},
            )
        ]
    )
    policy = Policy.load("hefei-pilot-operation")
    claims = claims.drop(
        columns=[name for name in ("fully_state_funded", "dishonest") if name not in policy.inputs]
    )
    settled = settle_claims([policy], claims)
    assert settled.total == 100_000_000
    words = settled.explain(0).both()
    assert "4,000,000.00" in words["zh"]
    assert "200,000.00" in words["zh"]
    assert "纯检测收入" in words["zh"]


@given(
    st.integers(0, 10**15),
    st.lists(st.integers(1, 10**13), max_size=5),
    st.integers(-(10**4), 10**4),
)
def test_a_figure_has_a_fault_exactly_where_the_three_do_not_meet(verified, items, slip):
    declared = verified + sum(items) + slip
    if declared < 0:
        return
    reductions = [Reduction(Decimal(item).scaleb(-2), "理由", "票") for item in items]
    figure = Figure("x", Decimal(declared).scaleb(-2), Decimal(verified).scaleb(-2), reductions)
    assert figure.gap == Decimal(slip).scaleb(-2)
    assert bool(list(form(figure).faults())) == (slip != 0)
