import pandas as pd
import pytest

from poc_eval.catalog.definitions import parse_definition
from poc_eval.errors import InputError, NotDefinedError
from poc_eval.scoring.disagreement import agenda, bimodality, ipras
from poc_eval.scoring.panel import Panel
from poc_eval.scoring.rubric import Rubric

SHEET = """
id: sheet
version: "1"
title: {zh: 表, en: sheet}
source: {document: test}
scale: {min: 1, max: 9}
criteria:
  - {id: need, title: {zh: 需求, en: Need}, definition: {zh: 需求, en: need}}
  - {id: team, title: {zh: 团队, en: Team}, definition: {zh: 团队, en: team}}
"""


def test_ipras_of_fifteen_panellists_bmj_open_2012():
    found = ipras([4, 5, 6, 7, 7, 7, 7, 7, 8, 8, 8, 8, 8, 9, 9])
    assert (found.median, found.low, found.high) == (7, 7, 8)
    assert (found.spread, found.asymmetry) == (1, 2.5)
    assert found.allowed == pytest.approx(6.1)
    assert not found.disagrees


def test_two_ends_of_the_scale_disagree():
    assert ipras([1, 1, 1, 9, 9, 9]).disagrees
    assert ipras([0, 0, 0, 100, 100, 100], minimum=0, maximum=100).disagrees


def test_two_camps_are_told_from_one():
    assert bimodality([1, 1, 1, 1, 9, 9, 9, 9]) > 5 / 9
    assert bimodality([3, 4, 4, 5, 5, 5, 5, 6, 6, 7]) < 5 / 9
    assert bimodality([5, 5, 5, 5]) is None
    assert bimodality([1, 9]) is None


def test_the_agenda_begins_with_what_is_farthest_apart_and_names_nobody():
    rows = [("P1", f"r{i}", "need", s, f"words {s}") for i, s in enumerate((1, 1, 9, 9))]
    rows += [("P1", f"r{i}", "team", 5, "") for i in range(4)]
    rows += [("P2", f"r{i}", "need", s, "") for i, s in enumerate((4, 5, 5, 6))]
    table = pd.DataFrame(rows, columns=["project", "reviewer", "criterion", "score", "comment"])
    items = agenda(Panel(parse_definition(Rubric, SHEET, "sheet.yaml").definition, table))
    assert [(item.project, item.criterion) for item in items] == [("P1", "need"), ("P2", "need")]
    assert items[0].disagrees
    assert items[0].two_camps
    assert items[0].spread == 1
    assert items[0].reasons == ((1, "words 1"), (1, "words 1"), (9, "words 9"), (9, "words 9"))
    assert not any("r0" in str(item) for item in items)


def test_no_ratings_give_a_reason():
    with pytest.raises(NotDefinedError, match="there are no ratings"):
        ipras([])


def test_a_rating_off_the_scale_is_told_and_a_missing_one_left_out():
    with pytest.raises(InputError, match="10 is off the scale"):
        ipras([10, 3])
    assert ipras([1, float("nan"), 9]) == ipras([1, 9])
    assert bimodality([1, float("nan"), 1, 9, 9]) == bimodality([1, 1, 9, 9])
