from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from poc_eval.scoring.card import read_card
from poc_eval.scoring.notes import Answers, Notes

if TYPE_CHECKING:
    from poc_eval.scoring.card import Card

LEVELS = [{"score": score, "text": {"zh": score, "en": score}} for score in ("5", "3", "1")]


def read(build: Any, answers: dict[str, str], scale: dict[str, str], **keys: Any) -> tuple[Card, Notes]:
    rubric = build.rubric(scale=scale, criteria=[build.criterion("c", **keys), build.criterion("other")])
    notes = Notes()
    given = {f"criteria.c.{part}": text for part, text in answers.items()}
    return read_card(rubric.node("c"), Answers(given), {}, 10, notes), notes


@pytest.mark.parametrize(
    ("score", "best", "anchor"),
    [
        ("5", "high", "5"),
        ("4.5", "high", "3"),
        ("1", "high", "1"),
        ("0", "high", None),
        ("0", "low", "1"),
        ("1.5", "low", "3"),
    ],
)
def test_a_score_between_levels_stands_for_the_level_that_it_has_reached(
    build: Any, score: str, best: str, anchor: str | None
) -> None:
    card, _notes = read(build, {"score": score}, {"max": "5", "step": "0.5", "best": best}, levels=LEVELS)
    assert (card.anchor.en if card.anchor else None) == anchor


def test_a_score_without_its_band_counts_and_the_band_is_asked_for(build: Any) -> None:
    bands = [{"from": "3", "to": "5"}, {"from": "0", "to": "2"}]
    card, notes = read(build, {"score": "4", "reason": build.reason}, {"max": "5"}, bands=bands)
    assert card.score == 4
    assert [note.field for note in notes.missing] == ["criteria.c.band"]


def test_a_criterion_that_may_stay_empty_asks_for_nothing_until_it_is_begun(build: Any) -> None:
    keys = {"optional": "yes", "counts": "no", "beside": "trl-9"}
    _card, untouched = read(build, {"score": " ", "reason": "\u200b"}, {"max": "5"}, **keys)
    assert not untouched.missing
    _card, begun = read(build, {"evidence": "附件 2"}, {"max": "5"}, **keys)
    assert [note.field.removeprefix("criteria.c.") for note in begun.missing] == ["score", "beside", "reason"]


def test_hidden_characters_of_what_was_typed_are_spelled_out_in_the_message(build: Any) -> None:
    _card, notes = read(build, {"score": "4\u202e2"}, {"max": "5"})
    assert "U+202E" in notes.faults[0].message.text("zh")
