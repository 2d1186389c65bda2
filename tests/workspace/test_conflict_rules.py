from datetime import date

import pytest

from poc_eval.catalog.definitions import parse_definition
from poc_eval.errors import DefinitionError
from poc_eval.i18n import Text
from poc_eval.workspace.conflict_rules import ConflictRules, load_rules, propose, years_on
from poc_eval.workspace.records import Member, Project, Tie

HEAD = 'id: r\nversion: "1"\ntitle: {zh: 规则, en: Rules}\nsource: {document: 文件}\n'


def proposed(unit, applicant, ties=(), on=date(2026, 11, 20)):
    project = Project("P1", Text("支架", "Stent"), applicant)
    found = propose(load_rules().definition, [Member("王", unit, "", "")], {"P1": project}, ties, on)
    return [(one.rule, one.certain) for one in found]


@pytest.mark.parametrize(
    ("unit", "applicant", "found"),
    [
        ("某大学", "某大学", [("same_unit", True)]),
        ("某 大学（本部）", "某大学(本部)", [("same_unit", True)]),
        ("乙公司", "甲大学、乙公司", [("same_unit", True)]),
        ("东海大学附属医院", "东海大学", [("same_unit", False)]),
        ("大学", "大学城公司", []),
        ("甲大学", "乙大学", []),
        ("", "甲大学", []),
    ],
)
def test_a_unit_is_compared_by_its_name_and_what_is_not_certain_says_so(unit, applicant, found):
    assert proposed(unit, Text(applicant, applicant)) == found


def test_without_an_applicant_nobody_works_there():
    assert proposed("某大学", None) == []


@pytest.mark.parametrize(
    ("until", "counts"),
    [(None, True), (date(2023, 11, 20), True), (date(2023, 11, 19), False), (date(2026, 1, 1), True)],
)
def test_cooperation_counts_for_three_years_after_its_end(until, counts):
    tie = Tie("t", "王", "P1", "cooperation", "合作", until)
    assert proposed("甲", None, [tie]) == ([("recent_cooperation", True)] if counts else [])


@pytest.mark.parametrize("kind", ["kinship", "teacher_student", "holding", "asked_by_applicant"])
def test_every_other_tie_counts_whenever_it_was(kind):
    assert len(proposed("甲", None, [Tie("t", "王", "P1", kind, "说明", date(1990, 1, 1))])) == 1
    assert proposed("甲", None, [Tie("t", "李", "P1", kind, "说明", None)]) == []


def test_a_29_february_ends_on_the_28th():
    assert years_on(date(2024, 2, 29), 3) == date(2027, 2, 28)


@pytest.mark.parametrize("rule", ["", ", same_unit: yes, tie: kinship"])
def test_a_rule_that_looks_at_nothing_or_at_two_things_is_refused(rule):
    text = f"{HEAD}rules:\n  - {{id: a, title: {{zh: 甲, en: A}}{rule}}}\n"
    with pytest.raises(DefinitionError, match=r"r\.yaml:6: .*looks at the unit or at one kind of tie"):
        parse_definition(ConflictRules, text, "r.yaml")
