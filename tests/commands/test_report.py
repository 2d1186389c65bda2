"""``report`` as it is called for several notebooks and forms."""

import json

from poc_eval.cli import main


def test_a_batch_gets_an_overview_and_one_bad_notebook_stops_no_other(
    copy_demo, capsys, tmp_path, monkeypatch
):
    monkeypatch.setenv("POC_EVAL_KEYS", str(tmp_path / "keys"))
    workspace = copy_demo(tmp_path / "demo")
    good = sorted((workspace.path / "notebooks").glob("*reviewer-1.ipynb"))
    assert main(["report", *map(str, good), "nowhere.ipynb", "-o", str(tmp_path / "out"), "--json"]) == 1
    said = json.loads(capsys.readouterr().out)
    assert said["index"] == [str(tmp_path / "out" / "index.html")]
    assert [one["files"] for one in said["reports"]] == [[one["path"]] for one in said["reports"]]
    assert [one["notebook"] for one in said["failed"]] == ["nowhere.ipynb"]
    page = (tmp_path / "out" / "index.html").read_text(encoding="utf-8")
    assert all(one["code"] in page for one in said["reports"])
    assert "nowhere.ipynb" in page
    assert main(["report", str(good[0]), "-o", str(tmp_path / "one"), "--format", "docx", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["index"], len(said["reports"][0]["files"])) == ([], 2)
    assert said["reports"][0]["path"].endswith(".docx")


def test_word_templates_are_handed_out(capsys, tmp_path):
    assert main(["templates", "--office", str(tmp_path / "office")]) == 0
    assert str(tmp_path / "office" / "review.docx") in capsys.readouterr().out
