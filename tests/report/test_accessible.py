"""Reports as people who see, hear, print or recolour them meet them."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from pypdf import PdfReader

from poc_eval.report.write import write_report

pytestmark = pytest.mark.browser

PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
WORDS = """# 总体评价

设计**清楚**，见[公开资料](https://www.nmpa.gov.cn/)。

#### 表

| 指标 | 值 |
|------|---:|
| 压力 | 12 |

> 引文

1. 其一
2. 其二

`代码` ~~删去~~
"""


@pytest.fixture
def told(submitted, code_cell):
    """Return a workspace whose notebook holds words of every kind and a picture."""
    submitted.write(WORDS, code_cell({"image/png": PIXEL}))
    return submitted


def violations(page):
    response = Axe().run(page).response
    assert len(response["passes"]) > 20
    found = response["violations"]
    return [f"{one['id']}: {node['html'][:200]}" for one in found for node in one["nodes"]]


@pytest.mark.parametrize("lang", ["zh", "en", "both"])
def test_axe_finds_nothing(told, page, lang):
    page.goto(write_report(told.notebook, lang=lang).path.as_uri())
    for media in ("screen", "print"):
        page.emulate_media(media=media)
        assert (media, violations(page)) == (media, [])


def test_axe_finds_nothing_in_a_draft(case, page):
    page.goto(write_report(case.notebook).path.as_uri())
    for media in ("screen", "print"):
        page.emulate_media(media=media)
        assert (media, violations(page)) == (media, [])


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_report_is_dark_on_white_whatever_the_reader_prefers(told, page, lang):
    page.emulate_media(color_scheme="dark")
    page.goto(write_report(told.notebook, lang=lang).path.as_uri())
    colours = page.evaluate(
        "[getComputedStyle(document.body).backgroundColor,"
        " getComputedStyle(document.querySelector('.pe-report')).color]"
    )
    assert colours == ["rgb(255, 255, 255)", "rgb(27, 36, 48)"]
    assert violations(page) == []


def test_the_first_tab_leads_past_the_head(told, page):
    page.goto(write_report(told.notebook).path.as_uri())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "pe-skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "zh-report"


def test_a_narrow_screen_scrolls_only_down(told, page):
    page.set_viewport_size({"width": 360, "height": 700})
    for lang in ("zh", "en"):
        page.goto(write_report(told.notebook, lang=lang).path.as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_score_and_reason_stands_on_the_page(told, page, lang):
    page.goto(write_report(told.notebook, lang=lang).path.as_uri())
    shown = " ".join(page.evaluate("document.body.innerText").split())
    evaluation = told.workspace.evaluation(told.review)
    for result in evaluation.criteria:
        row = page.locator(".pe-criteria tbody tr", has_text=result.title.text(lang)).first.inner_text()
        assert f"{result.score:.1f}" in row
        assert result.reason in shown
        assert result.evidence in shown
        assert result.anchor.text(lang) in shown
    assert evaluation.opinion in shown
    assert evaluation.recommendation.title.text(lang) in shown


def test_pictures_have_words_and_charts_describe_their_figures(told, page):
    page.goto(write_report(told.notebook).path.as_uri())
    assert page.locator("img:not([alt]), img[alt='']").count() == 0
    described = page.locator("svg.pe-chart > desc").text_content()
    for result in told.workspace.evaluation(told.review).criteria:
        assert f"{result.title.zh}：" in described
    assert page.locator("figure svg.pe-chart + table").count() == 1


def test_printed_sheets_are_a4_numbered_and_bear_the_code(told, page, tmp_path):
    written = write_report(told.notebook)
    page.goto(written.path.as_uri())
    page.pdf(path=tmp_path / "report.pdf", prefer_css_page_size=True)
    sheets = PdfReader(tmp_path / "report.pdf").pages
    for number, sheet in enumerate(sheets, start=1):
        words = re.sub(r"\s+", "", sheet.extract_text())
        # Chromium maps 页 to a radical that looks the same.
        assert re.search(f"第{number}./共{len(sheets)}.", words)
        assert written.code in words
        assert [round(float(side)) for side in sheet.mediabox[2:]] == [595, 842]
