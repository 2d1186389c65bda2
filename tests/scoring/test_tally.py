from __future__ import annotations

from fractions import Fraction
from typing import Any

from poc_eval.scoring.tally import for_ranking, tally


def test_thirds_stay_exact_through_groups_and_rescaling(build: Any) -> None:
    children = [build.criterion(name, weight="1") for name in ("a", "b", "c")]
    rubric = build.rubric(
        scale={"max": "10"},
        criteria=[build.criterion("g", weight="1", children=children), build.criterion("d", weight="2")],
        total={"method": "weighted_mean", "out_of": "100"},
    )
    scores = {"a": Fraction(10), "b": Fraction(0), "c": Fraction(0), "d": Fraction(5)}
    sums = tally(rubric, scores, Fraction(0))
    assert sums.of["g"].exact == Fraction(10, 3)
    assert sums.total is not None
    assert sums.total.exact == Fraction(400, 9)


def test_what_is_missing_keeps_the_total_open_and_counts_as_nothing_so_far(build: Any) -> None:
    rubric = build.rubric(scale={"max": "10"}, criteria=[build.criterion("a"), build.criterion("b")])
    sums = tally(rubric, {"a": Fraction(7), "b": None}, Fraction(1))
    assert sums.total is not None
    assert (sums.total.exact, sums.total.so_far, sums.total.begun) == (None, 8, True)


def test_points_that_do_not_fit_keep_the_total_open(build: Any) -> None:
    rubric = build.rubric(scale={"max": "10"}, criteria=[build.criterion("a")])
    total = tally(rubric, {"a": Fraction(7)}, None).total
    assert total is not None
    assert total.exact is None


def test_a_weight_for_ranking_on_a_group_reaches_all_its_parts(build: Any) -> None:
    children = [build.criterion(name) for name in ("a", "b")]
    rubric = build.rubric(
        scale={"max": "10"},
        criteria=[build.criterion("g", children=children), build.criterion("c")],
        panel={"rank_weights": {"g": "150%"}},
    )
    scores = {"a": Fraction(2), "b": Fraction(4), "c": Fraction(6)}
    assert for_ranking(rubric, scores) == {"a": 3, "b": 6, "c": 6}
    assert scores["a"] == 2
