from __future__ import annotations

import base64
import hashlib
import json
import os
import re
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

import poc_eval
from poc_eval.errors import NotebookError, PocEvalError, WorkspaceError
from poc_eval.report.frame import DATA_ID
from poc_eval.report.write import write_report
from poc_eval.workspace.workspace import Workspace

PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


def page_of(written):
    return written.path.read_text(encoding="utf-8")


def data_of(page):
    [block] = re.findall(rf'<script type="application/json" id="{DATA_ID}">(.*?)</script>', page)
    return json.loads(block)


def test_a_report_goes_to_the_reports_folder_under_the_notebooks_name(submitted):
    written = write_report(submitted.notebook)
    assert written.path == submitted.folder / "reports" / f"{submitted.notebook.stem}.html"
    assert written.bytes == written.path.stat().st_size
    assert written.notes == ()
    assert written.code in page_of(written)


def test_the_medical_review_in_one_language_stays_under_60_kb(submitted):
    for lang in ("zh", "en"):
        assert write_report(submitted.notebook, lang=lang).bytes < 60_000


def test_languages_do_not_overwrite_each_other(submitted, tmp_path):
    names = {
        write_report(submitted.notebook, lang=lang, output_dir=tmp_path / "out").path.name
        for lang in ("zh", "en", "both")
    }
    stem = submitted.notebook.stem
    assert names == {f"{stem}.html", f"{stem}-en.html", f"{stem}-zh-en.html"}


def test_both_languages_stand_in_sections_of_their_own(submitted):
    page = page_of(write_report(submitted.notebook, lang="both"))
    assert page.count('class="pe-view pe-report') == 2
    assert page.index("概念验证项目评价意见") < page.index("Evaluation opinion on a proof-of-concept project")
    assert len(re.findall(f'id="{DATA_ID}"', page)) == 1
    ids = re.findall(r' id="([^"]*)"', page)
    assert len(ids) == len(set(ids))


def test_a_report_is_in_the_notebooks_language_where_none_is_named(submitted):
    english = submitted.new(lang="en")
    assert '<html lang="en">' in page_of(write_report(english))
    assert '<html lang="zh-CN">' in page_of(write_report(submitted.notebook))


def test_the_page_carries_records_rubric_and_narrative(submitted):
    submitted.write("## 总体评价\n\n思路清楚。")
    data = data_of(page_of(write_report(submitted.notebook)))
    assert data["review"]["id"] == submitted.review.id
    assert data["review"]["answers"]["opinion"]["value"].startswith("建议补充")
    assert data["project"]["id"] == submitted.project.id
    assert set(data["made_by"]) == {"poc_eval", "markdown-it-py", "markupsafe", "nh3"}
    assert data["rubric"]["text"].startswith("id: medical-poc")
    assert data["narrative"]["parts"][-1] == {
        "kind": "words",
        "text": "## 总体评价\n\n思路清楚。",
        "pictures": [],
    }
    assert data["sealed"] == submitted.workspace.store.submission(submitted.review.id).sha256


def test_the_report_shows_the_record_as_it_is_now(case):
    before = page_of(write_report(case.notebook))
    assert "草稿，未提交" in before
    assert "评审专家（签字）" not in before
    assert "尚缺" in before
    case.submit()
    after = page_of(write_report(case.notebook))
    assert "草稿，未提交" not in after
    assert "评审专家（签字）" in after
    assert "尚缺" not in after


def test_the_code_changes_with_the_record_and_not_with_the_language(case):
    draft = write_report(case.notebook).code
    case.submit()
    code = write_report(case.notebook).code
    assert code != draft
    assert re.fullmatch(r"[0-9A-F]{4}(-[0-9A-F]{4}){3}", code)
    assert write_report(case.notebook, lang="both").code == code


