from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import ValidationError

from poc_eval.errors import DefinitionError, UnknownIdError
from poc_eval.scoring.rubric import Rubric

if TYPE_CHECKING:
    from pathlib import Path

FILE = """
id: local
version: "1.0"
title: {zh: 本地评分表, en: A local sheet}
source: {document: 本单位办法}
scale: {max: 5}
criteria:
  - {id: need, title: {zh: 需求, en: Need}}
"""


def test_a_rubric_is_found_by_id_by_path_and_in_folders_of_ones_own(tmp_path: Path) -> None:
    (tmp_path / "any-name.yaml").write_text(FILE, encoding="utf-8")
    assert Rubric.load("poc-selection").id == "poc-selection"
    assert Rubric.load(tmp_path / "any-name.yaml").id == "local"
    assert Rubric.load("local", folders=[tmp_path]).id == "local"


def test_an_unknown_rubric_is_answered_with_near_names() -> None:
    with pytest.raises(UnknownIdError, match="poc-selection"):
        Rubric.load("poc-selektion")


def test_a_rubric_cannot_be_changed_once_read() -> None:
    with pytest.raises(ValidationError):
        Rubric.load("poc-selection").version = "2.0"


def test_the_total_is_rescaled_to_what_it_is_out_of(build: Any) -> None:
    rubric = build.rubric(
        scale={"max": "5"},
        criteria=[build.criterion("a", weight="30%"), build.criterion("b", weight="70%")],
        weights_sum="100%",
        total={"method": "weighted_mean", "out_of": "100"},
    )
    assert rubric.rescale == 20
    assert (rubric.total_marks.minimum, rubric.total_marks.full_mark) == (0, 100)


def test_weights_need_not_add_up_to_anything_where_the_mean_is_taken(build: Any) -> None:
    rubric = build.rubric(
        scale={"max": "5"},
        criteria=[build.criterion("a", weight="3"), build.criterion("b", weight="4")],
        total={"method": "weighted_mean"},
    )
    assert rubric.total_marks.full_mark == 5


def test_decimals_and_extra_points_are_those_of_the_file(build: Any) -> None:
    rubric = build.rubric(
        scale={"max": "5"},
        criteria=[build.criterion("a")],
        bonuses=[{"id": "b", "up_to": "2.5", "title": build.both("加分")}],
        panel={"decimals": "1", "vote": "2/3"},
    )
    assert (rubric.decimals, rubric.extra_points) == (1, Fraction(5, 2))
    assert rubric.panel.vote == Fraction(2, 3)
    assert Rubric.load("ownership-conditions").decimals == 2


def test_a_bomb_of_decisions_is_refused_before_it_is_compared(tmp_path: Path) -> None:
    lines = [f"  - {{id: d{n}, at_least: 1, title: {{zh: 甲, en: A}}}}" for n in range(300)]
    file = tmp_path / "bomb.yaml"
    file.write_text(FILE + "decisions:\n" + "\n".join(lines), encoding="utf-8")
    with pytest.raises(DefinitionError, match="300 items"):
        Rubric.load(file)
