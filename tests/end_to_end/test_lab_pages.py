"""What a person meets in JupyterLab on the way to a form, and what must not happen there."""

import json
from time import monotonic

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from poc_eval.workspace.notebooks import new_notebook

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PATIENCE = 60_000
ENTER_IN_A_WORD = """(input) => input.dispatchEvent(
  new KeyboardEvent("keydown", { key: "Enter", isComposing: true, bubbles: true, cancelable: true }))"""
SLOW_SERVER = """(part) => {
  const ask = window.fetch;
  window.fetch = async (...sent) => {
    const address = sent[0] instanceof Request ? sent[0].url : String(sent[0]);
    if (address.includes(part)) await new Promise((go) => setTimeout(go, 3000));
    return ask(...sent);
  };
}"""

LATE_ANSWERS_TO_SAVES = """
const ask = window.fetch;
window.fetch = async (...sent) => {
  const answer = await ask(...sent);
  const method = sent[0] instanceof Request ? sent[0].method : sent[1]?.method;
  if (method === "PUT") await new Promise((go) => setTimeout(go, 3000));
  return answer;
};"""


@pytest.fixture(scope="module")
def home(copy_demo, tmp_path_factory):
    """Make one workspace for all of these: none of them changes what another looks at."""
    return copy_demo(tmp_path_factory.mktemp("pages") / "评审工作区")


@pytest.fixture(scope="module")
def lab(home, start_lab):
    """Start one JupyterLab for all of these."""
    running = start_lab(home.path)
    yield running
    running.stop()


@pytest.fixture
def opened(page, lab):
    """Return a function that opens Lab anew, with a notebook or with the launcher."""
    page.set_default_timeout(PATIENCE)

    def open_lab(notebook=None):
        tree = f"/tree/{notebook}" if notebook else ""
        page.goto(f"{lab.address}/lab{tree}?token={lab.token}&reset")
        return page

    return open_lab


@pytest.fixture(scope="module")
def launcher(context, lab):
    """Open Lab's launcher once, for those tests that leave it as it was."""
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(f"{lab.address}/lab?token={lab.token}&reset")
    yield page
    page.close()


@pytest.fixture
def dialog(launcher):
    """Open the dialog of the first card, and leave it after the test."""
    launcher.locator(".jp-LauncherCard", has_text="医学成果概念验证评审").click()
    dialog = launcher.locator(".poc-eval-dialog")
    expect(dialog).to_be_visible()
    yield dialog
    if dialog.is_visible():
        launcher.keyboard.press("Escape")
    expect(dialog).to_be_hidden()


def new_for(home, reviewer):
    """Make a notebook that nobody has opened yet; return it and its path in Lab."""
    path = new_notebook(
        home, template="clinical_review", project="smell-disorder-device", reviewer=reviewer, lang="zh"
    )
    return path, path.relative_to(home.path).as_posix()


def axe_finds_nothing_in(page, part):
    found = Axe().run(page, context={"include": [[part]]})
    assert not found.response["violations"], found.generate_report()


def test_every_template_has_a_card_with_its_title_before_labs_own(launcher):
    page = launcher
    expect(page.locator('.jp-LauncherCard[data-category="概念验证评价"]').first).to_be_visible()

    def titles(section):
        cards = page.locator(f'.jp-LauncherCard[data-category="{section}"]')
        return {card.strip() for card in cards.all_inner_texts()}

    assert {"医学成果概念验证评审", "中试平台评审", "概念验证项目评审"} <= titles("概念验证评价")
    assert {"评审会汇总", "形式审查表", "评审决定登记表"} <= titles("评审组织")
    assert {"核定测算", "拨付台账", "阶段目标与经费拨付计划"} <= titles("经费与收益")
    sections = page.locator(".jp-Launcher-sectionTitle").all_inner_texts()
    assert sections[:3] == ["概念验证评价", "评审组织", "经费与收益"]


