import json

import pytest

from poc_eval.cli import main

HEAD = "指标,需求,团队,市场"
GOOD = [HEAD, "需求,1,3,5", "团队,1/3,1,3", "市场,0.2,1/3,1"]
SPOILT = [HEAD, "需求,1,3,1/9", "团队,1/3,1,3", "市场,9,1/3,1"]


@pytest.fixture
def table(tmp_path):
    def written(lines, name="one.csv"):
        path = tmp_path / name
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return str(path)

    return written


def test_the_document_has_weights_and_consistency(table, capsys):
    assert main(["weights", table(GOOD), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["weights"] == pytest.approx({"需求": 0.636986, "团队": 0.258285, "市场": 0.104729})
    assert found["cr"] == pytest.approx(0.0332, abs=1e-4)
    assert found["consistent"] is True
    assert found["mend_first"] is None


def test_an_inconsistent_table_says_which_judgement_to_look_at_first(table, capsys):
    assert main(["weights", table(SPOILT), "--lang", "zh"]) == 0
    said = capsys.readouterr()
    assert "未通过一致性检验" in said.out
    assert "请先重新比较“需求”与" in said.out
    assert "须随评分表的新版本方可生效" in said.err


def test_several_people_are_put_together_and_stay_visible_one_by_one(table, capsys):
    assert main(["weights", table(GOOD), table(SPOILT, "two.csv"), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [one["consistent"] for one in found["people"]] == [True, False]
    assert sum(found["weights"].values()) == pytest.approx(1, abs=1e-5)


def test_weights_from_how_figures_spread(table, capsys):
    rows = ["项目,a,b", "P1,1,2", "P2,3,2"]
    for method in ("entropy", "critic"):
        assert main(["weights", table(rows), "--method", method, "--json"]) == 0
        assert json.loads(capsys.readouterr().out)["weights"] == {"a": 1.0, "b": 0.0}


@pytest.mark.parametrize(
    ("lines", "method", "said"),
    [
        ([HEAD, "需求,1,3,5", "团队,3,1,3", "市场,0.2,1/3,1"], "ahp", "row 1, column 2 holds 3"),
        (
            [HEAD, "需求,1,x,5", "团队,3,1,3", "市场,0.2,1/3,1"],
            "ahp",
            "row 1, column 2 holds x, which is no judgement",
        ),
        ([HEAD, "团队,1,3,5", "需求,1/3,1,3", "市场,0.2,1/3,1"], "ahp", "do not name the same criteria"),
        (["p,a", "P1,x", "P2,3"], "entropy", "not a number"),
        (["p,a", "P1,3", "P2,3"], "critic", "all projects are equal"),
    ],
)
def test_what_cannot_be_used_is_told_with_its_file(table, capsys, lines, method, said):
    assert main(["weights", table(lines), "--method", method, "--lang", "en"]) == 2
    err = capsys.readouterr().err
    assert err.startswith(f"poc-eval: {table(lines)}:")
    assert said in err
