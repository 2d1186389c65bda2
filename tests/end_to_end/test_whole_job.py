"""A reviewer's whole job in JupyterLab, with everything going wrong on the way that may go wrong."""

import re
import time

import psutil
import pytest
from playwright.sync_api import Error, expect

from poc_eval.workspace.ipynb import notebooks_in

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(600)]
PATIENCE = 60_000
CARD = "医学成果概念验证评审"
PROJECT = "嗅觉障碍诊疗装置"
REASONS = {
    "clinical_need": "嗅觉障碍患者众多，现有检查手段主观且重复性差。",
    "advancement": "定量给嗅与脑电同步记录，优于现有嗅棒检查。",
    "innovation": "核心专利两项，给嗅阀组结构为自主设计。",
    "maturity": "样机已在三十例受试者中试用，长运行单元期间写下本句。",
    "benefit": "设备成本可控，耳鼻喉科与神经科均可配置使用。",
}
SCORES = {
    "clinical_need": ("20-25", "21.5"),
    "advancement": ("12-15.5", "14.5"),
    "innovation": ("12-15.5", "13.5"),
    "maturity": ("8-11.5", "10.5"),
    "benefit": ("9-11.5", "11"),
}
OPINION = "需求明确，技术路线可行；应补充多中心对照数据，完善给嗅剂量标定方法，明确注册检验路径后立项。"
PARAGRAPH = "总体看，该装置解决了嗅觉功能难以量化的问题。"


def criterion(name):
    band, score = SCORES[name]
    return {f"criteria.{name}.band": band, f"criteria.{name}.score": score}


FIRST_HALF = {
    "undertaking.conflict": "none",
    "undertaking.confidentiality": "yes",
    "undertaking.integrity": "yes",
    "screening.untrue_material": "no",
    "screening.title_disputed": "no",
    **{
        key: value
        for name in ("clinical_need", "advancement", "innovation")
        for key, value in {**criterion(name), f"criteria.{name}.reason": REASONS[name]}.items()
    },
    **criterion("maturity"),
    "criteria.maturity.beside": "5",
}
SECOND_HALF = {**criterion("benefit"), "recommendation": "revise"}


class Job:
    """What the tests of this file do more than once."""

    def __init__(self, page, lab, home, hands):
        self.page, self.lab, self.home, self.hands = page, lab, home, hands

    def open_lab(self):
        self.page.goto(f"{self.lab.address}/lab?token={self.lab.token}")

    def begin(self, reviewer="陈教授"):
        """Press a card, fill in the dialog, and return when the form can be filled in."""
        self.open_lab()
        card = self.page.locator(".jp-LauncherCard", has_text=CARD)
        expect(card).to_be_visible()
        card.focus()
        self.page.keyboard.press("Enter")
        dialog = self.page.locator(".poc-eval-dialog")
        expect(dialog).to_be_visible()
        expect(dialog.locator("select").first).to_be_focused()
        titles = dialog.locator("select").first.locator("option").all_inner_texts()
        for _ in range(titles.index(PROJECT)):
            self.page.keyboard.press("ArrowDown")
        for _ in range(2):
            self.page.keyboard.press("Tab")
        self.page.keyboard.type(reviewer)
        self.page.keyboard.press("Enter")
        expect(dialog).to_be_visible()
        self.hands.go_to(lambda at: at["text"].strip() == "开始评审")
        self.page.keyboard.press("Enter")
        expect(dialog).to_be_hidden()
        self.expect_form()
        return next(review for review in self.home.reviews() if review.reviewer == reviewer)

    def expect_form(self):
        expect(self.field("undertaking.conflict")).to_be_visible()

    def expect_head(self, words):
        """Wait until the line of the form that stays in sight says ``words``."""
        head = self.page.locator(".poc-eval-form").get_by_label("评审状态")
        expect(head).to_contain_text(words)

    def field(self, name):
        return self.page.locator(f'.poc-eval-form [data-field="{name}"]')

    def written(self, name):
        return self.field(name).locator("textarea, input[type=text]")

    def expect_kernel(self, status):
        told = self.page.locator(f'.jp-Notebook-ExecutionIndicator[data-status="{status}"]')
        expect(told).to_be_visible()

    def until(self, condition, else_tell=lambda: "nothing came of waiting"):
        """Wait until ``condition`` holds, and let the page's requests pass meanwhile."""
        deadline = time.monotonic() + PATIENCE / 1000
        while not condition():
            assert time.monotonic() < deadline, else_tell()
            self.page.wait_for_timeout(100)

    def expect_stored(self, review, answers):
        """Wait until the store holds the answers."""

        def differing():
            stored = self.home.store.review(review.id).values()
            return {name: stored.get(name) for name, value in answers.items() if stored.get(name) != value}

        self.until(lambda: not differing(), else_tell=differing)

    def expect_all_shown(self, answers):
        """Everything that was answered stands in the form."""
        for name, value in answers.items():
            field = self.field(name)
            chosen = field.locator("input[type=radio]:checked, input[type=checkbox]:checked")
            if field.locator("input[type=radio]").count():
                expect(chosen).to_have_value(value)
            elif field.locator("input[type=checkbox]").count():
                expect(chosen).to_have_count(1)
            else:
                expect(field.locator("input, textarea, select").first).to_have_value(value)


