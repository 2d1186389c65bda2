"""What a page asks of a panel is checked as a whole before anything is worked out."""

from __future__ import annotations

import contextlib
import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poc_eval.errors import InputError
from poc_eval.workspace.panel_request import PanelRequest, panel_request, portfolio_request, read_options

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


def test_a_panel_is_asked_for_by_rubric_projects_and_names():
    asked = panel_request("poc-selection@1.0", {"projects": ["P1", "P2", "P1"], "with_names": True})
    assert asked == PanelRequest("poc-selection@1.0", ("P1", "P2"), with_names=True)


def test_without_options_it_is_everything_without_names():
    assert panel_request("medical-poc", {}) == PanelRequest("medical-poc", None, with_names=False)


def test_amounts_are_read_as_people_write_them():
    asked = portfolio_request(
        "medical-poc",
        {
            "budget": "150万",
            "step": "",
            "amounts": {"P1": "80万", "P2": 900000, "P3": ""},
            "fields": {"P1": " 医疗器械 ", "P2": ""},
            "quotas": {"医疗器械": [1, None]},
            "exclusive": [["P1", "P2"]],
        },
    ).terms
    assert (asked.budget, asked.step) == (Decimal(1500000), Decimal(1000000))
    assert asked.amounts == {"P1": Decimal(800000), "P2": Decimal(900000)}
    assert asked.fields == {"P1": "医疗器械"}
    assert asked.quotas == {"医疗器械": (1, None)}
    assert asked.exclusive == (("P1", "P2"),)


def test_every_fault_is_told_at_once_with_its_place():
    with pytest.raises(InputError) as caught:
        portfolio_request(
            "../etc",
            {
                "projects": "P1",
                "with_names": "yes",
                "budget": "-1",
                "step": 1.5,
                "amounts": {"P1": "much"},
                "fields": [],
                "quotas": {"A": [3, 1], "B": "2"},
                "exclusive": "P1",
            },
        )
    places = [fault.place for fault in caught.value.faults]
    assert places == [
        "rubric",
        "projects",
        "with_names",
        "budget",
        "step",
        "amounts[P1]",
        "fields",
        "quotas[A]",
        "quotas[B]",
        "exclusive",
    ]


KEYS = st.sampled_from(["projects", "with_names", "budget", "amounts", "quotas"])


@given(JSON, st.dictionaries(KEYS, JSON))
def test_whatever_is_sent_is_a_request_or_a_refusal(rubric, options):
    with contextlib.suppress(InputError):
        portfolio_request(rubric, options)


@pytest.mark.parametrize("text", ["[]", "{", "NaN", '{"budget": NaN}', "1" * 300_000, "[" * 100_000])
def test_options_that_are_no_object_are_refused(text):
    with pytest.raises(InputError):
        read_options(text)


def test_options_are_read_and_none_are_an_empty_object():
    assert read_options(json.dumps({"projects": None})) == {"projects": None}
    assert read_options("") == {}
