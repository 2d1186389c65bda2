from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from poc_eval.errors import InputError
from poc_eval.finance.ledger.entries import (
    Answer,
    Demand,
    FundDocument,
    Met,
    Notice,
    Objection,
    Payment,
    Recovered,
    Returned,
    Reversal,
    Signature,
)
from poc_eval.finance.ledger.line import Line
from poc_eval.finance.ledger.rules import recorded, refusals


def yuan(text):
    return Decimal(text)


TODAY = date(2026, 11, 20)


def refused(line, entry):
    return [fault.text("en") for fault in refusals(line, entry, today=TODAY)]


def test_a_payout_goes_from_its_verification_to_its_last_instalment(case):
    line = case.line_of(
        case.payout(), *case.signed, case.notice, case.funds, case.first_city, case.first_district,
        case.accepted,
        Payment(case.day("09-10"), 2, yuan("240000.00"), "ZF-003", "市级"),
        Payment(case.day("09-11"), 2, yuan("160000.00"), "ZF-004", "区级"),
    )  # fmt: skip
    standing = line.standing()
    assert (standing.verified, standing.paid, standing.left) == (yuan("1000000.00"),) * 2 + (yuan("0.00"),)


def test_nothing_is_paid_before_everybody_signed_the_notice_ended_and_the_money_is_there(case):
    said = "\n".join(refused(case.line_of(case.payout(), *case.signed[:2]), case.first_city))
    assert "division is missing" in said
    assert "not put on public notice" in said
    assert "make 0.00 yuan available" in said


def test_nothing_is_paid_on_the_last_day_of_the_notice(case):
    line = case.line_of(case.payout(), *case.signed, case.notice, replace(case.funds, day=case.day("05-18")))
    (fault,) = refused(line, replace(case.first_city, day=case.day("05-18")))
    assert "the public notice stands until 2026-05-18" in fault
    assert refused(line, replace(case.first_city, day=case.day("05-19"))) == []


def test_a_notice_shorter_than_the_rule_asks_says_until_when_it_must_stand(case):
    signed = case.line_of(case.payout(), *case.signed)
    (fault,) = refused(signed, replace(case.notice, last=case.day("05-16")))
    assert "asks for 5 working days, this notice has 4" in fault
    assert "until 2026-05-18" in fault
    natural = case.line_of(case.payout(counting="natural"), *case.signed)
    assert refused(natural, replace(case.notice, last=case.day("05-16"))) == []
    (fault,) = refused(natural, replace(case.notice, last=case.day("05-15")))
    assert "5 natural days, this notice has 4" in fault


def test_a_rule_that_does_not_know_the_length_takes_the_notice_as_it_is_printed(case):
    assert (
        refused(
            case.line_of(case.payout(notice_days=None), *case.signed),
            replace(case.notice, last=case.day("05-12")),
        )
        == []
    )


def test_an_open_objection_holds_the_payment_until_it_is_settled(case, released):
    objected = recorded(released, Objection(case.day("05-15"), "收入口径有异议"), today=case.today)
    (fault,) = refused(objected, case.first_city)
    assert "objections are not settled: entry 9" in fault
    settled = recorded(objected, Answer(case.day("05-19"), 9, "经核查，口径无误"), today=case.today)
    assert refused(settled, case.first_city) == []


def test_the_chain_is_signed_in_order_by_two_different_people_and_a_meeting_has_its_number(case):
    line = case.line_of(case.payout(), case.signed[0])
    assert "division cannot sign before checked by" in refused(line, case.signed[2])[0]
    assert "cannot check it" in refused(line, replace(case.signed[1], person="经办甲"))[0]
    assert "signed already" in refused(line, case.signed[0])[0]
    before_meeting = case.line_of(case.payout(), *case.signed[:4])
    assert len(refused(before_meeting, replace(case.signed[4], meeting_number=" "))) == 1
    assert (
        "before the step that it follows"
        in refused(before_meeting, replace(case.signed[4], day=case.day("05-08")))[0]
    )


def test_no_more_is_paid_than_is_due_of_an_instalment_and_a_level(case, released):
    assert (
        "360,000.00 yuan are left" in refused(released, replace(case.first_city, amount=yuan("360000.01")))[0]
    )
    once = recorded(released, case.first_city, today=case.today)
    again = refused(once, replace(case.first_city, order="ZF-009"))
    assert any("0.00 yuan are left" in fault for fault in again)
    assert "is recorded already" in refused(once, case.first_city)[0]
    second = Payment(case.day("06-01"), 2, yuan("1.00"), "ZF-003", "市级")
    assert "instalment 2 is not due: accepted" in refused(once, second)[0]
    assert (
        refused(recorded(once, case.accepted, today=case.today), replace(second, day=case.day("09-02"))) == []
    )


