"""A working paper in a real page: typed, pasted, taken out, brought back, saved, concluded."""

from __future__ import annotations

import io

import pytest
from axe_playwright_python.sync_playwright import Axe
from openpyxl import Workbook
from playwright.sync_api import expect

from poc_eval.workspace.store import Change

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("paper_kind")]


class PaperOnPage:
    """What a person does with a working paper and sees of it."""

    def __init__(self, page, line, paper):
        self.page, self.line, self.paper = page, line, paper
        self.troubles = []
        page.on("pageerror", lambda error: self.troubles.append(str(error)))

    def open(self, **options):
        self.page.goto(self.line.page_for(self.paper, kind="working-paper", **options))
        expect(self.page.locator(".head")).to_be_visible()
        return self

    def field(self, name):
        return self.page.locator(f'[data-field="{name}"]').first

    def box(self, name):
        return self.field(name).locator("input, textarea, select").first

    def cell(self, row, column):
        """Return the box of a cell of the first table, by the number of its row from 1."""
        return self.page.locator(".grid").first.locator("tbody tr").nth(row - 1).locator("td").nth(column - 1)

    def cell_box(self, row, column):
        return self.cell(row, column).locator("input, select")

    @property
    def rows(self):
        return self.page.locator(".grid").first.locator("tbody tr")

    def expect_saved(self):
        standing = self.page.locator(".head .meta > span:last-child")
        expect(standing).to_contain_text("已保存", timeout=60_000)
        expect(standing).to_have_attribute("data-waiting", "0", timeout=60_000)

    def paste(self, row, column, text):
        self.cell_box(row, column).focus()
        self.cell_box(row, column).evaluate(
            """(node, text) => {
                const data = new DataTransfer();
                data.setData("text/plain", text);
                const how = { clipboardData: data, bubbles: true, cancelable: true, composed: true };
                node.dispatchEvent(new ClipboardEvent("paste", how));
            }""",
            text,
        )

    @property
    def values(self):
        """Return what the store holds: fields by name, the first table's rows in order."""
        stored = self.line.desk.workspace.papers.paper(self.paper).values()
        found = {name: value for name, value in stored.items() if "/" not in name and value}
        rows = {}
        for name, value in stored.items():
            if name.startswith("rows/costs/") and value:
                _, _, row, column = name.split("/")
                rows.setdefault(row, {})[column] = value
        return found, [rows[row] for row in sorted(rows)]


@pytest.fixture
def paper(workspace):
    return workspace.papers.open("cost_sheet", project="P1", by="李经办").id


@pytest.fixture
def form(page, line, paper):
    form = PaperOnPage(page, line, paper)
    yield form
    assert form.troubles == []


@pytest.fixture
def another(context, line, paper):
    form = PaperOnPage(context.new_page(), line, paper)
    yield form
    assert form.troubles == []


def test_what_is_typed_is_saved_and_what_follows_is_shown(form):
    form.open()
    form.box("grant").fill("1万元")
    form.cell_box(1, 1).fill("试剂")
    form.cell_box(1, 2).select_option("material")
    form.cell_box(1, 3).fill("2500")
    form.expect_saved()
    fields, rows = form.values
    assert fields == {"grant": "1万元"}
    assert rows == [{"item": "试剂", "kind": "material", "amount": "2500"}]
    expect(form.page.locator(".figures dd")).to_contain_text("2,500.00 元")
    expect(form.cell(1, 6)).to_have_text("25.0%")
    expect(form.page.locator(".grid tfoot").first).to_contain_text("2,500.00")


def test_enter_and_arrows_go_from_cell_to_cell_and_add_a_row(form):
    form.open()
    form.cell_box(1, 1).click()
    form.page.keyboard.type("甲")
    form.page.keyboard.press("Enter")
    expect(form.rows).to_have_count(2)
    expect(form.cell_box(2, 1)).to_be_focused()
    form.page.keyboard.type("乙")
    form.page.keyboard.press("ArrowRight")
    expect(form.cell_box(2, 2)).to_be_focused()
    form.page.keyboard.press("ArrowRight")
    form.page.keyboard.type("12.50")
    form.page.keyboard.press("ArrowUp")
    expect(form.cell_box(1, 3)).to_be_focused()
    form.page.keyboard.type("7")
    form.page.keyboard.press("Tab")
    form.page.keyboard.type("2026-11-20")
    form.expect_saved()
    assert form.values[1] == [
        {"item": "甲", "amount": "7", "paid_on": "2026-11-20"},
        {"item": "乙", "amount": "12.50"},
    ]


