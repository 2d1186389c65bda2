from __future__ import annotations

from fractions import Fraction

import pytest
from pydantic import ValidationError

from poc_eval.scoring.rules import Gate, PanelRule, Writing


@pytest.mark.parametrize(
    ("written", "vote"), [("2/3", Fraction(2, 3)), ("1/2", Fraction(1, 2)), ("1/1", Fraction(1))]
)
def test_a_vote_is_an_exact_share(written: str, vote: Fraction) -> None:
    assert PanelRule.model_validate({"vote": written}).vote == vote


@pytest.mark.parametrize("written", ["3/2", "0/3", "2/0", "0.66", "two thirds", "２/３", "2 / 3"])
def test_a_vote_is_written_as_a_part_of_the_panel(written: str) -> None:
    with pytest.raises(ValidationError):
        PanelRule.model_validate({"vote": written})


@pytest.mark.parametrize(
    ("gate", "kind", "name"),
    [
        ({"criterion": "need", "at_least": "3"}, "criterion", "need"),
        ({"input": "staff", "at_least": "8", "id": "people"}, "input", "people"),
        ({"total": "true", "at_least": "60"}, "total", "total"),
    ],
)
def test_a_gate_is_named_for_what_it_looks_at(gate: dict[str, str], kind: str, name: str) -> None:
    read = Gate.model_validate(gate)
    assert (read.kind, read.name) == (kind, name)


def test_a_reviewer_writes_ten_characters_of_reason_and_twenty_of_opinion_where_a_form_says_nothing() -> None:
    assert (Writing().reason_at_least, Writing().opinion_at_least, Writing().opinion_at_most) == (
        10,
        20,
        1000,
    )
