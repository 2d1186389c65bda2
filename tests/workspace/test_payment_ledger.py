from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from poc_eval.errors import InputError, UnknownIdError
from poc_eval.finance.ledger.entries import (
    FundDocument,
    Notice,
    Payment,
    Payout,
    Returned,
    Reversal,
    Signature,
)
from poc_eval.finance.ledger.plan import FundingRule, InstalmentRule
from poc_eval.workspace.local import FILE
from poc_eval.workspace.payment_ledger import PaymentLedger, Posting
from poc_eval.workspace.workspace import Workspace


def day(text):
    return date.fromisoformat(f"2026-{text}")


PAYOUT = Payout(
    day("05-06"), "示例单位甲", "91350100M000100Y43", "hefei-pilot-operation@2023.1#ab", "2025", "", "C1",
    Decimal("842000.30"), (InstalmentRule("approved", Decimal(1)),), (FundingRule("", Decimal(1)),), 5,
    "natural", ("handled", "checked"), example=True,
)  # fmt: skip
RELEASED = [
    Signature(day("05-06"), "handled", "经办甲"),
    Signature(day("05-07"), "checked", "复核乙"),
    Notice(day("05-08"), day("05-12"), "门户网站"),
    FundDocument(day("05-13"), "合财教〔2026〕18号", Decimal("842000.30")),
]
PAYMENT = Payment(day("05-14"), 1, Decimal("842000.30"), "ZF-001")


@pytest.fixture
def workspace(tmp_path, clock):
    """Return an empty workspace."""
    return Workspace.create(tmp_path / "work", clock=clock)


@pytest.fixture
def ledger(workspace):
    """Return its ledger."""
    return PaymentLedger(workspace)


@pytest.fixture
def line(ledger):
    """Return the id of a line that can be paid."""
    return begun(ledger)


def begun(ledger, payout=PAYOUT, mark="a"):
    line = ledger.record(Posting(None, payout, f"{mark}-payout"), by="经办甲").id
    for number, entry in enumerate(RELEASED):
        ledger.record(Posting(line, entry, f"{mark}-{number}"), by="经办甲")
    return line


def test_entries_are_read_back_with_who_recorded_them_and_when(ledger, line):
    kept = ledger.record(Posting(line, PAYMENT, "pay"), by="出纳戊")
    assert kept.line.entries == (PAYOUT, *RELEASED, PAYMENT)
    assert kept.line.standing().left == Decimal("0.00")
    assert [stamp.by for stamp in kept.stamps] == ["经办甲"] * 5 + ["出纳戊"]
    assert ledger.lines() == (kept,)


def test_the_same_entry_sent_twice_is_recorded_once(ledger, line):
    once = ledger.record(Posting(line, PAYMENT, "pay"), by="出纳戊")
    assert ledger.record(Posting(line, PAYMENT, "pay"), by="出纳戊") == once
    assert ledger.record(Posting(None, PAYOUT, "a-payout"), by="经办甲").id == line
    with pytest.raises(InputError, match="another entry was recorded under this key"):
        ledger.record(Posting(line, replace(PAYMENT, order="ZF-002"), "pay"), by="出纳戊")


def test_a_matter_stands_in_the_ledger_once_however_its_period_and_unit_are_written(ledger, line):
    again = replace(
        PAYOUT,
        payee="示例单位甲（集团）",
        period="2025-01-01/2025-12-31",
        policy="hefei-pilot-operation@2024#cd",
    )
    with pytest.raises(InputError, match="in the ledger already"):
        ledger.record(Posting(None, again, "again"), by="经办甲")
    assert ledger.record(Posting(None, replace(again, period="2024"), "other year"), by="经办甲").id != line


def test_a_payment_order_stands_in_the_ledger_once_for_all_payouts(ledger, line):
    ledger.record(Posting(line, PAYMENT, "pay"), by="出纳戊")
    other = begun(ledger, replace(PAYOUT, period="2024"), "b")
    with pytest.raises(InputError, match="is recorded already"):
        ledger.record(Posting(other, replace(PAYMENT, order="ZF 001"), "pay b"), by="出纳戊")
    assert ledger.line(other).line.standing().paid == Decimal("0.00")


def test_a_reversal_frees_what_its_entry_held_and_leaves_it_to_be_seen(ledger, line):
    ledger.record(Posting(line, PAYMENT, "pay"), by="出纳戊")
    ledger.record(Posting(line, Reversal(day("05-15"), 6, "金额有误"), "undo"), by="出纳戊")
    after = ledger.record(
        Posting(line, replace(PAYMENT, amount=Decimal("800000.00")), "pay again"), by="出纳戊"
    )
    assert [entry.kind for entry in after.line.entries[-3:]] == ["payment", "reversal", "payment"]
    assert after.line.standing().paid == Decimal("800000.00")


