"""A report that leaves the house: no name, no place and no account of the workspace is in it."""

from __future__ import annotations

import getpass
import json
import re

import pytest
from leaving import carried, refuse_traces
from resealing import complete_answers, resealed, said, verified

from poc_eval.report.write import write_report
from poc_eval.workspace.panel_notebooks import new_panel_notebook
from poc_eval.workspace.sealing import people_in

REVIEWER = "欧阳明远"
OTHER = "Zhang Wei"


@pytest.fixture
def named(case):
    """Return the notebook of a submitted review that mentions people and places everywhere."""
    workspace = case.workspace
    notebook = case.new(reviewer=REVIEWER)
    review = next(one for one in workspace.reviews() if one.reviewer == REVIEWER)
    workspace.store.open_review(case.project.id, OTHER, review.rubric)
    who = f"{REVIEWER}认为不足，{OTHER} 与 zhang  wei 同意；"
    whom = f"{who}见 {case.folder}/notebooks，账户 {getpass.getuser()}。"
    answers = {name: f"{value}{whom}" if "reason" in name or name == "opinion" else value
               for name, value in complete_answers(case.rubric).items()}  # fmt: skip
    saved = case.answer(answers, review)
    workspace.submit(review.id, revision=saved.revision)
    case.notebook = notebook
    pictures = f"![{OTHER}](../{REVIEWER}.png) ![x][p]\n\n[p]: /home/{REVIEWER}/x.png"
    case.write(f"## {REVIEWER}的意见\n\n{whom}\n\n{pictures}")
    return case


@pytest.mark.parametrize("lang", ["zh", "en", "both"])
def test_a_review_leaves_no_trace_of_anybody(named, lang, tmp_path):
    written = write_report(named.notebook, lang=lang, without_names=True, output_dir=tmp_path / "out")
    page = written.path.read_text(encoding="utf-8")
    ids = [one.id for one in named.workspace.reviews()]
    refuse_traces(page, named.workspace, named.notebook.stem, *ids)
    assert REVIEWER not in written.path.name
    assert {"zh": "专家", "en": "Expert ", "both": "Expert "}[lang] in page
    assert "签字" not in page


def test_it_is_sealed_for_itself_and_verified(named):
    written = write_report(named.notebook, without_names=True)
    data = written.path.read_bytes()
    found = verified(data, named.workspace)
    assert said(found) == []
    assert set(found.checks.values()) == {"passed"}
    full = write_report(named.notebook)
    assert full.code != written.code
    assert verified(data, named.workspace).verified
    assert verified(full.path.read_bytes(), named.workspace).verified
    assert not verified(data.replace("不足".encode(), "充分".encode(), 1)).verified


def test_it_carries_what_is_listed_and_nothing_else(named):
    data = carried(write_report(named.notebook, without_names=True).path.read_text(encoding="utf-8"))
    review = data["review"]
    assert (review["id"], review["amends"], review["revision"], data["sealed"]) == ("", None, 1, None)
    assert re.fullmatch(r"[123]", review["reviewer"])
    assert review["submitted_at"] == "2026-11-19T16:00:00.000000Z"
    assert {one["revision"] for one in review["answers"].values()} == {1}
    assert data["figures"]["total"]
    assert data["named"] is False


def test_its_commitment_is_the_workspaces_alone_and_moves_with_the_record(named):
    first = carried(write_report(named.notebook, without_names=True).path.read_text(encoding="utf-8"))
    again = carried(write_report(named.notebook, without_names=True).path.read_text(encoding="utf-8"))
    assert first["commitment"] == again["commitment"]
    assert re.fullmatch(r"[0-9a-f]{64}", first["commitment"]["value"])


def test_a_commitment_to_no_record_of_the_workspace_is_found(named):
    page = write_report(named.notebook, without_names=True).path.read_text(encoding="utf-8")

    def change(data):
        data["commitment"]["value"] = "0" * 64

    found = verified(resealed(named.workspace, page, change), named.workspace)
    assert "no review in the workspace is the one that this report is bound to" in said(found)


def test_what_was_left_out_is_told(named):
    notes = write_report(named.notebook, without_names=True).notes
    assert any("names, places or pictures were left out" in note.what.text("en") for note in notes)


def test_a_total_changed_under_the_right_seal_is_found_here_too(named):
    page = write_report(named.notebook, without_names=True).path.read_text(encoding="utf-8")

    def change(data):
        data["figures"]["total"] = "100"

    assert said(verified(resealed(named.workspace, page, change)))[0].startswith(
        "the total: the file states 100"
    )


@pytest.fixture(scope="module")
def demo(copy_demo, tmp_path_factory):
    return copy_demo(tmp_path_factory.mktemp("no-names") / "demo")


@pytest.mark.parametrize("template", ["panel_summary", "portfolio_selection"])
def test_a_panel_made_with_names_leaves_without_them(demo, panel_templates, template):
    template = panel_templates[template]
    notebook = new_panel_notebook(demo, template=template, rubric="medical-poc", with_names=True)
    document = json.loads(notebook.read_text(encoding="utf-8"))
    who = people_in(demo.store)[0]
    document["cells"].append(
        {"cell_type": "markdown", "id": "m", "metadata": {"author": who}, "source": f"见{who}。"}
    )
    notebook.write_text(json.dumps(document), encoding="utf-8")
    written = write_report(notebook, lang="both", without_names=True)
    page = written.path.read_text(encoding="utf-8")
    refuse_traces(page, demo, *(one.id for one in demo.reviews()))
    found = verified(page.encode(), demo)
    assert said(found) == []
    assert set(found.checks.values()) == {"passed"}
    data = carried(page)
    assert data["panel"]["named"] is False
    ballots = [(one["project"], one["reviewer"]) for one in data["panel"]["ballots"]]
    order = [one["id"] for one in data["projects"]]
    assert ballots == sorted(ballots, key=lambda one: (order.index(one[0]), one[1]))


def test_names_that_are_words_of_the_form_spoil_no_answer(case):
    notebook = case.new(reviewer="none")
    review = next(one for one in case.workspace.reviews() if one.reviewer == "none")
    saved = case.answer(complete_answers(case.rubric), review)
    case.workspace.submit(review.id, revision=saved.revision)
    data = carried(write_report(notebook, without_names=True).path.read_text(encoding="utf-8"))
    assert data["review"]["answers"]["undertaking.conflict"]["value"] == "none"
    assert data["figures"]["recommendation"]
    assert data["review"]["reviewer"] != "none"
