"""The way through the kernel: taken while the server is silent, left when it is back."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
REASON = "criteria.clinical_need.reason"


def test_a_widget_without_a_server_works_through_the_kernel(form, line, review):
    form.open(widget=True, api=None)
    form.text(REASON).fill("只有内核时写的理由。")
    form.expect_saved()
    assert line.values(review)[REASON] == "只有内核时写的理由。"
    assert set(line.ways) == {"kernel"}


def test_the_kernel_takes_over_while_the_server_is_silent_and_hands_back(form, line, review, eventually):
    form.open(widget=True)
    form.text(REASON).fill("服务器在时写的。")
    form.expect_saved()
    # On a machine that is very busy the kernel may have helped out already.
    assert "rest" in line.ways
    line.cut = True
    form.text(REASON).fill("服务器不在时写的。")
    eventually(lambda: line.values(review)[REASON] == "服务器不在时写的。")
    assert line.ways[-1] == "kernel"
    line.cut = False

    def back():
        form.text(REASON).fill(f"回来了{len(line.ways)}")
        form.expect_saved()
        return line.ways[-1] == "rest"

    eventually(back)


def test_a_server_with_another_workspace_open_is_passed_over(form, line):
    line.refusals["GET"] = (409, {"error": {"what": "属于另一个工作区", "remedy": "请换", "faults": []}})
    form.open(widget=True)
    expect(form.page.locator(".what")).to_contain_text("颅内压平衡装置")
    assert set(line.ways) == {"kernel"}


def test_the_summary_comes_through_the_kernel_too(page, line, review):
    page.goto(line.page_for(review, widget=True, kind="review-summary", api=None))
    expect(page.locator(".pe-summary")).to_be_visible()
