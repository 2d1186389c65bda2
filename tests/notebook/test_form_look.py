"""What is seen and heard of the form: in both languages, light and dark, wide and narrow."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from poc_eval.workspace.store import Change

pytestmark = pytest.mark.browser
REASON = "criteria.clinical_need.reason"
DARK = 'data-jp-theme-light="false"'
HOSTILE = (
    "<img src=x onerror='window.hit=1'><script>window.hit=2</script>\"'&amp;{{7*7}}${7*7}\u202e倒着的\u2066"
)


def violations(page):
    found = Axe().run(page).response["violations"]
    return [(one["id"], [node["html"] for node in one["nodes"]][:3]) for one in found]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("theme", ["", DARK])
def test_nobody_is_shut_out(form, line, review, lang, theme):
    form.open(lang=lang, theme=theme)
    form.page.locator(".project summary").click()
    assert violations(form.page) == []
    line.write(review, criteria__clinical_need__reason="别处写的理由。")
    form.text(REASON).fill("我写的理由。")
    expect(form.field(REASON).locator(".conflict")).to_be_visible()
    form.page.locator(".head button.main").click()
    expect(form.page.locator(".submit-report")).not_to_be_empty()
    form.field(REASON).locator(".conflict button").first.click()
    form.page.locator(".head button.main").click()
    expect(form.page.locator(".submit-report .links")).to_be_visible()
    form.page.locator(".chip.missing").click()
    assert violations(form.page) == []


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize("theme", ["", DARK])
def test_nobody_is_shut_out_of_a_question_and_of_a_submitted_review(form, theme):
    form.open(theme=theme)
    form.page.locator(".head button.main").click()
    expect(form.page.locator("dialog")).to_be_visible()
    assert violations(form.page) == []
    form.page.locator("dialog button.main").click()
    expect(form.page.locator(".submission")).to_contain_text("锁定")
    assert violations(form.page) == []


def test_whatever_was_typed_is_shown_as_it_was_typed(form, line, review, answers):
    fields = [name for name in answers if name.endswith(("reason", "score")) or name == "opinion"]
    fields += ["criteria.clinical_need.evidence", "undertaking.conflict_reason"]
    line.desk.workspace.store.save(review, [Change(name, HOSTILE, 0) for name in fields])
    form.open()
    for name in fields:
        expect(form.text(name)).to_have_value(HOSTILE)
    form.page.locator(".head button.main").click()
    form.page.locator(".chip.missing").click()
    line.write(review, criteria__clinical_need__reason=HOSTILE + "1")
    form.text(REASON).fill(HOSTILE + "2")
    expect(form.field(REASON).locator(".their-text").nth(1)).to_have_text(HOSTILE + "1")
    form.page.locator(".language").click()
    expect(form.page.locator(".classified")).to_contain_text("No classified information")
    assert form.page.evaluate("window.hit") is None
    expect(form.page.locator(".form img, .form script")).to_have_count(0)


def test_a_locked_review_shows_hostile_text_as_text(form, line, review, filled):
    reason = filled[REASON] + HOSTILE
    line.write(review, criteria__clinical_need__reason=reason)
    line.desk.workspace.submit(review, revision=line.desk.workspace.store.review(review).revision)
    form.open()
    expect(form.field(REASON).locator(".given")).to_have_text(reason)
    assert form.page.evaluate("window.hit") is None


def test_the_language_changes_inside_the_form_and_nothing_is_lost(form, line, review):
    form.open()
    line.refusals["PATCH"] = (503, {"error": {"what": "写不进去", "remedy": "稍后再试", "faults": []}})
    form.text(REASON).fill("换语言之前写的。")
    form.page.locator(".language").click()
    expect(form.page.locator("h2").first).to_have_text("Undertaking of the reviewer")
    expect(form.text(REASON)).to_have_value("换语言之前写的。")
    expect(form.page.locator(".root")).to_have_attribute("lang", "en")
    line.refusals.clear()
    expect(form.standing).to_contain_text("Saved")
    assert line.values(review)[REASON] == "换语言之前写的。"
    form.page.locator(".language").click()
    expect(form.page.locator("h2").first).to_have_text("评审专家承诺书")


@pytest.mark.parametrize("width", [400, 640, 900, 1366])
def test_no_width_needs_sideways_scrolling_and_the_head_stays_in_view(form, width):
    form.page.set_viewport_size({"width": width, "height": 800})
    form.open()
    assert form.page.evaluate("document.documentElement.scrollWidth") <= width
    form.text("opinion").scroll_into_view_if_needed()
    box = form.page.locator(".head").bounding_box()
    assert box["y"] == 0
    assert box["height"] < 140


def test_every_field_has_a_name_that_is_read_out(form):
    form.open()
    for role, name in [
        ("radiogroup", "临床需求度：请选择分档"),
        ("combobox", "技术成熟度等级（TRL）"),
        ("textbox", "评审意见"),
        ("checkbox", "保密"),
    ]:
        expect(form.page.get_by_role(role, name=name)).to_be_visible()
    expect(form.page.get_by_role("article", name="临床需求度")).to_be_visible()
    expect(form.page.get_by_role("article", name="临床需求度").get_by_role("textbox")).to_have_count(3)


def test_the_first_screen_says_that_nothing_classified_may_be_entered(form):
    form.open()
    expect(form.page.get_by_text("本系统不得录入涉密信息")).to_be_in_viewport()


def test_earlier_scores_stand_beside_and_cannot_be_changed(form):
    form.open()
    card = form.page.locator('[data-criterion="clinical_need"]')
    expect(card.locator(".earlier")).to_contain_text("神经阻滞穿刺针 19.0")
    expect(card.locator(".earlier input")).to_have_count(0)


def test_the_form_is_calm_until_a_field_was_left(form):
    form.open()
    form.text(REASON).press_sequentially("太短")
    form.expect_saved()
    trouble = form.field(REASON).locator(".trouble")
    expect(trouble).to_be_hidden()
    form.page.keyboard.press("Tab")
    expect(trouble).to_contain_text("请再写几个字")
    expect(trouble).to_contain_text("内容已保存。")


def test_nobody_is_asked_to_stop_typing_because_the_undertaking_is_not_signed(form, line, review):
    form.open()
    expect(form.page.locator(".banner.sign")).to_contain_text("请先签署上方承诺书")
    form.text(REASON).fill("先写后签。")
    form.expect_saved()
    assert line.values(review)[REASON] == "先写后签。"
    form.choose("undertaking.conflict", "none")
    form.field("undertaking.confidentiality").locator("input").check()
    form.field("undertaking.integrity").locator("input").check()
    expect(form.page.locator(".banner.sign")).to_be_hidden()
    expect(form.page.locator(".meta")).to_contain_text("已签承诺书（无需回避）")


def test_what_has_the_focus_is_never_hidden_under_the_head(form):
    form.page.set_viewport_size({"width": 1000, "height": 600})
    form.open()
    form.text("opinion").click()
    for _ in range(40):
        form.page.keyboard.press("Shift+Tab")
        seen = form.page.evaluate(
            """() => {
              const shadow = document.querySelector(".poc-eval-form").shadowRoot;
              const head = shadow.querySelector(".head");
              const here = shadow.activeElement;
              if (!here || head.contains(here)) return true;
              const [above, box] = [head.getBoundingClientRect(), here.getBoundingClientRect()];
              return box.top >= above.bottom || box.bottom <= above.top;
            }"""
        )
        assert seen


@pytest.mark.usefixtures("filled")
def test_the_next_open_place_is_the_one_after_where_the_reviewer_is(form, line, review):
    line.write(review, criteria__advancement__reason="", criteria__benefit__reason="")
    form.open()
    form.text("criteria.innovation.reason").click()
    form.page.locator(".head").get_by_text("下一处").click()
    expect(form.text("criteria.benefit.reason")).to_be_focused()
    form.page.locator(".head").get_by_text("下一处").click()
    expect(form.text("criteria.advancement.reason")).to_be_focused()