def test_keys_of_an_input_method_stay_with_it(form):
    """Enter ends a composed word; it must neither leave the cell nor store half a word."""
    form.open()
    box = form.cell_box(1, 1)
    box.focus()
    devtools = form.page.context.new_cdp_session(form.page)
    devtools.send("Input.imeSetComposition", {"text": "shi'ji", "selectionStart": 6, "selectionEnd": 6})
    for kind in ("rawKeyDown", "keyUp"):
        devtools.send(
            "Input.dispatchKeyEvent",
            {"type": kind, "key": "Process", "windowsVirtualKeyCode": 229, "code": "Enter"},
        )
    expect(form.rows).to_have_count(1)
    expect(box).to_be_focused()
    assert (
        form.page.evaluate("Object.keys(localStorage).filter((key) => key.includes('rows/costs')).length")
        == 0
    )
    devtools.send("Input.insertText", {"text": "试剂"})
    form.expect_saved()
    assert form.values[1] == [{"item": "试剂"}]


def test_a_block_from_excel_is_laid_over_the_table(form):
    form.open()
    heading = "支出内容\t科目\t金额\t支付日期\t已核对"
    first = '"试剂\n（进口）"\t材料费\t2,500.50\t2026/11/20\t是'
    block = f"{heading}\r\n{first}\r\n检测\t旅游费\t3万\t\t否\r\n"
    form.paste(1, 1, block)
    expect(form.rows).to_have_count(2)
    expect(form.page.locator(".grid-told").first).to_contain_text("已粘贴 2 行")
    form.expect_saved()
    assert form.values[1] == [
        {
            "item": "试剂 （进口）",
            "kind": "material",
            "amount": "2,500.50",
            "paid_on": "2026/11/20",
            "checked": "yes",
        },
        {"item": "检测", "kind": "旅游费", "amount": "3万", "checked": "no"},
    ]
    expect(form.cell(2, 2)).to_contain_text("请从列表中选择")
    expect(form.cell_box(2, 2)).to_have_attribute("aria-invalid", "true")
    form.page.locator(".grid-told button").first.click()
    form.expect_saved()
    assert form.values[1] == []


def test_a_cell_that_cannot_be_read_says_so_below_it(form):
    form.open()
    form.cell_box(1, 3).fill("两千五")
    form.expect_saved()
    trouble = form.cell(1, 3).locator(".trouble")
    expect(trouble).to_contain_text("两千五")
    form.cell_box(1, 3).fill("2500")
    form.expect_saved()
    expect(trouble).to_be_hidden()


def test_a_row_that_is_taken_out_can_be_brought_back(form):
    form.open()
    form.paste(1, 1, "甲\t\t1\n乙\t\t2\n丙\t\t3\n")
    form.expect_saved()
    form.rows.nth(1).locator(".remove").click()
    expect(form.rows).to_have_count(2)
    form.expect_saved()
    assert [row["item"] for row in form.values[1]] == ["甲", "丙"]
    form.page.get_by_role("button", name="撤销").click()
    expect(form.rows).to_have_count(3)
    form.expect_saved()
    assert [row["item"] for row in form.values[1]] == ["甲", "乙", "丙"]
    form.page.reload()
    expect(form.cell_box(2, 1)).to_have_value("乙")


def test_nothing_is_lost_while_the_server_is_away(form, line):
    form.open()
    line.cut = True
    form.cell_box(1, 1).fill("断网时填写")
    expect(form.page.locator(".standing-offline")).to_be_visible(timeout=60_000)
    form.page.reload()
    expect(form.cell_box(1, 1)).to_have_value("断网时填写", timeout=60_000)
    line.cut = False
    form.expect_saved()
    assert form.values[1] == [{"item": "断网时填写"}]


def test_two_tabs_each_add_a_row_and_both_stay(form, another):
    form.open()
    another.open()
    # Its own blank row: what the first tab types is heard at once, and may come to stand above it.
    blank = another.cell_box(1, 1).element_handle()
    form.cell_box(1, 1).fill("甲")
    blank.fill("乙")
    form.expect_saved()
    another.expect_saved()
    assert sorted(row["item"] for row in form.values[1]) == ["乙", "甲"]
    expect(form.rows).to_have_count(2)
    expect(another.rows).to_have_count(2)


def test_a_cell_that_was_changed_on_another_computer_shows_both_texts(form, line, paper):
    form.open()
    form.cell_box(1, 1).fill("试剂")
    form.expect_saved()
    papers = line.desk.workspace.papers
    (name,) = (field for field in papers.paper(paper).values() if field.endswith("/item"))
    line.cut = True
    form.cell_box(1, 1).fill("试剂（本机）")
    expect(form.page.locator(".standing-offline")).to_be_visible(timeout=60_000)
    papers.save(paper, [Change(name, "试剂（另一台）", papers.paper(paper).revision)])
    line.cut = False
    form.page.get_by_role("button", name="采用对方").click(timeout=60_000)
    form.expect_saved()
    assert form.values[1] == [{"item": "试剂（另一台）"}]
    expect(form.cell_box(1, 1)).to_have_value("试剂（另一台）")


