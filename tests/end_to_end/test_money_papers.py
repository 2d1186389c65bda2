"""Plan, cash flow, deal and division of income in JupyterLab: typed, seen, and handed over as a report."""

import re

import pytest
from playwright.sync_api import expect

from poc_eval.i18n import Text
from poc_eval.workspace.paper_notebooks import new_paper_notebook
from poc_eval.workspace.records import Project
from poc_eval.workspace.store import Change
from poc_eval.workspace.workspace import Workspace

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(600)]
PATIENCE = 60_000
STAGES = {
    "start": "2026-01-01",
    "rows/stages/a/title": "方案论证",
    "rows/stages/a/months": "12",
    "rows/stages/a/cost": "100万",
    "rows/stages/b/title": "试验验证",
    "rows/stages/b/months": "24",
    "rows/stages/b/cost": "400万",
}
CASES = {
    "milestone_plan": (
        STAGES,
        {"grant": "200万", "own_funds": "100万"},
        ["2026-01-01 补助拨款 资助方 项目方 1,000,000.00", "由 2,000,000.00 元核减为 1,000,000.00 元"],
    ),
    "milestone_cashflow": (
        {
            **STAGES,
            "rows/stages/a/success": "0.6",
            "rows/stages/b/success": "0.4",
            "rows/income/a/title": "转让收入",
            "rows/income/a/months": "0",
            "rows/income/a/amount": "3000万",
        },
        {"rate": "10%"},
        ["2,227,648.38", "试验验证：通过概率"],
    ),
    "licence_deal": (
        {
            "years": "3",
            "rows/payments/a/structure": "一次性买断",
            "rows/payments/a/kind": "fixed",
            "pricing": "auction",
            "venue": "中国技术交易所",
            "rows/bids/a/bidder": "甲公司",
            "rows/bids/a/amount": "300万元",
            "rows/bids/b/bidder": "乙公司",
            "rows/bids/b/amount": "310万元",
        },
        {"rate": "10%", "rows/payments/a/amount": "300万", "reserve": "280万"},
        ["3,100,000.00 元，为 2 个报价中的最高价", "3,000,000"],
    ),
    "income_sharing": (
        {"way": "transfer", "rule": "pku@2021", "rows/people/a/name": "张三", "rows/people/a/weight": "1"},
        {"received": "1998万"},
        ["13,986,000.00", "党委常委会"],
    ),
}


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """Make one workspace for the file: each template has a paper of its own."""
    home = Workspace.create(tmp_path_factory.mktemp("money") / "财务工作区")
    home.store.add_project(Project("P1", Text("颅内压平衡装置", "Balancing device")))
    return home


@pytest.fixture(scope="module")
def lab(home, start_lab):
    """Start one JupyterLab for the file."""
    running = start_lab(home.path)
    yield running
    running.stop()


@pytest.mark.parametrize("template", list(CASES))
def test_what_is_typed_is_worked_out_and_stands_in_the_report(page, lab, home, template):
    filled, typed, seen = CASES[template]
    path = new_paper_notebook(home, template=template, project="P1", by="李会计")
    (paper,) = home.papers.papers(kind=template)
    home.papers.save(paper.id, [Change(name, text, 0) for name, text in filled.items()])
    page.set_default_timeout(PATIENCE)
    page.goto(f"{lab.address}/lab/tree/{path.relative_to(home.path).as_posix()}?token={lab.token}&reset")
    form = page.locator(".poc-eval-form:visible")
    for name, text in typed.items():
        form.locator(f'[data-field="{name}"]').locator("input, textarea").first.fill(text)
    page.keyboard.press("Tab")
    body = page.locator(".jp-Notebook:visible")
    for words in seen:
        expect(body).to_contain_text(re.compile(words.replace(" ", r"\s*")))
    expect(form.locator(".standing-saved")).to_be_visible()
    page.get_by_role("button", name="导出报告").click()
    page.get_by_role("button", name="生成报告").click()
    expect(page.locator(".poc-eval-exported")).to_be_visible()
    (report,) = (home.path / "reports").glob(f"*{path.stem}*.html")
    text = re.sub(r"<[^>]+>|\s", "", report.read_text(encoding="utf-8"))
    assert all(words.replace(" ", "") in text for words in seen)
    assert "NaN" not in text
