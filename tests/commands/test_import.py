import json

import pytest
from openpyxl import Workbook

from poc_eval.cli import main, module_of
from poc_eval.workspace.workspace import Workspace

ROWS = (
    ("项目编号", "项目名称", "申请金额（万元）", "电话"),
    ("P1", "支架", 120, "010"),
    ("P2", "电极", 80.5, ""),
)


@pytest.fixture
def workspace(tmp_path):
    return Workspace.create(tmp_path / "work")


@pytest.fixture
def file(tmp_path):
    book = Workbook()
    for row in ROWS:
        book.active.append(row)
    book.save(tmp_path / "projects.xlsx")
    return tmp_path / "projects.xlsx"


def test_a_word_of_pythons_own_names_a_module_with_an_underscore():
    assert module_of("import") == "poc_eval.commands.import_"
    assert module_of("panel") == "poc_eval.commands.panel"


def test_a_workbook_of_projects_comes_in_and_the_same_again_is_nothing(workspace, file, capsys):
    call = ["import", str(file), "-w", str(workspace.path), "--by", "张秘书", "--lang", "zh"]
    assert main([*call, "--dry-run"]) == 0
    said = capsys.readouterr()
    assert said.out.splitlines() == ["第 2 行：P1 支架：新增", "第 3 行：P2 电极：新增"]
    assert "试运行，未写入任何内容" in said.err
    assert "未导入的列：电话。" in said.err
    assert workspace.projects() == ()
    assert main(call) == 0
    assert [project.id for project in workspace.projects()] == ["P1", "P2"]
    capsys.readouterr()
    assert main([*call, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [one["becomes"] for one in found["projects"]] == ["same", "same"]


def test_a_change_is_shown_with_what_was_there(workspace, file, tmp_path, capsys):
    main(["import", str(file), "-w", str(workspace.path)])
    (tmp_path / "later.csv").write_text("id,amount,title,预算\nP1,1300000,支架,A\n", encoding="utf-8")
    capsys.readouterr()
    call = ["import", str(tmp_path / "later.csv"), "-w", str(workspace.path), "--lang", "en"]
    assert main([*call, "--dry-run", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["projects"][0]["changes"] == [
        {"field": "facts", "before": "—", "after": "预算 A"},
        {"field": "amount", "before": "1200000.00", "after": "1300000.00"},
    ]
    assert main(call) == 0
    assert "    amount applied for: 1200000.00 -> 1300000.00" in capsys.readouterr().out.splitlines()


def test_scores_come_in_under_their_reviewers_names(workspace, file, tmp_path, capsys):
    main(["import", str(file), "-w", str(workspace.path)])
    rows = ["project,reviewer,criterion,score", "P1,王专家,technical_feasibility,20"]
    (tmp_path / "scores.csv").write_text("\n".join(rows), encoding="utf-8")
    capsys.readouterr()
    call = ["import", str(tmp_path / "scores.csv"), "-w", str(workspace.path), "--by", "张秘书"]
    assert main([*call, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["kind"], found["rubric"]["id"]) == ("scores", "poc-selection")
    assert [(one["reviewer"], one["becomes"]) for one in found["reviews"]] == [("王专家", "draft")]
    assert workspace.reviews()[0].id == found["reviews"][0]["review"]


def test_every_fault_and_nothing_written(workspace, tmp_path, capsys):
    bad = tmp_path / "bad.csv"
    bad.write_text("id,title,amount\n,支架,1\nP2,,x\n", encoding="utf-8")
    call = ["import", str(bad), "-w", str(workspace.path), "--lang", "en"]
    assert main(call) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert [line.split(";")[0] for line in said.err.splitlines()] == [
        f"poc-eval: {bad}:2: id: the cell is empty",
        f'poc-eval: {bad}:3: amount: "x" is not an amount',
        f"poc-eval: {bad}:3: title: the cell is empty",
    ]
    assert workspace.projects() == ()


def test_a_missing_file_and_an_account_without_a_name_are_told(workspace, file, capsys, monkeypatch):
    assert main(["import", "none.csv", "-w", str(workspace.path), "--lang", "en"]) == 2
    assert "there is no such file" in capsys.readouterr().err

    def nobody():
        raise KeyError(0)

    monkeypatch.setattr("getpass.getuser", nobody)
    assert main(["import", str(file), "-w", str(workspace.path), "--lang", "en"]) == 2
    assert "nobody can tell who imports; say so with --by NAME" in capsys.readouterr().err
