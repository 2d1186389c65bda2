"""The example panel says that it is one, fits its sheet, and is large enough for the sheet's own rule."""

from __future__ import annotations

import json
from collections import Counter

import pytest
from jsonschema import Draft202012Validator

from poc_eval.catalog.reader import read_yaml
from poc_eval.catalog.shipped import shipped_folder
from poc_eval.errors import DefinitionError
from poc_eval.scoring.review import evaluate
from poc_eval.scoring.rubric import Rubric
from poc_eval.workspace.example_panel import load_panel

FILE = shipped_folder("examples") / "demo" / "panel.yaml"
PANEL = load_panel(FILE)
RUBRIC = Rubric.load(PANEL.rubric)


@pytest.mark.parametrize("ballot", PANEL.ballots, ids=lambda one: f"{one.project}-{one.reviewer}")
def test_every_ballot_is_a_complete_review_that_says_it_is_an_example(ballot):
    answers = PANEL.answers(ballot, RUBRIC)
    evaluation = evaluate(RUBRIC, answers)
    assert evaluation.complete, [
        note.message.text("zh") for note in (*evaluation.missing, *evaluation.faults)
    ]
    written = [text for field, text in answers.items() if field.endswith((".reason", "opinion"))]
    assert all(text.startswith("示例") for text in written)


def test_three_projects_have_at_least_five_experts_and_one_of_them_steps_aside():
    given = Counter(one.project for one in PANEL.ballots if one.steps_aside is None)
    assert len(given) == 3
    assert min(given.values()) >= 5
    assert sum(one.steps_aside is not None for one in PANEL.ballots) == 1


def test_somebody_who_steps_aside_is_asked_for_nothing_else():
    (aside,) = (one for one in PANEL.ballots if one.steps_aside is not None)
    answers = PANEL.answers(aside, RUBRIC)
    assert answers["undertaking.conflict"] == "step_aside"
    assert not any(field.startswith("criteria.") for field in answers)


def test_the_schema_takes_the_file_as_it_is():
    schema = json.loads((shipped_folder("schemas") / "example-panel.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator(schema).validate(read_yaml(FILE).data)


def test_a_panel_that_does_not_say_it_is_an_example_is_refused(tmp_path):
    file = tmp_path / "panel.yaml"
    file.write_text(FILE.read_text(encoding="utf-8").replace("example: yes", "example: no"), encoding="utf-8")
    with pytest.raises(DefinitionError):
        load_panel(file)