def test_several_entries_are_recorded_together_or_not_at_all(ledger, line):
    back = Returned(day("05-16"), "ZF-001", Decimal("900000.00"), "账号有误")
    with pytest.raises(InputError, match="more came back"):
        ledger.record_all([Posting(line, PAYMENT, "pay"), Posting(line, back, "back")], by="出纳戊")
    assert ledger.line(line).line.standing().paid == Decimal("0.00")


def test_a_line_that_is_not_there_is_told(ledger):
    with pytest.raises(UnknownIdError, match="no line"):
        ledger.line("nowhere")
    with pytest.raises(UnknownIdError, match="no line"):
        ledger.record(Posting("nowhere", PAYMENT, "pay"), by="出纳戊")


def _copy(changed):
    """Return the statement that would add a payment once more with other columns."""
    columns = f"'new', line_id, {changed}, content, person_id, recorded_by, at"
    return f"INSERT INTO ledger_entries SELECT {columns} FROM ledger_entries WHERE kind = 'payment'"  # noqa: S608 our own words


def test_the_database_itself_refuses_a_second_payment_and_a_rewritten_entry(ledger, line, workspace):
    ledger.record(Posting(line, PAYMENT, "pay"), by="出纳戊")
    with closing(sqlite3.connect(workspace.path / FILE)) as connection:
        for statement in (
            "UPDATE ledger_entries SET content = '{}'",
            "DELETE FROM ledger_entries",
            _copy("number, kind, 'other'"),
            _copy("99, kind, entry_key"),
            "INSERT INTO ledger_holds SELECT kind, value, entry_id FROM ledger_holds WHERE kind = 'order'",
        ):
            with pytest.raises(sqlite3.IntegrityError):
                connection.execute(statement)


@pytest.mark.usefixtures("line")
def test_an_entry_that_was_changed_behind_the_guards_is_found(workspace):
    assert workspace.store.verify_log().intact
    with closing(sqlite3.connect(workspace.path / FILE)) as connection, connection:
        connection.execute("DROP TRIGGER ledger_entries_refuses_rewriting")
        connection.execute("UPDATE ledger_entries SET content = replace(content, '842000.30', '942000.30')")
    said = [fault.text("en") for fault in workspace.store.verify_log().faults]
    assert sum("an entry of the payment ledger was changed" in one for one in said) == 2
    assert any("a guard of the store was taken away: ledger_entries_refuses_rewriting" in one for one in said)


@pytest.mark.usefixtures("line")
def test_an_entry_that_was_taken_away_is_missed(workspace):
    with closing(sqlite3.connect(workspace.path / FILE)) as connection, connection:
        connection.execute("DROP TRIGGER ledger_entries_refuses_delete")
        connection.execute("DELETE FROM ledger_entries WHERE kind = 'notice'")
    said = [fault.text("en") for fault in workspace.store.verify_log().faults]
    assert any("an entry of the payment ledger is gone" in one for one in said)


def test_who_signed_can_be_forgotten_and_the_ledger_still_holds(ledger, line, workspace):
    workspace.store.forget_person("复核乙")
    signed = [one.person for one in ledger.line(line).line.entries if isinstance(one, Signature)]
    assert signed == ["经办甲", ""]
    assert workspace.store.verify_log().intact
    assert ledger.record(Posting(line, PAYMENT, "pay"), by="出纳戊").line.standing().left == Decimal("0.00")


PAYER = """
import sys
from datetime import date
from decimal import Decimal
from poc_eval.errors import InputError
from poc_eval.finance.ledger.entries import Payment
from poc_eval.workspace.payment_ledger import PaymentLedger, Posting
from poc_eval.workspace.workspace import Workspace
folder, line, own = sys.argv[1:]
ledger = PaymentLedger(Workspace.open(folder))
print("ready", flush=True)
sys.stdin.readline()
payment = Payment(date(2026, 5, 14), 1, Decimal("842000.30"), f"ZF-{own}")
try:
    ledger.record(Posting(line, payment, f"key-{own}"), by=f"出纳{own}")
    print("paid")
except InputError as error:
    print(error.faults[0].text("en"))
"""


@pytest.mark.slow
def test_two_programs_that_pay_the_same_payout_at_once_pay_it_once(ledger, line, workspace, root):
    command = [sys.executable, "-c", PAYER, str(workspace.path), line]
    payers = [
        subprocess.Popen(
            [*command, str(own)], cwd=root, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        for own in range(4)
    ]
    for payer in payers:
        assert payer.stdout.readline() == "ready\n"
    for payer in payers:
        payer.stdin.write("\n")
        payer.stdin.flush()
    said = [payer.communicate(timeout=60)[0].strip() for payer in payers]
    assert said.count("paid") == 1
    assert sum("0.00 yuan are left" in one for one in said) == 3
    assert ledger.line(line).line.standing().paid == PAYOUT.amount
    assert workspace.store.verify_log().intact