def test_no_more_is_paid_than_the_fund_documents_make_available(case):
    half = FundDocument(case.day("05-20"), "合财教〔2026〕18号", yuan("300000.00"), "市级")
    line = case.line_of(case.payout(), *case.signed, case.notice, half)
    assert "make 300,000.00 yuan available" in refused(line, case.first_city)[0]
    assert "make 0.00 yuan available" in refused(line, case.first_district)[0]
    assert refused(line, replace(case.first_city, amount=yuan("300000.00"))) == []


def test_what_comes_back_can_be_paid_again_but_not_more_often(case, released):
    line = recorded(released, case.first_city, today=case.today)
    back = Returned(case.day("05-25"), "ZF-001", yuan("360000.00"), "账号有误")
    assert "at most 360,000.00" in refused(line, replace(back, amount=yuan("360000.01")))[0]
    line = recorded(line, back, today=case.today)
    assert line.standing().paid == yuan("0.00")
    assert refused(line, replace(case.first_city, order="ZF-009", day=case.day("05-26"))) == []
    assert "more came back" in refused(line, replace(back, amount=yuan("0.01")))[0]


def test_money_claimed_back_stops_payments_and_is_not_paid_again(case, released):
    line = recorded(released, case.first_city, today=case.today)
    demand = Demand(case.day("08-01"), yuan("100000.00"), "阶段目标未完成", "追〔2026〕1号")
    assert "than the unit has" in refused(line, replace(demand, amount=yuan("360000.01")))[0]
    line = recorded(line, demand, today=case.today)
    (fault,) = refused(line, replace(case.first_district, day=case.day("08-02")))
    assert "100,000.00 yuan are being claimed back" in fault
    assert "more came in" in refused(line, Recovered(case.day("08-10"), yuan("100000.01"), "HD-1"))[0]
    line = recorded(line, Recovered(case.day("08-10"), yuan("100000.00"), "HD-1"), today=case.today)
    standing = line.standing()
    assert (standing.paid, standing.kept, standing.to_recover) == (
        yuan("360000.00"), yuan("260000.00"), yuan("0.00"),
    )  # fmt: skip
    assert (
        "0.00 yuan are left"
        in refused(line, replace(case.first_city, order="ZF-009", day=case.day("08-11")))[0]
    )


def test_a_correction_is_a_reversing_entry_and_what_rests_on_an_entry_goes_first(case, released):
    line = recorded(released, case.first_city, today=case.today)
    notice = next(number for number, one in line.numbered() if isinstance(one, Notice))
    (fault,) = refused(line, Reversal(case.day("06-01"), notice, "日期有误"))
    assert "entry 9 (paid) rests on entry 7" in fault
    line = recorded(line, Reversal(case.day("06-01"), 9, "金额有误"), today=case.today)
    assert line.standing().paid == yuan("0.00")
    assert len(line.entries) == 10
    assert "cannot be reversed" in refused(line, Reversal(case.day("06-01"), 9, "再冲"))[0]
    assert "cannot be reversed" in refused(line, Reversal(case.day("06-01"), 10, "冲冲销"))[0]
    again = recorded(line, replace(case.first_city, amount=yuan("300000.00")), today=case.today)
    assert again.standing().paid == yuan("300000.00")


def test_nothing_stands_without_a_payout(case):
    others = [Met(case.day("05-06"), 1, "x"), Returned(case.day("05-06"), "A", yuan("1"), "x")]
    for entry in (*case.signed, case.notice, case.funds, case.first_city, *others):
        assert "there is no verified payout" in refused(Line(), entry)[0]


def test_a_payout_stands_once_and_above_zero(case):
    assert "recorded already" in refused(case.line_of(case.payout()), case.payout())[0]
    assert "above 0" in refused(Line(), case.payout(amount=yuan("0.00")))[0]
    assert "above 0" in refused(Line(), case.payout(amount=yuan("-1.00")))[0]


def test_a_day_to_come_is_refused_but_a_notice_may_end_later(case):
    future = case.day("12-01")
    assert "still to come" in refused(Line(), case.payout(day=future))[0]
    signed = case.line_of(case.payout(), *case.signed)
    assert refused(signed, Notice(case.today, future, "门户网站")) == []


def test_every_refusal_comes_at_once_and_nothing_is_recorded(case):
    line = case.line_of(case.payout())
    with pytest.raises(InputError) as caught:
        recorded(line, Signature(case.day("05-01"), "meeting", " "), today=case.today)
    assert [fault.place for fault in caught.value.faults] == ["step", "person", "meeting_number", "day"]
    assert len(line.entries) == 1
