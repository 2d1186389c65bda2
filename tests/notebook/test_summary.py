"""The summary below the form follows what is saved."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def test_the_summary_shows_the_total_and_follows_the_form(form, line, review, context):
    summary = context.new_page()
    summary.goto(line.page_for(review, kind="summary"))
    expect(summary.locator(".pe-summary")).to_contain_text("已评合计")
    form.open()
    form.choose("criteria.clinical_need.band", "20-25")
    form.text("criteria.clinical_need.score").fill("22")
    form.expect_saved()
    expect(summary.locator(".pe-summary")).to_contain_text("22")
