from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poc_eval.finance.claims.double import double_claims, plain_number
from poc_eval.finance.claims.form import Account, ClaimForm, Figure, Voucher

CODE = "91350100M000100Y43"
OTHER_CODE = "91110000600037341L"


def claim(claim_id, **said):
    base = {"payee": "示例单位甲", "policy": "operation", "period": "2023", "credit_code": CODE}
    return ClaimForm(claim_id=claim_id, **{**base, **said})


def kinds(*forms):
    return [(one.kind, one.claims, one.certain) for one in double_claims(forms)]


def test_the_same_unit_policy_and_period_is_a_fact_whatever_the_unit_is_called():
    found = kinds(claim("C1"), claim("C2", payee="示例单位甲（集团）"), claim("C3", period="2024"))
    assert ("same_matter", ("C1", "C2"), True) in found
    assert ("two_names", ("C1", "C2", "C3"), False) in found


def test_a_year_and_its_days_are_the_same_period_and_part_of_it_overlaps():
    assert kinds(claim("C1"), claim("C2", period="2023-01-01/2023-12-31")) == [
        ("same_matter", ("C1", "C2"), True)
    ]
    assert kinds(claim("C1"), claim("C2", period="2023-06-01/2023-12-31")) == [
        ("overlap", ("C1", "C2"), False)
    ]


@pytest.mark.parametrize("said", [{"policy": "construction"}, {"project": "二期"}, {"period": "2024"}])
def test_another_policy_project_or_period_is_no_double_claim(said):
    assert kinds(claim("C1"), claim("C2", **said)) == []


def test_an_invoice_that_stands_in_two_policies_is_a_fact_however_it_is_typed():
    found = kinds(
        claim("C1", vouchers=[Voucher(invoice="0441 5678-A")]),
        claim("C2", policy="construction", vouchers=[Voucher(invoice="０４４１５６７８ａ")]),
    )
    assert found == [("same_invoice", ("C1", "C2"), True)]


def test_an_invoice_twice_in_one_claim_is_a_fact_but_a_contract_with_two_invoices_is_ordinary():
    twice = claim("C1", vouchers=[Voucher("HT-1", "11111111"), Voucher("HT-1", "11111111")])
    assert kinds(twice) == [("same_invoice", ("C1",), True)]
    assert kinds(claim("C1", vouchers=[Voucher("HT-1", "11111111"), Voucher("HT-1", "11111112")])) == []


def test_a_contract_in_two_claims_is_told_with_what_to_look_at():
    (found,) = double_claims(
        [
            claim("C1", vouchers=[Voucher("HT-2023-7")]),
            claim("C2", period="2024", vouchers=[Voucher("HT20237")]),
        ]
    )
    assert (found.kind, found.certain) == ("same_contract", True)
    assert "counts twice" in found.what.text("en")


@pytest.mark.parametrize("near", ["04415687", "04415679", "0441567", "044156788"])
def test_numbers_one_slip_apart_on_the_same_amount_are_a_suspicion_only(near):
    amount = Decimal("123456.78")
    first = claim("C1", vouchers=[Voucher(invoice="04415678", amount=amount)])
    assert kinds(first, claim("C2", period="2024", vouchers=[Voucher(invoice=near, amount=amount)])) == [
        ("near_number", ("C1", "C2"), False)
    ]
    assert kinds(first, claim("C2", period="2024", vouchers=[Voucher(invoice=near, amount=amount + 1)])) == []


def test_the_same_odd_amount_of_one_unit_and_one_account_of_two_units_are_suspicions():
    odd = [Figure("x", None, Decimal("123456.78"))]
    assert kinds(claim("C1", figures=odd), claim("C2", period="2024", figures=odd)) == [
        ("same_amount", ("C1", "C2"), False)
    ]
    round_one = [Figure("x", None, Decimal("500000.00"))]
    assert kinds(claim("C1", figures=round_one), claim("C2", period="2024", figures=round_one)) == []
    account = Account(number="1100 0100")
    other = claim("C2", payee="示例单位乙", credit_code=OTHER_CODE, account=Account(number="11000100"))
    assert kinds(claim("C1", account=account), other) == [("same_account", ("C1", "C2"), False)]


def test_one_name_with_two_codes_is_a_suspicion():
    assert kinds(claim("C1"), claim("C2", credit_code=OTHER_CODE)) == [("two_codes", ("C1", "C2"), False)]


def test_units_without_a_code_that_holds_are_told_by_their_names():
    assert kinds(claim("C1", credit_code=""), claim("C2", credit_code="", payee=" 示例单位甲 ")) == [
        ("same_matter", ("C1", "C2"), True)
    ]


@given(st.lists(st.sampled_from(["A-1", "a1", "Ａ１", "B2", ""]), max_size=6))
def test_every_invoice_used_more_than_once_is_found_and_no_other(numbers):
    forms = [
        claim(f"C{at}", period=str(2000 + at), vouchers=[Voucher(invoice=one)])
        for at, one in enumerate(numbers)
    ]
    plain = [plain_number(one) for one in numbers if one]
    wanted = {one for one in plain if plain.count(one) > 1}
    assert len([one for one in double_claims(forms) if one.kind == "same_invoice"]) == len(wanted)
