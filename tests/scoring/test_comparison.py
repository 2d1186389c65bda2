import numpy as np
import pandas as pd
import pytest

from poc_eval.catalog.definitions import parse_definition
from poc_eval.errors import NotDefinedError
from poc_eval.scoring.comparison import comparison_of
from poc_eval.scoring.panel import Panel
from poc_eval.scoring.rubric import Rubric

SHEET = """
id: sheet
version: "1"
title: {zh: 表, en: sheet}
source: {document: test}
criteria:
  - {id: need, title: {zh: 需求, en: Need}, definition: {zh: 需求, en: need}, scale: {max: 60}}
  - {id: team, title: {zh: 团队, en: Team}, definition: {zh: 团队, en: team}, scale: {max: 40}}
panel: {average: median}
gates: [{criterion: team, at_least: 1}]
"""


def compared(scores):
    rows = [
        (project, f"r{place}", name, score)
        for project, pairs in scores.items()
        for place, pair in enumerate(pairs)
        for name, score in zip(("need", "team"), pair, strict=True)
    ]
    frame = pd.DataFrame(rows, columns=["project", "reviewer", "criterion", "score"])
    panel = Panel(parse_definition(Rubric, SHEET, "sheet.yaml").definition, frame)
    return comparison_of(panel.result(), panel.rule)


def test_a_project_that_is_best_on_everything_is_first_whatever_the_method():
    found = compared({"P1": [(60, 40)] * 2, "P2": [(30, 20)] * 2, "P3": [(10, 30)] * 2})
    assert all(ranks[0] == 1 for ranks in found.ranks.values())
    assert found.first[0] == 1
    assert found.without.tolist()[0] == [1, 1]


def test_the_official_average_of_each_criterion_enters():
    found = compared({"P1": [(60, 20), (0, 20), (50, 20)], "P2": [(40, 20), (40, 20), (40, 20)]})
    assert found.criteria == ("need", "team")
    assert found.ranks["weighted_sum"].tolist() == [1, 2]


def test_what_the_order_hangs_on_is_shown():
    found = compared({"P1": [(60, 10)], "P2": [(30, 40)]})
    assert found.without.tolist() == [[1, 2], [1, 2]]
    assert 0 < found.first[0] < 1
    assert found.first.sum() == pytest.approx(1)


def test_a_project_that_fails_a_gate_is_not_compared():
    found = compared({"P1": [(60, 10)], "P2": [(30, 40)], "P3": [(60, 0)]})
    assert found.projects == ("P1", "P2")


def test_plain_values_for_programs_and_no_nan():
    plain = compared({"P1": [(60, 10)], "P2": [(30, 40)]}).to_dict()
    assert plain["ranks"]["topsis"].keys() == {"P1", "P2"}
    assert np.isfinite(list(plain["mean_rank_under_uncertain_weights"].values())).all()


@pytest.mark.parametrize("scores", [{"P1": [(60, 10)]}, {"P1": [(30, 10)], "P2": [(30, 10)]}])
def test_nothing_to_compare_gives_a_reason(scores):
    with pytest.raises(NotDefinedError, match=r"not defined, because|are needed"):
        compared(scores)