def test_the_dialog_says_beside_each_field_what_is_missing_and_goes_to_the_first(dialog):
    dialog.get_by_role("button", name="开始评审").click()
    expect(dialog).to_contain_text("请选择要评审的项目。")
    expect(dialog).to_contain_text("请填写姓名。")
    expect(dialog.get_by_label("项目名称")).to_be_focused()
    expect(dialog.get_by_label("评审专家")).to_have_attribute("aria-invalid", "true")
    dialog.get_by_label("评审专家").fill("孙")
    expect(dialog.get_by_label("评审专家")).to_have_attribute("aria-invalid", "false")


def test_the_dialog_warns_of_classified_information_and_is_left_with_escape(dialog):
    expect(dialog).to_contain_text("本系统不得录入涉密信息。")
    dialog.page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()


def test_enter_that_ends_a_word_of_an_input_method_sends_nothing(dialog, home):
    before = len(home.reviews())
    dialog.get_by_label("项目名称").select_option(label="颅内压平衡装置")
    dialog.get_by_label("评审专家").fill("孙教授")
    dialog.get_by_label("评审专家").evaluate(ENTER_IN_A_WORD)
    dialog.get_by_label("评审专家").press("Enter")
    expect(dialog).to_be_visible()
    assert len(home.reviews()) == before


def test_a_name_that_the_workspace_refuses_is_told_in_the_dialog(dialog):
    dialog.get_by_label("项目名称").select_option(label="颅内压平衡装置")
    dialog.get_by_label("评审专家").fill("孙\x07教授")
    dialog.get_by_role("button", name="开始评审").click()
    expect(dialog.get_by_role("alert")).to_contain_text("；")
    expect(dialog).to_be_visible()


def test_dialog_and_list_of_reviews_can_be_used_by_everybody(dialog):
    page = dialog.page
    axe_finds_nothing_in(page, ".poc-eval-new-review")
    page.keyboard.press("Escape")
    page.locator('.lm-TabBar-tab[data-id="poc-eval-reviews"]').click()
    expect(page.locator(".poc-eval-review").first).to_be_visible()
    axe_finds_nothing_in(page, ".poc-eval-panel")


def test_the_list_of_reviews_opens_a_notebook_and_says_how_far_each_is(opened, home):
    page = opened()
    page.locator('.lm-TabBar-tab[data-id="poc-eval-reviews"]').click()
    drafts = [review for review in home.reviews() if review.status == "draft"]
    line = page.locator(f'[data-review="{drafts[0].id}"]')
    expect(line).to_contain_text("草稿，还差")
    line.press("Enter")
    expect(page.locator(".poc-eval-form").get_by_text(drafts[0].reviewer).first).to_be_visible()


def test_a_notebook_with_a_changed_locked_cell_shows_its_form_and_is_not_run(opened, home, tmp_path):
    path, name = new_for(home, "周教授")
    ran = tmp_path / "it was run"
    document = json.loads(path.read_text("utf-8"))
    code = next(
        cell
        for cell in document["cells"]
        if cell["cell_type"] == "code" and "locked" in str(cell["metadata"])
    )
    code["source"] = f"open({str(ran)!r}, 'w').close()"
    path.write_text(json.dumps(document), "utf-8")
    page = opened(name)
    expect(page.locator('.poc-eval-form [data-field="opinion"]')).to_be_visible()
    expect(page.locator('.jp-Notebook-ExecutionIndicator[data-status="idle"]')).to_be_visible()
    assert not ran.exists()


