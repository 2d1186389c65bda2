from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import poc_eval
from poc_eval.cli import main
from poc_eval.workspace.demo import fill_demo
from poc_eval.workspace.workspace import Workspace


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    """Return a report in a workspace, and the folder of the keys that sealed it."""
    home = tmp_path_factory.mktemp("verify")
    os.environ["POC_EVAL_KEYS"] = str(home / "keys")
    workspace = Workspace.create(home / "demo")
    fill_demo(workspace)
    notebook = next(one for one in sorted((home / "demo" / "notebooks").glob("*reviewer-1*")))
    assert main(["report", str(notebook)]) == 0
    return home / "demo" / "reports" / f"{notebook.stem}.html"


@pytest.fixture(autouse=True)
def _own_keys(report, monkeypatch):
    monkeypatch.setenv("POC_EVAL_KEYS", str(report.parents[2] / "keys"))


def asked(capsys, *call):
    capsys.readouterr()
    code = main(["verify", *map(str, call), "--lang", "en"])
    said = capsys.readouterr()
    return code, said.out, said.err


def test_a_genuine_report_is_verified_on_one_line(report, capsys):
    code, out, err = asked(capsys, report)
    assert (code, err) == (0, "")
    assert out.startswith(f"{report}: verified, code ")


def test_a_changed_report_is_one_with_what_was_changed_named_first(report, capsys, tmp_path):
    changed = tmp_path / "changed.html"
    changed.write_bytes(report.read_bytes().replace("示例".encode(), "实例".encode(), 1))
    code, out, err = asked(capsys, changed)
    assert (code, out) == (1, "")
    first, *_rest, last = err.splitlines()
    assert first.startswith(f"poc-eval: {changed}: the page differs from its records in “")
    assert "the seal does not hold" in last


def test_one_document_for_programs(report, capsys):
    code, out, _err = asked(capsys, report, "--json")
    said = json.loads(out)
    assert code == 0
    assert said["verified"] is True
    assert said["checks"] == dict.fromkeys(("file", "figures", "rendering", "seal", "newest"), "passed")
    assert (said["algorithm"], said["findings"], said["notes"]) == ("Ed25519", [], [])


def test_what_cannot_be_opened_is_two(report, capsys):
    assert asked(capsys, report.with_name("none.html"))[0] == 2
    assert asked(capsys, report.parent)[0] == 2
    assert asked(capsys, report, "--keys", report.with_name("none"))[0] == 2
    assert asked(capsys, report, "--register", report.with_name("none"))[0] == 2


def test_without_the_key_the_report_is_refused_and_with_what_was_handed_out_it_holds(
    report, capsys, tmp_path
):
    empty, handed = tmp_path / "empty", tmp_path / "handed"
    empty.mkdir()
    code, _out, err = asked(capsys, report, "--keys", empty)
    assert code == 1
    assert "a key that is not known here" in err
    assert main(["keys", "--export", str(handed)]) == 0
    assert not list(handed.rglob("*.key"))
    assert asked(capsys, report, "--keys", handed, "--register", handed / "register.jsonl")[0] == 0


def test_an_older_report_in_the_place_of_a_newer_one_is_told(report, capsys):
    old = report.read_bytes()
    notebook = report.parents[1] / "notebooks" / f"{report.stem}.ipynb"
    before = notebook.read_text(encoding="utf-8")
    document = json.loads(before)
    document["cells"].append({"cell_type": "markdown", "id": "more", "metadata": {}, "source": "补充说明。"})
    notebook.write_text(json.dumps(document), encoding="utf-8")
    assert main(["report", str(notebook)]) == 0
    assert asked(capsys, report)[0] == 0
    report.write_bytes(old)
    code, _out, err = asked(capsys, report)
    assert code == 1
    assert "this is an older report" in err
    notebook.write_text(before, encoding="utf-8")
    assert main(["report", str(notebook)]) == 0
    assert asked(capsys, report)[0] == 0


def test_it_verifies_in_a_process_of_its_own(report):
    done = subprocess.run(
        [sys.executable, "-m", "poc_eval", "verify", str(report)],
        env={**os.environ, "PYTHONPATH": str(Path(poc_eval.__file__).parents[1])},
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr


def test_several_reports_at_once_are_the_ones_made_one_by_one(report, capsys, tmp_path):
    notebooks = sorted((report.parents[1] / "notebooks").glob("*reviewer-[12]*.ipynb"))[:3]
    broken = tmp_path / "broken.ipynb"
    broken.write_text("{", encoding="utf-8")
    for jobs in ("1", "2"):
        call = ["report", *map(str, [*notebooks, broken]), "-o", str(tmp_path / jobs), "--jobs", jobs]
        assert main(call) == 1
        assert f"{broken}" in capsys.readouterr().err
    one, two = ({path.name: path.read_bytes() for path in (tmp_path / jobs).iterdir()} for jobs in "12")
    assert len(one) == 4  # three reports and their overview
    assert one == two


@pytest.mark.parametrize("jobs", ["0", "-1", "many"])
def test_a_number_of_jobs_is_at_least_one(report, capsys, jobs):
    assert main(["report", str(report), "--jobs", jobs]) == 2
    assert "--jobs" in capsys.readouterr().err
