"""What the form says and keeps when something is not as it should be."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from poc_eval.workspace.store import Change

pytestmark = pytest.mark.browser
REASON = "criteria.clinical_need.reason"
REFUSED = {"error": {"what": "工作区暂时写不进去", "remedy": "请检查磁盘空间", "faults": []}}


def test_a_store_that_cannot_be_written_is_told_and_tried_again(form, line, review):
    form.open()
    line.refusals["PATCH"] = (503, REFUSED)
    form.text(REASON).fill("写不进去时的理由。")
    expect(form.standing).to_contain_text("未能存入系统，内容已存在本机")
    expect(form.page.locator("[role=status]")).to_contain_text("工作区暂时写不进去；请检查磁盘空间")
    expect(form.page.locator(".banners")).to_contain_text("工作区暂时写不进去；请检查磁盘空间")
    line.refusals.clear()
    form.expect_saved()
    expect(form.page.locator(".banners")).not_to_contain_text("工作区暂时写不进去")
    assert line.values(review)[REASON] == "写不进去时的理由。"


def test_a_text_that_is_too_long_is_told_beside_its_field_and_stops_no_other(form, line, review):
    form.open()
    form.text(REASON).fill("长" * 20_001)
    form.text("opinion").fill("其他内容照常保存。")
    trouble = form.field(REASON).locator(".trouble")
    expect(trouble).to_contain_text("20,000")
    assert line.values(review) == {"opinion": "其他内容照常保存。"}
    form.text(REASON).fill("缩短到合适长度之后的理由。")
    form.expect_saved()
    expect(trouble).to_be_hidden()
    assert line.values(review)[REASON] == "缩短到合适长度之后的理由。"


@pytest.mark.usefixtures("filled")
def test_text_typed_after_somebody_submitted_is_shown_to_be_copied(form, line, review):
    form.open()
    workspace = line.desk.workspace
    workspace.submit(review, revision=workspace.store.review(review).revision)
    form.text("opinion").fill("提交之后才写的这句话。")
    expect(form.page.locator(".unsent")).to_contain_text("提交之后才写的这句话。")
    expect(form.page.locator(".submission")).to_contain_text("本评审意见已提交并锁定")
    form.page.reload()
    expect(form.page.locator(".unsent")).to_contain_text("提交之后才写的这句话。")
    form.page.locator(".unsent button").click()
    expect(form.page.locator(".unsent")).to_have_count(0)
    assert form.outbox() == {}


def test_a_browser_that_keeps_nothing_is_told_and_still_saves(form, line, review):
    form.page.add_init_script(
        "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); };"
    )
    form.open()
    form.text(REASON).fill("浏览器什么也不留。")
    expect(form.page.locator(".banners")).to_contain_text("此浏览器无法在本机暂存内容")
    form.expect_saved()
    assert line.values(review)[REASON] == "浏览器什么也不留。"


def test_a_browser_without_any_storage_still_saves(form, line, review):
    form.page.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no'); } });"
    )
    form.open()
    form.text(REASON).fill("连存储都没有。")
    form.expect_saved()
    assert line.values(review)[REASON] == "连存储都没有。"


def test_an_unknown_review_is_told_in_words(page, line):
    page.goto(line.page_for("nobody-knows-this"))
    expect(page.locator("[role=alert]")).to_contain_text("nobody-knows-this")
    expect(page.get_by_text("重试")).to_be_visible()


def test_with_no_server_at_the_first_opening_both_languages_say_so(page, line, review):
    line.cut = True
    page.goto(line.page_for(review))
    alert = page.locator("[role=alert]")
    expect(alert).to_contain_text("表单暂时打不开")
    expect(alert).to_contain_text("cannot be opened")
    line.cut = False
    alert.locator("button").click()
    expect(page.locator(".head")).to_be_visible()


def test_what_others_wrote_appears_when_the_page_is_looked_at_again(form, line, review):
    form.open()
    line.desk.workspace.store.save(review, [Change("opinion", "秘书代为录入的意见。", 0)])
    form.page.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(form.text("opinion")).to_have_value("秘书代为录入的意见。")


def test_a_mouse_click_lands_although_trouble_appears_above_it(form, line, review, eventually):
    form.open()
    form.text(REASON).fill("太短")
    form.expect_saved()
    form.field("criteria.advancement.band").locator("input").first.click()
    expect(form.field("criteria.advancement.band").locator("input").first).to_be_checked()
    expect(form.field(REASON).locator(".trouble")).to_contain_text("内容已保存")
    eventually(lambda: line.values(review).get("criteria.advancement.band") == "16-20")
