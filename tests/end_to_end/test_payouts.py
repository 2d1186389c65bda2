"""A finance officer in JupyterLab: claims typed, payouts explained, exported, and put on the ledger."""

from __future__ import annotations

import re
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import expect

from poc_eval.workspace.workspace import Workspace

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(600)]
PATIENCE = 60_000
PASTE = """(node, text) => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  const how = { clipboardData: data, bubbles: true, cancelable: true, composed: true };
  node.dispatchEvent(new ClipboardEvent("paste", how));
}"""


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """Make one workspace for all of these; nobody has worked in it yet."""
    return Workspace.create(tmp_path_factory.mktemp("payouts") / "工作区")


@pytest.fixture(scope="module")
def lab(home, start_lab):
    """Start one JupyterLab for all of these."""
    running = start_lab(home.path)
    yield running
    running.stop()


class Office:
    """What a finance officer does with a form and its notebook."""

    def __init__(self, page, lab, folder):
        self.page, self.lab, self.folder = page, lab, folder
        page.set_default_timeout(PATIENCE)

    def begin(self, card, title):
        """Open a new paper from its card in the launcher."""
        self.page.goto(f"{self.lab.address}/lab?token={self.lab.token}&reset")
        self.page.locator(".jp-LauncherCard", has_text=card).click()
        dialog = self.page.locator(".poc-eval-dialog")
        dialog.get_by_label("底稿名称").fill(title)
        dialog.get_by_label("填写人").fill("李经办")
        dialog.get_by_role("button", name="打开工作底稿").click()
        self.form = self.page.locator(".poc-eval-form:visible")
        expect(self.form.locator(".head")).to_contain_text(title)

    def first_row(self, grid):
        """Return the first row of a table."""
        return self.form.locator(f'[data-field="rows/{grid}"] tbody tr').first

    def paste(self, grid, *rows):
        """Paste rows as Excel copies them into the first cell of a table."""
        box = self.first_row(grid).locator("input, select").first
        box.focus()
        box.evaluate(PASTE, "\n".join("\t".join(row) for row in rows))

    def write(self, grid, column, value):
        """Type into a cell of the first row, or choose in it."""
        cell = self.first_row(grid).locator(f'td[data-field$="/{column}"]')
        select = cell.locator("select")
        expect(cell.locator("input, select")).to_be_visible()
        if select.count():
            select.select_option(value)
        else:
            cell.locator("input").fill(value)

    def expect_saved(self):
        """Wait until nothing is on its way to the store."""
        standing = self.form.locator(".head .meta > span:last-child")
        expect(standing).to_have_attribute("data-waiting", "0")
        expect(standing).to_contain_text("已保存")

    def view(self, words):
        """Return the view below the form that says these words."""
        return self.page.locator(".poc-eval-view", has_text=words).first

    def conclude(self):
        """Conclude the paper."""
        self.form.locator(".head").get_by_role("button", name="定稿").click()
        self.form.get_by_role("dialog").get_by_role("button", name="定稿").click()
        expect(self.form.get_by_role("button", name="更正")).to_be_visible()

    def export_report(self):
        """Return the text of the report that the button makes."""
        self.page.get_by_role("button", name="导出报告").click()
        self.page.get_by_role("button", name="生成报告").click()
        link = self.page.locator(".poc-eval-exported").get_by_role("link", name="另存一份")
        html = self.download(link.click, "report.html").read_text(encoding="utf-8")
        self.page.get_by_role("button", name="关闭").click()
        return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", html))

    def export_workbook(self):
        """Return the workbook that the button saves, with the values that it shows."""
        press = self.page.get_by_role("button", name="导出 Excel")
        path = self.download(press.click, "book.xlsx")
        expect(self.page.locator(".poc-eval-exported")).to_contain_text("reports/")
        self.page.get_by_role("button", name="关闭").click()
        return openpyxl.load_workbook(path, data_only=True)

    def download(self, press, name):
        with self.page.expect_download() as waiting:
            press()
        waiting.value.save_as(self.folder / name)
        return Path(self.folder / name)


