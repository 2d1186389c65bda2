import json

import pytest

from poc_eval.errors import InputError, LockedError, UnknownIdError
from poc_eval.workspace.paper import PaperScores
from poc_eval.workspace.records import Difference
from poc_eval.workspace.scan_files import Scans
from poc_eval.workspace.store import Change

SHEET = {
    "undertaking.conflict": "none",
    "criteria.need.score": "4.5",
    "criteria.need.reason": "需求明确",
    "criteria.novelty.band": "7-8",
    "criteria.novelty.score": "7",
    "criteria.maturity.score": "3",
    "inputs.staff": "9",
    "screening.fake_data": "no",
    "recommendation": "approve",
}


@pytest.fixture
def papers(workspace):
    return PaperScores(workspace)


@pytest.fixture
def ref(workspace, small_rubric):
    return workspace.pin(small_rubric)


@pytest.fixture
def entered(papers, ref):
    """Return the paper of an expert as one person entered it."""
    return papers.enter("P1", "王专家", ref, SHEET, by="张秘书")


def test_what_two_people_read_alike_becomes_the_experts_review(workspace, papers, entered):
    assert (entered.status, entered.entered_by, entered.review_id) == ("entered", "张秘书", None)
    assert workspace.reviews() == ()
    done = papers.check(entered.id, SHEET, by="刘复核")
    assert (done.status, done.checked_by, done.differences) == ("confirmed", "刘复核", ())
    review = workspace.store.review(done.review_id)
    assert (review.reviewer, review.status, review.values()) == ("王专家", "submitted", SHEET)
    assert (review.origin.kind, review.origin.entered_by, review.origin.checked_by) == (
        "paper",
        "张秘书",
        "刘复核",
    )
    assert set(review.origin.detail["unstated"]) == {
        "undertaking.confidentiality", "undertaking.integrity", "criteria.need.reason",
        "criteria.novelty.reason", "criteria.maturity.reason", "criteria.maturity.beside", "opinion",
    }  # fmt: skip
    assert json.loads(workspace.store.submission(review.id).snapshot)["outcome"]["total"] == "19.50"
    assert workspace.store.verify_log().intact


def test_a_difference_shows_both_and_makes_no_review(workspace, papers, entered):
    other = SHEET | {"criteria.need.score": "4", "opinion": "建议立项"}
    done = papers.check(entered.id, other, by="刘复核")
    assert done.status == "differs"
    assert done.differences == (
        Difference("criteria.need.score", "4.5", "4"),
        Difference("opinion", "", "建议立项"),
    )
    assert workspace.reviews() == ()


@pytest.mark.parametrize("who", ["张秘书", "刘复核"])
def test_after_a_difference_either_corrects_their_own(papers, ref, entered, who):
    papers.check(entered.id, SHEET | {"criteria.need.score": "4"}, by="刘复核")
    if who == "张秘书":
        done = papers.enter("P1", "王专家", ref, SHEET | {"criteria.need.score": "4"}, by=who)
    else:
        done = papers.check(entered.id, SHEET, by=who)
    assert done.status == "confirmed"
    assert done.id == entered.id


@pytest.mark.parametrize("name", ["张秘书", " 张秘书 ", "张 秘书"])
def test_nobody_checks_what_they_entered(papers, ref, entered, name):
    with pytest.raises(InputError, match="cannot both enter and check"):
        papers.check(entered.id, SHEET, by=name)
    papers.check(entered.id, SHEET | {"criteria.need.score": "4"}, by="刘复核")
    with pytest.raises(InputError, match="cannot both enter and check"):
        papers.enter("P1", "王专家", ref, SHEET, by="刘复核")


def test_a_confirmed_paper_is_locked(papers, ref, entered):
    papers.check(entered.id, SHEET, by="刘复核")
    for again in (
        lambda: papers.check(entered.id, SHEET, by="赵"),
        lambda: papers.enter("P1", "王专家", ref, SHEET, by="赵"),
    ):
        with pytest.raises(LockedError, match="confirmed and is locked"):
            again()


def test_a_sheet_that_is_not_whole_or_does_not_fit_is_told_field_by_field(papers, ref):
    with pytest.raises(InputError) as caught:
        papers.enter("P1", "王专家", ref, SHEET | {"criteria.need.score": "9", "inputs.staff": "x"}, by="张")
    assert [fault.place for fault in caught.value.faults] == ["inputs.staff", "criteria.need.score"]
    with pytest.raises(InputError) as caught:
        papers.enter("P1", "王专家", ref, {"criteria.need.score": "4"}, by="张")
    assert {"criteria.novelty.score", "inputs.staff"} <= {fault.place for fault in caught.value.faults}
    with pytest.raises(InputError, match="this form has no such field"):
        papers.enter("P1", "王专家", ref, SHEET | {"criteria.looks.score": "4"}, by="张")


def test_a_paper_never_takes_the_place_of_an_experts_own_review(workspace, papers, ref, entered):
    own = workspace.store.open_review("P1", "王专家", ref)
    workspace.store.save(own.id, [Change("opinion", "我自己写的", 0)])
    with pytest.raises(InputError, match="王专家 has a review of P1 already"):
        papers.check(entered.id, SHEET, by="刘复核")
    assert papers.paper(entered.id).status == "entered"


def test_unknown_papers_and_projects_are_told(papers, ref):
    with pytest.raises(UnknownIdError, match="no paper nowhere"):
        papers.paper("nowhere")
    with pytest.raises(UnknownIdError, match="no project nowhere"):
        papers.enter("nowhere", "王专家", ref, SHEET, by="张")
    assert papers.papers() == ()


def test_a_forgotten_experts_paper_goes_with_its_scan_and_a_forgotten_clerk_leaves_an_empty_place(
    workspace, papers, ref, entered, tmp_path
):
    (tmp_path / "评分表.pdf").write_bytes(b"%PDF-1.7 x")
    scan = Scans(workspace).attach(f"paper:{entered.id}", tmp_path / "评分表.pdf", by="张秘书")
    papers.check(entered.id, SHEET, by="刘复核")
    other = papers.enter("P2", "李专家", ref, SHEET, by="张秘书")
    assert workspace.store.forget_person("王专家").files == (scan.file,)
    assert not (workspace.path / scan.file).exists()
    workspace.store.forget_person("张秘书")
    assert papers.papers() == (papers.paper(other.id),)
    assert papers.paper(other.id).entered_by is None
    assert papers.check(other.id, SHEET, by="刘复核").status == "confirmed"
    assert workspace.store.verify_log().intact
