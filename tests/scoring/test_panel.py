import json
from decimal import Decimal

import pandas as pd
import pytest

from poc_eval.catalog.definitions import parse_definition
from poc_eval.errors import InputError
from poc_eval.scoring.panel import Panel
from poc_eval.scoring.rubric import Rubric

SHEET = """
id: sheet
version: "1.0"
title: {zh: 评分表, en: Sheet}
source: {document: test}
stage: selection
screening:
  - {id: fake_data, ask: {zh: 材料是否不真实, en: Are the data fake?}, fails_on: yes}
criteria:
  - {id: need, title: {zh: 需求, en: Need}, definition: {zh: 需求, en: need}, scale: {max: 60}}
  - {id: team, title: {zh: 团队, en: Team}, definition: {zh: 团队, en: team}, scale: {max: 40}}
gates: [{criterion: need, at_least: 20}]
bonuses: [{id: patents, up_to: 5, title: {zh: 加分, en: Bonus}}]
recommendation:
  - {id: approve, title: {zh: 建议立项, en: Approve}}
  - {id: reject, title: {zh: 不建议立项, en: Reject}}
panel: %s
decisions: %s
"""
TRIMMED = (
    "{minimum: 3, average: trimmed, trim: {by: total, high: 1, low: 1, from: 5}, decimals: 2, ties: [need]}"
)
LINES = (
    "[{id: excellent, rank_at_most: 1, at_least: 90, title: {zh: 优秀, en: Excellent}},"
    " {id: pass, at_least: 60, title: {zh: 通过, en: Pass}},"
    " {id: fail, at_least: 0, title: {zh: 不通过, en: Fail}}]"
)


def sheet(panel=TRIMMED, decisions=LINES):
    return parse_definition(Rubric, SHEET % (panel, decisions), "sheet.yaml").definition


def rows(**projects):
    """One row a score: P1=[(need, team), …], a reviewer each, in order."""
    return pd.DataFrame(
        [
            (project, f"r{i + 1}", criterion, score)
            for project, ballots in projects.items()
            for i, ballot in enumerate(ballots)
            for criterion, score in zip(("need", "team"), ballot, strict=True)
        ],
        columns=["project", "reviewer", "criterion", "score"],
    )


def result(table, **options):
    return Panel(sheet(**options), table).result()


def by_name(found):
    return {one.project: one for one in found.projects}


FIVE = [(50, 30), (40, 30), (60, 40), (20, 10), (45, 31)]


def test_the_highest_and_the_lowest_total_are_dropped_from_five_on():
    # totals 80 70 100 30 76: without 100 and 30 the mean is 226 / 3
    found = by_name(result(rows(P1=FIVE)))["P1"]
    assert found.official.total == Decimal("75.33")
    assert (found.official.given, found.official.counted, found.official.applied) == (5, 3, None)


def test_with_four_reviewers_nothing_is_dropped():
    found = by_name(result(rows(P1=FIVE[:4])))["P1"]
    assert found.official.total == Decimal("70.00")
    assert (found.official.applied, found.official.counted) == ("mean", 4)


def test_dropping_by_criterion_gives_another_total():
    # need without 60 and 20: 135/3 = 45; team without 40 and 10: 91/3
    by_criterion = "{average: trimmed, trim: {by: criterion, high: 1, low: 1, from: 5}, decimals: 2}"
    found = by_name(result(rows(P1=FIVE), panel=by_criterion))["P1"]
    assert found.official.total == Decimal("75.33")
    skewed = [(60, 10), (20, 40), (40, 25), (41, 26), (39, 24)]
    assert by_name(result(rows(P1=skewed), panel=by_criterion))["P1"].official.total == Decimal("65.00")


def test_the_median_of_an_even_panel_lies_between_the_two_in_the_middle():
    found = by_name(result(rows(P1=FIVE[:4]), panel="{average: median, decimals: 1}"))["P1"]
    assert found.official.total == Decimal("75.0")


def test_who_steps_aside_is_out_of_every_figure():
    table = rows(P1=FIVE, P2=FIVE)
    table["conflict"] = [
        "yes" if p == "P1" and r == "r4" else "no" for p, r in zip(table.project, table.reviewer, strict=True)
    ]
    found = result(table)
    p1 = by_name(found)["P1"]
    assert p1.conflicted == ("r4",)
    assert p1.reviewers == ("r1", "r2", "r3", "r5")
    assert p1.official.total == Decimal("81.50")
    assert p1.criteria["need"].n == 4
    assert {one.reviewer: one.n for one in found.reviewers}["r4"] == 1


