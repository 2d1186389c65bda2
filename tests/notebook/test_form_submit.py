"""Submitting: what stands in its way, what it leaves behind, and amending afterwards."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def submit(form):
    form.page.locator(".head button.main").click()


def test_an_incomplete_review_is_refused_with_a_way_to_every_missing_field(form):
    form.open()
    expect(form.page.locator(".trouble:visible")).to_have_count(0)
    submit(form)
    report = form.page.locator(".submit-report")
    expect(report).to_contain_text("尚未提交：还有 23 处需要填写")
    expect(report.locator("button")).to_have_count(23)
    report.get_by_text("临床需求度：请填写理由").click()
    expect(form.text("criteria.clinical_need.reason")).to_be_focused()
    expect(form.field("criteria.clinical_need.reason").locator(".trouble")).to_be_visible()
    form.text("criteria.clinical_need.reason").fill("神经外科重症常见需求，现有器械需二次手术。")
    expect(report).to_contain_text("还有 22 处需要填写")
    expect(form.field("criteria.clinical_need.reason").locator(".trouble")).to_be_hidden()


def test_a_submitted_review_is_locked_and_leaves_nothing_in_the_browser(form, line, review, filled):
    form.open()
    submit(form)
    expect(form.page.locator("dialog")).to_contain_text("总分 78.5（满分 100）")
    form.page.locator("dialog button.main").click()
    expect(form.standing).to_contain_text("已于")
    expect(form.page.locator("textarea, input, select")).to_have_count(0)
    assert line.desk.workspace.store.review(review).status == "submitted"
    kept = form.page.evaluate("Object.keys(localStorage).filter((key) => !key.startsWith('poc-eval-words'))")
    assert kept == []
    form.page.reload()
    expect(form.page.locator(".submission")).to_contain_text("本评审意见已提交并锁定")
    expect(form.field("criteria.clinical_need.reason")).to_contain_text(
        filled["criteria.clinical_need.reason"]
    )


@pytest.mark.usefixtures("filled")
def test_leaving_the_question_submits_nothing(form, line, review):
    form.open()
    submit(form)
    form.page.keyboard.press("Escape")
    expect(form.page.locator("dialog")).to_have_count(0)
    assert line.desk.workspace.store.review(review).status == "draft"


def test_what_was_typed_last_is_part_of_what_is_submitted(form, line, review, filled):
    form.open()
    form.text("opinion").fill(filled["opinion"] + "补充一句。")
    submit(form)
    form.page.locator("dialog button.main").click()
    expect(form.standing).to_contain_text("已于")
    assert line.values(review)["opinion"] == filled["opinion"] + "补充一句。"


def test_without_the_server_nothing_is_submitted_and_nothing_is_lost(form, line, filled):
    form.open()
    line.cut = True
    form.text("opinion").fill(filled["opinion"] + "断网时的补充。")
    submit(form)
    expect(form.page.locator(".submit-report")).to_contain_text("所填内容已存在本机")
    assert len(form.outbox()) == 1


@pytest.mark.usefixtures("filled")
def test_a_review_that_moved_on_meanwhile_is_shown_before_it_is_submitted(form, line, review):
    form.open()
    submit(form)
    expect(form.page.locator("dialog")).to_be_visible()
    line.write(review, opinion="另一台电脑改写的意见，字数也足够二十个字，请再核对一遍。")
    form.page.locator("dialog button.main").click()
    expect(form.page.locator(".submit-report")).to_contain_text("在此期间，本评审在别处有改动")
    expect(form.text("opinion")).to_have_value("另一台电脑改写的意见，字数也足够二十个字，请再核对一遍。")
    submit(form)
    form.page.locator("dialog button.main").click()
    expect(form.standing).to_contain_text("已于")


@pytest.mark.usefixtures("filled")
def test_an_answer_lost_on_its_way_back_is_found_again(form, line, review):
    form.open()

    def swallow(route):
        route.fetch()
        route.abort()

    form.page.route("**/submit*", swallow)
    submit(form)
    form.page.locator("dialog button.main").click()
    expect(form.standing).to_contain_text("已于")
    assert line.desk.workspace.store.review(review).status == "submitted"


def test_an_amendment_is_a_new_version_and_the_old_one_stays(form, line, review, filled):
    line.desk.workspace.submit(review, revision=line.desk.workspace.store.review(review).revision)
    form.open()
    form.page.get_by_text("更正…").click()
    dialog = form.page.locator("dialog")
    dialog.locator("button.main").click()
    expect(dialog.locator(".trouble")).to_be_visible()
    dialog.locator("textarea").fill("技术先进度录入有误。")
    dialog.locator("button.main").click()
    expect(form.page.locator(".versions")).to_contain_text(
        "第 2 版（更正版）。更正理由：技术先进度录入有误。"
    )
    form.text("criteria.advancement.score").fill("14.5")
    form.expect_saved()
    assert line.values(review)["criteria.advancement.score"] == filled["criteria.advancement.score"]
    form.page.get_by_text("查看上一版").click()
    expect(form.standing).to_contain_text("已于")
    form.page.get_by_text("打开更正版").click()
    expect(form.text("criteria.advancement.score")).to_have_value("14.5")


def test_stepping_aside_completes_the_review_without_scores(form, line, review):
    form.open()
    form.choose("undertaking.conflict", "step_aside")
    form.text("undertaking.conflict_reason").fill("与项目负责人系近三年合作作者。")
    form.field("undertaking.confidentiality").locator("input").check()
    form.field("undertaking.integrity").locator("input").check()
    form.expect_saved()
    expect(form.page.locator(".banner.sign")).to_contain_text("您已申请回避本项目")
    submit(form)
    expect(form.page.locator("dialog")).to_contain_text("申请回避")
    form.page.locator("dialog button.main").click()
    expect(form.standing).to_contain_text("已于")
    assert line.desk.workspace.store.review(review).status == "submitted"


@pytest.mark.usefixtures("filled")
def test_an_amendment_whose_answer_was_lost_is_found_again(form, line, review):
    store = line.desk.workspace.store
    line.desk.workspace.submit(review, revision=store.review(review).revision)
    form.open(elsewhere=True)

    def swallow(route):
        route.fetch()
        route.abort()

    form.page.route("**/amend*", swallow)
    form.page.get_by_text("更正…").click()
    form.page.locator("dialog textarea").fill("评分录入有误。")
    form.page.locator("dialog button.main").click()
    expect(form.page.locator("dialog")).to_have_count(0)
    expect(form.page.locator(".versions")).to_contain_text("本评审意见已有更正版")
    assert store.review(store.newer_version(review)).amendment_reason == "评分录入有误。"
