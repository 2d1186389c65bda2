from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from math import inf, isnan, nan

import numpy as np
import pytest

from poc_eval.i18n import Text, _
from poc_eval.report.plain import floats_in, plain, restored, with_floats
from poc_eval.scoring.panel_result import Figure, ReviewerFigures
from poc_eval.workspace.canonical import canonical_json
from poc_eval.workspace.records import (
    DefinitionRef,
    PanelBasis,
    PortfolioTerms,
    Project,
    ProjectFact,
    Scan,
    SteppedAside,
    Tie,
)

PROJECT = Project(
    "P1",
    Text("装置", "Device"),
    facts=(ProjectFact(Text("阶段", "Stage"), Text("样机", "prototype"), None),),
    amount=Decimal("800000.50"),
)
BASIS = PanelBasis(
    rubric=DefinitionRef("r", "1", "0"),
    projects=(PROJECT,),
    reviews=3,
    drafts=0,
    waiting=(),
    aside=(SteppedAside("P1", "A", "同事"),),
    latest=datetime(2026, 11, 20, 7, 41, 7, 5, tzinfo=UTC),
    example=True,
    named=False,
)
TERMS = PortfolioTerms(
    Decimal("1000000.00"),
    Decimal(1),
    {"P1": Decimal(2)},
    {"P1": "器械"},
    {"器械": (None, 2)},
    (("P1", "P2"), ()),
)


@pytest.mark.parametrize("record", [PROJECT, BASIS, TERMS, Tie("t", "甲", "P1", "kin", "", date(2026, 1, 2))])
def test_a_record_comes_back_as_it_was(record):
    data = plain(record)
    assert canonical_json(data)
    assert restored(type(record), data) == record


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("projects", "P1"),
        ("projects", [{}]),
        ("reviews", "3"),
        ("reviews", True),
        ("latest", "yesterday"),
        ("latest", 7),
        ("named", None),
        ("rubric", None),
    ],
)
def test_what_no_record_looks_like_is_refused(name, value):
    with pytest.raises((TypeError, ValueError, LookupError)):
        restored(PanelBasis, {**plain(BASIS), name: value})


def test_a_word_that_is_none_of_the_choices_is_refused():
    with pytest.raises(ValueError, match="castle"):
        restored(Project, {**plain(PROJECT), "kind": "castle"})


def test_a_float_has_no_place_in_a_record():
    with pytest.raises(TypeError, match="float"):
        plain(Scan("a", "b", "c", "d", "pdf", 0.5, "e", None, datetime.now(UTC)))


def test_floats_are_taken_out_and_put_back_in_their_order():
    results = {
        "a": (Figure(0.25), Figure(None, _("because {x}", x=1.5))),
        "b": [ReviewerFigures("r", -1.5, 3)],
        "c": np.array([[1.0, nan], [inf, 4.0]]),
        "d": np.array([1, 2]),
        "e": BASIS,
    }
    found = list(floats_in(results))
    assert found[:3] == [0.25, -1.5, 1.0]
    assert isnan(found[3])
    assert len(found) == 6
    again = with_floats(results, iter([one + 1 for one in found]))
    assert again["a"][0] == Figure(1.25)
    assert again["a"][1] == results["a"][1]
    assert again["b"] == [ReviewerFigures("r", -0.5, 3)]
    assert again["c"][1].tolist() == [inf, 5.0]
    assert again["d"] is results["d"]
    assert again["e"] is BASIS
