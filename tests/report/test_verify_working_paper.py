"""Whoever has the report of a working paper works out the same, without the workspace."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from importlib import import_module

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from leaving import carried, refuse_traces, strings_in
from resealing import ODD, elsewhere, leaves, resealed, said, verified

from poc_eval.catalog.definitions import parse_definition
from poc_eval.finance.policy import Policy
from poc_eval.i18n import Text
from poc_eval.report.write import write_report
from poc_eval.workspace.documents import read_notebook
from poc_eval.workspace.paper_notebooks import new_paper_notebook
from poc_eval.workspace.records import Project
from poc_eval.workspace.store import Change
from poc_eval.workspace.templates import load_template
from poc_eval.workspace.workspace import Workspace

KINDS = ["subsidy_payout", "payment_ledger", "income_sharing", "project_selection"]
RULE = "policy hefei-pilot-operation@2023.1"
SHARING = {
    "way": "licence",
    "received": "100万元",
    "rule": "tsinghua-fuel-cell@2021",
    "post": "head",
    "rows/people/a/name": "张三",
    "rows/people/a/weight": "1",
}


@pytest.fixture(scope="module")
def demo(copy_demo, tmp_path_factory):
    """Return the example's workspace, in which the ledger was concluded and an income divided."""
    workspace = copy_demo(tmp_path_factory.mktemp("papers") / "demo")
    (ledger,) = workspace.papers.papers(kind="payment_ledger")
    workspace.papers.conclude(ledger.id, revision=ledger.revision)
    new_paper_notebook(workspace, template="income_sharing", by="李经办")
    (division,) = workspace.papers.papers(kind="income_sharing")
    workspace.papers.save(division.id, [Change(name, text, 0) for name, text in SHARING.items()])
    return workspace


@pytest.fixture(scope="module")
def pages(demo):
    """Return the reports on the working papers that look things up, by the kind of paper."""
    papers = {one.id: one.kind for one in demo.papers.papers()}
    found = {read_notebook(one).paper: one for one in (demo.path / "notebooks").glob("*.ipynb")}
    return {
        papers[paper]: write_report(path).path.read_text(encoding="utf-8")
        for paper, path in found.items()
        if paper in papers
    }


@pytest.mark.parametrize("kind", KINDS)
def test_a_paper_that_reads_the_workspace_is_worked_out_again(pages, demo, kind):
    found = verified(pages[kind].encode(), demo)
    assert said(found) == []
    assert set(found.checks.values()) == {"passed"}
    assert found.notes == []


def test_a_ledger_without_names_says_the_same_and_is_verified(pages, demo):
    """Who signed has one number in the rows and in the ledger; what was recorded is still recognised."""
    (ledger,) = demo.papers.papers(kind="payment_ledger")
    notebook = next(
        one for one in (demo.path / "notebooks").glob("*.ipynb") if read_notebook(one).paper == ledger.id
    )
    page = write_report(notebook, without_names=True).path.read_text(encoding="utf-8")
    signed = {text for name, text in ledger.values().items() if name.endswith("/person")}
    assert signed
    refuse_traces(page, demo, *signed)
    full, bare = carried(pages["payment_ledger"]), carried(page)
    assert bare["outcome"] == full["outcome"]
    assert bare["outcome"]["recorded"]
    found = verified(page.encode(), demo)
    assert (said(found), set(found.checks.values())) == ([], {"passed"})
    assert {
        text for text in instants_in(bare["looked_up"]) if not text.endswith("T16:00:00.000000Z")
    } == set()


def test_a_selection_is_computed_again_from_the_scores_and_says_the_same_without_names(pages, demo):
    def change(data):
        for ballot in data["looked_up"]["panel"]["ballots"]:
            ballot["scores"] |= dict.fromkeys(ballot["scores"], "1")

    found = elsewhere(resealed(demo, pages["project_selection"], change))
    assert said(found)[0].startswith("the entry outcome.")
    (paper,) = demo.papers.papers(kind="project_selection")
    notebook = next(
        one for one in (demo.path / "notebooks").glob("*.ipynb") if read_notebook(one).paper == paper.id
    )
    page = write_report(notebook, without_names=True).path.read_text(encoding="utf-8")
    refuse_traces(page, demo)
    assert carried(page)["outcome"] == carried(pages["project_selection"])["outcome"]
    found = verified(page.encode(), demo)
    assert (said(found), set(found.checks.values())) == ([], {"passed"})


def instants_in(value):
    return [one for one in strings_in(value) if re.fullmatch(r"\d{4}-\d\d-\d\dT[0-9:.]+Z", one)]


