import sqlite3
from contextlib import closing

import pytest

from poc_eval.errors import InputError, LockedError, StaleRevisionError, UnknownIdError
from poc_eval.workspace.local import FILE
from poc_eval.workspace.paper_kinds import Beginning
from poc_eval.workspace.paper_records import WorkedBy, rows_of
from poc_eval.workspace.store import Change
from poc_eval.workspace.working_papers import PaperIncompleteError

pytestmark = pytest.mark.usefixtures("paper_kind")


@pytest.fixture
def papers(workspace):
    return workspace.papers


@pytest.fixture
def paper(papers):
    return papers.open("cost_sheet", project="P1", by="李经办")


@pytest.fixture
def fill(papers, paper):
    """Return a function that writes fields as a page would that has seen everything."""

    def fill(**fields):
        there = papers.paper(paper.id).fields
        changes = [
            Change(name.replace("__", "/"), value, there[name].revision if name in there else 0)
            for name, value in fields.items()
        ]
        return papers.save(paper.id, changes)

    return fill


@pytest.fixture
def complete(fill):
    """Return the paper with everything that it needs."""
    return fill(grant="10万元", rows__costs__a1__item="试剂", rows__costs__a1__amount="2,500.50").paper


def test_a_kind_that_another_package_brings_is_found(papers, paper):
    assert (paper.kind, paper.title, paper.status) == ("cost_sheet", "支出核对表", "draft")
    assert (paper.author, paper.project_id, paper.version, paper.revision) == ("李经办", "P1", 1, 0)
    with pytest.raises(UnknownIdError, match="cost_sheet"):
        papers.open("nothing_of_the_kind")


def test_the_same_paper_opens_again_and_another_title_is_another_paper(papers, paper):
    assert papers.open("cost_sheet", project="P1").id == paper.id
    assert papers.open("cost_sheet", project="P2").id != paper.id
    assert papers.open("cost_sheet", project="P1", title="2026年度支出").id != paper.id
    assert [one.project_id for one in papers.papers(kind="cost_sheet")] == ["P1", "P2", "P1"]
    with pytest.raises(InputError, match="no title"):
        papers.open("cost_sheet", title="  \n")
    with pytest.raises(UnknownIdError):
        papers.open("cost_sheet", project="P9")


def test_it_begins_with_what_it_is_given(workspace, papers, small_rubric):
    rubric = WorkedBy("rubric", workspace.pin(small_rubric))
    begun = papers.open("cost_sheet", beginning=Beginning((rubric,), {"grant": "80万"}))
    assert begun.definitions == (rubric,)
    assert begun.values() == {"grant": "80万"}
    (definition,) = papers.context(begun).definitions
    assert definition.ref == rubric.ref


def test_each_field_has_its_own_revision_and_a_conflict_keeps_both_texts(papers, paper):
    papers.save(paper.id, [Change("grant", "10万", 0), Change("remark", "初稿", 0)])
    result = papers.save(paper.id, [Change("remark", "另一稿", 0), Change("share", "30%", 0)])
    (conflict,) = result.conflicts
    assert (conflict.field, conflict.mine, conflict.theirs, conflict.revision) == (
        "remark",
        "另一稿",
        "初稿",
        1,
    )
    assert [(one.field, one.revision) for one in result.saved] == [("share", 2)]
    again = papers.save(paper.id, [Change("remark", "另一稿", 1)])
    assert (again.paper.values()["remark"], again.paper.revision) == ("另一稿", 3)


def test_the_same_text_sent_twice_writes_nothing(papers, paper):
    papers.save(paper.id, [Change("grant", "10万", 0)])
    again = papers.save(paper.id, [Change("grant", "10万", 0)])
    assert (again.paper.revision, again.saved[0].revision, again.conflicts) == (1, 1, ())


@pytest.mark.parametrize(
    "name",
    [
        "nothing",
        "costs",
        "rows/costs/a1",
        "rows/costs/A1/item",
        "rows/costs/a1/of_grant",
        "rows/nowhere/a1/item",
        "rows/items/unknown/there",
        "rows/costs/a1/item/more",
        f"rows/costs/{'a' * 41}/item",
    ],
)
def test_a_field_that_the_layout_does_not_have_is_refused_and_nothing_is_written(papers, paper, name):
    with pytest.raises(InputError, match="no such field"):
        papers.save(paper.id, [Change("grant", "1", 0), Change(name, "x", 0)])
    assert papers.paper(paper.id).values() == {}


def test_a_grid_takes_no_more_rows_than_it_may_have(papers, paper):
    rows = [Change(f"rows/costs/r{number:03}/item", "试剂", 0) for number in range(21)]
    with pytest.raises(InputError, match="more than 20 rows"):
        papers.save(paper.id, rows)
    assert len(papers.save(paper.id, rows[:20]).saved) == 20


