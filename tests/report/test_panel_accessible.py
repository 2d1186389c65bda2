"""A report on a large panel as people who see, hear or print it meet it; nothing of it is cut on A4."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from functools import cache

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect
from pypdf import PdfReader

from poc_eval.report.write import write_report
from poc_eval.workspace.panel_notebooks import new_panel_notebook
from poc_eval.workspace.panels import Panels
from poc_eval.workspace.records import Member
from poc_eval.workspace.store import Change

pytestmark = pytest.mark.browser
NAMES = ("欧阳建国", "司徒平", "张一", "李二", "王三", "赵四", "钱五", "孙六", "周七", "吴八", "郑九", "冯十")
SHEET = 794 - 2 * 16 / 25.4 * 96
"""CSS pixels between the margins of a sheet of A4."""
TOO_WIDE = """width => [...document.querySelectorAll('.pe-report *')]
  .filter(one => one.getBoundingClientRect().right > width + 1)
  .map(one => one.outerHTML.slice(0, 120))"""
SCROLLED = (
    "[...document.querySelectorAll('.pe-scroll')].filter(one => one.scrollWidth > one.clientWidth + 1).length"
)


@pytest.fixture(scope="module")
def home(copy_demo, tmp_path_factory):
    """Eighteen experts have scored three projects; one steps aside, one has not handed in."""
    workspace = copy_demo(tmp_path_factory.mktemp("large-panel") / "demo")
    ref = workspace.pin("medical-poc")
    scored = (one for one in workspace.reviews() if one.rubric == ref and one.status == "submitted")
    answers = next(one.values() for one in scored if "opinion" in one.answers)
    ids = [one.id for one in workspace.projects()][:3]
    panels = Panels(workspace.store)
    panel = panels.create("秋季评审会", ids, by="秘书", held_on=date(2026, 11, 20), place="三楼会议室")
    for place, name in enumerate(NAMES):
        unit = "某某大学附属第一医院神经外科"
        member = Member(name, unit, "主任医师、教授", "神经外科", chair=place == 0)
        panels.put_member(panel.id, member, by="秘书")
        for project in ids if name != NAMES[-1] else ():
            review = workspace.store.open_review(project, name, ref)
            changes = [Change(field, value, 0) for field, value in answers.items()]
            saved = workspace.store.save(review.id, changes).review
            workspace.submit(review.id, revision=saved.revision)
    panels.step_aside(panel.id, "李二", ids[0], rule="same_unit", reason="同一单位", by="秘书")
    panels.replace(panel.id, "李二", ids[0], replacement="冯十", by="秘书")
    return workspace


@pytest.fixture(scope="module")
def report(home):
    """Return a function that writes the report once for each language, with and without names."""

    @cache
    def written(*, lang="zh", with_names=True):
        notebook = new_panel_notebook(
            home, template="panel_summary", rubric="medical-poc", with_names=with_names
        )
        return write_report(notebook, lang=lang)

    return written


@pytest.mark.parametrize("lang", ["zh", "en", "both"])
def test_axe_finds_nothing(report, page, lang):
    page.goto(report(lang=lang).path.as_uri())
    for media in ("screen", "print"):
        page.emulate_media(media=media)
        response = Axe().run(page).response
        assert len(response["passes"]) > 20
        assert [
            f"{media}, {one['id']}: {node['html'][:200]}"
            for one in response["violations"]
            for node in one["nodes"]
        ] == []


@pytest.mark.parametrize("with_names", [True, False])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_nothing_reaches_over_the_edge_of_a_sheet_or_hides_behind_a_scroll_bar(
    report, page, lang, with_names
):
    page.goto(report(lang=lang, with_names=with_names).path.as_uri())
    page.emulate_media(media="print")
    page.set_viewport_size({"width": int(SHEET), "height": 1000})
    expect(page.locator(".pe-scores")).to_have_count(3)
    assert page.evaluate(TOO_WIDE, int(SHEET)) == []
    assert page.evaluate(SCROLLED) == 0


def test_a_print_holds_every_expert_the_meeting_and_the_denominators(report, page, tmp_path):
    page.goto(report().path.as_uri())
    page.pdf(path=tmp_path / "report.pdf", prefer_css_page_size=True)
    sheets = PdfReader(tmp_path / "report.pdf").pages
    # Chromium maps some characters to radicals that look the same.
    read = unicodedata.normalize("NFKC", "".join(sheet.extract_text() for sheet in sheets))
    words = re.sub(r"\s+", "", read)
    for name in NAMES:
        assert name in words
    assert "评审会签到表" in words
    assert re.search(r"位专家评分,计入\d+位,1位回避", words)
    assert {tuple(round(float(side)) for side in sheet.mediabox[2:]) for sheet in sheets} == {(595, 842)}


def test_without_names_neither_the_page_nor_what_it_carries_tells_who_is_who(report):
    written = report(with_names=False).path.read_text(encoding="utf-8")
    for secret in (*NAMES, "示例专家", "某某大学附属第一医院神经外科", "主任医师", "同一单位"):
        assert secret not in written
