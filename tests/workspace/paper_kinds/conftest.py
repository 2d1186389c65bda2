from __future__ import annotations

import pytest

from poc_eval.workspace.store import Change
from poc_eval.workspace.workspace import Workspace


@pytest.fixture
def workspace(tmp_path, clock):
    """Return an empty workspace."""
    return Workspace.create(tmp_path / "work", clock=clock)


@pytest.fixture
def write(workspace):
    """Return what writes fields of a paper, cells named without ``rows/``, and returns the page after it."""

    def save(paper, fields):
        there = workspace.papers.paper(paper.id).fields
        changes = []
        for key, value in fields.items():
            name = key if "__" not in key else "rows/" + key.replace("__", "/")
            changes.append(Change(name, value, there[name].revision if name in there else 0))
        assert not workspace.papers.save(paper.id, changes).conflicts
        return workspace.papers.page(workspace.papers.paper(paper.id))

    def write(paper, **fields):
        # Policies first, as on the page: the columns follow from them.
        rules = {key: value for key, value in fields.items() if key.startswith("policies__")}
        save(paper, rules)
        return save(paper, {key: value for key, value in fields.items() if key not in rules})

    return write


@pytest.fixture
def notes():
    """Return what tells notes by their fields in English."""
    return lambda found: {note.field: note.message.text("en") for note in found}
