from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from poc_eval.scoring.structure import Marks

FIVE = {"min": "1", "max": "5", "step": "0.5"}


def marks(build: Any, default: dict[str, str] | None, **keys: Any) -> Marks:
    rubric = build.rubric(scale=default, criteria=[build.criterion("need", **keys)])
    found: Marks = rubric.node("need").marks
    return found


def level(score: str) -> dict[str, Any]:
    return {"score": score, "text": {"zh": score, "en": score}}


@pytest.mark.parametrize(
    ("scale", "keys", "expected"),
    [
        (FIVE, {}, (1, 5, Fraction(1, 2))),
        (FIVE, {"scale": {"max": "8", "step": "1"}}, (1, 8, 1)),
        (FIVE, {"scale": {"min": "0", "max": "10"}}, (0, 10, Fraction(1, 2))),
        (None, {"scale": {"max": "8"}}, (0, 8, 1)),
        (FIVE, {"bands": [{"from": "7", "to": "8"}, {"from": "5", "to": "6"}]}, (5, 8, 1)),
        (None, {"bands": [{"from": "5", "to": "10"}, {"from": "0", "to": "4.5"}]}, (0, 10, Fraction(1, 2))),
        (None, {"levels": [level("0"), level("6"), level("10")]}, (0, 10, 2)),
        (FIVE, {"levels": [level("5"), level("3")]}, (1, 5, Fraction(1, 2))),
        (
            FIVE,
            {"measured": {"input": "n", "table": [{"from": "0", "score": "0"}, {"from": "9", "score": "7"}]}},
            (0, 7, None),
        ),
    ],
)
def test_a_criterion_knows_from_where_to_where_it_goes(
    build: Any, scale: dict[str, str] | None, keys: dict[str, Any], expected: tuple[Any, ...]
) -> None:
    found = marks(build, scale, **keys)
    assert (found.minimum, found.full_mark, found.step) == expected


def test_what_is_best_is_taken_over_from_the_rubric(build: Any) -> None:
    low = {**FIVE, "best": "low"}
    assert marks(build, low, scale={"max": "9"}).best_low
    assert not marks(build, FIVE).best_low


def test_a_group_has_the_marks_of_its_children_that_count(build: Any) -> None:
    children = [
        build.criterion("a", scale={"max": "8"}, weight="1"),
        build.criterion("b", scale={"max": "4"}, weight="3"),
        build.criterion("c", scale={"max": "100"}, counts="no"),
    ]
    for method, full in (("weighted_mean", 5), ("weighted_sum", 20)):
        rubric = build.rubric(
            criteria=[build.criterion("g", children=children, weight="1")], total={"method": method}
        )
        assert rubric.node("g").marks.full_mark == full


def test_depth_and_place_are_known_for_every_criterion(build: Any) -> None:
    inner = build.criterion("i", children=[build.criterion("leaf", scale={"max": "1"})])
    rubric = build.rubric(
        criteria=[build.criterion("a", scale={"max": "1"}), build.criterion("g", children=[inner])]
    )
    assert [(node.criterion.id, node.depth) for node in rubric.every_node] == [
        ("a", 0),
        ("g", 0),
        ("i", 1),
        ("leaf", 2),
    ]
    assert rubric.node("leaf").path == ("criteria", 1, "children", 0, "children", 0)
