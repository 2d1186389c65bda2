"""Every word reaches the store: at once, late, or after everything else has died."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
NEED = "criteria.clinical_need"


def test_what_is_typed_is_in_the_store_before_the_form_says_saved(form, line, review):
    form.open()
    form.text(f"{NEED}.reason").fill("神经外科重症常见需求")
    form.expect_saved()
    assert line.values(review)[f"{NEED}.reason"] == "神经外科重症常见需求"
    assert form.outbox() == {}


def test_fields_typed_together_travel_in_one_request(form, line):
    form.open()
    # At once, however slow the machine is that runs the test.
    form.page.evaluate(
        """([band, score]) => {
          band.click();
          score.value = "22";
          score.dispatchEvent(new InputEvent("input", { bubbles: true }));
        }""",
        [
            form.field(f"{NEED}.band").locator('input[value="20-25"]').element_handle(),
            form.text(f"{NEED}.score").element_handle(),
        ],
    )
    form.expect_saved()
    (saved,) = [body["changes"] for method, _, body in line.calls if method == "PATCH"]
    assert [change["field"] for change in saved] == [f"{NEED}.band", f"{NEED}.score"]
    expect(form.page.locator(".total strong")).to_have_text("22.0")


def test_with_the_server_away_the_text_stays_here_and_goes_when_it_is_back(form, line, review):
    form.open()
    line.cut = True
    form.text(f"{NEED}.reason").fill("断网时写的理由也不能丢")
    expect(form.standing).to_contain_text("离线，内容已存在本机")
    assert len(form.outbox()) == 1
    line.cut = False
    form.expect_saved()
    assert line.values(review)[f"{NEED}.reason"] == "断网时写的理由也不能丢"


def test_a_page_reloaded_with_the_server_away_shows_everything_and_saves_it_later(form, line, review):
    form.open()
    form.text(f"{NEED}.reason").fill("先保存的理由")
    form.expect_saved()
    line.cut = True
    form.text("opinion").fill("断网后写的意见")
    expect(form.standing).to_contain_text("离线")
    form.page.reload()
    expect(form.text("opinion")).to_have_value("断网后写的意见")
    expect(form.text(f"{NEED}.reason")).to_have_value("先保存的理由")
    expect(form.page.locator(".banners")).to_contain_text("程序暂时没有响应")
    form.text("opinion").fill("断网后写的意见，又补了一句")
    line.cut = False
    form.expect_saved()
    expect(form.page.locator(".banners")).not_to_contain_text("程序暂时没有响应")
    assert line.values(review)["opinion"] == "断网后写的意见，又补了一句"


def test_a_tab_that_dies_right_after_typing_loses_nothing(form, another_form, line, review):
    form.open()
    line.cut = True
    form.text("opinion").press_sequentially("刚写完就关掉了")
    form.page.close(run_before_unload=False)
    line.cut = False
    another_form.open()
    expect(another_form.text("opinion")).to_have_value("刚写完就关掉了")
    another_form.expect_saved()
    assert line.values(review)["opinion"] == "刚写完就关掉了"


def test_the_server_s_return_disturbs_nobody_who_is_typing(form, line, review):
    form.open()
    line.cut = True
    form.page.reload()
    form.text("opinion").press_sequentially("服务器回来时我正写到")
    form.page.keyboard.press("ArrowLeft")
    line.cut = False
    expect(form.page.locator(".banners")).not_to_contain_text("程序暂时没有响应")
    expect(form.text("opinion")).to_be_focused()
    form.page.keyboard.type("这")
    form.expect_saved()
    assert line.values(review)["opinion"] == "服务器回来时我正写这到"


def test_text_that_leaves_with_the_page_is_sent_on_its_way_out(form, line, review, eventually):
    form.open()
    form.text("opinion").fill("关页面之前的最后一句。")
    form.page.goto("about:blank")
    eventually(lambda: line.values(review).get("opinion") == "关页面之前的最后一句。")
