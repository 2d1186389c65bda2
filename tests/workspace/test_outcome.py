import json

from poc_eval.scoring.review import evaluate
from poc_eval.scoring.rubric import Rubric
from poc_eval.workspace.canonical import canonical_json
from poc_eval.workspace.outcome import ReviewIncompleteError, sealed_outcome


def test_the_figures_of_the_page_are_sealed_as_exact_text(small_rubric, complete_answers):
    rubric = Rubric.load(small_rubric)
    more = {"bonuses.patents.points": "2", "bonuses.patents.reason": "授权发明专利两项，权属清晰。"}
    outcome = json.loads(canonical_json(sealed_outcome(evaluate(rubric, complete_answers | more))))
    assert outcome["total"] == "21.50"
    assert outcome["criteria"] == {
        "need": "4.5",
        "technique": "10.00",
        "novelty": "7",
        "maturity": "3",
        "people": "5.00",
    }
    assert outcome["adjustments"] == {"patents": "2", "environment": None}
    assert (outcome["recommendation"], outcome["decision"]) == ("approve", "pass")
    assert [(gate["id"], gate["passed"]) for gate in outcome["gates"]] == [
        ("fake_data", True),
        ("need", True),
        ("total", True),
    ]


def test_an_incomplete_review_tells_every_field_and_what_to_do(small_rubric, complete_answers):
    rubric = Rubric.load(small_rubric)
    error = ReviewIncompleteError(
        evaluate(rubric, complete_answers | {"opinion": "", "criteria.need.score": "9"})
    )
    assert [fault.place for fault in error.faults] == ["opinion", "criteria.need.score"]
    assert error.lines("zh")[0] == "opinion: 请填写评审意见；请补填后重新提交"
