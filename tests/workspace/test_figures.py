from decimal import Decimal

import pytest

from poc_eval.scoring.rubric import Rubric
from poc_eval.workspace.figures import score_text, total_text


@pytest.fixture
def rubric(small_rubric):
    return Rubric.load(small_rubric)


@pytest.mark.parametrize(
    ("criterion", "score", "shown"),
    [
        ("need", "4.5", "4.5"),
        ("need", "4", "4.0"),
        ("novelty", "7", "7"),
        ("people", "5", "5"),
        ("technique", "10", "10.0"),
        ("need", "4.25", "4.25"),
    ],
)
def test_a_score_has_the_decimals_of_its_step_and_is_never_cut(rubric, criterion, score, shown):
    assert score_text(rubric, criterion, Decimal(score)) == shown


def test_a_score_that_is_not_there_is_not_shown(rubric):
    assert score_text(rubric, "need", None) is None
    assert total_text(rubric, None) is None


@pytest.mark.parametrize(
    ("total", "shown"), [("66", "66.0"), ("66.50", "66.5"), ("-1.25", "-1.25"), ("0.00", "0.0")]
)
def test_a_total_of_added_scores_has_the_decimals_of_their_steps(rubric, total, shown):
    assert total_text(rubric, Decimal(total)) == shown


def test_a_weighted_total_has_the_rubrics_own_decimals(tmp_path, small_rubric):
    text = small_rubric.read_text(encoding="utf-8")
    text = text[: text.index("criteria:")] + (
        "criteria:\n"
        "  - {id: a, title: {zh: 甲, en: A}, weight: 0.3}\n"
        "  - {id: b, title: {zh: 乙, en: B}, weight: 0.7}\n"
        "total: {method: weighted_mean}\n"
    )
    (tmp_path / "weighted.yaml").write_text(text, encoding="utf-8")
    rubric = Rubric.load(tmp_path / "weighted.yaml")
    assert total_text(rubric, Decimal("3.1")) == "3.10"
