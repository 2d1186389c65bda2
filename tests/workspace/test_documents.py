"""A notebook read back says what it shows and what was written in it, and a broken one says the way out."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poc_eval.errors import NotebookError
from poc_eval.workspace.documents import ViewReference, read_notebook, written_words
from poc_eval.workspace.ipynb import LARGEST, Cell, write_new_ipynb
from poc_eval.workspace.notebook_content import notebook_content
from poc_eval.workspace.parameters import Parameters
from poc_eval.workspace.records import DefinitionRef, ReviewRecord
from poc_eval.workspace.templates import find_template

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2026, 11, 20, 7, 41, tzinfo=UTC)
REVIEW = ReviewRecord(
    id="r-1",
    project_id="p-1",
    reviewer="reviewer-1",
    rubric=DefinitionRef("medical-poc", "1.0", "0" * 64),
    version=1,
    status="draft",
    revision=0,
    created_at=NOW,
    updated_at=NOW,
    submitted_at=None,
    amends=None,
    amendment_reason=None,
    example=True,
)
TEMPLATE = find_template("clinical_review")


@pytest.fixture
def document():
    content = notebook_content(TEMPLATE, review=REVIEW, workspace_id="w-1", lang="zh")
    return json.loads(json.dumps(content))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "评审.ipynb"


def cell(document, cell_id):
    return next(cell for cell in document["cells"] if cell["id"] == cell_id)


def test_a_new_notebook_says_whose_it_is(document, path):
    write_new_ipynb(path, document)
    read = read_notebook(path)
    assert (read.ours, read.workspace, read.project, read.review, read.lang) == (
        True,
        "w-1",
        "p-1",
        "r-1",
        "zh",
    )
    assert read.template is not None
    assert (read.template.id, read.template.hash) == ("clinical_review", TEMPLATE.hash)
    assert read.parameters == Parameters("r-1", "zh")
    assert read.locked_cells_unchanged


def test_views_come_in_the_order_of_the_page(document, path):
    write_new_ipynb(path, document)
    assert read_notebook(path).views == (
        ViewReference("review-form", "r-1", {}),
        ViewReference("review-summary", "r-1", {}),
    )


def test_paragraphs_left_alone_and_guidance_are_nobodys_words(document, path):
    write_new_ipynb(path, document)
    assert read_notebook(path).narrative == ()


def test_words_beside_over_and_under_the_prompt_are_kept(document, path):
    overall, strengths, concerns = (
        cell(document, f"{name}-zh") for name in ("overall", "strengths", "concerns")
    )
    overall["source"] = "## 总体评价\n\n样机已完成。"
    strengths["source"] = "".join(strengths["source"]) + "原理清楚。"
    concerns["source"] = ["缺少对照。\n", *concerns["source"], "\n\n- 补充试验\n"]
    document["cells"].append({"cell_type": "markdown", "id": "mine", "metadata": {}, "source": "# 附注"})
    write_new_ipynb(path, document)
    assert [(one.narrative, one.text) for one in read_notebook(path).narrative] == [
        ("overall", "## 总体评价\n\n样机已完成。"),
        ("strengths", "## 主要优点\n\n原理清楚。"),
        ("concerns", "缺少对照。\n## 主要问题与建议\n\n\n\n- 补充试验"),
        (None, "# 附注"),
    ]


def test_a_sentence_typed_into_the_guidance_is_not_lost(document, path):
    guide = cell(document, "guide-zh")
    guide["source"] = "".join(guide["source"]) + "\n\n请注意第三页。"
    write_new_ipynb(path, document)
    assert [one.text for one in read_notebook(path).narrative] == ["请注意第三页。"]


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1).filter(str.strip))
def test_whatever_is_written_under_a_prompt_is_found(words):
    prompt = "（双击此处。）"
    found = Cell(
        id="a",
        kind="markdown",
        source=f"{prompt}\n字{words}",
        metadata={"poc_eval": {"prompt": [prompt]}},
    )
    assert written_words(found) == f"字{words}".replace(prompt, "").strip()


def test_a_changed_or_missing_locked_cell_is_noticed(document, path, tmp_path):
    cell(document, "form")["source"] = "print('完全同意')"
    write_new_ipynb(path, document)
    assert not read_notebook(path).locked_cells_unchanged
    document["cells"] = [one for one in document["cells"] if one["id"] != "form"]
    write_new_ipynb(tmp_path / "b.ipynb", document)
    assert not read_notebook(tmp_path / "b.ipynb").locked_cells_unchanged


def test_a_hash_rewritten_to_fit_the_change_is_noticed(document, path):
    cell(document, "form")["metadata"]["poc_eval"]["locked"] = False
    rest = notebook_content(TEMPLATE, review=REVIEW, workspace_id="w-1", lang="zh")
    assert rest["metadata"] == document["metadata"]
    document["metadata"]["poc_eval"]["template"]["hash"] = "f" * 64
    write_new_ipynb(path, document)
    assert not read_notebook(path).locked_cells_unchanged


def test_a_view_turned_to_another_review_is_noticed(document, path):
    cell(document, "form")["metadata"]["poc_eval"]["view"]["id"] = "r-2"
    write_new_ipynb(path, document)
    assert not read_notebook(path).locked_cells_unchanged


def test_words_and_cells_of_ones_own_leave_the_lock_alone(document, path):
    cell(document, "overall-zh")["source"] = "好。"
    document["cells"].insert(
        0,
        {
            "cell_type": "code",
            "id": "mine",
            "metadata": {},
            "source": "1 + 1",
            "outputs": [],
            "execution_count": None,
        },
    )
    write_new_ipynb(path, document)
    assert read_notebook(path).locked_cells_unchanged


def test_a_notebook_of_somebody_elses_shows_the_views_that_its_code_printed(path):
    printed = {"kind": "review-summary", "id": "r-9", "options": {"lang": "zh"}}
    output = {"output_type": "display_data", "data": {"application/vnd.poc-eval.view+json": printed}}
    cells = [{"cell_type": "code", "id": "a", "metadata": {}, "source": "x", "outputs": [output]}]
    path.write_text(json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": cells}))
    read = read_notebook(path)
    assert not read.ours
    assert not read.locked_cells_unchanged
    assert read.views == (ViewReference("review-summary", "r-9", {"lang": "zh"}),)


def _set(**entries):
    return lambda document: document["metadata"]["poc_eval"].update(entries)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (_set(schema=2), "由较新版本"),
        (_set(schema="1"), "不完整"),
        (_set(review=None), "不完整"),
        (_set(template={}), "不完整"),
        (_set(review="r-2"), "参数单元格"),
        (lambda document: cell(document, "parameters").update(source="review = f()"), "参数单元格"),
        (lambda document: document["cells"].append(cell(document, "parameters")), "参数单元格"),
        (lambda document: document.update(nbformat=3), "格式"),
        (lambda document: document.update(cells={}), "单元格"),
        (lambda document: cell(document, "form").update(source=3), "单元格"),
        (lambda document: cell(document, "form").update(cell_type="sql"), "单元格"),
    ],
)
def test_a_notebook_that_is_not_as_it_was_made_says_so_in_chinese(document, path, change, said):
    change(document)
    write_new_ipynb(path, document)
    with pytest.raises(NotebookError) as caught:
        read_notebook(path)
    (line,) = caught.value.lines("zh")
    assert said in line
    assert str(path) in line


@pytest.mark.parametrize("kept", [0.0, 0.3, 0.99])
def test_a_half_written_notebook_says_that_the_scores_are_safe(document, path, kept):
    text = json.dumps(document, ensure_ascii=False)
    path.write_text(text[: int(len(text) * kept)], encoding="utf-8")
    with pytest.raises(NotebookError) as caught:
        read_notebook(path)
    assert "评分都在工作区中" in str(caught.value.lines("zh")[0])


@pytest.mark.parametrize(
    "content",
    [b"\xff\xfe\x00", b"[]", b"null", b"NaN", b"{}", b"[" * 100_000, b'{"nbformat": ' + b"9" * 5000 + b"}"],
)
def test_a_file_that_is_no_notebook_is_refused(path, content):
    path.write_bytes(content)
    with pytest.raises(NotebookError):
        read_notebook(path)


def test_a_template_itself_is_not_a_reviewers_notebook():
    with pytest.raises(NotebookError, match="this is a template"):
        read_notebook(TEMPLATE.file)


def test_a_missing_file_and_a_folder_are_told_apart_from_a_broken_one(path, tmp_path):
    for place in (path, tmp_path):
        with pytest.raises(NotebookError, match="there is no notebook here"):
            read_notebook(place)


def test_an_oversized_notebook_is_refused_before_it_is_parsed(path):
    with path.open("wb") as file:
        file.truncate(LARGEST + 1)
    with pytest.raises(NotebookError, match="larger than 20 MB"):
        read_notebook(path)


def test_a_file_that_is_there_is_never_overwritten(document, path):
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(FileExistsError):
        write_new_ipynb(path, document)
    assert path.read_text(encoding="utf-8") == "mine"
    assert [one.name for one in path.parent.iterdir()] == [path.name]