def test_a_table_is_imported_whole_or_not_at_all(form):
    form.open()
    book = Workbook()
    for row in (["支出内容", "金额"], ["甲", 12.5], ["乙", "三"]):
        book.active.append(row)
    held = io.BytesIO()
    book.save(held)
    upload = form.page.locator('input[type="file"]').first
    excel = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    upload.set_input_files({"name": "支出.xlsx", "mimeType": excel, "buffer": held.getvalue()})
    told = form.page.locator(".grid-told").first
    expect(told).to_contain_text("支出.xlsx:3", timeout=60_000)
    assert form.values[1] == []
    upload.set_input_files(
        {"name": "a.csv", "mimeType": "text/csv", "buffer": "支出内容,金额\n甲,1\n乙,2\n".encode()}
    )
    expect(told).to_contain_text("已导入 2 行", timeout=60_000)
    expect(form.page.locator(".grid tfoot").first).to_contain_text("3.00")
    assert [row["item"] for row in form.values[1]] == ["甲", "乙"]
    told.get_by_role("button").click()
    form.expect_saved()
    assert form.values[1] == []


def test_it_is_concluded_when_everything_is_there_and_amended_with_a_reason(form, line, paper):
    form.open()
    conclude = form.page.locator(".head").get_by_role("button", name="定稿")
    conclude.click()
    refused = form.page.locator(".submit-report")
    expect(refused).to_contain_text("还有 2 项")
    expect(refused.locator(".links li")).to_have_count(2)
    form.box("grant").fill("1万")
    expect(refused).to_contain_text("还有 1 项")
    form.paste(1, 1, "试剂\t材料费\t2500")
    form.expect_saved()
    conclude.click()
    form.page.get_by_role("dialog").get_by_role("button", name="定稿").click()
    expect(form.page.locator(".form.readonly")).to_be_visible(timeout=60_000)
    assert line.desk.workspace.papers.paper(paper).status == "concluded"
    form.page.get_by_role("button", name="更正").click()
    form.page.get_by_role("dialog").locator("textarea").fill("金额有误")
    form.page.get_by_role("dialog").locator("button.main").click()
    expect(form.page.locator(".form:not(.readonly)")).to_be_visible(timeout=60_000)
    form.cell_box(1, 3).fill("2600")
    form.expect_saved()
    first, second = line.desk.workspace.papers.papers()
    assert (first.status, second.status, second.version) == ("concluded", "draft", 2)


def test_it_can_be_used_by_those_who_do_not_see_it(form):
    form.open()
    form.paste(1, 1, "试剂\t旅游费\t两千五\n检测\t\t2\n")
    form.expect_saved()
    for lang in ("zh", "en"):
        form.open(lang=lang)
        found = Axe().run(
            form.page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
        )
        assert found.response["violations"] == []


def test_without_a_server_it_is_saved_through_the_kernel(form, line):
    line.cut = True
    form.open(widget=True)
    form.cell_box(1, 1).fill("试剂")
    form.expect_saved()
    assert form.values[1] == [{"item": "试剂"}]
    assert set(line.ways) == {"kernel"}


def test_a_block_that_is_too_long_says_what_was_left_out(form):
    form.open()
    form.paste(1, 1, "".join(f"第{number}项\n" for number in range(1, 26)))
    expect(form.rows).to_have_count(20)
    expect(form.page.locator(".grid-told").first).to_contain_text("有 5 行放不下")
    form.expect_saved()
    assert [row["item"] for row in form.values[1]] == [f"第{number}项" for number in range(1, 21)]


def test_a_row_that_is_put_between_two_others_stays_there(form):
    form.open()
    form.paste(1, 1, "甲\n丙\n")
    form.rows.nth(0).locator(".insert").click()
    expect(form.rows).to_have_count(3)
    expect(form.cell_box(2, 1)).to_be_focused()
    form.page.keyboard.type("乙")
    for _ in range(4):
        form.rows.nth(0).locator(".insert").click()
    form.page.keyboard.type("甲二")
    form.expect_saved()
    assert [row["item"] for row in form.values[1]] == ["甲", "甲二", "乙", "丙"]
    form.page.reload()
    expect(form.rows).to_have_count(4)
    expect(form.cell_box(2, 1)).to_have_value("甲二")