def test_a_report_carries_no_choices_that_nobody_made_and_no_place_of_this_machine(pages, demo):
    looked_up = carried(pages["subsidy_payout"])["looked_up"]
    assert list(looked_up["choices policies"]) == [RULE.removeprefix("policy ")]
    assert str(demo.path) not in json.dumps([carried(one) for one in pages.values()])


def test_a_wrong_payout_with_its_rendering_under_the_right_seal_is_named(pages, demo):
    def change(data):
        for claim in data["outcome"]["claims"]:
            claim["amount"] = claim["amount"].replace("842000.30", "942000.30")
        data["outcome"]["total"] = "1942000.30"

    page = pages["subsidy_payout"].replace("842,000.30", "942,000.30")
    found = elsewhere(resealed(demo, page, change))
    assert said(found)[0].startswith("the entry outcome.claims")
    assert "942000.30, the records in it give 842000.30" in said(found)[0]


def test_a_changed_text_of_a_rule_under_the_right_seal_is_named(pages, demo):
    def text_alone(data):
        data["looked_up"][RULE]["text"] = data["looked_up"][RULE]["text"].replace("0.30", "0.40")

    found = elsewhere(resealed(demo, pages["subsidy_payout"], text_alone))
    assert said(found)[0] == f"what the report carries of the {RULE} is damaged or was changed"
    assert found.checks["rendering"] == "not checked"

    def with_its_hash(data):
        text_alone(data)
        rule = data["looked_up"][RULE]
        rule["hash"] = parse_definition(Policy, rule["text"], RULE).hash

    found = elsewhere(resealed(demo, pages["subsidy_payout"], with_its_hash))
    assert said(found)[0].startswith("the entry outcome.claims[0].explain.en: the file states …")
    assert ("× 30%" in said(found)[0], "× 40%" in said(found)[0]) == (True, True)


def test_a_text_that_says_the_same_in_another_file_is_told_where_the_workspace_is_at_hand(pages, demo):
    def change(data):
        data["looked_up"][RULE]["text"] += "# 按口头通知执行\n"

    data = resealed(demo, pages["subsidy_payout"], change)
    assert said(elsewhere(data)) == []
    whole = f"what the report carries is not what the workspace has: the {RULE}.text"
    assert whole in said(verified(data, demo))


def test_a_ledger_that_does_not_say_what_the_papers_rows_recorded_is_named(pages, demo):
    data = carried(pages["payment_ledger"])
    assert len(data["outcome"]["recorded"]) > 10

    def change(data):
        (payment, *_others) = (
            one for one in data["looked_up"]["ledger"][0]["entries"] if one["kind"] == "payment"
        )
        payment["amount"] = "1.00"

    found = elsewhere(resealed(demo, pages["payment_ledger"], change))
    assert said(found)[0].startswith("the entry outcome.recorded[")


@pytest.mark.parametrize(
    ("key", "named"), [(RULE, f"the {RULE}"), ("choices policies", "the chosen policies")]
)
def test_what_is_not_carried_is_named(pages, demo, key, named):
    found = elsewhere(resealed(demo, pages["subsidy_payout"], lambda data: data["looked_up"].pop(key)))
    assert said(found)[0] == f"the report does not carry what its figures rest on: {named}"


def test_what_nobody_asked_for_is_named(pages, demo):
    def change(data):
        data["looked_up"]["note"] = "额外内容"

    found = elsewhere(resealed(demo, pages["income_sharing"], change))
    assert said(found)[0] == "the entry looked_up.note: the file states 额外内容, the records in it give —"


def test_a_report_from_before_this_was_carried_says_that_its_figures_are_not_checked(pages, demo):
    found = elsewhere(resealed(demo, pages["subsidy_payout"], lambda data: data.pop("looked_up")))
    assert said(found) == []
    assert found.checks["figures"] == found.checks["rendering"] == "not checked"
    assert "not recomputed" in found.notes[0].text("en")


