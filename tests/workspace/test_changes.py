import pytest
from hypothesis import given
from hypothesis import strategies as st

from poc_eval.errors import InputError
from poc_eval.workspace.changes import REVISION_AT_MOST, VALUE_AT_MOST, read_changes, read_revision
from poc_eval.workspace.store import Change

FIELDS = frozenset({"opinion", "recommendation"})
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
nearly = st.lists(
    st.fixed_dictionaries({}, optional={"field": anything, "value": anything, "base": anything})
)


def test_text_is_kept_to_the_letter():
    value = " 首行\r\n\t=1+1 <script>'; -- \u202e🙂" + "长" * 100
    assert read_changes([{"field": "opinion", "value": value, "base": 3}], FIELDS) == [
        Change("opinion", value, 3)
    ]


def test_a_field_never_seen_needs_no_base():
    assert read_changes([{"field": "opinion", "value": ""}], FIELDS) == [Change("opinion", "", 0)]


def test_the_longest_text_is_taken_and_one_more_character_is_told():
    read_changes([{"field": "opinion", "value": "长" * VALUE_AT_MOST}], FIELDS)
    with pytest.raises(InputError) as told:
        read_changes([{"field": "opinion", "value": "长" * (VALUE_AT_MOST + 1)}], FIELDS)
    assert told.value.faults[0].place == "opinion"
    assert "20,001" in told.value.lines("zh")[0]


def test_every_change_that_cannot_be_kept_is_named():
    sent = [
        {"field": "nobody", "value": "x"},
        {"field": "opinion", "value": "a\x00"},
        3,
        {"field": "recommendation", "value": "approve"},
    ]
    with pytest.raises(InputError) as told:
        read_changes(sent, FIELDS)
    assert [fault.place for fault in told.value.faults] == ["nobody", "opinion", "changes[2]"]


@given(anything | nearly)
def test_whatever_is_sent_is_read_or_refused(sent):
    faults = ()
    changes = []
    try:
        changes = read_changes(sent, FIELDS)
    except InputError as error:
        faults = error.faults
    assert {change.field for change in changes} <= FIELDS
    assert all(fault.text("zh") for fault in faults)


@pytest.mark.parametrize("sent", [None, "1", 1.0, -1, True, REVISION_AT_MOST + 1])
def test_a_revision_that_is_none_is_refused(sent):
    with pytest.raises(InputError):
        read_revision(sent, "revision")


def test_a_revision_is_a_whole_number():
    assert read_revision(7, "revision") == 7
