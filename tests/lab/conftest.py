"""A real Jupyter server with the extension loaded, on an example workspace of its own."""

import pytest

from poc_eval.workspace.demo import fill_demo
from poc_eval.workspace.workspace import Workspace


@pytest.fixture(scope="package")
def home(tmp_path_factory):
    """Make a workspace with the shipped example."""
    workspace = Workspace.create(tmp_path_factory.mktemp("labs") / "工作区")
    fill_demo(workspace)
    return workspace


@pytest.fixture(scope="package")
def lab(home, start_lab):
    """Start the server on the workspace."""
    return start_lab(home.path)


@pytest.fixture
def draft(home):
    """Return the example's review that is under way."""
    return next(review for review in home.reviews() if review.status == "draft")
