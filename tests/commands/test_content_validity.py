import json

import pytest

from poc_eval.cli import main

GOOD = ["指标,张三,李四,王五", "临床需求,4,4,3", "团队,4,2,3"]


@pytest.fixture
def table(tmp_path):
    def written(rows):
        path = tmp_path / "ratings.csv"
        path.write_text("\n".join(rows) + "\n", encoding="utf-8")
        return str(path)

    return written


def test_each_criterion_with_what_follows_from_it(table, tmp_path, capsys):
    page = tmp_path / "page.html"
    assert main(["content-validity", table(GOOD), "--lang", "zh", "-o", str(page)]) == 0
    said = capsys.readouterr().out
    assert "修改或删除" in said
    assert "0.47" in said
    assert "评分表启用前，需修改或删除的指标：1 项" in said
    assert "团队" in page.read_text(encoding="utf-8")


def test_the_document(table, capsys):
    assert main(["content-validity", table(GOOD), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [(one["i_cvi"], one["modified_kappa"], one["keeps"]) for one in found["items"]] == [
        (1, 1, True),
        (0.6667, 0.4667, False),
    ]
    assert (found["s_cvi_ave"], found["s_cvi_ua"]) == (0.8333, 0.5)


@pytest.mark.parametrize(
    ("rows", "options", "said"),
    [
        ([*GOOD, "市场,5,4,4"], [], "ratings.csv:4: 张三: 5 is off the scale"),
        ([*GOOD, "团队,4,4,4"], [], 'ratings.csv:4: "团队" stands there twice'),
        (["指标", "团队"], [], "no item or no expert"),
        (GOOD, ["--rubric", "poc-selection"], 'no criterion "临床需求"'),
    ],
)
def test_what_cannot_be_used_is_told_with_line_and_column(table, capsys, rows, options, said):
    assert main(["content-validity", table(rows), *options, "--lang", "en"]) == 2
    assert said in capsys.readouterr().err
