import json

import pytest

from poc_eval.cli import main
from poc_eval.i18n import Text
from poc_eval.workspace.paper import PaperScores
from poc_eval.workspace.records import Project
from poc_eval.workspace.workspace import Workspace

PDF = b"%PDF-1.7\n1 0 obj"
SHEET = """
id: sheet
version: "1.0"
title: {zh: 评分表, en: Sheet}
source: {document: test}
criteria:
  - {id: need, title: {zh: 需求, en: Need}, definition: {zh: 需求, en: need}, scale: {max: 60}}
"""


@pytest.fixture
def work(tmp_path):
    """Return a workspace with one score sheet on paper, and a scan of it outside."""
    (tmp_path / "sheet.yaml").write_text(SHEET, encoding="utf-8")
    (tmp_path / "张三评分表.pdf").write_bytes(PDF)
    workspace = Workspace.create(tmp_path / "work")
    workspace.store.add_project(Project("P1", Text("穿刺针", "Needle")))
    ref = workspace.pin(tmp_path / "sheet.yaml")
    PaperScores(workspace).enter("P1", "张三", ref, {"criteria.need.score": "50"}, by="李录入")
    return workspace


@pytest.fixture
def scans(work, capsys):
    """Return what runs the command in that workspace: exit code, what was printed, what was told."""

    def scans(*options):
        code = main(["scans", "-w", str(work.path), "--lang", "zh", *options])
        said = capsys.readouterr()
        return code, said.out, said.err

    return scans


def test_a_scan_goes_to_the_paper_of_an_expert_and_again_changes_nothing(work, scans):
    assert "尚无扫描件：P1，张三" in scans()[1]
    scan = str(work.path.parent / "张三评分表.pdf")
    for _again in range(2):
        code, out, err = scans("--attach", scan, "--project", "P1", "--expert", "张 三", "--by", "李录入")
        assert (code, err) == (0, "")
        assert "尚无扫描件" not in out
    found = json.loads(scans("--json")[1])
    (only,) = found["scans"]
    assert only["of"] == found["papers"][0]["record"]
    assert (only["name"], only["size"]) == ("张三评分表.pdf", len(PDF))
    assert work.store.verify_log().intact


def test_a_file_that_no_record_names_is_told_and_tidied(work, scans):
    (work.path / "scans").mkdir()
    (work.path / "scans" / "left.pdf").write_bytes(PDF)
    assert "没有记录引用此文件：scans/left.pdf" in scans()[1]
    assert "已删除：scans/left.pdf" in scans("--tidy")[1]
    assert json.loads(scans("--json")[1])["orphans"] == []


def test_a_scan_that_was_changed_is_a_failed_check(work, scans):
    scans("--attach", str(work.path.parent / "张三评分表.pdf"), "--to", "project:P1", "--by", "李录入")
    (kept,) = (work.path / "scans").iterdir()
    kept.write_bytes(PDF + b"?")
    code, _out, err = scans()
    assert code == 1
    assert "project:P1" in err


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--attach", "{scan}"], "未说明扫描件属于哪条记录"),
        (["--attach", "{scan}", "--project", "P1"], "未说明扫描件属于哪条记录"),
        (["--to", "project:P1"], "未指明文件"),
        (["--attach", "{scan}", "--project", "P1", "--expert", "王五"], "尚未录入该专家对该项目的纸质评分表"),
        (["--attach", "{scan}", "--to", "paper:none"], "paper:none"),
        (["--attach", "gone.pdf", "--to", "project:P1"], "gone.pdf"),
        (["--attach", "{sheet}", "--to", "project:P1"], "sheet.yaml"),
    ],
)
def test_what_cannot_be_attached_is_told(work, scans, options, said):
    here = work.path.parent
    named = [one.format(scan=here / "张三评分表.pdf", sheet=here / "sheet.yaml") for one in options]
    code, _out, err = scans(*named, "--by", "李录入")
    assert code == 2
    assert said in err
