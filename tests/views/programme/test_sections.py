"""Programmes on a page: each chart has its table, and both say the same."""

from __future__ import annotations

import re

import pytest

from poc_eval.finance.programme import Programme
from poc_eval.finance.programme.appraisal import appraise
from poc_eval.views.programme import sections


@pytest.fixture(scope="module")
def appraisal():
    return appraise(Programme.load("two-stage"), 1000)


@pytest.fixture(scope="module")
def calendar_only():
    return appraise(Programme.load("two-instalments"), 1000)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_chart_stands_beside_its_table_and_says_what_it_is(appraisal, lang):
    value = appraisal.value
    for made in (
        sections.tree_section(value, lang),
        sections.cash_section(value, appraisal.standings, lang),
        sections.tornado_section(value, appraisal.bars, appraisal.points, lang),
    ):
        assert made.count("<svg") == made.count("<table") == 1
        assert re.search(r"<svg[^>]* role=\"img\"", made)
        assert re.search(r"<title>[^<]+</title><desc>[^<]+</desc>", made)
        assert "nan" not in made.lower()


def test_the_tree_states_each_outcome(appraisal):
    made = sections.tree_section(appraisal.value, "en")
    for words in ("fails at plan", "40.0%", "36.0%", "24.0%", "every stage passed", "-4,787,878.79"):
        assert words in made


def test_the_stages_say_what_must_be_shown_and_what_is_paid(appraisal):
    made = sections.stages_section(appraisal.value, "zh")
    for words in ("样机通过第三方检测", "800,000.00", "600,000.00", "2027-01-01"):
        assert words in made


def test_a_loan_is_told_year_by_year(appraisal):
    made = sections.calendar_section(appraisal.value, "zh")
    assert made.count("贷款贴息") == 4


def test_without_probabilities_the_reason_stands_in_place_of_a_chart(calendar_only):
    value = calendar_only.value
    assert "没有成功概率" in sections.tree_section(value, "zh")
    assert "<svg" not in sections.tornado_section(value, [], [], "zh")
    assert "没有成功概率" in sections.distribution_section(None, "zh")
    assert "<svg" in sections.cash_section(value, calendar_only.standings, "zh")
