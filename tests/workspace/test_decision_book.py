import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from poc_eval.errors import InputError, UnknownIdError
from poc_eval.workspace.decision_book import Deciding, Decisions, outcomes
from poc_eval.workspace.local import FILE
from poc_eval.workspace.panels import Panels

ON = date(2026, 11, 20)


@pytest.fixture
def book(workspace):
    return Decisions(workspace)


@pytest.fixture
def deciding(workspace, small_rubric):
    """Return a decision as it is to be written down."""
    return Deciding(
        project_id="P1",
        rubric=workspace.pin(small_rubric),
        outcome="pass",
        reasons="专家组一致同意，经费调减一成。",
        decided_by="赵主任",
        decided_on=ON,
        body="主任办公会",
        amount=Decimal(900000),
        figures={"total": "19.50", "rank": "1"},
    )


def test_a_decision_keeps_its_reasons_who_decided_and_the_figures_as_they_stood(workspace, book, deciding):
    made = book.record(deciding, by="张秘书")
    assert (made.number, made.outcome, made.title.zh) == (1, "pass", "通过")
    assert (made.decided_by, made.recorded_by, made.body) == ("赵主任", "张秘书", "主任办公会")
    assert (made.amount, made.figures) == (Decimal("900000.00"), {"total": "19.50", "rank": "1"})
    assert made.rubric == deciding.rubric
    assert book.of("P1") == (made,)
    assert workspace.store.log()[-1].action == "decide"
    assert workspace.store.verify_log().intact


def test_a_later_decision_takes_the_place_of_the_earlier_and_both_stay(book, deciding):
    first = book.record(deciding, by="张秘书")
    second = book.record(replace(deciding, outcome="fail", reasons="复核后不通过", amount=None), by="张秘书")
    assert book.of("P1") == (first, second)
    assert book.in_force() == (second,)


def test_the_outcomes_are_those_of_the_rubric_and_the_two_failures(workspace, deciding):
    known = outcomes(workspace.rubric(deciding.rubric))
    assert set(known) == {"pass", "fail", "approve", "reject", "screened_out", "gate"}
    assert all(title.zh and title.en for title in known.values())


def test_everything_that_does_not_do_is_told_at_once(workspace, book, deciding):
    before = workspace.store.log()
    wrong = replace(
        deciding,
        outcome="maybe",
        reasons=" ",
        decided_on=date(2026, 11, 21),
        decided_by="",
        amount=Decimal("0.001"),
    )
    with pytest.raises(InputError) as caught:
        book.record(wrong, by="张秘书")
    assert [fault.place for fault in caught.value.faults] == [
        "outcome", "decided_on", "amount", "decided_by", "reasons",
    ]  # fmt: skip
    with pytest.raises(InputError, match="is not negative"):
        book.record(replace(deciding, amount=Decimal(-1)), by="张秘书")
    with pytest.raises(UnknownIdError, match="no project nowhere"):
        book.record(replace(deciding, project_id="nowhere"), by="张秘书")
    assert workspace.store.log() == before


def test_a_panel_decides_on_its_own_projects(workspace, book, deciding):
    panel = Panels(workspace.store).create("评审会", ["P2"], by="张秘书")
    with pytest.raises(InputError, match="does not judge the project P1"):
        book.record(replace(deciding, panel_id=panel.id), by="张秘书")
    with pytest.raises(InputError, match="no panel nowhere"):
        book.record(replace(deciding, panel_id="nowhere"), by="张秘书")
    assert (
        book.record(replace(deciding, project_id="P2", panel_id=panel.id), by="张秘书").panel_id == panel.id
    )


def test_who_decided_can_be_forgotten_and_the_decision_stays(workspace, book, deciding):
    book.record(deciding, by="张秘书")
    workspace.store.forget_person("赵主任")
    assert book.of("P1")[0].decided_by is None
    assert workspace.store.verify_log().intact


def test_a_decision_cannot_be_rewritten_and_a_changed_one_is_found(workspace, book, deciding):
    book.record(deciding, by="张秘书")
    with closing(sqlite3.connect(workspace.path / FILE)) as connection:
        with pytest.raises(sqlite3.IntegrityError, match="refused"):
            connection.execute("UPDATE decisions SET content = '{}'")
        connection.execute("DROP TRIGGER decisions_refuses_rewriting")
        connection.execute("UPDATE decisions SET content = replace(content, '900000', '990000')")
        connection.commit()
    assert "a decision was changed after it was written down" in str(workspace.store.verify_log().faults)
