"""What must not be loaded where nobody asked for it; benchmarks/start_up.py measures the time."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = {
    "IPython",
    "anywidget",
    "asyncio",
    "ipywidgets",
    "jinja2",
    "jupyter_server",
    "nbconvert",
    "nbformat",
    "numpy",
    "numpy_financial",
    "pandas",
    "pydantic",
    "sqlalchemy",
    "tornado",
    "traitlets",
    "yaml",
}


def loaded(*arguments):
    done = subprocess.run(
        [sys.executable, "-P", "-X", "importtime", *arguments],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    lines = [line for line in done.stderr.splitlines() if line.startswith("import time:")]
    return {line.rsplit("|", 1)[-1].strip().split(".", 1)[0] for line in lines}


@pytest.mark.parametrize(
    "arguments",
    [
        ("-c", "import poc_eval, poc_eval.money, poc_eval.scoring"),
        ("-m", "poc_eval", "--help"),
        ("-m", "poc_eval", "--version"),
    ],
)
def test_start_up_loads_nothing_heavy(arguments):
    found = loaded(*arguments)
    assert "poc_eval" in found
    assert not found & HEAVY
