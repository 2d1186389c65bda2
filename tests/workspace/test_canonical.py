import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poc_eval.workspace.canonical import canonical_json, sha256

plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), inner),
    max_leaves=10,
)


@given(plain)
def test_what_is_written_reads_back_the_same(value):
    assert json.loads(canonical_json(value)) == value


@given(st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), st.integers()))
def test_the_order_of_keys_does_not_count(value):
    assert canonical_json(value) == canonical_json(dict(reversed(value.items())))


@pytest.mark.parametrize("value", [1.5, float("nan"), {"a": [1.0]}, ({"a": 0.1},), object()])
def test_what_has_no_one_spelling_is_refused(value):
    with pytest.raises(TypeError):
        canonical_json(value)


def test_the_hash_is_that_of_the_text_in_utf8():
    assert sha256("{}") == "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"
