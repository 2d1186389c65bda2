import numpy as np
import pandas as pd
import pytest

from poc_eval.catalog.definitions import parse_definition
from poc_eval.errors import NotDefinedError
from poc_eval.scoring.panel import Panel
from poc_eval.scoring.ranking import topsis, weighted_sum
from poc_eval.scoring.ranking.robustness import (
    leave_one_criterion_out,
    leave_one_reviewer_out,
    reversals_by_a_clone,
)
from poc_eval.scoring.rubric import Rubric

SHEET = """
id: sheet
version: "1"
title: {zh: 表, en: sheet}
source: {document: test}
criteria: [{id: need, title: {zh: 需求, en: Need}, definition: {zh: 需求, en: need}, scale: {max: 100}}]
"""


def by_topsis(matrix, weights, maximise):
    return topsis(matrix, weights, maximise).rank


def by_sum(matrix, weights, maximise):
    return weighted_sum(matrix, weights, maximise).rank


def test_the_reviewer_on_whom_the_first_place_hangs():
    scores = {"r1": (80, 78), "r2": (81, 79), "r3": (40, 90)}
    table = pd.DataFrame(
        [(f"P{i + 1}", r, "need", s) for r, pair in scores.items() for i, s in enumerate(pair)],
        columns=["project", "reviewer", "criterion", "score"],
    )
    panel = Panel(parse_definition(Rubric, SHEET, "sheet.yaml").definition, table)
    assert panel.ranks() == {"P1": 2, "P2": 1}
    moved = {one.reviewer: one.moved for one in leave_one_reviewer_out(panel)}
    assert moved == {"r1": (), "r2": (), "r3": ("P1", "P2")}


def test_ranks_without_each_criterion():
    matrix = [[9, 1, 5], [1, 9, 4]]
    ranks = leave_one_criterion_out(matrix, [0.4, 0.4, 0.2], [True] * 3, by_sum)
    assert ranks.tolist() == [[2, 1], [1, 2], [1, 1]]


def test_a_sum_of_ranges_stands_every_copy_and_topsis_need_not():
    generator = np.random.default_rng(1)
    weights = [0.25] * 4
    tables = [generator.integers(1, 10, (5, 4)).astype(float) for _ in range(200)]
    assert not any(reversals_by_a_clone(table, weights, [True] * 4, by_sum) for table in tables)
    turned = [one for table in tables for one in reversals_by_a_clone(table, weights, [True] * 4, by_topsis)]
    assert turned
    assert all(one.ahead != one.behind for one in turned)


def test_the_only_criterion_cannot_be_left_out():
    with pytest.raises(NotDefinedError, match="only one criterion"):
        leave_one_criterion_out([[1], [2]], [1], [True], by_sum)
