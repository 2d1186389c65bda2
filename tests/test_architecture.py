from __future__ import annotations

import subprocess
import sys

import grimp
import pytest

GROUND = ("poc_eval.money", "poc_eval.errors", "poc_eval.i18n", "poc_eval.hidden")


@pytest.fixture(scope="module")
def imports():
    """Return who imports whom in the sources, the outside world included."""
    return grimp.build_graph("poc_eval", include_external_packages=True, cache_dir=None)


def test_every_arrow_between_rooms_points_down(root):
    command = [
        sys.executable,
        "-c",
        "from importlinter.cli import lint_imports_command as c; c()",
        "--no-cache",
    ]
    done = subprocess.run(command, cwd=root, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_ground_floor_stands_on_the_standard_library_and_numpy_alone(imports):
    allowed = set(sys.stdlib_module_names) | {"numpy", *GROUND}
    for module in set(GROUND) & imports.modules:
        assert set(imports.find_modules_directly_imported_by(module)) <= allowed


def test_the_rooms_of_records_know_neither_jupyter_nor_a_browser(imports):
    jupyter = {"anywidget", "ipywidgets", "jupyter_server", "jupyterlab", "nbconvert", "tornado"}
    for room in ("catalog", "scoring", "finance", "views"):
        for module in {f"poc_eval.{room}"} | imports.find_descendants(f"poc_eval.{room}"):
            found = imports.find_modules_directly_imported_by(module) & jupyter
            assert not found, f"{module} imports {found}"


def test_no_module_is_called_utils(imports):
    assert not [name for name in imports.modules if name.rsplit(".", 1)[-1] in {"utils", "helpers", "common"}]
