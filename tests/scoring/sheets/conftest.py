"""Real score sheets in the rubric format; each test file asserts what its sheet needs the format for."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from poc_eval.scoring.rubric import Rubric

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture(scope="session")
def sheet() -> Callable[[str], Rubric]:
    """Return a sheet of this folder by its name."""
    return lambda name: Rubric.load(Path(__file__).parent / f"{name}.yaml")
