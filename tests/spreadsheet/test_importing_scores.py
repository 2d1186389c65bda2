from pathlib import Path

import pytest

from poc_eval.errors import InputError
from poc_eval.scoring.rubric import Rubric
from poc_eval.spreadsheet.importing_scores import read_reviews
from poc_eval.spreadsheet.reading import Table

PROJECTS = {"P1": ("颅内压平衡装置", "Device"), "P2": ("神经阻滞穿刺针", "Needle")}
LONG = "项目编号,评审专家,指标,得分,回避,熟悉程度,评语"


@pytest.fixture(scope="module")
def rubric():
    """Return a small rubric in which every way to score occurs."""
    return Rubric.load(Path(__file__).parent.parent / "workspace" / "rubric_for_tests.yaml")


def table(heading, *rows):
    lines = tuple(range(2, 2 + len(rows)))
    return Table("s.csv", tuple(heading.split(",")), tuple(tuple(row.split(",")) for row in rows), lines)


def faults(rubric, one):
    with pytest.raises(InputError) as caught:
        read_reviews(one, rubric, PROJECTS)
    return [line.split(";")[0] for line in str(caught.value).splitlines()]


def test_one_row_a_score_becomes_the_answers_of_a_form(rubric):
    found = read_reviews(
        table(
            LONG,
            "P1,王专家,临床需求度,4.5,否,高,临床需求明确",
            "P1,王专家,novelty,7,,,",
            "P1,王专家,成熟度,3,,,",
            "P1,王专家,专职人员,9,,,",
            "P1,王专家,材料是否不真实,否,,,",
            "P1,王专家,patents,2,,,三项发明",
            "P1,王专家,结论,建议立项,,,总体可行",
        ),
        rubric,
        PROJECTS,
    )
    (review,) = found.reviews
    assert (review.project, review.reviewer, review.line) == ("P1", "王专家", 2)
    assert review.answers == {
        "undertaking.conflict": "none",
        "criteria.need.score": "4.5",
        "criteria.need.reason": "临床需求明确",
        "criteria.novelty.score": "7",
        "criteria.novelty.band": "7-8",
        "criteria.maturity.score": "3",
        "inputs.staff": "9",
        "screening.fake_data": "no",
        "bonuses.patents.points": "2",
        "bonuses.patents.reason": "三项发明",
        "recommendation": "approve",
        "opinion": "总体可行",
    }
    assert review.confidence == {"need": "高"}
    assert review.finished
    assert {"undertaking.integrity", "criteria.novelty.reason", "opinion"} <= set(review.unstated)


def test_one_row_a_reviewer_says_the_same(rubric):
    found = read_reviews(
        table(
            "项目名称,专家姓名,单位,临床需求度（5分）,创新度,成熟度,专职人员,评审意见,总分",
            "颅内压平衡装置,王专家,某大学,4.5,7,3,9,总体可行,19.5",
        ),
        rubric,
        PROJECTS,
    )
    (review,) = found.reviews
    assert review.project == "P1"
    assert review.answers["criteria.need.score"] == "4.5"
    assert review.answers["criteria.novelty.band"] == "7-8"
    assert review.answers["opinion"] == "总体可行"
    assert found.left_out == ("单位", "总分")


def test_who_steps_aside_needs_no_scores(rubric):
    found = read_reviews(table(LONG, "P1,王专家,,,是,,同一单位"), rubric, PROJECTS)
    assert found.reviews[0].answers == {
        "undertaking.conflict": "step_aside",
        "undertaking.conflict_reason": "同一单位",
    }
    assert found.reviews[0].finished
    wide = read_reviews(table("project,reviewer,conflict,need", "P1,王专家,回避,"), rubric, PROJECTS)
    assert wide.reviews[0].finished


def test_a_review_without_all_scores_is_not_finished(rubric):
    found = read_reviews(table("project,reviewer,criterion,score", "P1,r1,need,4"), rubric, PROJECTS)
    assert not found.reviews[0].finished


def test_every_fault_is_told_with_the_line_and_the_heading_of_the_file(rubric):
    assert faults(
        rubric,
        table(
            "项目编号,评审专家,指标,得分",
            "P9,王专家,need,4",
            "P1,,need,4",
            "P1,王专家,need,9",
            "P1,王专家,novelty,4",
            "P1,王专家,novelty,5",
            "P1,王专家,颜值,5",
            "P1,王专家,people,5",
            "P1,王专家,结论,也许",
            "P2,王专家,评审意见,总体可行",
        ),
    ) == [
        's.csv:2: 项目编号: there is no project "P9" in this workspace',
        "s.csv:3: 评审专家: the cell is empty",
        "s.csv:4: 得分: 9 is off the scale",
        "s.csv:6: 指标: 王专家 scored novelty of P1 twice",
        's.csv:7: 指标: the rubric has no criterion "颜值"',
        "s.csv:8: 得分: this criterion has no score of its own: it follows from a figure",
        's.csv:9: 得分: there is no recommendation "也许"',
        "s.csv:10: 得分: there is an opinion here and no score",
    ]


def test_a_column_of_scores_is_named_where_one_of_them_is_wrong(rubric):
    assert faults(
        rubric,
        table("项目编号,专家,临床需求度,创新度", "P1,王专家,4.2,6.5", "P1,李专家,四,7", "P2,王专家,,"),
    ) == [
        "s.csv:2: 临床需求度: 4.2 is off the step",
        "s.csv:2: 创新度: 6.5 is off the step",
        's.csv:3: 临床需求度: "四" is not a number',
        "s.csv:4: there is no score in this row",
    ]


@pytest.mark.parametrize(
    ("heading", "message"),
    [
        ("project,reviewer", 'there is no column "指标"'),
        ("project,reviewer,criterion", 'there is no column "得分"'),
        ("project,项目编号,reviewer,need", '"project" and "项目编号" mean the same column'),
    ],
)
def test_a_heading_that_does_not_do_is_told(rubric, heading, message):
    said = faults(rubric, table(heading, ",".join("x" for _ in heading.split(","))))
    assert any(message in line for line in said)
