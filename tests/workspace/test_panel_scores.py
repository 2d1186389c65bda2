"""From reviews to a panel: what is submitted counts, once, and a person's letter tells nothing of them."""

from __future__ import annotations

from fractions import Fraction

import pytest

from poc_eval.errors import InputError, NotDefinedError, UnknownIdError
from poc_eval.workspace.panel_scores import panel_of, rubrics_reviewed
from poc_eval.workspace.panels import Panels
from poc_eval.workspace.records import Member
from poc_eval.workspace.store import Change


@pytest.fixture
def submitted(workspace, small_rubric, complete_answers):
    """Return a function that submits a review of a project by a reviewer, with some answers changed."""
    ref = workspace.pin(small_rubric)

    def submit(project, reviewer, **changed):
        review = workspace.store.open_review(project, reviewer, ref)
        fields = {name.replace("__", "."): value for name, value in changed.items()}
        return fill(workspace, review, complete_answers | fields)

    return submit


def fill(workspace, review, answers):
    changes = [
        Change(field, value, review.answers[field].revision if field in review.answers else 0)
        for field, value in answers.items()
    ]
    saved = workspace.store.save(review.id, changes).review
    return workspace.submit(review.id, revision=saved.revision)


def aside(workspace, ref, project, reviewer):
    review = workspace.store.open_review(project, reviewer, ref)
    answers = {
        "undertaking.conflict": "step_aside",
        "undertaking.conflict_reason": "与申请人同一单位",
        "undertaking.confidentiality": "yes",
        "undertaking.integrity": "yes",
    }
    return fill(workspace, review, answers)


def test_what_a_form_holds_becomes_one_ballot_with_scores_inputs_and_reasons(workspace, submitted):
    review = submitted("P1", "张评审")
    panel, basis = panel_of(workspace, "poc-small", with_names=True)
    ballot = panel.scores.ballots["P1", "张评审"]
    assert ballot.scores == {"need": Fraction(9, 2), "novelty": 7, "maturity": 3}
    assert ballot.inputs == {"staff": 9}
    assert ballot.screening == {"fake_data": False}
    assert ballot.recommendation == "approve"
    assert ballot.comments["need"] == "材料齐全，论证充分，数据可核对。"
    total = panel.result().projects[0].totals["张评审"]
    assert total == workspace.evaluation(review).total
    assert (basis.reviews, basis.drafts, basis.named) == (1, 0, True)


def test_a_draft_is_left_out_and_counted_and_its_project_is_named(workspace, submitted, small_rubric):
    submitted("P1", "张评审")
    workspace.store.open_review("P1", "李评审", workspace.pin(small_rubric))
    workspace.store.open_review("P2", "李评审", workspace.pin(small_rubric))
    panel, basis = panel_of(workspace, "poc-small", with_names=True)
    assert panel.scores.reviewers == ("张评审",)
    assert basis.drafts == 2
    assert [one.id for one in basis.waiting] == ["P2"]


def test_the_newest_submitted_version_counts_and_an_open_amendment_does_not(workspace, submitted):
    first = submitted("P1", "张评审")
    second = workspace.store.amend(first.id, reason="笔误")
    panel, basis = panel_of(workspace, "poc-small", with_names=True)
    assert panel.scores.ballots["P1", "张评审"].scores["need"] == Fraction(9, 2)
    assert basis.drafts == 1
    fill(workspace, second, {"criteria.need.score": "3"})
    panel, basis = panel_of(workspace, "poc-small", with_names=True)
    assert panel.scores.ballots["P1", "张评审"].scores["need"] == 3
    assert (basis.reviews, basis.drafts) == (1, 0)


def test_who_steps_aside_is_in_no_figure_and_is_named_with_the_reason(workspace, submitted, small_rubric):
    submitted("P1", "张评审")
    aside(workspace, workspace.pin(small_rubric), "P1", "李评审")
    panel, basis = panel_of(workspace, "poc-small", with_names=True)
    (project,) = panel.result().projects
    assert project.conflicted == ("李评审",)
    assert (project.official.given, project.official.counted) == (1, 1)
    assert [(one.reviewer, one.reason) for one in basis.aside] == [("李评审", "与申请人同一单位")]


def test_without_names_letters_stand_everywhere_in_an_order_of_their_own(workspace, submitted):
    reviews = {name: submitted("P1", name) for name in ("张评审", "李评审", "王评审", "赵评审")}
    panel, basis = panel_of(workspace, "poc-small")
    assert panel.scores.reviewers == ("A", "B", "C", "D")
    assert not basis.named
    assert not any(name in repr((panel.scores, basis)) for name in reviews)
    by_id = sorted(reviews, key=lambda name: reviews[name].id)
    named, _basis = panel_of(workspace, "poc-small", with_names=True)
    for letter, name in zip("ABCD", by_id, strict=True):
        assert panel.scores.ballots["P1", letter].scores == named.scores.ballots["P1", name].scores


def test_only_the_projects_that_are_asked_for_are_taken(workspace, submitted):
    submitted("P1", "张评审")
    submitted("P2", "张评审")
    panel, basis = panel_of(workspace, "poc-small", projects=["P2"])
    assert panel.scores.projects == ("P2",)
    assert [one.id for one in basis.projects] == ["P2"]


def test_nothing_submitted_is_a_stated_answer(workspace, draft):
    assert draft.status == "draft"
    with pytest.raises(NotDefinedError) as caught:
        panel_of(workspace, "poc-small")
    assert "尚无一份提交" in caught.value.lines("zh")[0]


def test_an_unknown_rubric_is_answered_with_those_that_were_used(workspace, submitted):
    submitted("P1", "张评审")
    assert rubrics_reviewed(workspace) == ("poc-small@1.0",)
    with pytest.raises(UnknownIdError, match=r"poc-small@1\.0"):
        panel_of(workspace, "poc-smal")


def test_an_unknown_project_is_answered_with_the_known_ones(workspace, submitted):
    submitted("P1", "张评审")
    with pytest.raises(UnknownIdError, match="P1, P2"):
        panel_of(workspace, "poc-small", projects=["P3"])


def test_two_versions_of_a_rubric_are_never_mixed(workspace, submitted, small_rubric, tmp_path):
    submitted("P1", "张评审")
    newer = tmp_path / "newer.yaml"
    text = small_rubric.read_text(encoding="utf-8").replace('version: "1.0"', 'version: "1.1"')
    newer.write_text(text, encoding="utf-8")
    workspace.store.open_review("P1", "李评审", workspace.pin(newer))
    with pytest.raises(InputError, match=r"poc-small@1\.0, poc-small@1\.1"):
        panel_of(workspace, "poc-small")
    panel, _basis = panel_of(workspace, "poc-small@1.0")
    assert panel.scores.reviewers == ("A",)


def test_who_stepped_aside_in_the_book_of_panels_counts_in_no_figure(workspace, submitted):
    for name in ("张评审", "李评审"):
        submitted("P1", name)
    panels = Panels(workspace.store)
    made = panels.create("评审会", ["P1"], by="秘书")
    panels.put_member(made.id, Member("李评审", "某大学", "教授", "医学"), by="秘书")
    panels.step_aside(made.id, "李评审", "P1", rule="kinship", reason="近亲属", by="秘书")
    panel, basis = panel_of(workspace, "poc-small", with_names=True)
    assert panel.scores.conflicted("P1") == ["李评审"]
    assert [one.reviewer for one in panel.scores.of("P1")] == ["张评审"]
    assert [(one.reviewer, one.reason) for one in basis.aside] == [("李评审", "近亲属")]
