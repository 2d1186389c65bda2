"""A store with one project, one pinned rubric and one open review, and a clock that ticks once a look."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest

from poc_eval.i18n import Text
from poc_eval.workspace.local import LocalStore
from poc_eval.workspace.records import DefinitionRef, PinnedDefinition, Project
from poc_eval.workspace.workspace import Workspace

WORKSPACE_ID = "5f0c2c1e-6f5e-4f43-9e0b-8a8d2d0f7c11"
RUBRIC = DefinitionRef("poc-selection", "1.0", "ab" * 32)
PROJECT = Project("P1", Text("颅内压平衡装置", "Intracranial-pressure balancing device"))
START = datetime(2026, 11, 20, 7, 41, 7, tzinfo=UTC)


@pytest.fixture
def rubric():
    """Return the reference of the pinned rubric."""
    return RUBRIC


@pytest.fixture
def project():
    """Return the project that is there."""
    return PROJECT


@pytest.fixture
def clock():
    """Return a clock that goes on by one second at every look."""
    seconds = count()
    return lambda: START + timedelta(seconds=next(seconds))


@pytest.fixture
def pinned():
    """Return a rubric as it is pinned."""
    return PinnedDefinition("rubric", RUBRIC, "rubrics/poc-selection.yaml", "id: poc-selection\n", START)


@pytest.fixture
def store(tmp_path, clock, pinned):
    """Return a store with a project and a pinned rubric."""
    store = LocalStore.create(tmp_path, WORKSPACE_ID, clock=clock)
    store.add_project(PROJECT)
    store.pin(pinned)
    return store


@pytest.fixture
def review(store):
    """Return an open, empty review."""
    return store.open_review("P1", "reviewer-1", RUBRIC)


@pytest.fixture
def workspace(tmp_path, clock):
    """Return a workspace with two projects, in a folder with a Chinese name."""
    workspace = Workspace.create(tmp_path / "评审工作区", clock=clock)
    workspace.store.add_project(PROJECT)
    workspace.store.add_project(Project("P2", Text("神经阻滞穿刺针", "Nerve-block needle")))
    return workspace


@pytest.fixture
def small_rubric():
    """Return the file of a small rubric in which every way to score occurs."""
    return Path(__file__).parent / "rubric_for_tests.yaml"


@pytest.fixture
def draft(workspace, small_rubric):
    """Return an empty review by the small rubric."""
    return workspace.store.open_review("P1", "reviewer-1", workspace.pin(small_rubric))


@pytest.fixture
def complete_answers():
    """Return answers with which the small rubric has nothing more to ask."""
    reason = "材料齐全，论证充分，数据可核对。"
    return {
        "undertaking.conflict": "none",
        "undertaking.confidentiality": "yes",
        "undertaking.integrity": "yes",
        "screening.fake_data": "no",
        "inputs.staff": "9",
        "criteria.need.score": "4.5",
        "criteria.need.reason": reason,
        "criteria.novelty.band": "7-8",
        "criteria.novelty.score": "7",
        "criteria.novelty.reason": reason,
        "criteria.maturity.score": "3",
        "criteria.maturity.beside": "4",
        "criteria.maturity.reason": reason,
        "recommendation": "approve",
        "opinion": "临床需求明确，技术路线可行，建议立项并补充对比数据。",
    }
