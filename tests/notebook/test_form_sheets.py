"""Every sheet that is shipped can be filled in, whatever ways of scoring it has."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from poc_eval.catalog.shipped import shipped_folder
from poc_eval.scoring.review import field_names

pytestmark = pytest.mark.browser
SHIPPED = sorted(file.stem for file in shipped_folder("rubrics").glob("*.yaml"))


@pytest.fixture
def show(form, workspace):
    """Open a new review by a rubric."""

    def shown(rubric):
        ref = workspace.pin(rubric)
        form.review = workspace.store.open_review("P1", "reviewer-2", ref).id
        form.open()
        return workspace.rubric(ref)

    return shown


@pytest.mark.parametrize("rubric", SHIPPED)
def test_every_field_of_a_shipped_sheet_has_its_place(form, show, rubric):
    wanted = list(field_names(show(rubric)))
    there = form.page.locator("[data-field]").evaluate_all("nodes => nodes.map((node) => node.dataset.field)")
    assert sorted(set(there)) == sorted(wanted)
    assert form.page.evaluate("document.documentElement.scrollWidth") <= 1280


def test_a_figure_gives_its_score_by_the_table_beside_it(form, show, line):
    show("platform-performance")
    card = form.page.locator('[data-criterion="team"]')
    expect(card.locator("table")).to_contain_text("15 人")
    form.text("inputs.staff").fill("１５")
    form.expect_saved()
    expect(card.locator(".score")).to_have_text("8")
    assert line.values(form.review) == {"inputs.staff": "15"}


def test_a_level_is_a_score_and_a_score_between_levels_is_none_of_them(form, show, line):
    show("medical-poc")
    levels, score = form.page.locator('[data-criterion="other_indicator"] [data-field$=".score"]').all()
    levels.locator("input").nth(1).check()
    expect(score.locator("input")).to_have_value("3")
    score.locator("input").fill("5.0")
    expect(levels.locator("input").first).to_be_checked()
    score.locator("input").fill("4")
    expect(levels.locator("input:checked")).to_have_count(0)
    form.expect_saved()
    assert list(line.values(form.review).values()) == ["4"]


def test_a_failed_screening_item_asks_why_and_for_no_scores(form, show):
    show("medical-poc")
    before = form.page.locator(".submission .links li").count()
    explanation = form.field("screening.untrue_material.reason")
    expect(explanation).to_be_hidden()
    form.choose("screening.untrue_material", "yes")
    expect(explanation).to_be_visible()
    form.expect_saved()
    assert form.page.locator(".submission .links li").count() < before - 10
    expect(form.page.locator(".head .chip").first).to_contain_text("✗")


def test_group_heads_add_up_their_children(form, show):
    show("platform-performance")
    form.text("inputs.staff").fill("20")
    expect(form.page.locator('.group[data-depth="0"] .score').first).to_have_text("10.00")
