import pytest

from poc_eval.errors import InputError
from poc_eval.scoring.rubric import Rubric
from poc_eval.scoring.rubric_validity import RatedItems, rubric_validity


def rated(**rows):
    width = max(len(row) for row in rows.values())
    return RatedItems(
        tuple(rows),
        tuple(f"E{number}" for number in range(width)),
        tuple(tuple(row) for row in rows.values()),
        "r.csv",
        tuple(range(2, len(rows) + 2)),
    )


@pytest.mark.parametrize(
    ("experts", "relevant", "grade", "keeps"),
    [
        (3, 3, "excellent", True),
        (3, 2, "fair", False),
        (4, 3, "good", False),
        (5, 4, "excellent", False),
        (6, 5, "excellent", True),
        (6, 4, "fair", False),
        (7, 5, "good", False),
        (8, 7, "excellent", True),
        (8, 6, "good", False),
        (9, 7, "excellent", True),
    ],
)
def test_grades_of_polit_beck_owen_2007_table_4_and_numbers_of_lynn_1986(experts, relevant, grade, keeps):
    (item,) = rubric_validity(rated(need="3" * relevant + "2" * (experts - relevant))).items
    # Seven of nine is 0.778, which the tables print as 0.78 and take as enough.
    assert (item.grade, item.keeps) == (grade, keeps)


def test_the_whole_is_the_mean_and_the_share_that_all_call_relevant():
    found = rubric_validity(rated(need="444", team="343", market="412"))
    assert (found.average, found.universal) == (pytest.approx((1 + 1 + 1 / 3) / 3), pytest.approx(2 / 3))
    assert [one.item for one in found.to_mend] == ["market"]
    assert "before the sheet opens: 1" in found.verdict.text("en")


def test_two_experts_are_too_few_for_a_verdict():
    found = rubric_validity(rated(need="44"))
    assert found.items[0].keeps is None
    assert "fewer than 3 experts" in found.verdict.text("en")


def test_an_empty_cell_is_no_rating():
    (item,) = rubric_validity(rated(need=("4", "", "3", "4"))).items
    assert (item.experts, item.relevant) == (3, 3)


def test_every_fault_by_line_and_column():
    with pytest.raises(InputError) as refused:
        rubric_validity(rated(need="45x", team=("", "", "")))
    assert [(fault.line, fault.place) for fault in refused.value.faults] == [(2, "E1"), (2, "E2"), (3, None)]


def test_the_rows_are_the_rubrics_criteria_by_id_or_title():
    rubric = Rubric.load("poc-selection")
    leaves = [node.criterion for node in rubric.every_node if not node.children]
    named = {one.title.zh if place % 2 else one.id: "444" for place, one in enumerate(leaves)}
    assert len(rubric_validity(rated(**named), rubric).items) == len(leaves)
    with pytest.raises(InputError) as refused:
        rubric_validity(rated(**{leaves[0].id: "444", leaves[0].title.zh: "444", "beauty": "444"}), rubric)
    said = [fault.text("en") for fault in refused.value.faults]
    assert [line.split(": ")[0] for line in said] == ["r.csv:3", "r.csv:4", "r.csv"]
    assert "stands there twice" in said[0]
    assert "beauty" in said[1]
    assert leaves[1].id in said[2]