def test_what_a_draft_rests_on_has_changed_since(pages, demo):
    rule = carried(pages["income_sharing"])["looked_up"]["sharing tsinghua-fuel-cell@2021"]
    file = demo.path / "definitions" / "own.yaml"
    file.write_text(f"{rule['text']}# 修订稿\n", encoding="utf-8")
    try:
        found = verified(pages["income_sharing"].encode(), demo)
    finally:
        file.unlink()
    assert said(found)[0].startswith("this is an older report: what the working paper rests on has changed")


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_no_change_of_what_was_looked_up_stops_the_program(pages, demo, data):
    kind = data.draw(st.sampled_from(KINDS))
    places = list(leaves(carried(pages[kind])["looked_up"]))
    *inside, last = data.draw(st.sampled_from(places))
    odd = data.draw(st.sampled_from(ODD))

    def change(found):
        at = found["looked_up"]
        for name in inside:
            at = at[name]
        at[last] = odd

    found = elsewhere(resealed(demo, pages[kind], change))
    # A name that stands in no field and an unused note may be anything; they bind no figure.
    assert found.checks["seal"] == "passed"
    assert found.checks["figures"] in {"passed", "failed"}


def replaced(place):
    def change(data):
        at = data
        *inside, last = place
        for name in inside:
            at = at[name]
        at[last] = "x"

    return change


@pytest.mark.parametrize(
    "place", [("paper", "fields"), ("paper", "id"), ("looked_up",), ("outcome",), ("sealed",)]
)
def test_a_record_of_another_shape_is_refused_with_the_workspace_at_hand(pages, demo, place):
    data = resealed(demo, pages["subsidy_payout"], replaced(place))
    found = verified(data, demo)
    assert not found.verified
    assert found.checks["seal"] == "passed"
    assert "failed" in (found.checks["figures"], found.checks["rendering"])


def test_a_state_that_no_paper_has_is_refused_with_the_workspace_at_hand(pages, demo):
    data = resealed(demo, pages["subsidy_payout"], lambda data: data["paper"].pop("status"))
    found = verified(data, demo)
    assert found.checks["figures"] == "failed"
    assert "records were not compared" in found.notes[-1].text("en")


@pytest.fixture
def workspace(tmp_path):
    workspace = Workspace.create(tmp_path / "w")
    workspace.store.add_project(Project("P1", Text("颅内压平衡装置", "Balancing device")))
    return workspace


@pytest.fixture
def notebook(root, workspace, request):
    request.getfixturevalue("paper_kind")
    template = load_template(root / "tests" / "paper_kind" / "cost_sheet.ipynb")
    path = new_paper_notebook(workspace, template=template, project="P1", by="李经办")
    (paper,) = workspace.papers.papers()
    texts = {"grant": "1万元", "rows/costs/a/item": "试剂", "rows/costs/a/amount": "2500"}
    workspace.papers.save(paper.id, [Change(name, text, 0) for name, text in texts.items()])
    return path


@pytest.fixture
def concluded(workspace, notebook):
    (paper,) = workspace.papers.papers()
    workspace.papers.conclude(paper.id, revision=paper.revision)
    return write_report(notebook, lang="both").path.read_text(encoding="utf-8")


def test_a_concluded_paper_is_worked_out_again(concluded, workspace):
    found = verified(concluded.encode(), workspace)
    assert said(found) == []
    assert set(found.checks.values()) == {"passed"}


def test_a_draft_is_worked_out_again_too(notebook, workspace):
    found = verified(write_report(notebook).path.read_bytes(), workspace)
    assert said(found) == []
    assert set(found.checks.values()) == {"passed"}


def test_a_kind_that_reads_the_workspace_by_itself_is_not_recomputed_and_that_is_said(
    notebook, workspace, monkeypatch
):
    module = import_module("paper_kind_for_tests")

    def assess(entries, context):
        return replace(
            module.assess(entries, context), outcome={"projects": len(context.workspace.projects())}
        )

    monkeypatch.setattr(module, "KIND", replace(module.KIND, assess=assess))
    found = verified(write_report(notebook).path.read_bytes(), workspace)
    assert said(found) == []
    assert found.checks["figures"] == found.checks["rendering"] == "not checked"
    assert "not recomputed" in found.notes[0].text("en")


def test_a_wrong_outcome_with_its_rendering_under_the_right_seal_is_named(concluded, workspace):
    def change(data):
        data["outcome"]["total"] = "9,500.00"

    found = verified(resealed(workspace, concluded.replace("2,500.00", "9,500.00"), change), workspace)
    assert said(found)[0].startswith("the entry outcome.total: the file states 9,500.00")
    assert "the working paper in the workspace is not the one that the report carries" in said(found)


def test_an_older_draft_is_told(notebook, workspace):
    old = write_report(notebook).path.read_bytes()
    (paper,) = workspace.papers.papers()
    workspace.papers.save(paper.id, [Change("remark", "补充", 0)])
    assert "this is an older report: the working paper was changed since" in said(verified(old, workspace))
