"""What ``poc-eval panel`` answers to panels with little to go by: a reason, or an error with its place."""

import json

import pytest

from poc_eval.cli import main

SHEET = """
id: sheet
version: "1.0"
title: {zh: 评分表, en: Sheet}
source: {document: test}
criteria:
  - {id: need, title: {zh: 需求, en: Need}, definition: {zh: 需求, en: need}, scale: {max: 60}}
  - {id: team, title: {zh: 团队, en: Team}, definition: {zh: 团队, en: team}, scale: {max: 40}}
panel: {minimum: 3, average: trimmed, trim: {high: 1, low: 1, from: 5}}
decisions:
  - {id: pass, at_least: 60, title: {zh: 通过, en: Pass}}
  - {id: fail, at_least: 0, title: {zh: 不通过, en: Fail}}
"""


def full(projects, reviewers, need=30, team=20):
    return [
        f"{project},{reviewer},{name},{score}"
        for project in projects
        for reviewer in reviewers
        for name, score in (("need", need), ("team", team))
    ]


def no_constant(name):
    raise AssertionError(name)


@pytest.fixture
def panel(tmp_path, capsys):
    (tmp_path / "sheet.yaml").write_text(SHEET, encoding="utf-8")
    path = tmp_path / "scores.csv"

    def called(rows, *options, heading="project,reviewer,criterion,score"):
        path.write_text("\n".join([heading, *rows]) + "\n", encoding="utf-8")
        code = main(["panel", str(path), "--rubric", str(tmp_path / "sheet.yaml"), *options])
        said = capsys.readouterr()
        return code, said.out, said.err.replace(str(path), "FILE")

    return called


THIN = {
    "a single reviewer": (full(["P1", "P2"], ["r1"]), "no unit has two ratings"),
    "fewer than the minimum": (full(["P1", "P2"], ["r1", "r2"]), "2 of at least 3 reviewers"),
    "all scores equal": (full(["P1", "P2", "P3"], ["r1", "r2", "r3"]), "all ratings are the same"),
    "a reviewer with one project": (
        [*full(["P1", "P2", "P3"], ["r1", "r2", "r3"]), *full(["P1"], ["r4"], 50, 9)],
        "fewer than two projects were scored by the same",
    ),
    "one project": (full(["P1"], ["r1", "r2", "r3"]), "fewer than two projects"),
    "projects that nobody tells apart": (
        [*full(["P1", "P2"], ["r1"], 60, 40), *full(["P1", "P2"], ["r2"], 0, 0)],
        "all projects have the same mean",
    ),
    "nobody finished": (["P1,r1,need,30", "P2,r2,need,40"], "no review is complete"),
}


@pytest.mark.parametrize("name", THIN)
def test_a_panel_with_little_to_go_by_gets_a_stated_answer(panel, name):
    rows, reason = THIN[name]
    code, out, _err = panel(rows, "--lang", "en")
    assert code == 0
    assert reason in out
    code, out, _err = panel(rows, "--json")
    assert code == 0
    found = json.loads(out, parse_constant=no_constant)
    missing = [
        key for key in ("krippendorff_alpha", "icc_2k", "kendall_w") if found["agreement"][key] is None
    ]
    assert set(missing) <= set(found["agreement"]["not_defined"])
    assert all(one["en"].startswith("not defined") for one in found["agreement"]["not_defined"].values())


def test_everybody_stepped_aside(panel):
    rows = ["P1,r1,,,yes", "P1,r2,,,yes"]
    code, out, _err = panel(rows, "--lang", "zh", heading="project,reviewer,criterion,score,conflict")
    assert code == 0
    assert "P1: 无法计算，原因是" in out


@pytest.mark.parametrize(
    ("rows", "lines"),
    [
        ([*full(["P1"], ["r1"]), "P1,r1,need,31"], ["FILE:4: criterion: r1 scored need of P1 twice"]),
        (["P1,r1,novelty,3"], ['FILE:2: criterion: the rubric has no criterion "novelty"']),
        (
            ["P1,r1,need,61", "P1,r1,team,-1", "P1,r2,team,NaN"],
            [
                "FILE:2: score: 61 is off the scale; write a score from 0 to 60",
                "FILE:3: score: -1 is off the scale; write a score from 0 to 40",
                'FILE:4: score: "NaN" is not a number; write a score from 0 to 40',
            ],
        ),
        (
            [",r1,need,3", "P1,,need,3"],
            ["FILE:2: project: the cell is empty", "FILE:3: reviewer: the cell is empty"],
        ),
    ],
)
def test_what_is_wrong_is_told_by_row_and_column_all_at_once(panel, rows, lines):
    code, out, err = panel(rows, "--lang", "en")
    assert (code, out) == (2, "")
    assert len(err.splitlines()) == len(lines)
    for said, line in zip(err.splitlines(), lines, strict=True):
        assert said.startswith(f"poc-eval: {line}")


def test_flags_stand_in_words_for_people_and_as_names_for_programs(panel):
    rows = [*full(["P1"], ["r1"], 60, 20), *full(["P1"], ["r2"], 0, 20)]
    assert "专家人数不足；分歧大：需求" in panel(rows, "--lang", "zh")[1]
    assert json.loads(panel(rows, "--json")[1])["projects"][0]["flags"] == ["below_minimum", "spread:need"]
