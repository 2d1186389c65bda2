from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from poc_eval.scoring.notes import Answers, Notes
from poc_eval.scoring.sections import read_extras, read_opinion, read_undertaking


@pytest.mark.parametrize(
    ("answers", "aside", "missing"),
    [
        ({}, False, ["conflict", "confidentiality", "integrity"]),
        ({"conflict": "none", "integrity": "yes"}, False, ["confidentiality"]),
        ({"conflict": "none", "confidentiality": "no", "integrity": "yes"}, False, ["confidentiality"]),
        ({"conflict": "step_aside"}, True, ["conflict_reason"]),
        ({"conflict": "step_aside", "conflict_reason": "\u3000"}, True, ["conflict_reason"]),
        ({"conflict": "step_aside", "conflict_reason": "导师"}, True, []),
    ],
)
def test_the_undertaking_is_read_first(answers: dict[str, str], missing: list[str], *, aside: bool) -> None:
    notes = Notes()
    given = Answers({f"undertaking.{name}": text for name, text in answers.items()})
    assert read_undertaking(given, notes) == aside
    assert [note.field.removeprefix("undertaking.") for note in notes.missing] == missing


@pytest.mark.parametrize(
    ("bonus", "minus", "total"),
    [
        ("", "", 0),
        ("5", "", 5),
        ("2.5", "1", Fraction(3, 2)),
        ("", "-3", -3),
        ("6", "", None),
        ("x", "1", None),
        ("-1", "", None),
    ],
)
def test_points_on_top_are_within_their_limits(
    build: Any, bonus: str, minus: str, total: Fraction | None
) -> None:
    rubric = build.rubric(
        scale={"max": "5"},
        criteria=[build.criterion("a")],
        bonuses=[{"id": "b", "up_to": "5", "title": build.both("加分")}],
        deductions=[{"id": "d", "up_to": "3", "title": build.both("扣分")}],
    )
    answers = Answers({"bonuses.b.points": bonus, "deductions.d.points": minus})
    assert read_extras(rubric, answers, Notes())[1] == total


def test_a_form_may_leave_the_opinion_free(build: Any) -> None:
    rubric = build.rubric(
        scale={"max": "5"},
        criteria=[build.criterion("a")],
        writing={"opinion_at_least": "0", "reason_at_least": "0"},
    )
    notes = Notes()
    assert read_opinion(rubric, Answers({}), notes) == ""
    assert not notes.missing
