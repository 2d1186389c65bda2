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


@pytest.fixture
def files(tmp_path):
    (tmp_path / "sheet.yaml").write_text(SHEET, encoding="utf-8")
    rows = ["project,reviewer,criterion,score"]
    for project, needs in {"P1": (50, 40, 60, 20, 45), "P2": (30, 30, 30, 30, 30)}.items():
        for reviewer, need in enumerate(needs, start=1):
            rows += [f"{project},r{reviewer},need,{need}", f"{project},r{reviewer},team,20"]
    (tmp_path / "scores.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    return tmp_path


def test_one_document_with_the_official_result(files, capsys):
    assert main(["panel", str(files / "scores.csv"), "--rubric", str(files / "sheet.yaml"), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["rubric"] == {"id": "sheet", "version": "1.0"}
    first = found["projects"][0]
    assert (first["project"], first["total"], first["rank"], first["decision"]) == ("P1", 65.0, 1, "pass")
    assert first["official"]["method"] == "trimmed"
    assert found["seed"] == 0
    views = found["severity_views"]
    assert views["raw"]["ranks"] == views["additive"]["ranks"] == {"P1": 1, "P2": 2}
    # Raw severity: the panel's mean minus one's own, here (43 - 50 + 30 - 30) / 2.
    assert views["raw"]["severity"]["r1"] == pytest.approx(-3.5)
    assert {"z_score", "hierarchical", "rasch"} < views.keys()


def test_a_table_for_people_with_the_advice_marked(files, capsys):
    assert (
        main(["panel", str(files / "scores.csv"), "--rubric", str(files / "sheet.yaml"), "--lang", "zh"]) == 0
    )
    said = capsys.readouterr()
    assert said.out.splitlines()[0].split() == [
        "名次",
        "项目",
        "总分",
        "专家数",
        "结论",
        "期望名次",
        "需关注",
    ]
    assert said.out.splitlines()[1].split()[:5] == ["1", "P1", "65.00", "3/5", "通过"]
    assert "仅供会商参考，不作为排序依据" in said.err


def test_every_fault_by_file_and_line_and_nothing_printed(files, capsys):
    path = files / "scores.csv"
    path.write_text(path.read_text(encoding="utf-8") + "P3,r1,need,99\nP3,r1,novelty,1\n", encoding="utf-8")
    assert main(["panel", str(path), "--rubric", str(files / "sheet.yaml"), "--lang", "en"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    lines = said.err.splitlines()
    assert lines[0] == f"poc-eval: {path}:22: score: 99 is off the scale; write a score from 0 to 60"
    assert lines[1].startswith(f'poc-eval: {path}:23: criterion: the rubric has no criterion "novelty";')


def test_a_missing_file_and_an_unknown_rubric_are_told(files, capsys):
    assert (
        main(["panel", str(files / "none.csv"), "--rubric", str(files / "sheet.yaml"), "--lang", "en"]) == 2
    )
    assert "there is no such file" in capsys.readouterr().err
    assert main(["panel", str(files / "scores.csv"), "--rubric", "medical", "--lang", "en"]) == 2
    assert "medical-poc" in capsys.readouterr().err


def test_agreement_comes_with_intervals_and_with_how_many_more_reviewers(files, capsys):
    rows = ["project,reviewer,criterion,score"]
    for project, quality in enumerate((10, 25, 40, 55, 30, 20)):
        for reviewer, off in enumerate((-5, 0, 4)):
            rows += [
                f"P{project},r{reviewer},need,{quality + off}",
                f"P{project},r{reviewer},team,{10 + reviewer}",
            ]
    (files / "scores.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    call = ["panel", str(files / "scores.csv"), "--rubric", str(files / "sheet.yaml")]
    assert main([*call, "--json"]) == 0
    agreement = json.loads(capsys.readouterr().out)["agreement"]
    for name in ("krippendorff_alpha", "icc_2k", "kendall_w"):
        low, high = agreement["intervals"][name]
        assert low <= agreement[name] <= high
    low, high = agreement["intervals"]["by_criterion"]["need"]
    assert low <= agreement["by_criterion"]["need"] <= high
    assert agreement["reviewers_for_0.8"] >= 1
    assert agreement["more_reviewers_for_0.8"] == max(0, agreement["reviewers_for_0.8"] - 3)
    assert agreement["by_criterion_reviewers_for_0.8"]["team"] is None
    assert main([*call, "--lang", "zh"]) == 0
    assert "95% 区间" in capsys.readouterr().out


def test_other_methods_of_ranking_where_somebody_asks(files, capsys):
    call = ["panel", str(files / "scores.csv"), "--rubric", str(files / "sheet.yaml"), "--lang", "en"]
    assert main([*call, "--json"]) == 0
    assert "methods" not in json.loads(capsys.readouterr().out)
    assert main([*call, "--json", "--methods"]) == 0
    assert json.loads(capsys.readouterr().out)["methods"]["ranks"]["topsis"] == {"P1": 1, "P2": 2}
    assert main([*call, "--methods"]) == 0
    assert "Weighted sum  TOPSIS  VIKOR" in capsys.readouterr().out


def test_one_reviewer_alone_has_a_total_and_no_severity(files, capsys):
    alone = files / "alone.csv"
    alone.write_text("project,reviewer,criterion,score\nP1,r1,need,50\nP1,r1,team,20\n", encoding="utf-8")
    assert main(["panel", str(alone), "--rubric", str(files / "sheet.yaml"), "--json"]) == 0
    out = capsys.readouterr().out
    found = json.loads(out)
    assert found["severity_views"] is None
    assert found["severity_reason"]["zh"].startswith("无法计算")
    assert "NaN" not in out
