"""A real Jupyter server with the extension loaded, on an example workspace of its own."""

import pytest


@pytest.fixture(scope="package")
def home(copy_demo, tmp_path_factory):
    """Make a workspace with the shipped example."""
    return copy_demo(tmp_path_factory.mktemp("labs") / "工作区")


@pytest.fixture(scope="package")
def lab(home, start_lab):
    """Start the server on the workspace."""
    return start_lab(home.path)


@pytest.fixture
def draft(home):
    """Return the example's review that is under way."""
    return next(review for review in home.reviews() if review.status == "draft")
