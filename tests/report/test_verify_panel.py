from __future__ import annotations

import json
import re

import pytest
from resealing import resealed, said, trust, verified

from poc_eval.report.frame import AFTER_DATA, BEFORE_DATA
from poc_eval.report.panel_gathering import panel_content
from poc_eval.report.panel_restoring import as_worked_out, panel_paper_from
from poc_eval.report.verify import Trust, verify
from poc_eval.report.write import write_report
from poc_eval.workspace.panel_notebooks import new_panel_notebook


@pytest.fixture(scope="module")
def demo(copy_demo, tmp_path_factory):
    return copy_demo(tmp_path_factory.mktemp("verify-panel") / "demo")


@pytest.fixture(scope="module")
def page(demo):
    notebook = new_panel_notebook(demo, template="panel_summary", rubric="medical-poc")
    return write_report(notebook).path.read_text(encoding="utf-8")


@pytest.mark.parametrize("template", ["panel_summary", "portfolio_selection"])
@pytest.mark.parametrize("with_names", [True, False])
def test_a_panels_report_is_verified(demo, panel_templates, template, with_names):
    template = panel_templates[template]
    notebook = new_panel_notebook(demo, template=template, rubric="medical-poc", with_names=with_names)
    found = verified(write_report(notebook, lang="both").path.read_bytes(), demo)
    assert said(found) == []
    assert set(found.checks.values()) == {"passed"}


def test_other_methods_of_ranking_are_part_of_what_is_verified(demo):
    notebook = new_panel_notebook(demo, template="panel_summary", rubric="medical-poc", methods=True)
    page = write_report(notebook).path.read_text(encoding="utf-8")
    assert "PROMETHEE" in page
    found = verified(page.encode(), demo)
    assert said(found) == []


def test_a_wrong_official_total_with_its_rendering_under_the_right_seal_is_named(demo, page):
    def change(data):
        data["panel"]["result"]["projects"][0]["official"]["total"] = "90.0000"
        data["panel"]["result"]["projects"][0]["total"] = "90.0000"

    found = verified(resealed(demo, page.replace("72.30", "90.00"), change), demo)
    assert said(found)[0] == "the total: the file states 90.0000, the records in it give 72.3000"


def test_a_changed_score_changes_what_follows(demo, page):
    def change(data):
        ballot = data["panel"]["ballots"][0]
        name = next(iter(ballot["scores"]))
        ballot["scores"][name] = "1"

    found = verified(resealed(demo, page, change), demo)
    assert said(found)[0].startswith("the ")
    assert found.checks["figures"] == found.checks["rendering"] == "failed"


def test_last_bits_of_a_float_may_differ_and_more_may_not(demo, page):
    def nudged(share):
        def change(data):
            floats = data["panel"]["floats"]
            # What was counted has few digits, no last bits, and may stand at the half of what is printed.
            floats[:] = [repr(float(one) * (1 + share)) if len(one) > 12 else one for one in floats]
            if share < 1e-9:
                # Another processor would have rounded its own floats; one at a half may go the other way.
                made_there = as_worked_out(panel_paper_from(data, {}), data)
                data["panel"]["result"] = panel_content(made_there)["panel"]["result"]

        # A report with another code: whether it is the newest is asked elsewhere.
        return verify(resealed(demo, page, change), "report.html", Trust(trust().keys))

    assert said(nudged(1e-13)) == []
    assert re.match(r"the entry panel.floats\[\d+\]", said(nudged(1e-3))[0])


def test_a_changed_word_of_the_advice_is_named_with_its_section(demo, page):
    changed = page.replace("仅供会商参考", "作为排序依据", 1)
    assert said(verified(resealed(demo, changed), demo))[0].startswith(
        "the page differs from its records in “"
    )


def test_reasons_for_stepping_aside_are_not_carried_without_names(page):
    data = json.loads(page.split(BEFORE_DATA)[1].removesuffix(AFTER_DATA))
    assert {one["reason"] for one in data["panel"]["basis"]["aside"]} <= {""}


@pytest.mark.parametrize("kind", ["panel", "working_paper", "review"])
def test_a_file_that_states_nonsense_where_records_should_be_stops_nothing(demo, page, kind):
    def change(data):
        data |= {"kind": kind, "projects": 7, "rubric": [], "commitment": {}, "named": True}
        paper = demo.papers.papers()[0].id
        data |= {"paper": {"id": paper}, "review": {"id": demo.reviews()[0].id}}

    assert not verified(resealed(demo, page, change), demo).verified


def test_a_report_without_names_is_looked_up_in_the_workspace_by_what_it_is_bound_to(demo):
    """The last test here: the panel goes on in it."""
    notebook = new_panel_notebook(demo, template="panel_summary", rubric="medical-poc", with_names=True)
    page = write_report(notebook, without_names=True).path.read_text(encoding="utf-8")
    found = verified(page.encode(), demo)
    assert (said(found), found.notes) == ([], [])

    def change(data):
        data["commitment"]["value"] = "0" * 64

    told = said(verified(resealed(demo, page, change), demo))
    assert "no panel in the workspace is the one that this report is bound to" in told
    # A draft more is another panel, and nothing is wrong with that.
    rubric = next(one.rubric for one in demo.reviews() if one.rubric.id == "medical-poc")
    demo.store.open_review(demo.projects()[0].id, "后到的专家", rubric)
    found = verified(page.encode(), demo)
    assert said(found) == []
    assert [one.text("en") for one in found.notes] == [
        "the workspace was changed since, so the panel that this report is bound to was not compared"
    ]
