"""A panel's secretary in JupyterLab: from the cards to concluded papers, and the panel's page follows."""

import pytest
from playwright.sync_api import expect

from poc_eval.workspace.decision_book import Decisions
from poc_eval.workspace.demo import fill_demo
from poc_eval.workspace.formal import FormalChecks
from poc_eval.workspace.panels import Panels
from poc_eval.workspace.paper import PaperScores
from poc_eval.workspace.workspace import Workspace

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(900)]
PATIENCE = 60_000
PROJECT = "神经阻滞穿刺针"
MEMBERS = [
    ["周主任", "省立医院", "主任医师", "麻醉", "是"],
    ["吴教授", "理工大学", "教授", "生物力学", "否"],
    ["郑研究员", "器械检验所", "研究员", "检验", ""],
]
PASTE = """text => {
  let element = document.activeElement;
  while (element.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  const data = new DataTransfer();
  data.setData("text/plain", text);
  const sent = { clipboardData: data, bubbles: true, cancelable: true, composed: true };
  element.dispatchEvent(new ClipboardEvent("paste", sent));
}"""


class Secretary:
    """What a secretary does at the cards, one notebook after the other."""

    def __init__(self, page, lab):
        self.page, self.lab = page, lab

    def card(self, title, project=None, name=None, **chosen):
        """Press a card, fill in its dialog and wait for what it opens."""
        if self.page.url == "about:blank":
            self.page.goto(f"{self.lab.address}/lab?token={self.lab.token}")
        else:
            self.page.locator(".lm-TabBar-addButton:visible").first.click()
        self.page.locator(".jp-LauncherCard:visible", has_text=title).first.click()
        dialog = self.page.locator(".poc-eval-dialog")
        expect(dialog).to_be_visible()
        about = dialog.get_by_label("项目")
        if project is None:
            expect(about).to_have_count(0)
        else:
            # A paper about one project is not begun without one.
            expect(about.locator("option").first).to_have_text("请选择项目")
            about.select_option(label=project)
        for label, value in chosen.items():
            dialog.get_by_label(label).select_option(label=value)
        if name is not None:
            dialog.get_by_label("填写人").fill(name)
        dialog.locator("button").last.click()
        expect(dialog).to_have_count(0)

    @property
    def form(self):
        return self.page.locator(".poc-eval-form:visible")

    def field(self, name):
        return self.form.locator(f'[data-field="{name}"]').locator("input, select, textarea").first

    def fill(self, **fields):
        for name, value in fields.items():
            self.field(name.replace("__", "/")).fill(value)

    def pick(self, name, label):
        """Choose in a list, or press the one of several round buttons."""
        place = self.form.locator(f'[data-field="{name}"]')
        expect(place.first).to_be_visible()
        if place.locator("select").count():
            place.locator("select").first.select_option(label=label)
        else:
            place.get_by_text(label, exact=True).click()

    def paste(self, grid_cell, rows):
        grid_cell.focus()
        self.page.evaluate(PASTE, "\n".join("\t".join(row) for row in rows))

    def conclude(self):
        """Conclude once the form says that everything is there, and wait until it is locked."""
        expect(self.form.locator(".submit-state .good")).to_be_visible()
        self.form.locator(".head").get_by_role("button", name="定稿").click()
        self.form.get_by_role("dialog").get_by_role("button", name="定稿").click()
        expect(self.form.get_by_role("button", name="更正")).to_be_visible()


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    workspace = Workspace.create(tmp_path_factory.mktemp("panel") / "评审工作区")
    fill_demo(workspace)
    return workspace


@pytest.fixture
def secretary(page, home, start_lab):
    page.set_default_timeout(PATIENCE)
    return Secretary(page, start_lab(home.path))


def test_the_four_papers_are_filled_in_and_the_panels_page_follows(secretary, home):
    compose(secretary)
    (panel,) = Panels(home.store).panels()
    assert [(one.name, one.chair) for one in panel.members] == [
        ("周主任", True),
        ("吴教授", False),
        ("郑研究员", False),
    ]
    check_formally(secretary)
    project = next(one.id for one in home.projects() if one.title.zh == PROJECT)
    assert [one.result for one in FormalChecks(home).of(project)] == ["passed"]
    enter_paper(secretary)
    (paper,) = PaperScores(home).papers()
    assert (paper.expert, paper.rubric.id, paper.entered_by) == ("周主任", "medical-poc", "张秘书")
    select(secretary, home)
    decide(secretary)
    assert {one.reasons for one in Decisions(home).in_force()} == {"专家组一致同意"}
    show_panel(secretary)


