"""A working paper in JupyterLab: filled in while the kernel is busy and while the server is away."""

import os

import pytest
from playwright.sync_api import expect

from poc_eval.workspace.ipynb import notebooks_in
from poc_eval.workspace.paper_notebooks import new_paper_notebook
from poc_eval.workspace.templates import load_template

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.timeout(600),
    pytest.mark.usefixtures("paper_kind"),
]
PATIENCE = 60_000


@pytest.fixture
def start_with_kind(start_lab, home, root):
    """Return a function that starts JupyterLab where the kind for tests is installed."""
    path = os.pathsep.join(filter(None, (str(root / "tests" / "paper_kind"), os.environ.get("PYTHONPATH"))))
    started = []

    def start():
        started.append(start_lab(home.path, PYTHONPATH=path))
        return started[-1]

    yield start
    for running in started:
        running.stop()


@pytest.fixture
def notebook(home, root):
    template = load_template(root / "tests" / "paper_kind" / "cost_sheet.ipynb")
    return new_paper_notebook(home, template=template, project=home.projects()[0].id, by="李经办")


@pytest.fixture
def stored(home):
    """Return a function that tells what the store holds of the one paper: fields, and cells by column."""

    def stored():
        (paper,) = (one for one in home.papers.papers() if one.kind == "cost_sheet")
        return {name.rpartition("/")[2]: value for name, value in paper.values().items() if value}

    return stored


def until_stored(page, stored, wanted):
    """Wait until the store holds all that is wanted."""
    left = {}
    for _ in range(PATIENCE // 100):
        there = stored()
        left = {name: there.get(name) for name, value in wanted.items() if there.get(name) != value}
        if not left:
            return
        page.wait_for_timeout(100)
    raise AssertionError(left)


def test_nothing_is_lost_in_jupyterlab(page, start_with_kind, start_long_cell, notebook, stored):
    page.set_default_timeout(PATIENCE)
    lab = start_with_kind()
    place = f"notebooks/{notebook.name}"
    address = f"{lab.address}/lab/tree/{place}?token={lab.token}"
    page.goto(address)
    form = page.locator(".poc-eval-form")
    cells = form.locator(".grid").first.locator("tbody tr").first.locator("input, select")
    grant = form.locator('[data-field="grant"] input')
    kernel = page.locator(".jp-Notebook-ExecutionIndicator")
    expect(grant).to_be_visible()
    expect(kernel).to_have_attribute("data-status", "idle")

    grant.fill("1万元")
    cells.nth(0).fill("试剂")
    until_stored(page, stored, {"grant": "1万元", "item": "试剂"})

    start_long_cell(30)
    expect(kernel).to_have_attribute("data-status", "busy")
    cells.nth(2).fill("2500")
    until_stored(page, stored, {"amount": "2500"})
    expect(kernel).to_have_attribute("data-status", "busy")
    expect(form.locator(".figures")).to_contain_text("2,500.00 元")
    # What the kind draws of it follows, without the kernel.
    expect(page.locator(".poc-eval-view", has_text="合计 2500.00 元")).to_be_visible()

    assert lab.stop() == 0
    cells.nth(2).fill("2600")
    expect(form.locator(".standing-offline")).to_be_visible()
    lab = start_with_kind()
    until_stored(page, stored, {"amount": "2600"})
    expect(form.locator(".standing-saved")).to_be_visible()
    expect(page.locator(".poc-eval-view", has_text="合计 2600.00 元")).to_be_visible()

    page.keyboard.press("Control+s")
    page.goto(f"{lab.address}/lab/tree/{place}?token={lab.token}")
    expect(cells.nth(2)).to_have_value("2600")
    text = notebook.read_text(encoding="utf-8")
    assert "2600" not in text
    assert "试剂" not in text


def test_from_the_card_to_the_amendment(page, start_with_kind, home):
    """The card makes notebook and paper; an amendment opens in a notebook of its own."""
    page.set_default_timeout(PATIENCE)
    lab = start_with_kind()
    page.goto(f"{lab.address}/lab?token={lab.token}")
    card = page.locator(".jp-LauncherCard", has_text="支出核对表")
    card.click()
    dialog = page.locator(".poc-eval-dialog")
    project = home.projects()[0]
    dialog.locator("select").first.select_option(project.id)
    dialog.get_by_label("底稿名称").fill("2026年支出核对")
    dialog.get_by_label("填写人").fill("李经办")
    dialog.get_by_role("button", name="打开工作底稿").click()
    form = page.locator(".poc-eval-form")
    form.locator('[data-field="grant"] input').fill("1万元")
    (paper,) = (one for one in home.papers.papers() if one.title == "2026年支出核对")
    assert (paper.project_id, paper.author) == (project.id, "李经办")

    cells = form.locator(".grid").first.locator("tbody tr").first.locator("input, select")
    cells.nth(0).fill("试剂")
    cells.nth(2).fill("2500")
    expect(form.locator(".submit-state .good")).to_be_visible()
    form.locator(".head").get_by_role("button", name="定稿").click()
    form.get_by_role("dialog").get_by_role("button", name="定稿").click()
    form.get_by_role("button", name="更正").click()
    form.get_by_role("dialog").locator("textarea").fill("金额有误")
    form.get_by_role("dialog").locator("button.main").click()
    amended = page.locator(".poc-eval-form:visible", has_text="第 2 版")
    expect(amended).to_contain_text("金额有误")
    expect(amended.locator('[data-field="grant"] input')).to_have_value("1万元")
    first, second = (one for one in home.papers.papers() if one.title == "2026年支出核对")
    assert (first.status, second.status, second.amends) == ("concluded", "draft", first.id)
    names = [path.name for path in notebooks_in(home.path / "notebooks") if "2026年支出核对" in path.name]
    assert len(names) == 2
