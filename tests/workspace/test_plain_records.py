from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from poc_eval.i18n import Text
from poc_eval.scoring.portfolio import PortfolioTerms
from poc_eval.workspace.canonical import canonical_json
from poc_eval.workspace.plain_records import exact, plain, restored
from poc_eval.workspace.records import (
    DefinitionRef,
    PanelBasis,
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


@pytest.mark.parametrize("text", ["1e999999999", "-1E-999999999", "NaN", "Infinity"])
def test_a_figure_that_nobody_writes_out_is_refused(text):
    with pytest.raises(ValueError, match=text):
        exact(text)
    with pytest.raises(ValueError, match=text):
        restored(Project, {**plain(PROJECT), "amount": text})


def test_a_figure_is_kept_as_it_is_written():
    assert str(exact("0800.50")) == "800.50"
