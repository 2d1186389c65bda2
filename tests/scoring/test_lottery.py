import subprocess

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from poc_eval.catalog.definitions import parse_definition
from poc_eval.errors import DefinitionError, InputError
from poc_eval.scoring.lottery import draw_lots
from poc_eval.scoring.panel import Panel
from poc_eval.scoring.rubric import Rubric

SHEET = """
id: sheet
version: "1"
title: {zh: 表, en: sheet}
source: {document: test}
criteria: [{id: need, title: {zh: 需求, en: Need}, definition: {zh: 需求, en: need}, scale: {min: 1, max: 6}}]
gates: [{criterion: need, at_least: 1.5}]
"""
HEYARD_2022_PANEL_1 = [
    [6, 6, 6, 5, 2], [6, 6, 5, 5, 1], [6, 5, 6, 4, 2], [6, 4, 5, 6, 2], [6, 5, 5, 4, 2],
    [6, 4, 6, 3, 2], [6, 5, 4, 3, 2], [6, 2, 5, 5, 2], [6, 4, 3, 4, 2], [6, 3, 5, 2, 2],
    [5, 4, 3, 3, 2], [5, 3, 4, 2, 2], [5, 2, 3, 3, 1], [5, 4, 3, 1, 1], [5, 2, 2, 3, 1],
]  # fmt: skip
TIED = [[5, 5], [4, 4], [4, 4], [4, 4], [3, 3]]


def panel(table, rule="", seed=None):
    rows = [
        (f"#{i + 1}", f"r{j}", "need", score) for i, row in enumerate(table) for j, score in enumerate(row)
    ]
    frame = pd.DataFrame(rows, columns=["project", "reviewer", "criterion", "score"])
    return Panel(parse_definition(Rubric, SHEET + rule, "sheet.yaml").definition, frame, draw_seed=seed)


def rule(fundable, among):
    return f"panel: {{lottery: {{fundable: {fundable}, among: {among}}}}}\n"


def test_there_is_no_draw_unless_the_rules_call_for_one():
    result = panel(TIED, seed="anything").result()
    assert result.lottery is None
    assert result.to_dict()["lottery"] is None


def test_the_zone_of_heyard_2022_panel_1_shares_the_places_that_are_left():
    lots = (
        panel(HEYARD_2022_PANEL_1, rule(5, "zone"), "2026-11-21 双色球 05 11 14 19 26 30 07").result().lottery
    )
    assert lots.accepted == ("#1",)
    assert lots.in_draw == tuple(f"#{i}" for i in range(2, 9))
    assert lots.places == len(lots.drawn) == 4
    assert set(lots.drawn) < set(lots.in_draw)
    assert lots.rejected == tuple(f"#{i}" for i in range(9, 16))


def test_projects_that_share_the_rank_at_the_line_are_drawn_for():
    lots = panel(TIED, rule(3, "ties"), "seed").result().lottery
    assert (lots.accepted, lots.in_draw, lots.rejected) == (("#1",), ("#2", "#3", "#4"), ("#5",))
    assert lots.drawn == lots.order[:2]


def test_anybody_can_repeat_the_draw_with_the_tools_of_the_shell():
    lots = panel(TIED, rule(3, "ties"), "开奖号码 3").result().lottery
    for project, key in lots.keys.items():
        done = subprocess.run(
            ["sha256sum"],  # noqa: S607 the tool that everybody has
            input=f"开奖号码 3|{project}".encode(),
            capture_output=True,
            check=True,
        )
        assert done.stdout.decode().split()[0] == key
    assert list(lots.keys.values()) == sorted(lots.keys.values())


def test_a_gate_that_failed_takes_a_project_out_of_the_draw():
    lots = panel([*TIED, [1, 1]], rule(3, "ties"), "seed").result().lottery
    assert "#6" not in (*lots.accepted, *lots.in_draw, *lots.rejected)


def test_no_draw_is_made_before_a_seed_is_stated():
    lots = panel(TIED, rule(3, "ties")).result().lottery
    assert (lots.places, lots.drawn, lots.order) == (2, (), ())
    assert "not made yet" in lots.reason.text("en")


@pytest.mark.parametrize(("fundable", "accepted"), [(4, 4), (9, 5), (1, 1)])
def test_a_line_that_divides_no_equals_needs_no_draw(fundable, accepted):
    lots = panel(TIED, rule(fundable, "ties"), "seed").result().lottery
    assert len(lots.accepted) == accepted
    assert lots.in_draw == lots.drawn == ()
    assert "there is no draw" in lots.reason.text("en")


@given(st.lists(st.text(min_size=1), min_size=1, max_size=8, unique=True), st.text(min_size=1), st.randoms())
def test_the_order_of_a_draw_does_not_hang_on_the_order_of_the_list(names, seed, shuffler):
    shuffled = list(names)
    shuffler.shuffle(shuffled)
    assert list(draw_lots(names, seed)) == list(draw_lots(shuffled, seed))


def test_over_many_seeds_everybody_is_first_about_as_often():
    firsts = [next(iter(draw_lots(["P1", "P2", "P3", "P4"], str(seed)))) for seed in range(4000)]
    assert all(900 < firsts.count(name) < 1100 for name in ("P1", "P2", "P3", "P4"))


@pytest.mark.parametrize("seed", ["   ", "two\nlines", "x" * 201, 7])
def test_what_is_no_seed_is_told(seed):
    with pytest.raises(InputError, match="no seed of a draw"):
        panel(TIED, rule(3, "ties"), seed)


def test_a_rule_for_nothing_to_draw_is_told():
    with pytest.raises(DefinitionError, match="a draw for 0 places"):
        panel(TIED, rule(0, "ties"))
    with pytest.raises(DefinitionError, match="lottery"):
        panel(TIED, rule(3, "friends"))