def test_anybody_can_recompute_the_code_from_the_file(submitted):
    written = write_report(submitted.notebook)
    data = data_of(page_of(written))
    records = {key: data[key] for key in data.keys() - {"renderer", "made_by", "code", "seal"}}
    spelling = json.dumps(records, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    digest = hashlib.sha256(spelling.encode("utf-8")).hexdigest()[:16].upper()
    assert "-".join(re.findall("....", digest)) == written.code == data["code"]


def test_prompts_and_paragraphs_left_alone_do_not_reach_the_report(submitted):
    page = page_of(write_report(submitted.notebook))
    assert "双击此处" not in page
    assert "评审说明" not in page.partition("<script")[0].replace("评审说明等数据", "")
    submitted.write("补充说明。")
    assert "评审说明</h2>" in page_of(write_report(submitted.notebook))


def test_an_amended_review_says_that_it_no_longer_counts(submitted):
    store = submitted.workspace.store
    newer = store.amend(submitted.review.id, reason="计分有误")
    assert "已被后一版更正" not in page_of(write_report(submitted.notebook))
    submitted.workspace.submit(newer.id, revision=newer.revision)
    page = page_of(write_report(submitted.notebook))
    assert "已被后一版更正" in page
    assert newer.id in page


def test_a_changed_template_cell_is_told(submitted):
    assert "模板单元格已改动" not in page_of(write_report(submitted.notebook))

    def change(document):
        cell = next(cell for cell in document["cells"] if cell["metadata"].get("poc_eval", {}).get("locked"))
        cell["source"] = "print(1)"

    submitted.edit(change)
    assert "模板单元格已改动" in page_of(write_report(submitted.notebook))


def test_a_picture_that_code_drew_is_embedded_with_its_own_size(submitted, code_cell):
    hostile = {"image/png": {"width": "1 onerror=window.__pwned=1"}}
    submitted.write(code_cell({"image/png": PIXEL, "text/plain": "<Figure>"}, metadata=hostile))
    page = page_of(write_report(submitted.notebook))
    assert re.search(r'<img src="data:image/png;base64,[^"]*" alt="笔记本中的图" width="1" height="1">', page)
    assert "onerror" not in page
    assert "Figure" not in page


@pytest.mark.parametrize(
    "kind",
    [
        "text/html",
        "text/plain",
        "application/javascript",
        "text/latex",
        "text/markdown",
        "image/gif",
        "application/json",
    ],
)
def test_no_other_output_contributes_anything(submitted, code_cell, kind):
    without = page_of(write_report(submitted.notebook))
    submitted.write(code_cell({kind: "9,999,999"}))
    assert page_of(write_report(submitted.notebook)) == without


def test_streams_and_errors_contribute_nothing(submitted, code_cell):
    without = page_of(write_report(submitted.notebook))
    cell = code_cell({})
    cell["outputs"] = [
        {"output_type": "stream", "name": "stdout", "text": "9,999,999"},
        {"output_type": "error", "ename": "E", "evalue": "9,999,999", "traceback": ["9,999,999"]},
        "no output at all",
        {"output_type": "display_data", "data": {"image/png": 7}},
    ]
    submitted.write(cell)
    assert page_of(write_report(submitted.notebook)) == without


def test_a_damaged_picture_is_left_out_and_told(submitted, code_cell):
    submitted.write(code_cell({"image/png": "aGk="}), code_cell({"image/svg+xml": ["<svg", ">"]}))
    notes = [note.text("zh") for note in write_report(submitted.notebook).notes]
    assert len(notes) == 2
    assert all("未收入报告" in note for note in notes)


def test_pictures_of_the_workspace_and_attachments_are_embedded(submitted):
    (submitted.notebook.parent / "图 1.png").write_bytes(base64.b64decode(PIXEL))

    def change(document):
        document["cells"].append(
            {
                "cell_type": "markdown",
                "id": "mine",
                "metadata": {},
                "source": "![台架](<图 1.png>)\n\n![附](attachment:a.png)",
                "attachments": {"a.png": {"image/png": PIXEL}},
            }
        )

    submitted.edit(change)
    written = write_report(submitted.notebook)
    assert page_of(written).count("data:image/png;base64,") == 2
    assert written.notes == ()


def test_a_picture_behind_a_link_out_of_the_workspace_is_named_and_left_out(submitted, tmp_path):
    """H19."""
    outside = tmp_path / "secret.png"
    outside.write_bytes(b"\x89PNG\r\n\x1a\nsecret")
    (submitted.notebook.parent / "link.png").symlink_to(outside)
    submitted.write(
        "![x](link.png) ![y](../../secret.png) ![z](/etc/passwd) ![w](https://evil.example/b.png)"
    )
    written = write_report(submitted.notebook)
    assert [note.place for note in written.notes] == [
        "link.png",
        "../../secret.png",
        "/etc/passwd",
        "https://evil.example/b.png",
    ]
    assert "data:image/png" not in page_of(written)
    assert "［图片未收入：x］" in page_of(written)


def test_another_of_the_reviewers_own_reviews_is_shown_beside_it(submitted):
    other = submitted.workspace.store.open_review(
        submitted.project.id, "reviewer-1", submitted.workspace.pin("poc-selection")
    )
    submitted.write(view_cell(other.id))
    page = page_of(write_report(submitted.notebook))
    assert '<div class="pe-enclosed">' in page
    assert data_of(page)["narrative"]["parts"][-1]["review"]["id"] == other.id


def test_another_reviewers_review_is_never_shown(submitted):
    other = submitted.workspace.store.open_review(
        submitted.project.id, "reviewer-2", submitted.workspace.pin("medical-poc")
    )
    submitted.write(view_cell(other.id), view_cell("nobody"))
    written = write_report(submitted.notebook)
    assert "reviewer-2" not in page_of(written)
    assert 'pe-enclosed"' not in page_of(written)
    assert [note.place for note in written.notes] == [other.id, "nobody"]


def view_cell(review):
    view = {"kind": "review-summary", "id": review, "options": {}}
    return {
        "cell_type": "code",
        "id": f"v-{review}",
        "metadata": {"poc_eval": {"view": view}},
        "source": "",
        "execution_count": None,
        "outputs": [],
    }


def test_a_notebook_in_another_folder_finds_its_workspace_by_name(submitted, tmp_path):
    elsewhere = tmp_path / "desk" / "review.ipynb"
    elsewhere.parent.mkdir()
    elsewhere.write_bytes(submitted.notebook.read_bytes())
    with pytest.raises(WorkspaceError):
        write_report(elsewhere)
    written = write_report(elsewhere, workspace=submitted.folder, output_dir=tmp_path)
    assert written.path == tmp_path / "review.html"


def test_a_notebook_of_another_workspace_is_refused(submitted, tmp_path):
    Workspace.create(tmp_path / "other")
    with pytest.raises(NotebookError, match="another workspace"):
        write_report(submitted.notebook, workspace=tmp_path / "other")


def test_an_unknown_review_is_refused_with_a_way_out(submitted):
    def change(document):
        document["metadata"]["poc_eval"]["review"] = "gone"
        for cell in document["cells"]:
            cell["source"] = "".join(cell["source"]).replace(submitted.review.id, "gone")

    submitted.edit(change)
    with pytest.raises(NotebookError) as caught:
        write_report(submitted.notebook)
    assert "没有评审 gone" in caught.value.lines("zh")[0]
    assert "-w" in caught.value.lines("zh")[0]


def test_a_notebook_about_nothing_is_refused(submitted):
    plain = submitted.folder / "notebooks" / "plain.ipynb"
    plain.write_text(json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": []}))
    with pytest.raises(NotebookError, match="shows no review"):
        write_report(plain)


@pytest.mark.parametrize("content", ["", "{", '{"cells": [', "[]", '{"nbformat": 3}'])
def test_a_half_written_notebook_is_refused_and_nothing_is_written(submitted, content):
    broken = submitted.folder / "notebooks" / "broken.ipynb"
    broken.write_text(content, encoding="utf-8")
    with pytest.raises(NotebookError):
        write_report(broken)
    assert not list((submitted.folder / "reports").iterdir())


def test_nothing_in_a_notebook_is_executed_and_nothing_beside_it_is_read(submitted, tmp_path, code_cell):
    """H21, H22."""
    touched = tmp_path / "pwned"
    source = f"from pathlib import Path\nPath({str(touched)!r}).touch()"
    submitted.write(code_cell({}, source=source))
    for name in ("conf.json", "index.html.j2", "inkscape.bat", "report.css", "jupyter_nbconvert_config.py"):
        (submitted.notebook.parent / name).write_text(source)
    write_report(submitted.notebook)
    assert not touched.exists()


def test_a_name_that_leads_elsewhere_stays_a_name(submitted):
    strange = submitted.notebook.with_name("..\\..\\x <b>.ipynb")
    strange.write_bytes(submitted.notebook.read_bytes())
    written = write_report(strange)
    assert written.path.parent == submitted.folder / "reports"
    assert re.fullmatch(r"x-b-[0-9a-f]{10}\.html", written.path.name)


def test_reports_are_the_same_to_the_byte_in_any_process(submitted, tmp_path):
    submitted.write("## 说明\n\n一、二、三。")
    script = (
        "import sys; from poc_eval.report.write import write_report\n"
        "for lang in ('zh', 'en', 'both'): write_report(sys.argv[1], output_dir=sys.argv[2], lang=lang)\n"
    )
    settings = (
        {"PYTHONHASHSEED": "1", "TZ": "Asia/Shanghai", "LC_ALL": "C.UTF-8", "LANG": "zh_CN.UTF-8"},
        {"PYTHONHASHSEED": "77", "TZ": "America/New_York", "LC_ALL": "C", "LANG": "C"},
    )
    for number, setting in enumerate(settings):
        subprocess.run(
            [sys.executable, "-c", script, submitted.notebook, tmp_path / str(number)],
            env={**os.environ, **setting, "PYTHONPATH": str(Path(poc_eval.__file__).parents[1])},
            check=True,
        )
    first, second = (
        {path.name: path.read_bytes() for path in (tmp_path / str(number)).iterdir()} for number in (0, 1)
    )
    assert len(first) == 3
    assert first == second


def test_a_report_on_a_review_loads_neither_nbconvert_nor_what_panels_need():
    heavy = {"nbconvert", "nbformat", "numpy", "pandas", "scipy", "jupyter_server"}
    script = f"import sys, poc_eval.report.write; assert not {heavy!r} & set(sys.modules)"
    subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, "PYTHONPATH": str(Path(poc_eval.__file__).parents[1])},
        check=True,
    )