def test_equal_printed_totals_are_told_apart_by_the_tie_criterion_and_else_share_a_rank():
    found = by_name(result(rows(P1=[(50, 30)] * 3, P2=[(45, 35)] * 3, P3=[(45, 35)] * 3, P4=[(30, 30)] * 3)))
    assert [found[p].official.rank for p in ("P1", "P2", "P3", "P4")] == [1, 2, 2, 4]


def test_weights_for_the_order_change_the_order_and_no_total():
    weighted = "{minimum: 3, average: mean, rank_weights: {team: 2}}"
    found = by_name(result(rows(P1=[(50, 20)] * 3, P2=[(40, 29)] * 3), panel=weighted))
    assert [found[p].official.total for p in ("P1", "P2")] == [70, 69]
    assert [found[p].official.rank for p in ("P1", "P2")] == [2, 1]


def test_gates_come_before_ranks_and_screening_before_gates():
    table = rows(P1=[(19, 40)] * 3, P2=[(30, 30)] * 3, P3=[(60, 40)] * 3)
    fake = pd.DataFrame(
        [("P3", f"r{i}", "fake_data", "yes") for i in (1, 2)] + [("P3", "r3", "fake_data", "no")],
        columns=table.columns,
    )
    clean = pd.DataFrame(
        [(p, f"r{i}", "fake_data", "no") for p in ("P1", "P2") for i in (1, 2, 3)], columns=table.columns
    )
    found = by_name(result(pd.concat([table, fake, clean])))
    assert found["P1"].decision.id == "gate"
    assert found["P3"].decision.id == "screened_out"
    assert "disputed:fake_data" in found["P3"].flags
    assert (found["P1"].official.rank, found["P2"].official.rank, found["P3"].official.rank) == (
        None,
        1,
        None,
    )


def test_screening_that_no_row_speaks_of_is_flagged_and_a_draw_holds_the_decision_back():
    found = by_name(result(rows(P1=[(50, 30)] * 4)))["P1"]
    assert (found.decision.id, found.flags) == ("pass", ("screening_not_stated",))
    answers = [("P1", f"r{i}", "fake_data", "yes" if i < 3 else "no") for i in range(1, 5)]
    table = rows(P1=[(50, 30)] * 4)
    draw = by_name(result(pd.concat([table, pd.DataFrame(answers, columns=table.columns)])))["P1"]
    assert draw.decision is None


def test_a_decision_can_need_a_rank_and_a_total():
    table = rows(P1=[(58, 38)] * 3, P2=[(57, 38)] * 3)
    clean = pd.DataFrame(
        [(p, f"r{i}", "fake_data", "no") for p in ("P1", "P2") for i in (1, 2, 3)], columns=table.columns
    )
    found = by_name(result(pd.concat([table, clean])))
    assert (found["P1"].decision.id, found["P2"].decision.id) == ("excellent", "pass")


def test_the_vote_decides_where_the_sheet_has_no_lines():
    table = rows(P1=[(50, 30)] * 3, P2=[(50, 30)] * 3)
    votes = [
        ("P1", "r1", "approve"),
        ("P1", "r2", "approve"),
        ("P1", "r3", "reject"),
        ("P2", "r1", "approve"),
        ("P2", "r2", "reject"),
        ("P2", "r3", "reject"),
    ]
    more = pd.DataFrame(
        [(p, r, "recommendation", v) for p, r, v in votes]
        + [(p, r, "fake_data", "no") for p, r, _v in votes],
        columns=table.columns,
    )
    found = by_name(result(pd.concat([table, more]), panel="{vote: 2/3}", decisions="[]"))
    assert found["P1"].recommendations == {"approve": 2, "reject": 1}
    assert found["P1"].decision.id == "approve"
    assert found["P2"].decision.id == "reject"


def test_a_bonus_is_on_top_of_the_total():
    table = rows(P1=[(50, 30)] * 3)
    bonus = pd.DataFrame([("P1", "r1", "patents", "3")], columns=table.columns)
    assert by_name(result(pd.concat([table, bonus])))["P1"].official.total == Decimal("81.00")


