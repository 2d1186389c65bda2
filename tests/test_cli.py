from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from poc_eval import __version__, cli
from poc_eval.catalog.shipped import shipped_folder
from poc_eval.cli import COMMANDS, main
from poc_eval.i18n import Text
from poc_eval.workspace.records import Project
from poc_eval.workspace.workspace import Workspace


@pytest.fixture(autouse=True)
def chinese(monkeypatch):
    monkeypatch.setenv("POC_EVAL_LANG", "zh")


def test_help_lists_every_command_in_chinese_and_nothing_else(capsys):
    assert main(["--help"]) == 0
    shown = capsys.readouterr().out
    for name, about in COMMANDS.items():
        assert re.search(rf"^ +{name}\s", shown, re.MULTILINE)
        assert about.text("zh") in shown
    assert "建立工作区" in shown


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_explains_itself(capsys, name):
    assert main([name, "--help"]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith(f"用法：poc-eval {name}")
    assert COMMANDS[name].text("zh") in shown


def test_the_version_is_the_packages(capsys):
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"poc-eval {__version__}\n"


def test_a_call_without_a_command_shows_the_help_where_errors_go(capsys):
    assert main([]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "templates" in said.err


def test_an_unknown_command_is_answered_with_the_known_ones(capsys):
    assert main(["subsidize"]) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert said.startswith("poc-eval: COMMAND 不能为 subsidize，可选值为 ")
    assert "templates" in said


def test_english_is_one_option_away_also_for_a_wrong_call(capsys):
    assert main(["init", "--lang", "en"]) == 2
    assert capsys.readouterr().err == "poc-eval: DIR is missing; see poc-eval init --help\n"


def test_the_module_is_the_program(run_poc_eval):
    assert run_poc_eval("--version", check=0).stdout == f"poc-eval {__version__}\n"


def test_an_unforeseen_error_is_one_line_and_a_file_with_the_details(monkeypatch, capsys, tmp_path):
    monkeypatch.setattr(cli, "_run", lambda *_: {}["涉密"])
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    assert main(["templates"]) == 2
    said = capsys.readouterr().err
    (details,) = tmp_path.iterdir()
    assert said == f"poc-eval: 程序遇到未预料的问题而停止（KeyError）；请将文件 {details} 发给程序维护人员\n"
    assert "Traceback" in details.read_text(encoding="utf-8")


def test_what_the_system_refuses_is_said_as_a_fault(monkeypatch, capsys):
    def refuse(*_):
        raise PermissionError(13, "Permission denied", "评审/x")

    monkeypatch.setattr(cli, "_run", refuse)
    assert main(["templates"]) == 2
    assert capsys.readouterr().err.startswith("poc-eval: 评审/x: 您没有读写权限；")


def test_an_interrupted_call_says_nothing(monkeypatch, capsys):
    def interrupt(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "_run", interrupt)
    assert main(["templates"]) == 130
    assert capsys.readouterr() == ("", "")


def test_templates_come_with_titles_versions_and_sources(capsys):
    assert main(["templates", "--json"]) == 0
    listed = json.loads(capsys.readouterr().out)["templates"]
    assert {"clinical_review", "platform_review"} <= {one["id"] for one in listed}
    for one in listed:
        assert set(one["title"]) == {"zh", "en"}
        assert one["version"]
        assert os.path.isfile(one["source"])  # noqa: PTH113 a text in the answer


def test_templates_are_a_table_for_people(capsys):
    assert main(["templates"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert any(line.startswith("clinical_review ") for line in lines)


def test_rubrics_come_with_titles_versions_and_sources(capsys):
    assert main(["rubrics", "--json"]) == 0
    listed = {one["id"]: one for one in json.loads(capsys.readouterr().out)["rubrics"]}
    assert {"medical-poc", "poc-selection"} <= set(listed)
    for one in listed.values():
        assert set(one["title"]) == {"zh", "en"}
        assert one["version"]
        assert one["source"]["document"]
        assert len(one["hash"]) == 64


def test_rubrics_are_a_table_for_people(capsys):
    assert main(["rubrics"]) == 0
    lines = capsys.readouterr().out.splitlines()
    row = next(place for place, line in enumerate(lines) if line.startswith("medical-poc "))
    assert lines[row].endswith("医学成果概念验证评价表")
    assert lines[row + 1].startswith("    出处：")


def test_a_workspace_is_made_and_named(capsys, tmp_path):
    folder = tmp_path / "评审工作"
    assert main(["init", str(folder)]) == 0
    assert capsys.readouterr().out == f"{folder}\n"
    assert (folder / "poc-eval.toml").is_file()


def test_a_workspace_is_not_made_twice(capsys, tmp_path):
    assert main(["init", str(tmp_path), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["workspace"]["language"] == "zh"
    assert main(["init", str(tmp_path)]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith(f"poc-eval: {tmp_path}: ")


def test_a_path_through_a_file_is_refused_in_words(capsys, tmp_path):
    (tmp_path / "file").touch()
    assert main(["init", str(tmp_path / "file" / "work")]) == 2
    said = capsys.readouterr().err
    assert said.startswith(f"poc-eval: {tmp_path / 'file'}")
    assert said.count("\n") == 1


def test_every_shipped_definition_passes_the_check(capsys):
    files = sorted(
        str(file) for kind in ("rubrics", "scales") for file in shipped_folder(kind).glob("*.yaml")
    )
    assert main(["check", *files]) == 0
    said = capsys.readouterr()
    assert said.err == ""
    assert len(said.out.splitlines()) == len(files)


def test_every_fault_of_every_file_is_told_with_its_line_and_what_to_do(capsys, tmp_path):
    good = shipped_folder("rubrics") / "medical-poc.yaml"
    bad = tmp_path / "坏表.yaml"
    text = good.read_text(encoding="utf-8")
    bad.write_text(text.replace("stage: selection", "stage: lunch").replace("max: 25", "max: 010"), "utf-8")
    twice = tmp_path / "twice.yaml"
    twice.write_text("id: a\nid: b\ncriteria: []\n", encoding="utf-8")
    assert main(["check", str(bad), str(good), str(twice)]) == 1
    said = capsys.readouterr()
    assert said.out.count("\n") == 1
    assert "medical-poc" in said.out
    lines = said.err.splitlines()
    assert any(line.startswith(f"poc-eval: {bad}:3: stage: ") for line in lines)
    assert any(line.startswith(f"poc-eval: {twice}:2: ") for line in lines)
    assert len([line for line in lines if str(bad) in line]) >= 2
    assert all("；" in line for line in lines)


def test_a_check_as_json_is_one_document_with_the_faults_in_it(capsys, tmp_path):
    bad = tmp_path / "bad.yaml"
    bad.write_text("criteria: [\n", encoding="utf-8")
    assert main(["check", "--json", str(bad)]) == 1
    (file,) = json.loads(capsys.readouterr().out)["files"]
    assert file["file"] == str(bad)
    assert file["faults"][0]["line"] == 1


def test_a_file_that_cannot_be_read_is_another_thing_than_a_wrong_one(capsys, tmp_path):
    missing = tmp_path / "missing.yaml"
    assert main(["check", str(missing), str(tmp_path)]) == 2
    lines = capsys.readouterr().err.splitlines()
    assert lines[0].startswith(f"poc-eval: {missing}: 没有这个文件或文件夹；")
    assert lines[1].startswith(f"poc-eval: {tmp_path}: ")


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"- 1\n- 2\n", b"payout: {rate: 0.3}\n"])
def test_what_is_no_rubric_is_said_to_be_none(capsys, tmp_path, content):
    file = tmp_path / "file.yaml"
    file.write_bytes(content)
    assert main(["check", str(file)]) == 1
    assert capsys.readouterr().err.startswith(f"poc-eval: {file}")


@pytest.fixture
def workspace(tmp_path):
    workspace = Workspace.create(tmp_path / "work")
    workspace.store.add_project(Project(id="icp", title=Text("颅内压平衡装置", "ICP device")))
    return workspace


def test_a_notebook_is_made_and_found_again(capsys, workspace):
    call = ["new", "clinical_review", "--project", "icp", "--reviewer", "王主任", "-w", str(workspace.path)]
    assert main(call) == 0
    (path,) = capsys.readouterr().out.splitlines()
    notebook = json.loads(Path(path).read_text(encoding="utf-8"))
    assert notebook["metadata"]["poc_eval"]["project"] == "icp"
    assert notebook["metadata"]["poc_eval"]["lang"] == "zh"
    assert main([*call, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["notebook"]["path"] == path


def test_the_reviewer_is_this_computers_account_unless_named(capsys, monkeypatch, workspace):
    monkeypatch.setattr("getpass.getuser", lambda: "li")
    monkeypatch.chdir(workspace.path)
    assert main(["new", "clinical_review", "--project", "icp", "--lang", "en"]) == 0
    assert "li" in capsys.readouterr().err
    assert [review.reviewer for review in workspace.reviews()] == ["li"]


def test_an_account_without_a_name_is_asked_for_one(capsys, monkeypatch, workspace):
    def nobody():
        raise KeyError(0)

    monkeypatch.setattr("getpass.getuser", nobody)
    assert main(["new", "clinical_review", "--project", "icp", "-w", str(workspace.path)]) == 2
    assert capsys.readouterr().err == "poc-eval: 无法确定评审专家；请用 --reviewer 填写姓名\n"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"TEMPLATE": "lunch"}, "lunch"),
        ({"--project": "nowhere"}, "nowhere"),
        ({"--rubric": "no-such-sheet"}, "no-such-sheet"),
        ({"--reviewer": " "}, ""),
    ],
)
def test_what_a_notebook_cannot_be_made_of_is_named_and_nothing_is_written(capsys, workspace, wrong, said):
    chosen = {"TEMPLATE": "clinical_review", "--project": "icp", "--reviewer": "王", **wrong}
    template = chosen.pop("TEMPLATE")
    words = [word for pair in chosen.items() for word in pair]
    assert main(["new", template, *words, "-w", str(workspace.path)]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith("poc-eval: ")
    assert said in told.err
    assert not list((workspace.path / "notebooks").iterdir())


def test_outside_any_workspace_it_says_how_to_make_one(capsys, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    assert main(["new", "clinical_review", "--project", "icp", "--reviewer", "王"]) == 2
    assert "poc-eval init" in capsys.readouterr().err


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """Return the example workspace as ``init --demo`` makes it; its notebooks and reviews are not changed."""
    folder = tmp_path_factory.mktemp("demo") / "示例"
    assert main(["init", str(folder), "--demo"]) == 0
    return folder


def test_the_demo_holds_real_projects_and_example_reviews_that_say_so(demo):
    workspace = Workspace.open(demo)
    assert len(workspace.projects()) >= 11
    assert {review.status for review in workspace.reviews()} == {"draft", "submitted"}
    assert all(review.example for review in workspace.reviews())
    assert list((demo / "notebooks").glob("*.ipynb"))


def test_a_report_is_one_file_named_on_one_line(capsys, demo, tmp_path):
    notebook = min((demo / "notebooks").glob("*.ipynb"))
    assert main(["report", str(notebook), "-o", str(tmp_path)]) == 0
    said = capsys.readouterr()
    assert said.out == f"{tmp_path / notebook.stem}.html\n"
    assert "<html" in (tmp_path / f"{notebook.stem}.html").read_text(encoding="utf-8")


def test_in_a_batch_the_good_reports_are_written_and_the_bad_notebook_is_named(capsys, demo, tmp_path):
    good = sorted((demo / "notebooks").glob("*.ipynb"))[:2]
    half = tmp_path / "写了一半.ipynb"
    half.write_bytes(good[0].read_bytes()[:500])
    out = tmp_path / "out"
    call = ["report", *map(str, [good[0], half, good[1]]), "-o", str(out), "--lang", "both", "--json"]
    assert main(call) == 1
    said = capsys.readouterr()
    answer = json.loads(said.out)
    assert [one["notebook"] for one in answer["reports"]] == [str(good[0]), str(good[1])]
    assert [one["notebook"] for one in answer["failed"]] == [str(half)]
    assert all(Path(one["path"]).is_file() and len(one["code"]) >= 8 for one in answer["reports"])
    assert f"poc-eval: {half}" in said.err
    assert {path.name for path in out.iterdir()} == {
        "index.html",
        *(Path(one["path"]).name for one in answer["reports"]),
    }


@pytest.mark.parametrize("name", ["missing.ipynb", "."])
def test_what_is_no_notebook_gives_no_report(capsys, tmp_path, name):
    assert main(["report", str(tmp_path / name), "-o", str(tmp_path / "out")]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith(f"poc-eval: {tmp_path}")


def test_two_reports_of_one_name_never_replace_each_other(capsys, demo, tmp_path):
    notebook = min((demo / "notebooks").glob("*.ipynb"))
    other = tmp_path / "other"
    other.mkdir()
    twin = other / notebook.name
    twin.write_bytes(notebook.read_bytes())
    assert main(["report", str(notebook), str(twin), "-o", str(tmp_path / "out")]) == 2
    assert capsys.readouterr().err.startswith(f"poc-eval: {twin}: ")
    assert not (tmp_path / "out").exists()


def test_many_reports_show_how_far_they_are_on_a_terminal(monkeypatch, capsys, demo, tmp_path):
    notebooks = sorted((demo / "notebooks").glob("*.ipynb"))
    assert len(notebooks) >= 5
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    assert main(["report", *map(str, notebooks), "-o", str(tmp_path)]) == 0
    said = capsys.readouterr()
    assert f"1/{len(notebooks)}" in said.err
    assert len(said.out.splitlines()) == len(notebooks)


def test_a_gbk_terminal_can_be_written_to():
    done = subprocess.run(
        [sys.executable, "-P", "-m", "poc_eval", "--help"],
        env={**os.environ, "PYTHONIOENCODING": "gbk", "POC_EVAL_LANG": "zh"},
        capture_output=True,
        check=True,
    )
    assert "概念验证项目与中试平台评价工具" in done.stdout.decode("gbk")
