from __future__ import annotations

from dataclasses import replace

import pytest
from axe_playwright_python.sync_playwright import Axe

from poc_eval.report.index import index_page, write_index
from poc_eval.report.verify import Trust, verify
from poc_eval.report.write import write_report

HOSTILE = "</title><img src=x onerror=window.__pwned=1>\"'&javascript:.ipynb"


@pytest.mark.browser
def test_the_overview_leads_to_every_report_and_tells_what_failed(submitted, page, tmp_path):
    out = tmp_path / "报告 #1 100%"
    written = [write_report(submitted.notebook, output_dir=out, lang=lang) for lang in ("zh", "en")]
    file = write_index(out, written, [(HOSTILE, HOSTILE)], lang="zh")
    page.goto(file.as_uri())
    assert Axe().run(page).response["violations"] == []
    assert page.evaluate("window.__pwned") is None
    shown = page.locator("main").inner_text()
    assert HOSTILE in shown
    for one in written:
        assert one.code in shown
    page.locator("tbody a").first.click()
    page.wait_for_url("**/*.html")
    assert page.locator("h1").inner_text() == "概念验证项目评价意见"


def test_an_overview_takes_no_reports_place(submitted, tmp_path):
    report = write_report(submitted.notebook, output_dir=tmp_path)
    report.path.rename(tmp_path / "index.html")
    named = replace(report, path=tmp_path / "index.html")
    assert write_index(tmp_path, [named], [], lang="en").name == "index-of-reports.html"
    assert "Main result" in index_page([named], [], "en")


def test_verify_tells_an_overview_from_a_report_that_was_cut_off(submitted, tmp_path):
    overview = index_page([write_report(submitted.notebook, output_dir=tmp_path)], [], "zh").encode()
    found = verify(overview, "index.html", Trust({}))
    assert not found.verified
    assert [fault.what.text("zh") for _check, fault in found.findings] == [
        "这是报告一览或卷内目录，不带签章，本身不能作为依据"
    ]