@pytest.fixture
def job(page, lab, home, hands):
    page.set_default_timeout(PATIENCE)
    return Job(page, lab, home, hands)


def kill_kernel(lab):
    """Kill the one kernel that runs, as a machine out of memory does."""
    kernels = [
        process
        for process in psutil.Process(lab.process.pid).children(recursive=True)
        if any("ipykernel_launcher" in part for part in process.cmdline())
    ]
    assert len(kernels) == 1
    kernels[0].kill()


def type_while_a_cell_runs(job, review, start_long_cell):
    """A cell is busy for long; what is typed meanwhile is stored meanwhile. Then its kernel dies."""
    start_long_cell(30)
    job.expect_kernel("busy")
    job.written("criteria.maturity.reason").focus()
    job.page.keyboard.type(REASONS["maturity"])
    job.expect_stored(review, {"criteria.maturity.reason": REASONS["maturity"]})
    job.expect_kernel("busy")
    kill_kernel(job.lab)
    job.page.locator(".jp-Dialog .jp-mod-accept").click()


def type_while_the_server_is_away(job, review, start_lab):
    """What is typed without a server is kept in the browser, over a reload that finds nobody."""
    assert job.lab.stop() == 0
    job.written("opinion").focus()
    job.page.keyboard.type(OPINION)
    job.expect_head("离线，内容已存在本机")
    assert "opinion" not in job.home.store.review(review.id).values()
    with pytest.raises(Error, match="ERR_CONNECTION_REFUSED"):
        job.page.reload()
    job.lab = start_lab(job.home.path)
    job.open_lab()
    job.expect_form()
    expect(job.written("opinion")).to_have_value(OPINION)
    job.expect_stored(review, {"opinion": OPINION})


def write_paragraph(job):
    """Write a paragraph of the notebook itself, as the guide in it says."""
    paragraph = job.page.locator(".jp-MarkdownCell", has_text="总体评价")
    paragraph.dblclick()
    paragraph.locator(".cm-content").press("Control+End")
    job.page.keyboard.press("Enter")
    job.page.keyboard.type(PARAGRAPH)
    job.page.keyboard.press("Shift+Enter")
    expect(paragraph.locator(".jp-RenderedMarkdown")).to_contain_text(PARAGRAPH)


def submit(job, review):
    """Submit by keyboard: one question, one answer."""
    job.hands.go_to(lambda at: at["text"] == "提交评审意见")
    job.page.keyboard.press("Enter")
    question = job.page.locator(".poc-eval-form dialog")
    expect(question).to_be_visible()
    job.hands.go_to(lambda at: at["text"] == "提交")
    job.page.keyboard.press("Enter")
    expect(question).to_be_hidden()
    job.until(lambda: job.home.store.review(review.id).status == "submitted")
    expect(job.field("opinion").locator(".given")).to_have_text(OPINION)


