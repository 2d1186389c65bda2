"""What every test may ask for: a browser that sees this machine alone, the command line, the order."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from urllib.parse import urlsplit

import hypothesis
import pytest
from playwright.sync_api import expect, sync_playwright

import poc_eval
from poc_eval.workspace.demo import fill_demo
from poc_eval.workspace.templates import _shipped, load_template
from poc_eval.workspace.workspace import Workspace

ROOT = Path(__file__).resolve().parent.parent
# A busy machine is slow, not wrong.
hypothesis.settings.register_profile("poc_eval", deadline=None)
hypothesis.settings.load_profile("poc_eval")
expect.set_options(timeout=30_000)
HERE = {"127.0.0.1", "localhost", "[::1]", ""}


def pytest_configure():
    """Keep the keys of tests apart, and refuse to test the source tree where the wheel was asked for."""
    os.environ["POC_EVAL_KEYS"] = tempfile.mkdtemp(prefix="poc-eval-keys-")
    home = Path(poc_eval.__file__).resolve()
    if os.environ.get("POC_EVAL_TEST_INSTALLED") and home.is_relative_to(ROOT / "poc_eval"):
        message = f"the installed package was to be tested, but {home} is loaded"
        raise pytest.UsageError(message)


def pytest_collection_modifyitems(items):
    """Fast tests first; then JupyterLab's, the longest, so that no worker ends alone; then the others."""

    def turn(item):
        slow, browser = (item.get_closest_marker(marker) is not None for marker in ("slow", "browser"))
        return (slow or browser, not (slow and browser), browser)

    items.sort(key=turn)


@pytest.fixture(scope="session")
def root():
    """Return the folder of the sources."""
    return ROOT


@pytest.fixture(scope="session")
def panel_templates(root):
    """Return what a panel's notebooks are made from; those of a selection as they were made before 2.0."""
    earlier = load_template(root / "tests" / "earlier" / "portfolio_selection.ipynb")
    return {"panel_summary": "panel_summary", "portfolio_selection": earlier}


def module_at(path):
    """Return a module that no package holds, loaded once."""
    if path.stem not in sys.modules:
        spec = spec_from_file_location(path.stem, path)
        module = module_from_spec(spec)
        sys.modules[path.stem] = module
        spec.loader.exec_module(module)
    return sys.modules[path.stem]


@pytest.fixture(scope="session")
def start():
    """Return ``start.py`` as a module."""
    return module_at(ROOT / "start.py")


@pytest.fixture(scope="session")
def pseudo_words():
    """Return the module that finds what was not translated."""
    return module_at(ROOT / "tests" / "pseudo_words.py")


@pytest.fixture
def run_poc_eval(tmp_path):
    """Return a function that runs ``poc-eval`` in a process of its own, in Chinese, as a person would."""

    def run(*arguments, lang="zh", cwd=tmp_path, check=None):
        done = subprocess.run(
            [sys.executable, "-P", "-m", "poc_eval", *map(str, arguments)],
            cwd=cwd,
            env={**os.environ, "POC_EVAL_LANG": lang},
            capture_output=True,
            encoding="utf-8",
            timeout=120,
            check=False,
        )
        assert "Traceback" not in done.stderr
        if check is not None:
            assert done.returncode == check, done.stderr
        return done

    return run


@pytest.fixture(scope="session")
def copy_demo(tmp_path_factory):
    """Return a function that makes a workspace with the shipped example: filled once, then copied."""
    filled = tmp_path_factory.mktemp("shipped-demo") / "demo"

    def copy(folder):
        if not filled.exists():
            fill_demo(Workspace.create(filled))
        shutil.copytree(filled, folder)
        return Workspace.open(folder)

    return copy


@pytest.fixture(scope="session")
def browser():
    """Start Chromium once: the one POC_EVAL_CHROMIUM names, else one of this machine, else Playwright's."""
    with sync_playwright() as playwright:
        usual = module_at(ROOT / "start.py").chromium_candidates(Path(sys.executable))
        found = os.environ.get("POC_EVAL_CHROMIUM") or next(iter(usual), None)
        chromium = playwright.chromium.launch(executable_path=found)
        yield chromium
        chromium.close()


@contextmanager
def _fresh_profile(browser):
    """Open a fresh Chinese browser profile; a request to any other machine fails, and fails the test."""
    outside = []

    def guard(route):
        if urlsplit(route.request.url).hostname in HERE | {None}:
            route.continue_()
        else:
            outside.append(route.request.url)
            route.abort()

    profile = browser.new_context(
        locale="zh-CN", timezone_id="Asia/Shanghai", viewport={"width": 1280, "height": 900}
    )
    profile.route("**/*", guard)
    yield profile
    profile.close()
    assert outside == [], "a page asked another machine for something"


@pytest.fixture(scope="session")
def fresh_profile():
    """Return what opens a profile of the browser."""
    return _fresh_profile


@pytest.fixture
def context(browser):
    """Open a fresh profile for every test."""
    with _fresh_profile(browser) as profile:
        yield profile


@pytest.fixture
def page(context):
    """Open a page in the fresh profile."""
    return context.new_page()


@pytest.fixture(scope="session")
def lab_process():
    """Return the module that starts ``poc-eval lab`` and talks to it."""
    return module_at(ROOT / "tests" / "lab_process.py")


@pytest.fixture(scope="session")
def start_lab(lab_process, tmp_path_factory):
    """Return a function that starts ``poc-eval lab`` on a folder; what it started is ended with the tests."""
    runtime = tmp_path_factory.mktemp("runtime")
    started = []

    def start(folder, **more):
        running = lab_process.Lab(folder, runtime, **more)
        started.append(running)
        return running

    yield start
    for running in started:
        running.stop()


@pytest.fixture
def paper_kind(monkeypatch):
    """Bring along the kind of working paper that is there for tests, as an installed package does."""
    monkeypatch.syspath_prepend(ROOT / "tests" / "paper_kind")
    _shipped.cache_clear()
    yield "cost_sheet"
    _shipped.cache_clear()
