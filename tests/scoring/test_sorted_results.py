import pandas as pd
import pytest

from poc_eval.catalog.definitions import parse_definition
from poc_eval.errors import InputError
from poc_eval.scoring.sorted_results import sort_by_rule
from poc_eval.scoring.sorting_rule import SortingRule

RULE = """
id: patents
version: "1"
title: {zh: 专利分类, en: Patents}
source: {document: test}
dimensions:
  - {id: legal, title: {zh: 法律, en: Legal}, weight: 1}
  - {id: technical, title: {zh: 技术, en: Technical}, weight: 1}
indicators:
  - {id: claims, title: {zh: 权利要求数, en: Claims}, dimension: legal, weight: 1, worst: 0, best: 20}
  - {id: cited, title: {zh: 被引, en: Cited}, dimension: technical, weight: 1, worst: 0, best: 10}
lines: {promote: 0.6, let_go: 0.3, complete: 0.8}
grades:
  - {id: high, title: {zh: 高, en: High}, at_least: 0.7}
  - {id: low, title: {zh: 低, en: Low}, at_least: 0}
"""


def sorted_rows(*rows, columns=("成果编号", "成果名称", "claims", "被引", "人工复核")):
    rule = parse_definition(SortingRule, RULE, "rule.yaml").definition
    return sort_by_rule(
        rule, pd.DataFrame(rows, columns=list(columns)), name="r.csv", lines=range(2, 2 + len(rows))
    )


def test_value_heap_grade_and_the_value_of_each_dimension():
    found = sorted_rows(("A", "甲", "20", "6", ""), ("B", "乙", "2", "1", ""), ("C", "丙", "10", "5", ""))
    first, second, third = found.to_dict()["results"]
    assert (first["value"], first["heap"], first["grade"]) == (0.8, "promote", "high")
    assert first["dimensions"] == {"legal": 1.0, "technical": 0.6}
    assert (second["value"], second["heap"], second["grade"]) == (0.1, "abandon_or_transfer", "low")
    assert third["heap"] == "unclear"
    assert found.counts == {"promote": 1, "abandon_or_transfer": 1, "unclear": 1}


def test_nothing_measured_is_unclear_without_value_and_grade_and_no_nan_is_printed():
    only = sorted_rows(("A", "甲", "", "", "")).to_dict()["results"][0]
    assert (only["value"], only["grade"], only["heap"]) == (None, None, "unclear")
    assert only["range"] == [0, 1]
    assert only["dimensions"] == {"legal": None, "technical": None}


def test_what_a_person_decided_counts_in_the_words_of_the_form():
    found = sorted_rows(
        ("A", "甲", "20", "10", "放弃或转让"), ("B", "乙", "1", "1", "推广"), ("C", "丙", "20", "10", "待定")
    )
    assert found.frame["heap"].tolist() == ["abandon_or_transfer", "promote", "unclear"]
    assert found.frame["checked"].tolist() == [True, True, True]


def test_a_heap_stands_with_the_highest_value_first():
    found = sorted_rows(("A", "", "8", "5", ""), ("B", "", "10", "5", ""), ("C", "", "8", "5", ""))
    assert found.heap("unclear")["result"].tolist() == ["B", "A", "C"]


def test_every_fault_by_file_line_and_column_at_once():
    with pytest.raises(InputError) as caught:
        sorted_rows(("A", "", "many", "1", ""), ("", "", "1", "inf", "keep"), ("A", "", "nan", "1", ""))
    assert {(fault.file, fault.line, fault.place) for fault in caught.value.faults} == {
        ("r.csv", 2, "claims"),
        ("r.csv", 4, "claims"),
        ("r.csv", 3, "cited"),
        ("r.csv", 3, "result"),
        ("r.csv", 4, "result"),
        ("r.csv", 3, "checked"),
    }
    with pytest.raises(InputError) as caught:
        sorted_rows(("A",), columns=("title",))
    assert len(caught.value.faults) == 3
