from __future__ import annotations

import pytest

from poc_eval.i18n import Text
from poc_eval.workspace.records import Project
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


@pytest.fixture
def two_projects(workspace):
    """Put P1 and P2 into the workspace."""
    workspace.store.add_project(
        Project("P1", Text("颅内压平衡装置", "Intracranial-pressure balancing device"))
    )
    workspace.store.add_project(Project("P2", Text("神经阻滞穿刺针", "Nerve-block needle")))


@pytest.fixture
def reviewed(workspace, small_rubric, complete_answers):
    """Return a function that submits a review of each project, by the score that the one criterion gets."""

    def review_all(scores):
        ref = workspace.pin(small_rubric)
        for project, score in scores.items():
            review = workspace.store.open_review(project, "某专家", ref)
            answers = complete_answers | {"criteria.need.score": score}
            saved = workspace.store.save(review.id, [Change(k, v, 0) for k, v in answers.items()]).review
            workspace.submit(review.id, revision=saved.revision)
        return workspace

    return review_all


class Desk:
    """A secretary at one working paper."""

    def __init__(self, workspace, paper):
        self.papers = workspace.papers
        self.id = paper.id

    @property
    def paper(self):
        return self.papers.paper(self.id)

    def fill(self, **fields):
        """Write fields as a page would; ``__`` stands for ``/``."""
        there = self.paper.fields
        changes = [
            Change(name.replace("__", "/"), value, there[name.replace("__", "/")].revision)
            if name.replace("__", "/") in there
            else Change(name.replace("__", "/"), value, 0)
            for name, value in fields.items()
        ]
        self.papers.save(self.id, changes)
        return self

    def row(self, grid, row, **cells):
        return self.fill(**{f"rows__{grid}__{row}__{name}": value for name, value in cells.items()})

    @property
    def assessed(self):
        return self.papers.assessment(self.paper)

    @property
    def faults(self):
        """Return what does not fit, as (field, Chinese sentence)."""
        return [(one.field, one.message.text("zh")) for one in self.assessed.faults]

    @property
    def page(self):
        return self.papers.page(self.paper)

    def conclude(self):
        self.papers.conclude(self.id, revision=self.paper.revision)
        return self

    def amend(self, reason="补充材料已收到"):
        self.id = self.papers.amend(self.id, reason=reason).id
        return self


@pytest.fixture
def desk(workspace):
    """Return a function that opens a working paper."""

    def open_paper(kind, **said):
        return Desk(workspace, workspace.papers.open(kind, **said))

    return open_paper
