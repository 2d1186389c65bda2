"""What the two calls of a notebook show, and what they say when they cannot."""

from __future__ import annotations

import json
from types import SimpleNamespace

import nbformat
import pytest

from poc_eval.notebook import ReviewForm, ReviewSummary, review_form, review_summary
from poc_eval.notebook.notice import Notice
from poc_eval.workspace.documents import VIEW_TYPE

WRITTEN = "只有评审专家知道的理由，不得进入笔记本。"


@pytest.fixture
def in_workspace(workspace, monkeypatch):
    monkeypatch.chdir(workspace.path / "notebooks")
    return workspace


@pytest.fixture
def answered(line, review, filled):
    line.write(review, criteria__clinical_need__reason=WRITTEN, opinion=WRITTEN * 2)
    return {**filled, "criteria.clinical_need.reason": WRITTEN, "opinion": WRITTEN * 2}


def test_the_workspace_is_the_one_that_the_notebook_lies_in(in_workspace, review):
    form = review_form(review)
    assert isinstance(form, ReviewForm)
    assert form.view == {
        "kind": "review-form",
        "id": review,
        "options": {"lang": "zh", "workspace": in_workspace.id},
    }


def test_an_output_refers_to_the_record_and_shows_a_widget_where_there_is_one(in_workspace, review):
    data, _metadata = review_summary(review, workspace=in_workspace, lang="en")._repr_mimebundle_()
    assert data[VIEW_TYPE]["kind"] == "review-summary"
    assert data["text/plain"] == f"Summary of a review; open it in JupyterLab: {review}"
    assert "application/vnd.jupyter.widget-view+json" in data
    assert "text/html" not in data


@pytest.mark.usefixtures("in_workspace")
def test_no_answer_is_in_a_saved_notebook_even_with_its_widgets(review, answered):
    shown = [review_form(review), review_summary(review)]
    notebook = nbformat.v4.new_notebook()
    for view in shown:
        data, metadata = view._repr_mimebundle_()
        output = nbformat.v4.new_output("display_data", data=data, metadata=metadata)
        notebook.cells.append(nbformat.v4.new_code_cell("...", outputs=[output]))
    notebook.metadata["widgets"] = {view.model_id: view.get_state() for view in shown}
    saved = json.dumps(notebook, ensure_ascii=False)
    assert isinstance(shown[0], ReviewForm)
    assert isinstance(shown[1], ReviewSummary)
    for value in {value for value in answered.values() if len(value) > 5}:
        assert value not in saved


def test_the_static_page_holds_what_the_form_holds_and_needs_nothing_else(review, workspace, answered):
    page = review_form(review, workspace=workspace).static_html()
    assert answered["criteria.clinical_need.reason"] in page
    assert page.startswith("<!DOCTYPE html>")
    assert 'lang="zh-CN"' in page
    for request in ("<script", "src=", "http://", "@import", "url("):
        assert request not in page
    assert 'lang="en"' in review_form(review, workspace=workspace).static_html("en")


@pytest.mark.usefixtures("in_workspace")
def test_an_unknown_review_is_told_in_both_languages_and_raises_nothing():
    notice = review_form("<b>nobody</b>")
    assert isinstance(notice, Notice)
    html = notice._repr_mimebundle_()["text/html"]
    assert '<p lang="zh-CN">' in html
    assert '<p lang="en">' in html
    assert "&lt;b&gt;nobody" in html
    assert "<b>" not in html


def test_no_workspace_is_told_in_both_languages(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    told = repr(review_summary("r-1"))
    assert "poc-eval init" in told
    assert told.count("\n") == 1


@pytest.mark.usefixtures("in_workspace")
def test_a_language_that_nobody_speaks_here_is_told(review):
    assert "write zh or en" in repr(review_form(review, lang="fr"))


@pytest.mark.usefixtures("in_workspace")
def test_without_a_review_the_notebook_s_own_is_asked_for():
    assert "写进参数单元" in repr(review_form())


def test_the_parameters_of_the_notebook_name_the_review(workspace, review, monkeypatch):
    shell = SimpleNamespace(user_ns={"review": review})
    monkeypatch.setattr("IPython.get_ipython", lambda: shell)
    assert review_form(workspace=workspace).view["id"] == review
