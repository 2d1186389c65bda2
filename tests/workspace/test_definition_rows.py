from dataclasses import replace

import pytest

from poc_eval.errors import UnknownIdError
from poc_eval.workspace.records import DefinitionRef


def test_versions_stand_beside_each_other(store, pinned):
    newer = replace(pinned, ref=DefinitionRef("poc-selection", "2.0", "cd" * 32), text="id: newer\n")
    store.pin(newer)
    assert store.definition("rubric", "poc-selection", "1.0") == pinned
    assert store.definition("rubric", "poc-selection", "2.0") == newer


def test_kinds_stand_beside_each_other(store, pinned):
    scale = replace(pinned, kind="scale", ref=DefinitionRef("poc-selection", "1.0", "cd" * 32))
    store.pin(scale)
    assert store.definition("scale", "poc-selection", "1.0") == scale
    assert store.definition("rubric", "poc-selection", "1.0") == pinned


def test_a_version_that_was_never_used_is_not_there(store):
    with pytest.raises(UnknownIdError, match="is not pinned"):
        store.definition("rubric", "poc-selection", "9.9")