def test_a_row_is_gone_when_all_its_cells_are_empty_and_back_with_one(papers, paper, fill):
    fill(rows__costs__b__item="乙", rows__costs__a__item="甲", rows__costs__a__amount="1")
    grid = papers.layout(paper).grids[0]
    assert rows_of(grid, papers.paper(paper.id).values()) == ("a", "b")
    papers.save(paper.id, [Change("rows/costs/a/item", "", 1), Change("rows/costs/a/amount", " ", 1)])
    assert rows_of(grid, papers.paper(paper.id).values()) == ("b",)
    papers.save(paper.id, [Change("rows/costs/a/item", "甲", 2)])
    assert rows_of(grid, papers.paper(paper.id).values()) == ("a", "b")


def test_what_is_missing_and_what_does_not_fit_is_told_by_field(papers, paper, fill):
    assessed = papers.assessment(paper)
    assert [note.field for note in assessed.missing] == ["grant", "rows/costs"]
    after = fill(
        grant="1万", signed_on="2026-02-30", rows__costs__a__amount="3万", rows__costs__b__item="乙"
    ).paper
    assessed = papers.assessment(after)
    assert [note.field for note in assessed.missing] == ["rows/costs/a/item", "rows/costs/b/amount"]
    assert [note.field for note in assessed.faults] == ["signed_on", "grant"]
    assert [note.field for note in assessed.warnings] == ["rows/costs/a/paid_on"]
    assert assessed.totals == {"costs": {"amount": "30,000.00"}}
    assert assessed.shown == {"rows/costs/a/of_grant": "300.0%"}


def test_an_incomplete_paper_is_not_concluded(papers, paper):
    with pytest.raises(PaperIncompleteError) as told:
        papers.conclude(paper.id, revision=0)
    assert [fault.place for fault in told.value.faults] == ["grant", "rows/costs"]
    assert papers.paper(paper.id).status == "draft"


def test_concluding_seals_and_locks_and_the_same_call_again_changes_nothing(papers, complete):
    done = papers.conclude(complete.id, revision=complete.revision)
    assert (done.status, done.revision) == ("concluded", complete.revision)
    seal = papers.seal(done.id)
    assert '"outcome":{"total":"2,500.50"}' in seal.snapshot
    assert "李经办" not in seal.snapshot
    assert papers.conclude(complete.id, revision=complete.revision) == done
    assert papers.seal(done.id) == seal
    with pytest.raises(LockedError, match="concluded"):
        papers.save(done.id, [Change("grant", "1", 9)])
    with pytest.raises(LockedError):
        papers.conclude(done.id, revision=complete.revision + 1)
    assert papers.save(done.id, [Change("grant", "10万元", 0)]).conflicts == ()


def test_a_paper_that_moved_on_is_not_concluded(papers, complete):
    papers.save(complete.id, [Change("remark", "补充", 0)])
    with pytest.raises(StaleRevisionError):
        papers.conclude(complete.id, revision=complete.revision)


def test_an_amendment_is_a_new_version_with_the_same_fields(papers, complete):
    with pytest.raises(LockedError, match="not concluded"):
        papers.amend(complete.id, reason="改")
    papers.conclude(complete.id, revision=complete.revision)
    with pytest.raises(InputError):
        papers.amend(complete.id, reason=" ")
    new = papers.amend(complete.id, reason="金额有误")
    assert (new.version, new.status, new.amends) == (2, "draft", complete.id)
    assert new.values() == complete.values()
    assert papers.amend(complete.id, reason="金额有误") == new
    with pytest.raises(LockedError, match="amended already"):
        papers.amend(complete.id, reason="另一个理由")
    assert papers.newer_version(complete.id) == new.id
    assert papers.open("cost_sheet", project="P1").id == new.id


def test_every_write_stands_in_the_log_and_the_log_holds_no_text(workspace, papers, complete):
    papers.conclude(complete.id, revision=complete.revision)
    papers.amend(complete.id, reason="金额有误", by="王复核")
    entries = [entry for entry in workspace.store.log() if entry.subject.startswith("working-paper:")]
    assert [entry.action for entry in entries] == ["open", "save", "conclude", "amend"]
    assert entries[-1].actor != entries[0].actor
    assert "试剂" not in "".join(map(str, entries))
    assert workspace.store.verify_log().intact


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("UPDATE paper_fields SET value = '99999999' WHERE field = 'grant'", "fields of a concluded"),
        ("UPDATE papers SET status = 'draft', concluded_at = NULL", "open again"),
        ("DELETE FROM paper_seals", "sealed text of a concluded"),
        (
            "DROP TRIGGER paper_seals_refuses_update; UPDATE paper_seals SET snapshot = snapshot || ' '",
            "a guard of the store",
        ),
    ],
)
def test_a_concluded_paper_that_was_changed_behind_the_back_is_found(
    workspace, papers, complete, statement, told
):
    papers.conclude(complete.id, revision=complete.revision)
    with closing(sqlite3.connect(workspace.path / FILE)) as connection:
        connection.executescript(statement)
    faults = workspace.store.verify_log().faults
    assert any(told in fault.what.text("en") for fault in faults)


def test_whoever_opened_a_paper_can_be_forgotten_and_the_paper_stays(workspace, papers, complete):
    papers.conclude(complete.id, revision=complete.revision)
    workspace.store.forget_person("李经办")
    assert papers.paper(complete.id).author is None
    assert papers.amend(complete.id, reason="补正").version == 2
    assert workspace.store.verify_log().intact
