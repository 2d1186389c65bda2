import json

import pytest

from poc_eval.cli import main

HEAD = "轮次,事项,评审专家,评分,理由"
FIRST = ["1,临床需求,张三,9,急需", "1,临床需求,李四,3,<b>已有替代", "1,团队,张三,6,", "1,团队,李四,6,"]
SECOND = ["2,临床需求,张三,8,听取了意见", "2,临床需求,李四,7,", "2,团队,张三,6,", "2,团队,李四,6,"]


@pytest.fixture
def table(tmp_path):
    def written(*rows):
        path = tmp_path / "rounds.csv"
        path.write_text("\n".join([HEAD, *rows]) + "\n", encoding="utf-8")
        return str(path)

    return written


def test_the_table_for_people_has_letters_and_says_when_to_stop(table, capsys):
    assert main(["delphi", table(*FIRST, *SECOND), "--lang", "zh"]) == 0
    said = capsys.readouterr().out
    assert "第 2 轮：A 将“临床需求”由 9 改为 8" in said
    assert "可以停止" in said
    assert "张三" not in said


def test_the_document_and_the_page_have_no_names_unless_asked_for(table, tmp_path, capsys):
    page = tmp_path / "page.html"
    call = ["delphi", table(*FIRST, *SECOND), "--json", "-o", str(page), "--lang", "zh"]
    assert main(call) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["verdict"]["stop"] is True
    assert [item["median"] for item in found["rounds"][0]["items"]] == [6, 6]
    assert [one["after"] for one in found["changes"]] == [8, 7]
    drawn = page.read_text(encoding="utf-8")
    assert "德尔菲法评分结果" in drawn
    assert "听取了意见" in drawn
    assert "张三" not in drawn
    assert "NaN" not in drawn
    assert main([*call, "--with-names"]) == 0
    assert "张三" in capsys.readouterr().out
    assert "不得发给专家" in page.read_text(encoding="utf-8")


def test_projects_and_criteria_are_items_too(tmp_path, capsys):
    path = tmp_path / "r.csv"
    path.write_text(
        "round,project,reviewer,criterion,score\n1,P1,r1,need,4\n1,P1,r2,need,5\n", encoding="utf-8"
    )
    assert main(["delphi", str(path), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["rounds"][0]["items"][0]["item"] == "P1 · need"


@pytest.mark.parametrize(
    ("rows", "options", "said"),
    [
        ([*FIRST, "1,团队,张三,7,"], [], "6: 评分: this reviewer scored this item in this round already"),
        ([*FIRST, "2,团队,张三,七,"], [], '6: 评分: "七" is no score'),
        ([*FIRST, "2,团队,张三,12,"], ["--scale", "0", "10"], "6: 评分: 12 is off the scale"),
        ([*FIRST, "3,团队,张三,7,"], [], "6: 轮次: there is no round 2"),
        (FIRST, ["--scale", "10", "0"], "the scale does not rise"),
        (FIRST, ["--iqr", "-1"], "iqr: this limit is below 0"),
        (FIRST, ["-o", "page.docx"], "page.docx is no page"),
        ([], [], "there is no round"),
    ],
)
def test_what_cannot_be_used_is_told_with_line_and_column(table, capsys, rows, options, said):
    assert main(["delphi", table(*rows), *options, "--lang", "en"]) == 2
    assert said in capsys.readouterr().err