def export(job):
    """Press the button and return the report's file and its code."""
    job.page.get_by_role("button", name="导出报告").click()
    job.page.get_by_role("button", name="生成报告").click()
    told = job.page.locator(".poc-eval-exported")
    expect(told).to_be_visible()
    code = re.search(r"[0-9A-F]{4}(-[0-9A-F]{4}){3}", told.inner_text()).group()
    [report] = (job.home.path / "reports").glob("*.html")
    assert report.name in told.inner_text()
    return report, code


def test_a_review_from_the_card_to_the_report(job, start_long_cell, start_lab, browser):
    review = job.begin()
    job.expect_kernel("idle")
    assert job.page.locator(".poc-eval-folded .jp-InputArea-editor:visible").count() == 0

    job.field("undertaking.conflict").locator("input").first.focus()
    job.hands.fill(FIRST_HALF)
    job.expect_stored(review, FIRST_HALF)
    type_while_a_cell_runs(job, review, start_long_cell)
    job.expect_all_shown({**FIRST_HALF, "criteria.maturity.reason": REASONS["maturity"]})

    job.written("criteria.benefit.reason").focus()
    job.page.keyboard.type(REASONS["benefit"])
    job.expect_stored(review, {"criteria.benefit.reason": REASONS["benefit"]})
    type_while_the_server_is_away(job, review, start_lab)
    answers = {**FIRST_HALF, **{f"criteria.{name}.reason": reason for name, reason in REASONS.items()}}
    job.expect_all_shown({**answers, "opinion": OPINION})

    job.field("criteria.benefit.band").locator("input").first.focus()
    job.hands.fill(SECOND_HALF)
    job.expect_stored(review, SECOND_HALF)
    submit(job, review)
    write_paragraph(job)
    check_report(browser, *export(job))


def check_report(browser, report, code):
    offline = browser.new_context(offline=True)
    asked = []
    paper = offline.new_page()
    paper.on("request", lambda request: asked.append(request.url))
    paper.goto(report.as_uri())
    text = paper.locator("body").inner_text()
    offline.close()
    assert asked == [report.as_uri()]
    assert code in text
    for _, score in SCORES.values():
        assert re.search(rf"(?<![\d.]){re.escape(score)}(\.0)?(?![\d.])", text), score
    for reason in REASONS.values():
        assert reason in text
    assert OPINION in text
    assert PARAGRAPH in text
    assert "修改完善后立项" in text
    assert "71" in text


def test_a_page_that_was_left_open_saves_by_itself_when_the_server_is_back(job, page, home, start_lab):
    def stop_while_the_notebook_is_saved(route):
        if route.request.method == "PUT":
            job.lab.stop()
        route.fallback()

    page.route("**/api/contents/**", stop_while_the_notebook_is_saved)
    review = job.begin("吴教授")
    expect(page.locator(".poc-eval-away")).to_be_visible()
    page.unroute("**/api/contents/**")
    job.written("opinion").focus()
    page.keyboard.type(OPINION)
    job.expect_head("离线，内容已存在本机")
    note = page.locator(".poc-eval-away")
    expect(note).to_contain_text("程序没有应答")
    expect(page.locator(".jp-Dialog")).to_have_count(0)
    expect(job.written("opinion")).to_be_focused()
    job.lab = start_lab(home.path)
    expect(note).to_contain_text("连接已恢复")
    job.expect_stored(review, {"opinion": OPINION})
    job.expect_head("✓ 已保存")


def test_an_opened_notebook_shows_its_views_again_without_any_kernel(job, page, home):
    review = job.begin("郑教授")
    job.expect_kernel("idle")
    job.written("opinion").focus()
    page.keyboard.type(OPINION)
    job.expect_stored(review, {"opinion": OPINION})
    page.keyboard.press("Control+s")
    [notebook] = [path for path in notebooks_in(home.path / "notebooks") if "郑教授" in path.name]
    job.until(lambda: "vnd.poc-eval.view" in notebook.read_text("utf-8"))
    assert OPINION not in notebook.read_text("utf-8")
    kill_kernel(job.lab)
    page.locator(".jp-Dialog .jp-mod-accept").click()
    page.reload()
    job.expect_form()
    expect(job.written("opinion")).to_have_value(OPINION)
    expect(page.locator(".poc-eval-view").last).to_contain_text("尚缺")
