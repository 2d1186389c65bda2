"""Typing with an input method, and the whole form by keyboard alone."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
NEED = "criteria.clinical_need"


def sent(line):
    return [change for method, _, body in line.calls if method == "PATCH" for change in body["changes"]]


def test_half_composed_text_is_neither_saved_nor_acted_on(form, line, context):
    form.open()
    form.text(f"{NEED}.reason").click()
    keyboard = context.new_cdp_session(form.page)
    keyboard.send("Input.imeSetComposition", {"text": "shen", "selectionStart": 4, "selectionEnd": 4})
    form.page.wait_for_timeout(600)
    assert sent(line) == []
    assert form.outbox() == {}
    keyboard.send("Input.imeSetComposition", {"text": "神经", "selectionStart": 2, "selectionEnd": 2})
    keyboard.send("Input.insertText", {"text": "神经"})
    form.expect_saved()
    assert [change["value"] for change in sent(line)] == ["神经"]


def compose_while_another_computer_writes(form, line, review, context):
    """Begin a word, have another computer's text come to this page, and return the keyboard."""
    form.open()
    form.text("opinion").click()
    keyboard = context.new_cdp_session(form.page)
    keyboard.send("Input.imeSetComposition", {"text": "jian", "selectionStart": 4, "selectionEnd": 4})
    line.write(review, opinion="另一台电脑写的意见")
    with form.page.expect_response(lambda answer: review in answer.url and answer.request.method == "GET"):
        form.page.evaluate("window.dispatchEvent(new Event('focus'))")
    # The answer is in the page; what follows from it is done when the page is asked the next thing.
    form.page.evaluate("new Promise((go) => setTimeout(go))")
    expect(form.text("opinion")).to_have_value("jian")
    return keyboard


def test_text_from_elsewhere_waits_until_the_composition_is_over(form, line, review, context):
    keyboard = compose_while_another_computer_writes(form, line, review, context)
    keyboard.send("Input.insertText", {"text": "建"})
    expect(form.field("opinion").locator(".conflict")).to_contain_text("另一台电脑写的意见")
    expect(form.text("opinion")).to_have_value("建")


def test_text_from_elsewhere_is_shown_when_a_composition_is_given_up(form, line, review, context):
    keyboard = compose_while_another_computer_writes(form, line, review, context)
    keyboard.send("Input.imeSetComposition", {"text": "", "selectionStart": 0, "selectionEnd": 0})
    expect(form.text("opinion")).to_have_value("另一台电脑写的意见")
    expect(form.field("opinion").locator(".conflict")).to_have_count(0)
    assert line.values(review)["opinion"] == "另一台电脑写的意见"


@pytest.mark.parametrize("field", [f"{NEED}.score", f"{NEED}.evidence", f"{NEED}.reason", "opinion"])
def test_enter_in_a_text_field_does_nothing_but_write(form, line, field):
    form.open()
    form.text(field).fill("20")
    form.text(field).press("Enter")
    form.text(field).press("Control+Enter")
    form.expect_saved()
    assert {method for method, _, _ in line.calls} == {"GET", "PATCH"}
    expect(form.page.locator("dialog")).to_have_count(0)
    expect(form.page.locator(".submit-report")).to_be_empty()


def test_keys_typed_into_the_form_stay_in_the_form_but_for_saving_the_notebook(form):
    form.open()
    form.page.evaluate(
        "window.heard = []; for (const name of ['keydown', 'keyup', 'paste']) "
        "document.addEventListener(name, (event) => window.heard.push(name + event.key))"
    )
    form.text("opinion").press_sequentially("dd")
    form.text("opinion").press("Shift+Enter")
    form.text("opinion").press("Control+a")
    assert form.page.evaluate("window.heard") == []
    form.page.keyboard.down("Control")
    form.page.keyboard.press("s")
    form.page.keyboard.up("Control")
    assert form.page.evaluate("window.heard") == ["keydowns"]
    expect(form.page.locator(".poc-eval-form")).to_have_attribute("data-lm-suppress-shortcuts", "true")


def test_scores_go_up_and_down_by_the_step_and_stay_inside_the_band(form, line, review):
    form.open()
    form.choose(f"{NEED}.band", "15-19.5")
    score = form.text(f"{NEED}.score")
    up, down = form.field(f"{NEED}.score").locator("button").all()[::-1]
    up.click()
    expect(score).to_have_value("15.0")
    score.press("ArrowUp")
    expect(score).to_have_value("15.5")
    score.press("ArrowDown")
    down.click()
    expect(score).to_have_value("15.0")
    score.fill("19.3")
    up.click()
    up.click()
    expect(score).to_have_value("19.5")
    score.hover()
    form.page.mouse.wheel(0, 120)
    form.expect_saved()
    assert line.values(review)[f"{NEED}.score"] == "19.5"


def test_full_width_figures_are_written_as_figures(form, line, review):
    form.open()
    form.text(f"{NEED}.score").fill("２２。５")
    expect(form.text(f"{NEED}.score")).to_have_value("22.5")
    form.text(f"{NEED}.reason").fill("２２。５ 分")
    form.expect_saved()
    assert line.values(review) == {f"{NEED}.score": "22.5", f"{NEED}.reason": "２２。５ 分"}


FOCUS = """() => {
  const here = document.querySelector(".poc-eval-form").shadowRoot.activeElement;
  const field = here?.closest("[data-field]");
  const radios = [...(field?.querySelectorAll("input[type=radio]") ?? [])];
  return {
    field: field?.dataset.field ?? null,
    type: here?.type ?? "",
    text: here?.textContent ?? "",
    options: radios.map((radio) => radio.value),
  };
}"""


def give(keys, here, value):
    """Answer the field that has the focus, with keys only."""
    if here["type"] == "checkbox":
        keys.press("Space")
    elif here["type"] == "radio":
        keys.press("Space")
        for _ in range(here["options"].index(value)):
            keys.press("ArrowDown")
    elif here["type"] == "select-one":
        keys.type(f"TRL {value}")
    else:
        keys.insert_text(value)


def tab_to(page, reached):
    for _ in range(150):
        page.keyboard.press("Tab")
        here = page.evaluate(FOCUS)
        if reached(here):
            return here
    pytest.fail("the tab key never came there")


def test_the_whole_form_is_filled_in_and_submitted_by_keyboard_alone(form, line, review, answers):
    form.open()
    form.page.locator(".language").focus()
    wanted = dict(answers)
    while wanted:
        here = tab_to(form.page, lambda here: here["field"] in wanted)
        give(form.page.keyboard, here, wanted.pop(here["field"]))
    form.expect_saved()
    tab_to(form.page, lambda here: here["text"] == "提交评审意见")
    form.page.keyboard.press("Enter")
    expect(form.page.locator("dialog")).to_contain_text("总分 78.5")
    tab_to(form.page, lambda here: here["text"] == "提交")
    form.page.keyboard.press("Enter")
    expect(form.standing).to_contain_text("已于")
    assert line.values(review) == answers
