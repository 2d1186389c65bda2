"""JupyterLab as it is installed, on the example workspace, and hands on a keyboard."""

import re
import sys
from pathlib import Path

import pytest
from playwright.sync_api import expect

FOCUSED = """() => {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  return {
    field: element?.closest?.("[data-field]")?.dataset.field ?? null,
    kind: element?.type ?? element?.tagName ?? null,
    checked: element?.checked ?? null,
    options: element?.tagName === "SELECT" ? [...element.options].map((option) => option.value) : null,
    radios: element?.type === "radio"
      ? [...element.closest("[data-field]").querySelectorAll("input")].map((radio) => radio.value)
      : null,
    text: element?.textContent ?? "",
  };
}"""
USUAL_PATIENCE = 30_000
PATIENCE = 60_000
"""Milliseconds."""
FURTHEST = 400
"""Presses of Tab after which a field counts as not to be reached by keyboard."""


class Hands:
    """Fills in a form with the keyboard alone."""

    def __init__(self, page):
        self.page = page
        self.keys = page.keyboard

    @property
    def at(self):
        """Tell what has the focus."""
        return self.page.evaluate(FOCUSED)

    def go_to(self, wanted):
        """Press Tab until ``wanted`` says yes to what has the focus."""
        for _ in range(FURTHEST):
            found = self.at
            if wanted(found):
                return found
            self.keys.press("Tab")
        message = "the keyboard never came there"
        raise AssertionError(message)

    def fill(self, answers):
        """Fill in the fields in the order in which Tab reaches them."""
        left = dict(answers)
        while left:
            found = self.go_to(lambda at: at["field"] in left and at["kind"] != "button")
            self._answer(found, left.pop(found["field"]))
            self.keys.press("Tab")

    def _answer(self, found, value):
        if found["radios"] is not None:
            self.keys.press("Space")
            for _ in range(found["radios"].index(value)):
                self.keys.press("ArrowDown")
        elif found["options"] is not None:
            for _ in range(found["options"].index(value)):
                self.keys.press("ArrowDown")
        elif found["kind"] == "checkbox":
            self.keys.press("Space")
        else:
            self.keys.type(value)


@pytest.fixture(autouse=True)
def patience():
    """Wait long for JupyterLab: two cores may be busy with a kernel, a browser and other tests."""
    expect.set_options(timeout=PATIENCE)
    yield
    expect.set_options(timeout=USUAL_PATIENCE)


@pytest.fixture(scope="module")
def context(browser, fresh_profile):
    """Open one profile for a file: JupyterLab is read once, and every server has an address of its own."""
    with fresh_profile(browser) as profile:
        yield profile


@pytest.fixture
def page(context):
    """Open a page and close it after the test: a tab that was left open would go on asking its server."""
    page = context.new_page()
    yield page
    page.close()


@pytest.fixture
def hands(page):
    """Return hands on the page's keyboard."""
    return Hands(page)


@pytest.fixture
def home(copy_demo, tmp_path):
    """Make a workspace with the shipped example."""
    return copy_demo(tmp_path / "评审工作区")


@pytest.fixture
def lab(home, start_lab):
    """Start JupyterLab on it; the extension has to be installed as a person would install it."""
    built = Path(sys.prefix) / "share/jupyter/labextensions/poc-eval/package.json"
    assert built.is_file(), "install the package first (pip install .): these tests drive the built extension"
    running = start_lab(home.path)
    yield running
    running.stop()


@pytest.fixture
def start_long_cell(page):
    """Return a function that writes a cell that runs for some seconds below the guide, and runs it."""

    def start(seconds):
        source = f"import time; time.sleep({seconds})"
        guide = page.locator(".jp-MarkdownCell").first
        guide.click()
        page.keyboard.press("Escape")
        expect(guide).to_have_class(re.compile("jp-mod-active"))
        page.keyboard.press("b")
        editor = page.locator(".jp-CodeCell.jp-mod-active .cm-content")
        expect(editor).to_have_text("")
        page.keyboard.press("Enter")
        # Lab makes the editor of a new cell when it comes round to it; what is typed before is lost.
        expect(editor).to_be_focused()
        page.keyboard.type(source)
        expect(editor).to_have_text(source)
        page.keyboard.press("Shift+Enter")

    return start