def test_what_no_reader_could_read_is_left_out_and_told(submitted):
    """Every ``![`` is looked at to the end of its passage: twenty megabytes of them would take minutes."""
    submitted.write("前言", "![" * 400_000, "后记")
    written = write_report(submitted.notebook)
    page = written.path.read_text(encoding="utf-8")
    assert ("前言" in page, "后记" in page, "![![" in page) == (True, True, False)
    assert "500,000" in written.notes[0].text("en")


PLACES = (
    ("cells", 2, "cell_type"),
    ("cells", 3, "source"),
    ("cells", 3, "metadata", "poc_eval", "view"),
    ("cells", 3, "metadata", "poc_eval", "view", "id"),
    ("metadata", "poc_eval"),
    ("metadata", "poc_eval", "sheet"),
    ("metadata", "poc_eval", "review"),
    ("metadata", "poc_eval", "template", "id"),
)


def test_whatever_stands_anywhere_in_a_notebook_gives_a_report_or_a_message(submitted, tmp_path):
    submitted.edit(lambda document: document["cells"][3]["metadata"]["poc_eval"].setdefault("view", {}))
    good = submitted.notebook.read_text(encoding="utf-8")
    told = set()
    for place in PLACES:
        for odd in (None, [], {}, {"a": {}}, "\ud800", "../x"):
            document = json.loads(good)
            inner = document
            for step in place[:-1]:
                inner = inner[step]
            inner[place[-1]] = odd
            submitted.notebook.write_text(json.dumps(document), encoding="utf-8")
            # Nothing else may be raised.
            with suppress(PocEvalError):
                write_report(submitted.notebook, output_dir=tmp_path)
                told.add(place)
    assert {("cells", 3, "source"), ("metadata", "poc_eval", "sheet")} <= told < set(PLACES)
