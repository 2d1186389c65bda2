"""The reports on claims and on the ledger: readable by everybody, nothing cut on paper."""

from __future__ import annotations

import re
import shutil

import pytest
from axe_playwright_python.sync_playwright import Axe

from poc_eval.report.write import write_report
from poc_eval.workspace.documents import read_notebook

pytestmark = pytest.mark.slow

A4 = 794
A4_LYING = 1122
"""The width of a sheet in CSS pixels, upright and lying on its side."""
MARGINS = 121


@pytest.fixture(scope="module")
def demo(copy_demo, tmp_path_factory):
    """Return the notebooks of the example's working papers, by the kind of paper."""
    workspace = copy_demo(tmp_path_factory.mktemp("demo") / "demo")
    papers = [
        path
        for path in (workspace.path / "notebooks").glob("*.ipynb")
        if read_notebook(path).paper is not None
    ]
    return {read_notebook(path).template.id: path for path in papers}


@pytest.fixture(params=["subsidy_payout", "payment_ledger"])
def notebook(request, demo):
    """Return one of the notebooks."""
    return demo[request.param]


def violations(page):
    response = Axe().run(page).response
    assert len(response["passes"]) > 20
    return [f"{one['id']}: {node['html'][:200]}" for one in response["violations"] for node in one["nodes"]]


@pytest.mark.browser
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_axe_finds_nothing(notebook, page, lang):
    page.goto(write_report(notebook, lang=lang).path.as_uri())
    for media in ("screen", "print"):
        page.emulate_media(media=media)
        assert (media, violations(page)) == (media, [])


@pytest.mark.browser
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_table_is_wider_than_the_sheet_and_every_reason_is_printed(demo, page, lang):
    page.set_viewport_size({"width": A4 - MARGINS, "height": 1000})
    page.emulate_media(media="print")
    for path in demo.values():
        page.goto(write_report(path, lang=lang).path.as_uri())
        cut = page.evaluate(
            "lying => [...document.querySelectorAll('table')].filter(one => one.getBoundingClientRect().width"
            " > (one.closest('.pe-landscape') ? lying : document.documentElement.clientWidth) + 1)"
            ".map(one => one.innerText.slice(0, 80))",
            A4_LYING - MARGINS,
        )
        assert cut == []
    page.goto(write_report(demo["subsidy_payout"], lang=lang).path.as_uri())
    heights = page.evaluate("[...document.querySelectorAll('.pe-why ol')].map(one => one.offsetHeight)")
    assert len(heights) == 3
    assert min(heights) > 50


@pytest.mark.browser
def test_a_page_asks_for_nothing_from_elsewhere_and_runs_nothing(notebook, page):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    target = write_report(notebook, lang="both").path.as_uri()
    page.goto(target)
    assert asked == [target]


def test_the_report_says_what_is_paid_why_and_by_which_clause(demo):
    html = write_report(demo["subsidy_payout"], lang="both").path.read_text(encoding="utf-8")
    shown = re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", html))
    for said in (
        "1,842,000.30", "壹佰捌拾肆万贰仟元零叁角", "4,000,000.00 × 30% = 1,200,000.00 元",
        "中试平台（基地）运营", "纯检测收入，不属服务性收入", "Payouts by claim, in yuan", "示例",
    ):  # fmt: skip
        assert said in shown


def test_the_ledger_says_what_was_done_and_what_comes_next(demo):
    html = write_report(demo["payment_ledger"], lang="zh").path.read_text(encoding="utf-8")
    for said in (
        "示例财教〔2024〕18号",
        "示例ZF-001",
        "示例2024年第7次",
        "应拨付 842,000.30 元",
        "未登记入账",
    ):
        assert said in html


def test_the_same_records_give_the_same_page(demo, tmp_path):
    for path in demo.values():
        first = write_report(path).path
        kept = shutil.copy(first, tmp_path)
        assert write_report(path).path.read_bytes() == (tmp_path / first.name).read_bytes(), kept
