from __future__ import annotations

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

SHOWN = """() => {
  const said = [];
  const visit = (node) => {
    if (node.nodeType === Node.TEXT_NODE) said.push(node.data);
    if (node.nodeType !== Node.ELEMENT_NODE && node.nodeType !== Node.DOCUMENT_FRAGMENT_NODE) return;
    if (["STYLE", "SCRIPT", "TEXTAREA"].includes(node.tagName)) return;
    for (const name of ["aria-label", "title", "placeholder", "alt", "aria-description"]) {
      const value = node.getAttribute?.(name);
      if (value) said.push(value);
    }
    if (node.shadowRoot) visit(node.shadowRoot);
    for (const child of node.childNodes) visit(child);
  };
  visit(document.getElementById("here"));
  return said;
}"""
NAMES = {"English", "中文"}
"""A language is named in itself, so that whoever reads no other finds it."""


@pytest.fixture
def workspace(copy_demo, tmp_path):
    """Return the example workspace, in place of the two projects of the other tests."""
    return copy_demo(tmp_path / "demo")


@pytest.mark.parametrize("kind", ["form", "summary"])
def test_the_form_in_the_browser_is_translated_to_the_last_word(page, line, workspace, pseudo_words, kind):
    typed = {value for review in workspace.reviews() for value in review.values().values()}
    for sheet in {review.rubric: review for review in workspace.reviews()}.values():
        page.goto(line.page_for(sheet.id, lang="pseudo", kind=kind))
        expect(page.locator("#here")).to_contain_text("⟦")
        page.wait_for_load_state("networkidle")
        sources = {str(value) for value in workspace.rubric(sheet.rubric).source.model_dump().values()}
        project = workspace.store.project(sheet.project_id)
        facts = {fact.source for fact in project.facts} | {project.source}
        known = typed | NAMES | sources | facts | {sheet.reviewer, sheet.rubric.id, str(sheet.rubric)}
        known.discard(None)
        said = page.evaluate(SHOWN)
        assert len([text for text in said if "⟦" in text]) > 5
        words = {text: pseudo_words.forgotten(text, known) for text in said}
        assert {text: found for text, found in words.items() if found} == {}
