"""The same field written in two places: both texts are shown, one is chosen, none is lost."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
MINE, THEIRS = "我写的理由：需求以门诊数据为据。", "别处写的理由：需求以住院数据为据。"
FIELD = "criteria.clinical_need.reason"


@pytest.fixture
def conflict(form, line, review):
    form.open()
    line.write(review, criteria__clinical_need__reason=THEIRS)
    form.text(FIELD).fill(MINE)
    panel = form.field(FIELD).locator(".conflict")
    expect(panel).to_contain_text(MINE)
    expect(panel).to_contain_text(THEIRS)
    assert line.values(review)[FIELD] == THEIRS
    return panel


def test_keeping_mine_stores_mine_and_leaves_theirs_to_be_read(form, line, review, conflict):
    conflict.get_by_text("保留我的").click()
    form.expect_saved()
    assert line.values(review)[FIELD] == MINE
    form.field(FIELD).get_by_text("未采用的内容").click()
    expect(form.field(FIELD).locator(".set-aside")).to_contain_text(THEIRS)


def test_taking_theirs_shows_theirs_and_leaves_mine_to_be_read(form, line, review, conflict):
    conflict.get_by_text("采用对方的").click()
    expect(form.text(FIELD)).to_have_value(THEIRS)
    form.expect_saved()
    assert line.values(review)[FIELD] == THEIRS
    form.field(FIELD).get_by_text("未采用的内容").click()
    expect(form.field(FIELD).locator(".set-aside")).to_contain_text(MINE)


def test_a_conflict_outlives_a_reload_and_stops_nothing_else(form, line, review, conflict):
    form.text("opinion").fill("其他内容照常保存。")
    expect(form.standing).to_contain_text("有一处内容两边不一致")
    form.page.wait_for_function(
        "Object.keys(localStorage).filter((key) => key.endsWith('opinion')).length === 0"
    )
    assert line.values(review)["opinion"] == "其他内容照常保存。"
    form.page.reload()
    expect(form.field(FIELD).locator(".conflict")).to_contain_text(THEIRS)
    expect(form.text(FIELD)).to_have_value(MINE)
    expect(conflict).to_be_visible()


def test_the_next_open_place_is_the_conflict_and_it_keeps_a_review_from_being_submitted(form, conflict):
    form.page.locator(".head button.main").click()
    expect(form.page.locator(".submit-report")).to_contain_text("请先选择保留哪一份")
    form.page.locator(".head").get_by_text("下一处").click()
    expect(form.text(FIELD)).to_be_focused()
    expect(conflict).to_be_in_viewport()


def test_one_s_own_text_whose_acknowledgement_was_lost_is_no_conflict(form, line, review):
    form.open()

    def swallow(route):
        route.fetch()
        route.abort()

    form.page.route("**/api/reviews/*", swallow, times=1)
    form.text(FIELD).fill("先写一句。")
    expect(form.standing).to_contain_text("离线")
    assert line.values(review)[FIELD] == "先写一句。"
    form.text(FIELD).fill("先写一句。再写一句。")
    form.expect_saved()
    assert line.values(review)[FIELD] == "先写一句。再写一句。"
    expect(form.field(FIELD).locator(".conflict")).to_have_count(0)


def test_two_tabs_show_each_other_s_text_without_taking_the_focus(form, another_form, line, review):
    form.open()
    another_form.open()
    another_form.text("opinion").click()
    form.text(FIELD).fill("第一个窗口写的。")
    expect(another_form.text(FIELD)).to_have_value("第一个窗口写的。")
    expect(another_form.text("opinion")).to_be_focused()
    another_form.text("opinion").fill("第二个窗口写的。")
    expect(form.text("opinion")).to_have_value("第二个窗口写的。")
    another_form.text(FIELD).fill("第一个窗口写的。第二个窗口接着写。")
    another_form.expect_saved()
    form.expect_saved()
    expect(form.text(FIELD)).to_have_value("第一个窗口写的。第二个窗口接着写。")
    assert line.values(review) == {
        FIELD: "第一个窗口写的。第二个窗口接着写。",
        "opinion": "第二个窗口写的。",
    }
    for tab in (form, another_form):
        expect(tab.page.locator(".conflict")).to_have_count(0)


STORAGE_LAGS_BEHIND = """(field) => {
  const read = Storage.prototype.getItem;
  const now = new Map(Object.entries(localStorage).filter(([key]) => key.endsWith(field)));
  Storage.prototype.getItem = function (key) { return now.get(key) ?? read.call(this, key); };
}"""


def test_a_tab_whose_storage_lags_behind_does_not_bring_its_older_text_back(
    form, another_form, line, review, eventually
):
    form.open()
    another_form.open()
    held = []
    form.page.route("**/api/reviews/*", lambda route: held.append((route, route.fetch())), times=1)
    form.text(FIELD).fill("第一个窗口写的。")
    eventually(lambda: held)
    form.page.evaluate(STORAGE_LAGS_BEHIND, FIELD)
    expect(another_form.text(FIELD)).to_have_value("第一个窗口写的。")
    another_form.text(FIELD).fill("第一个窗口写的。第二个窗口接着写。")
    another_form.expect_saved()
    expect(form.text(FIELD)).to_have_value("第一个窗口写的。第二个窗口接着写。")
    (route, reply), *_ = held
    route.fulfill(response=reply)
    form.expect_saved()
    form.text("opinion").fill("之后写的意见。")
    form.expect_saved()
    assert line.values(review) == {FIELD: "第一个窗口写的。第二个窗口接着写。", "opinion": "之后写的意见。"}
    expect(form.text(FIELD)).to_have_value("第一个窗口写的。第二个窗口接着写。")


def test_what_one_tab_typed_before_it_died_is_sent_by_the_other(form, another_form, line, review, eventually):
    form.open()
    another_form.open()
    form.page.route("**/api/**", lambda route: route.abort())
    form.text("opinion").fill("写完这句，这个窗口就断了。")
    expect(another_form.text("opinion")).to_have_value("写完这句，这个窗口就断了。")
    form.page.close()
    eventually(lambda: line.values(review).get("opinion") == "写完这句，这个窗口就断了。")