def test_too_few_reviewers_give_figures_but_no_decision():
    found = by_name(result(rows(P1=FIVE[:2])))["P1"]
    assert found.decision is None
    assert "below_minimum" in found.flags
    assert found.official.reason.text("zh") == "2 位专家，少于要求的 3 位：不作结论"


def test_a_single_reviewer_all_equal_scores_and_one_project_give_reasons_and_never_a_nan():
    for table in (rows(P1=[(50, 30)]), rows(P1=[(50, 30)] * 3), rows(P1=[(50, 30)] * 3, P2=[(50, 30)] * 3)):
        printed = json.dumps(result(table).to_dict(), allow_nan=False)
        assert json.loads(printed)["agreement"]["krippendorff_alpha"] is None
        assert "not_defined" in printed


def test_everyone_steps_aside():
    table = rows(P1=[(50, 30)] * 3)
    table["conflict"] = "yes"
    found = by_name(result(table))["P1"]
    assert found.official.total is None
    assert "everyone stepped aside" in found.official.reason.text("en")


def test_severity_is_positive_for_the_harsher_reviewer_also_where_one_is_best():
    low = """
id: nih
version: "1"
title: {zh: 表, en: sheet}
source: {document: test}
criteria:
  - id: impact
    title: {zh: 影响, en: Impact}
    definition: {zh: 影响, en: impact}
    scale: {min: 1, max: 9, best: low}
"""
    rubric = parse_definition(Rubric, low, "nih.yaml").definition
    table = pd.DataFrame(
        [
            (f"P{p}", f"r{r}", "impact", min(9, p + (3 if r == 3 else 0)))
            for p in range(1, 6)
            for r in range(1, 4)
        ],
        columns=["project", "reviewer", "criterion", "score"],
    )
    found = Panel(rubric, table).result()
    severity = {one.reviewer: one.severity for one in found.reviewers}
    assert severity["r3"] > 0 > severity["r1"]
    assert [one.official.rank for one in found.projects] == [1, 2, 3, 4, 5]
    assert found.projects[0].expected_rank < found.projects[4].expected_rank


def test_every_fault_is_told_with_line_and_column():
    table = pd.DataFrame(
        [
            ("P1", "r1", "need", "61"),
            ("P1", "r1", "team", "ten"),
            ("P1", "r2", "novelty", "5"),
            ("P1", "r2", "need", "5.5"),
            ("P1", "r3", "need", "5"),
            ("P1", "r3", "need", "6"),
            ("P1", "r3", "recommendation", "maybe"),
            ("", "r3", "team", "6"),
        ],
        columns=["project", "reviewer", "criterion", "score"],
    )
    with pytest.raises(InputError) as caught:
        Panel(sheet(), table, name="scores.csv")
    assert [(fault.line, fault.place) for fault in caught.value.faults] == [
        (2, "score"),
        (3, "score"),
        (4, "criterion"),
        (5, "score"),
        (7, "criterion"),
        (8, "score"),
        (9, "project"),
    ]
    assert (
        caught.value.lines("en")[0] == "scores.csv:2: score: 61 is off the scale; write a score from 0 to 60"
    )


def test_missing_columns_are_named():
    with pytest.raises(InputError, match="the columns criterion, score are missing"):
        Panel(sheet(), pd.DataFrame({"project": ["P1"], "reviewer": ["r1"]}))


def test_the_document_has_the_promised_keys():
    found = result(rows(P1=FIVE, P2=[(30, 20)] * 5)).to_dict()
    assert found["rubric"] == {"id": "sheet", "version": "1.0"}
    first = found["projects"][0]
    assert {
        "project",
        "total",
        "rank",
        "official",
        "expected_rank",
        "criteria",
        "gates",
        "decision",
        "flags",
        "conflicted",
    } <= set(first)
    assert {"method", "total", "rank"} <= set(first["official"])
    assert set(first["criteria"]["need"]) == {"mean", "median", "trimmed", "sd", "n"}
    assert {"krippendorff_alpha", "icc_2k", "kendall_w", "by_criterion"} <= set(found["agreement"])
    assert set(found["reviewers"][0]) == {"reviewer", "severity", "n"}