def shown(sheet):
    """Return what a sheet's cells show, by the value of the first filled cell of their row."""
    return [[cell for cell in row if cell is not None] for row in sheet.iter_rows(values_only=True)]


def test_from_a_typed_claim_to_the_ledger_in_html_and_xlsx(page, lab, tmp_path):
    office = Office(page, lab, tmp_path)
    type_a_claim(office)
    what_it_is_paid_and_why(office)
    pay_a_part_of_it(office)
    what_the_ledger_says(office)


def type_a_claim(office):
    page = office.page
    office.begin("核定测算", "2024年度运营补贴核定")
    # Nothing is worked out yet: the button says what to do.
    page.get_by_role("button", name="导出 Excel").click()
    expect(page.locator(".jp-Dialog")).to_contain_text("尚未得出核定补助额")
    page.locator(".jp-Dialog").get_by_role("button", name="关闭").click()

    office.write("policies", "policy", "hefei-pilot-operation@2023.1")
    claim = {
        "claim_id": "C1", "payee": "试验单位甲", "credit_code": "91350100M000100Y43", "period": "2024",
        "service_revenue_declared": "350万元", "service_revenue": "333.3334万元", "filing_valid": "yes",
    }  # fmt: skip
    for column, value in claim.items():
        office.write("claims", column, value)
    reduction = {"claim_id": "C1", "amount": "166,666.00", "reason": "非服务性收入", "voucher": "HT-1"}
    for column, value in reduction.items():
        office.write("reductions", column, value)
    expect(office.form.locator(".figures")).to_contain_text("1,000,000.00")
    expect(office.form.locator(".figures")).to_contain_text("触及上限")
    office.expect_saved()


def what_it_is_paid_and_why(office):
    reason = office.view("试验单位甲：为什么是 1,000,000.00 元")
    reason.locator("summary").first.click()
    expect(reason).to_contain_text("3,333,334.00 × 30% = 1,000,000.20 元")
    expect(office.view("核定金额超过此数不再增加补助")).to_contain_text("3,333,333.33")

    office.conclude()
    report = office.export_report()
    for words in ("试验单位甲", "1,000,000.20", "1,000,000.00", "壹佰万元整"):
        assert words in report
    rows = shown(office.export_workbook()["测算表 Payouts"])
    (line,) = [row for row in rows if "试验单位甲" in row]
    assert [cell for cell in line if isinstance(cell, (int, float))] == [
        1, 3500000, 166666, 3333334, 0.3, 1000000.20, 1000000, 1000000,
    ]  # fmt: skip


def pay_a_part_of_it(office):
    office.begin("拨付台账", "2024年度拨付台账")
    payouts = office.first_row("payouts").locator('td[data-field$="/payout"] select')
    expect(payouts).to_contain_text("试验单位甲")
    payout = payouts.locator("option", has_text="试验单位甲").inner_text()
    office.paste("payouts", [payout, "2025-05-06", "5"])
    steps = ("经办", "复核", "处室", "分管领导", "局长办公会")
    signed = [[payout, step, f"{step}签字人", "2025-05-07", "", "同意"] for step in steps]
    signed[-1][4] = "2025年第7次"
    office.paste("signatures", *signed)
    office.paste("notices", [payout, "2025-05-08", "2025-05-14", "门户网站"])
    office.paste("documents", [payout, "2025-05-20", "财教〔2025〕18号"])
    office.paste("payments", [payout, "1", "", "40万元", "2025-06-03", "ZF-2024-1"])
    expect(office.form.locator(".figures")).to_contain_text("400,000.00")
    office.expect_saved()


def what_the_ledger_says(office):
    expect(office.view("按层级和预算科目")).to_contain_text("400,000.00")
    report = office.export_report()
    for words in ("试验单位甲", "ZF-2024-1", "600,000.00", "未登记入账"):
        assert words in report
    book = office.export_workbook()
    (line,) = [row for row in shown(book["台账 Ledger"]) if "试验单位甲" in row]
    # Payout, paid, due, left, recovered.
    assert [cell for cell in line if isinstance(cell, (int, float))][1:] == [
        1000000,
        400000,
        600000,
        600000,
        0,
    ]
