import pytest

from poc_eval.errors import UnknownIdError
from poc_eval.workspace.form_document import evaluation_document, form_document
from poc_eval.workspace.store import Change


@pytest.fixture
def fill(workspace, small_rubric, complete_answers):
    """Return a function that fills a review of a project with a score for need."""

    def fill(project, score, reviewer="reviewer-1", *, submit=False):
        review = workspace.store.open_review(project, reviewer, workspace.pin(small_rubric))
        answers = complete_answers | {"criteria.need.score": score}
        changes = [Change(name, value, review.revision) for name, value in answers.items()]
        revision = workspace.store.save(review.id, changes).review.revision
        return workspace.submit(review.id, revision=revision) if submit else workspace.store.review(review.id)

    return fill


def test_a_review_that_is_not_there_is_told(workspace):
    with pytest.raises(UnknownIdError):
        form_document(workspace, "nobody", "zh")


def test_the_answers_stand_with_their_revisions(workspace, draft):
    workspace.store.save(draft.id, [Change("opinion", "<b>需求</b>", 0)])
    shown = form_document(workspace, draft.id, "zh")
    assert shown["answers"] == {"opinion": {"value": "<b>需求</b>", "revision": 1}}
    assert shown["review"]["saved_at"].startswith("2026-11-20T15:")


def test_the_least_score_that_a_gate_asks_for_stands_on_its_criterion(workspace, draft):
    criteria = form_document(workspace, draft.id, "zh")["sheet"]["criteria"]
    assert {one["id"]: one["required"] for one in criteria if one["required"]} == {"need": "3"}


def test_the_reviewers_own_earlier_scores_stand_beside_it(workspace, draft, fill):
    fill("P2", "3.5", submit=True)
    (earlier,) = form_document(workspace, draft.id, "zh")["earlier"]
    assert earlier["project"] == "神经阻滞穿刺针"
    assert (earlier["total"], earlier["status"]) == ("18.5", "submitted")
    assert earlier["criteria"]["need"] == "3.5"
    assert earlier["submitted_at"].endswith("+08:00")


def test_nobody_sees_what_others_scored(workspace, draft, fill):
    fill("P2", "3.5", reviewer="reviewer-2", submit=True)
    fill("P1", "2", reviewer="reviewer-2")
    shown = form_document(workspace, draft.id, "zh")
    assert shown["earlier"] == []
    assert "reviewer-2" not in str(shown)


def test_of_an_amended_review_only_the_newest_version_is_compared(workspace, draft, fill):
    first = fill("P2", "3.5", submit=True)
    workspace.store.amend(first.id, reason="录入有误")
    fill("P2", "4.5", submit=True)
    (earlier,) = form_document(workspace, draft.id, "zh")["earlier"]
    assert (earlier["version"], earlier["criteria"]["need"]) == (2, "4.5")


def test_an_empty_draft_is_not_compared(workspace, draft, small_rubric):
    workspace.store.open_review("P2", "reviewer-1", workspace.pin(small_rubric))
    assert form_document(workspace, draft.id, "zh")["earlier"] == []


def test_gates_and_totals_follow_from_the_answers(workspace, fill):
    review = fill("P1", "2.5")
    shown = evaluation_document(workspace.rubric(review.rubric), workspace.evaluation(review), "en")
    assert shown["total"] == "17.5"
    assert shown["decision"]["id"] == "gate"
    assert [(gate["id"], gate["passed"]) for gate in shown["gates"]] == [
        ("fake_data", True),
        ("need", False),
        ("total", True),
    ]
    assert shown["criteria"][0] == {"id": "need", "score": "2.5", "anchor": None}


def test_every_number_but_revisions_and_lengths_is_text(workspace, fill):
    shown = form_document(workspace, fill("P1", "4.5").id, "zh")

    def numbers(value, path=""):
        if isinstance(value, dict):
            for key, inner in value.items():
                yield from numbers(inner, key)
        elif isinstance(value, list):
            for inner in value:
                yield from numbers(inner, path)
        elif isinstance(value, (int, float)) and not isinstance(value, bool):
            yield path

    assert set(numbers(shown)) == {"version", "revision", "depth", "at_least", "at_most", "reason_at_least"}
