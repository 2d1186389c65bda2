from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from poc_eval.finance.policy import Policy
from poc_eval.i18n import Text
from poc_eval.workspace.looking_up import (
    Carried,
    DamagedError,
    LookedUp,
    NotCarriedError,
    definition_content,
    definition_from,
    without_people,
)
from poc_eval.workspace.paper_kinds import PaperContext
from poc_eval.workspace.paper_records import Option, PaperRecord
from poc_eval.workspace.payouts.policies import rules_at_hand
from poc_eval.workspace.records import Answer
from poc_eval.workspace.workspace import Workspace

AT = datetime(2026, 11, 20, 17, 30, tzinfo=UTC)
FIELDS = {"rows/a/r1/pick": " y ", "pick": "z", "rows/b/r1/pick": "n"}
PAPER = PaperRecord(
    id="w",
    kind="k",
    title="t",
    project_id=None,
    author=None,
    definitions=(),
    version=1,
    status="draft",
    revision=1,
    created_at=AT,
    updated_at=AT,
    concluded_at=None,
    amends=None,
    amendment_reason=None,
    example=False,
    fields={name: Answer(value, 1, AT) for name, value in FIELDS.items()},
)
CHOICES = (Option("x", Text("甲", "A")), Option("y", Text("乙", "B")))


def context(looked_up, paper=PAPER):
    return PaperContext(paper, None, (), None, "Asia/Shanghai", looked_up)


def test_each_key_is_read_once_and_everybody_works_with_its_json():
    read = iter([{"b": (1, 2), "a": "x"}])
    at_home = context(LookedUp())
    found = [at_home.look("k", lambda _workspace: next(read)) for _time in range(2)]
    assert found == [{"a": "x", "b": [1, 2]}] * 2
    assert at_home.looked_up.found == {"k": {"a": "x", "b": [1, 2]}}
    elsewhere = context(Carried(at_home.looked_up.found))
    assert elsewhere.look("k", pytest.fail) == found[0]
    with pytest.raises(TypeError, match="float"):
        at_home.look("f", lambda _workspace: 0.5)


def test_of_choices_only_those_that_were_made_are_noted_and_the_form_offers_all():
    chosen = PAPER.chosen("a/pick", "pick")
    assert chosen == ("y", "z")
    form, report = LookedUp(), LookedUp(every=False)
    for _time in range(2):
        assert context(form).choices("c", chosen, lambda _workspace: iter(CHOICES)) == CHOICES
    assert context(report).choices("c", chosen, lambda _workspace: CHOICES) == CHOICES[1:]
    assert form.found == report.found == {"choices c": {"y": {"zh": "乙", "en": "B"}}}
    assert context(Carried(form.found)).choices("c", chosen, pytest.fail) == CHOICES[1:]


def test_what_is_not_carried_and_what_was_damaged_is_told_by_its_key():
    with pytest.raises(NotCarriedError, match="k"):
        context(Carried({})).look("k", pytest.fail)
    with pytest.raises(DamagedError, match="k"):
        context(Carried({"k": "no day"})).look("k", pytest.fail, date.fromisoformat)
    with pytest.raises(DamagedError, match="choices c"):
        context(Carried({"choices c": {"y": {"zh": 1, "en": "B"}}})).choices("c", (), pytest.fail)


def test_the_day_is_todays_for_a_draft_and_stays_once_the_paper_is_concluded():
    draft, concluded = LookedUp(), LookedUp()
    today = context(draft).day()
    assert draft.found == {"today": today.isoformat()}
    assert context(Carried({"today": "2024-02-29"})).day() == date(2024, 2, 29)
    # At half past one in the morning in Shanghai.
    done = replace(PAPER, status="concluded", concluded_at=AT)
    assert context(concluded, done).day() == date(2026, 11, 21)
    assert concluded.found == {}


def test_a_definition_comes_back_by_its_name_and_hash(tmp_path):
    rule, other = rules_at_hand(Workspace.create(tmp_path / "w"))[:2]
    content = definition_content(rule.ref, rule.text)
    loaded, ref = definition_from(Policy, rule.name, content)
    assert (loaded.definition, ref) == (rule.policy, rule.ref)
    for changed in ({"hash": "0" * 64}, {"more": ""}, {"text": other.text}, {"version": "0"}):
        with pytest.raises(ValueError, match=rule.ref.id):
            definition_from(Policy, rule.name, content | changed)
    with pytest.raises(ValueError, match=rule.ref.id):
        definition_from(Policy, "another@1", content)


def test_who_acted_is_left_out_of_what_is_compared():
    line = {"stamps": [{"key": "k", "by": "甲"}], "entries": [{"person": "乙", "step": "checked"}]}
    assert without_people(line) == {"stamps": [{"key": "k"}], "entries": [{"step": "checked"}]}