def compose(secretary):
    """Compose the panel; 是 and 否 come as they stand in the office's table."""
    secretary.card("评审专家组组成", name="张秘书")
    secretary.pick("rubric", "医学成果概念验证评价表")
    secretary.fill(held_on="2026-11-20", place="第一会议室", entered_by="张秘书")
    members = secretary.form.locator(".grid", has_text="工作单位").locator("tbody tr").first
    secretary.paste(members.locator("input").first, MEMBERS)
    views = secretary.page.locator(".jp-NotebookPanel:visible .poc-eval-view")
    expect(views.filter(has_text="郑研究员").first).to_be_visible()
    secretary.conclude()


def check_formally(secretary):
    """Check a project's papers item by item."""
    secretary.card("形式审查", PROJECT, "张秘书")
    answers = secretary.form.locator(".grid tbody select")
    expect(answers.first).to_be_visible()
    for place in range(answers.count()):
        answers.nth(place).select_option(label="是")
    secretary.pick("result", "通过")
    secretary.fill(checker="张秘书")
    secretary.conclude()


def enter_paper(secretary):
    """Enter a sheet on paper; it is the sheet of the project's panel."""
    secretary.card("纸质评分表", PROJECT, "张秘书")
    expect(secretary.form.locator(".grid")).to_contain_text("临床需求度")
    secretary.fill(expert="周主任", read_by="张秘书", opinion="临床需求明确，建议立项。")
    first = secretary.form.locator(".grid tbody input").first
    secretary.paste(first, [["否"], ["否"], ["21"], ["14"], ["14"], ["14"], ["11"]])
    secretary.pick("recommendation", "建议立项")
    secretary.conclude()


def select(secretary, home):
    """Compute a selection under a budget; what cannot be is told, and the result follows what is typed."""
    secretary.card("立项组合测算", name="张秘书")
    rows = secretary.form.locator(".grid", has_text="正式总分").locator("tbody tr")
    expect(rows.first.locator("td.shown").last).to_have_text("✓")
    views = secretary.page.locator(".jp-NotebookPanel:visible .poc-eval-view")
    rows.nth(1).locator('[data-field$="/choice"] select').select_option(label="必选")
    expect(views.filter(has_text="入选（必选）").first).to_be_attached()
    secretary.fill(budget="50万")
    expect(secretary.form).to_contain_text("无法满足：必选项目申请经费合计 900,000.00 元，超过预算总额")
    secretary.fill(budget="100万")
    expect(views.filter(has_text="余款").filter(has_text="100,000.00").first).to_be_attached()
    secretary.conclude()
    (paper,) = home.papers.papers(kind="project_selection")
    assert home.papers.assessment(paper).outcome["selection"]["chosen"] == ["icp-balancing-device"]


def decide(secretary):
    """Write down what was decided on each project; the rule's conclusion stands beside."""
    secretary.card("评审决定", name="张秘书")
    expect(secretary.form.locator("td.shown.words").first).to_contain_text("立项")
    secretary.fill(body="主任办公会", decided_on="2026-11-20", decided_by="孙主任", entered_by="张秘书")
    rows = secretary.form.locator(".grid tbody tr")
    for place in range(rows.count()):
        row = rows.nth(place)
        outcome = row.locator('[data-field$="/outcome"] select')
        outcome.select_option(label=row.locator("td.shown").nth(2).inner_text())
        row.locator('[data-field$="/reasons"] input').fill("专家组一致同意")
    secretary.conclude()


def show_panel(secretary):
    """Open the panel's summary with names; members and decisions stand in it."""
    secretary.card("评审会汇总", 评分表="医学成果概念验证评价表 (1.0)", 专家姓名="显示（注意保密）")
    views = secretary.page.locator(".jp-NotebookPanel:visible .poc-eval-view")
    for words in ("按规则", "专家组一致同意", "周主任", "第一会议室"):
        expect(views.filter(has_text=words).first).to_be_attached()
