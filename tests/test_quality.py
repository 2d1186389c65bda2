"""The sources keep the rules of the house: linter, formatter, types, short files, short functions."""

from __future__ import annotations

import ast
import subprocess
import sys

import pytest

LONGEST_FILE = 400
LONGEST_FUNCTION = 50


def sources(root):
    folders = ("poc_eval", "tests", "benchmarks", "docs")
    return [root / "start.py", *sorted(file for folder in folders for file in (root / folder).rglob("*.py"))]


def run(root, *command):
    done = subprocess.run(
        [sys.executable, "-m", *command], cwd=root, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.slow
def test_the_linter_has_nothing_to_say(root):
    run(root, "ruff", "check", "--no-cache", ".")


@pytest.mark.slow
def test_the_formatter_would_change_nothing(root):
    run(root, "ruff", "format", "--no-cache", "--check", ".")


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_the_types_hold(root):
    run(root, "mypy")


def test_no_file_is_longer_than_a_person_reads_at_once(root):
    lengths = {file: len(file.read_text(encoding="utf-8").splitlines()) for file in sources(root)}
    assert not {str(file): length for file, length in lengths.items() if length > LONGEST_FILE}


def test_no_function_is_longer_than_a_screen(root):
    long = []
    for file in sources(root):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                length = node.end_lineno - node.lineno + 1
                if length > LONGEST_FUNCTION:
                    long.append(f"{file.relative_to(root)}:{node.lineno} {node.name} {length}")
    assert not long
