from __future__ import annotations

import json
from pathlib import Path

import nbformat
import pytest
from nbconvert.exporters import Exporter
from traitlets.config import Config

from poc_eval.report.exporter import RefusedExportError, ReportExporter
from poc_eval.report.write import write_report


def test_the_exporter_gives_the_same_page_as_the_command(submitted):
    submitted.write("## 总体评价\n\n思路清楚。")
    page, resources = ReportExporter().from_filename(str(submitted.notebook))
    assert page == write_report(submitted.notebook).path.read_text(encoding="utf-8")
    assert resources["output_extension"] == ".html"


def test_lab_hands_over_a_notebook_that_it_has_read(submitted):
    notebook = nbformat.read(submitted.notebook, as_version=4)
    where = {
        "name": submitted.notebook.stem,
        "path": str(submitted.notebook.parent),
        "modified_date": "today",
    }
    page, _resources = ReportExporter().from_notebook_node(notebook, resources={"metadata": where})
    assert "颅内压平衡装置" in page
    assert "today" not in page


def test_the_language_can_be_set(submitted):
    config = Config({"ReportExporter": {"lang": "both"}})
    page, _resources = ReportExporter(config=config).from_filename(str(submitted.notebook))
    assert "Evaluation opinion" in page
    assert "评价意见" in page


def test_the_workspace_can_be_named(submitted, tmp_path):
    elsewhere = tmp_path / "review.ipynb"
    elsewhere.write_bytes(submitted.notebook.read_bytes())
    config = Config({"ReportExporter": {"workspace": str(submitted.folder)}})
    page, _resources = ReportExporter(config=config).from_filename(str(elsewhere))
    assert "颅内压平衡装置" in page


def test_a_refusal_is_said_in_the_notebooks_language(submitted, tmp_path):
    elsewhere = tmp_path / "review.ipynb"
    elsewhere.write_bytes(submitted.notebook.read_bytes())
    with pytest.raises(RefusedExportError, match="工作区"):
        ReportExporter().from_filename(str(elsewhere))


def test_no_configuration_makes_it_execute_or_take_a_template(submitted, tmp_path, code_cell, monkeypatch):
    touched = tmp_path / "pwned"
    submitted.write(code_cell({}, source=f"open({str(touched)!r}, 'w')"))
    beside = submitted.notebook.parent
    (beside / "index.html.j2").write_text("taken")
    (beside / "conf.json").write_text(json.dumps({"base_template": "taken"}))
    monkeypatch.chdir(beside)
    config = Config(
        {
            "ExecutePreprocessor": {"enabled": True},
            "TemplateExporter": {"extra_template_basedirs": [str(beside)], "template_file": "index.html.j2"},
        }
    )
    page, _resources = ReportExporter(config=config).from_filename(str(submitted.notebook))
    assert page == write_report(submitted.notebook).path.read_text(encoding="utf-8")
    assert not touched.exists()


def test_what_was_left_out_is_told_in_the_log(submitted, caplog):
    submitted.write("![x](https://evil.example/b.png)")
    ReportExporter().from_filename(str(submitted.notebook))
    assert "https://evil.example/b.png" in caplog.text


def test_it_stands_in_labs_menu_under_its_name():
    assert issubclass(ReportExporter, Exporter)
    assert ReportExporter.export_from_notebook == "poc_eval report"
    declared = (Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8")
    assert 'poc_eval_report = "poc_eval.report.exporter:ReportExporter"' in declared


def test_every_export_stands_in_the_log(submitted):
    before = len(submitted.workspace.store.log())
    ReportExporter().from_filename(str(submitted.notebook))
    write_report(submitted.notebook)
    assert [entry.action for entry in submitted.workspace.store.log()[before:]] == ["export", "report"]
