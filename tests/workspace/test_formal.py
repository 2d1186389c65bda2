import sqlite3
from contextlib import closing
from datetime import date

import pytest

from poc_eval.catalog.definitions import parse_definition
from poc_eval.errors import DefinitionError, InputError, UnknownIdError
from poc_eval.workspace.checklist import Checklist, load_checklist
from poc_eval.workspace.formal import FormalChecks
from poc_eval.workspace.local import FILE
from poc_eval.workspace.records import CheckedItem

YES, NO = CheckedItem("yes", "1-3"), CheckedItem("no", "", "缺签字页")


@pytest.fixture
def checks(workspace):
    return FormalChecks(workspace)


@pytest.fixture
def checklist():
    return load_checklist()


@pytest.fixture
def items(checklist):
    """Return all items answered with yes."""
    return {item.id: YES for item in checklist.definition.items}


def places(caught):
    return [fault.place for fault in caught.value.faults]


def test_what_is_missing_is_completed_by_the_deadline_and_looked_at_again(
    workspace, checks, checklist, items
):
    first = checks.record(
        "P1",
        checklist,
        items | {"signed": NO},
        result="to_complete",
        deadline=date(2026, 11, 30),
        by="张秘书",
    )
    assert (first.number, first.result, first.deadline) == (1, "to_complete", date(2026, 11, 30))
    assert first.items["signed"] == NO
    assert (first.checked_by, str(first.checklist)) == ("张秘书", f"formal-check@1.0#{checklist.hash[:12]}")
    assert checks.overdue(date(2026, 11, 30)) == ()
    assert checks.overdue(date(2026, 12, 1)) == (first,)
    second = checks.record("P1", checklist, items, result="passed", by="张秘书")
    assert checks.of("P1") == (first, second)
    assert checks.overdue(date(2026, 12, 1)) == ()
    assert [entry.action for entry in workspace.store.log()[-3:]] == ["pin", "formal-check", "formal-check"]
    assert workspace.store.verify_log().intact


def test_an_item_that_is_not_required_may_be_out_of_place(checks, checklist, items):
    items["ethics"] = CheckedItem("not_applicable")
    assert checks.record("P1", checklist, items, result="passed", by="张").result == "passed"
    items["signed"] = CheckedItem("not_applicable")
    with pytest.raises(InputError) as caught:
        checks.record("P1", checklist, items, result="passed", by="张")
    assert places(caught) == ["items.signed", "result"]


@pytest.mark.parametrize(
    ("changed", "how", "wrong"),
    [
        ({"signed": NO}, {"result": "passed"}, ["result"]),
        ({}, {"result": "refused"}, ["result"]),
        ({}, {"result": "to_complete", "deadline": date(2026, 11, 30)}, ["result"]),
        ({"signed": NO}, {"result": "to_complete"}, ["deadline"]),
        ({"signed": NO}, {"result": "to_complete", "deadline": date(2026, 11, 19)}, ["deadline"]),
        ({"in_time": NO}, {"result": "to_complete", "deadline": date(2026, 11, 30)}, ["result"]),
        ({}, {"result": "passed", "deadline": date(2026, 11, 30)}, ["deadline"]),
        ({"colour": YES}, {"result": "passed"}, ["items.colour"]),
        ({"signed": CheckedItem("yes", "x" * 201)}, {"result": "passed"}, ["items.signed.pages"]),
    ],
)
def test_what_does_not_agree_is_told(checks, items, *, changed, how, wrong):
    with pytest.raises(InputError) as caught:
        checks.record("P1", load_checklist(), items | changed, by="张", **how)
    assert places(caught) == wrong
    assert checks.of("P1") == ()


def test_an_item_without_an_answer_and_a_project_that_is_not_there_are_told(checks, checklist, items):
    del items["signed"]
    with pytest.raises(InputError, match=r"items\.signed: .*answer yes or no"):
        checks.record("P1", checklist, items, result="passed", by="张")
    with pytest.raises(UnknownIdError, match="no project nowhere"):
        checks.record("nowhere", checklist, items, result="passed", by="张")


def test_a_list_names_no_item_twice():
    text = (
        'id: l\nversion: "1"\ntitle: {zh: 表, en: List}\nsource: {document: 文件}\nitems:\n'
        "  - {id: a, ask: {zh: 甲, en: A}}\n  - {id: a, ask: {zh: 乙, en: B}}\n"
    )
    with pytest.raises(DefinitionError, match='another item has the id "a"'):
        parse_definition(Checklist, text, "l.yaml")


def test_a_round_cannot_be_rewritten_and_a_changed_one_is_found(workspace, checks, checklist, items):
    checks.record("P1", checklist, items, result="passed", by="张")
    with closing(sqlite3.connect(workspace.path / FILE)) as connection:
        with pytest.raises(sqlite3.IntegrityError, match="refused"):
            connection.execute("UPDATE formal_checks SET content = '{}'")
        connection.execute("DROP TRIGGER formal_checks_refuses_rewriting")
        connection.execute("UPDATE formal_checks SET content = replace(content, 'passed', 'refused')")
        connection.commit()
    said = str(workspace.store.verify_log().faults)
    assert "formal_checks_refuses_rewriting" in said
    assert "a formal check was changed after it was written down" in said