@pytest.mark.parametrize(
    ("reviewer", "slow"),
    [("冯教授", "nothing"), ("陈教授", "poc-eval/api/notebooks"), ("褚教授", "/api/sessions")],
)
def test_a_new_notebook_is_run_and_a_form_that_is_used_meanwhile_stays(page, opened, home, reviewer, slow):
    path, name = new_for(home, reviewer)
    page.add_init_script(f"({SLOW_SERVER})({json.dumps(slow)})")
    opened(name)
    opinion = page.locator('.poc-eval-form [data-field="opinion"] textarea')
    opinion.focus()
    page.keyboard.type("运行期间写下的意见，")
    expect(page.locator('.jp-Notebook-ExecutionIndicator[data-status="idle"]')).to_be_visible()

    def counts():
        text = path.read_text("utf-8")
        # Lab empties the file before it writes it anew; what is not whole yet counts as not run yet.
        if not text.rstrip().endswith("}"):
            return [None]
        cells = json.loads(text)["cells"]
        return [cell["execution_count"] for cell in cells if cell["cell_type"] == "code"]

    until = monotonic() + PATIENCE / 1000
    while not all(counts()) and monotonic() < until:
        page.wait_for_timeout(200)
    dialogs = page.locator(".jp-Dialog").all_inner_texts()
    assert all(counts()), f"not run to its end, or run and not saved: {counts()}, {dialogs}"
    page.keyboard.type("光标未曾移动。")
    expect(opinion).to_have_value("运行期间写下的意见，光标未曾移动。")
    assert counts() == sorted(counts())


def test_a_report_that_is_asked_for_while_the_notebook_is_saved_waits_for_that(page, opened, home):
    _path, name = new_for(home, "卫教授")
    page.add_init_script(LATE_ANSWERS_TO_SAVES)
    with page.expect_response(lambda answer: answer.request.method == "PUT", timeout=PATIENCE):
        opened(name)
    page.get_by_role("button", name="导出报告").click()
    page.get_by_role("button", name="生成报告").click()
    expect(page.locator(".poc-eval-exported")).to_be_visible()


def test_a_report_of_what_cannot_be_saved_is_refused_in_the_dialog(page, opened, home):
    _path, name = new_for(home, "沈教授")
    page.route("**/api/contents/**", lambda to: to.abort() if to.request.method == "PUT" else to.fallback())
    page.route("**/poc-eval/api/workspace*", lambda to: to.abort())
    with page.expect_event("requestfailed", lambda asked: asked.method == "PUT", timeout=PATIENCE):
        opened(name)
        page.locator(".jp-MarkdownCell").first.wait_for()
        page.get_by_role("button", name="导出报告").click()
        page.get_by_role("button", name="生成报告").click()
    expect(page.locator(".poc-eval-dialog").get_by_role("alert")).to_contain_text("没有应答")
    expect(page.locator(".jp-Dialog")).to_have_count(1)


def test_a_notebook_of_somebodys_own_is_left_alone(opened, home):
    own = {"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    own["cells"].append(
        {
            "cell_type": "code",
            "id": "a",
            "metadata": {},
            "execution_count": None,
            "outputs": [],
            "source": "1 + 1",
        }
    )
    (home.path / "自己的.ipynb").write_text(json.dumps(own), "utf-8")
    page = opened("自己的.ipynb")
    expect(page.locator(".jp-CodeCell .jp-InputArea-editor")).to_be_visible()
    expect(page.get_by_role("button", name="导出报告")).to_be_hidden()


def test_a_form_of_a_review_that_is_not_there_says_so(opened, home):
    path, name = new_for(home, "朱教授")
    review = json.loads(path.read_text("utf-8"))["metadata"]["poc_eval"]["review"]
    path.write_text(path.read_text("utf-8").replace(review, "00000000-0000-0000-0000-000000000000"), "utf-8")
    page = opened(name)
    expect(page.locator(".poc-eval-view").last).to_contain_text("；")
    expect(page.locator(".poc-eval-view").last.get_by_role("alert")).to_be_visible()


def test_the_file_menu_offers_the_report_by_our_name_and_among_labs_formats(opened, home):
    _path, name = new_for(home, "徐教授")
    page = opened(name)
    expect(page.locator('.poc-eval-form [data-field="opinion"]')).to_be_visible()
    page.locator(".lm-MenuBar-item", has_text="文件").click()
    expect(page.locator(".lm-Menu-item", has_text="导出报告")).to_be_visible()
    page.locator(".lm-Menu-item", has_text="保存并导出笔记本为").hover()
    expect(
        page.locator('.lm-Menu-item[data-command="notebook:export-to-format"]', has_text="oc_eval")
    ).to_be_visible()
