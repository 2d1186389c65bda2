import pytest

from poc_eval.catalog.definitions import entries, parse_definition
from poc_eval.catalog.shipped import shipped_folder
from poc_eval.errors import DefinitionError
from poc_eval.scoring.sorting_rule import SortingRule

RULE = """
id: patents
version: "1"
title: {zh: 专利分类, en: Patents}
source: {document: test}
dimensions:
  - {id: legal, title: {zh: 法律, en: Legal}, weight: 1}
  - {id: technical, title: {zh: 技术, en: Technical}, weight: 3}
indicators:
  - {id: claims, title: {zh: 权利要求数, en: Claims}, dimension: legal, weight: 1, worst: 0, best: 20}
  - {id: years, title: {zh: 剩余年限, en: Years left}, dimension: legal, weight: 3, worst: 0, best: 20}
  - {id: cited, title: {zh: 被引, en: Cited}, dimension: technical, weight: 5, worst: 0, best: 10}
lines: {promote: 60%, let_go: 0.3}
grades:
  - {id: high, title: {zh: 高, en: High}, at_least: 0.7}
  - {id: low, title: {zh: 低, en: Low}, at_least: 0}
"""


def read(text=RULE):
    return parse_definition(SortingRule, text, "rule.yaml").definition


def test_a_figure_weighs_its_share_of_its_dimensions_share():
    weights = {one.name: one.weight for one in read().measured()}
    assert weights == pytest.approx({"claims": 1 / 16, "years": 3 / 16, "cited": 3 / 4})


def test_without_dimensions_weights_are_shares_of_their_sum():
    text = RULE.replace("dimension: legal, ", "").replace("dimension: technical, ", "")
    start, end = text.index("dimensions:"), text.index("indicators:")
    weights = {one.name: one.weight for one in read(text[:start] + text[end:]).measured()}
    assert weights == pytest.approx({"claims": 1 / 9, "years": 3 / 9, "cited": 5 / 9})


@pytest.mark.parametrize(
    ("right", "wrong", "message"),
    [
        ("id: years,", "id: claims,", "claims stands here twice"),
        ("dimension: technical", "dimension: market", 'there is no dimension "market"'),
        ("dimension: technical", "dimension: legal", "nothing is measured in this dimension"),
        ("dimension: legal, weight: 1", "weight: 1", "belongs to no dimension"),
        ("weight: 5", "weight: 0", "the weight is 0"),
        ("worst: 0, best: 10", "worst: 10, best: 10", "worst and the best value are the same"),
        ("promote: 60%", "promote: 0.2", "the lines cross"),
        ("at_least: 0.7", "at_least: 0", "grades do not go down"),
        ("at_least: 0}", "at_least: 0.1}", "below the last grade's line"),
    ],
)
def test_what_does_not_fit_together_is_told_with_its_line(right, wrong, message):
    with pytest.raises(DefinitionError, match=message) as caught:
        read(RULE.replace(right, wrong, 1))
    assert all(fault.line for fault in caught.value.faults)


def test_every_shipped_rule_can_be_loaded():
    found = [SortingRule.load(entry.id) for entry in entries(shipped_folder("sortings"))]
    assert {one.id for one in found} == {
        "human-machine-valuation",
        "ip-project-grades",
        "patent-five-dimensions",
    }
    assert all(one.note is not None for one in found)
