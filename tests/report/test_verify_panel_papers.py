"""Papers around a meeting are worked out again from their reports, as drafts and when they are concluded."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from leaving import carried
from resealing import ODD, elsewhere, leaves, resealed, said, verified

from poc_eval.report.write import write_report
from poc_eval.workspace.paper_notebooks import new_paper_notebook
from poc_eval.workspace.store import Change

KINDS = ("formal_check", "panel_decisions", "panel_members", "paper_score")
PROJECT = "icp-balancing-device"


class Paper:
    """One working paper with its notebook."""

    def __init__(self, workspace, kind):
        about = PROJECT if kind in {"formal_check", "paper_score"} else None
        self.workspace = workspace
        self.notebook = new_paper_notebook(workspace, template=kind, project=about, by="张秘书")
        (self.record,) = workspace.papers.papers(kind=kind)

    def fill(self, **fields):
        there = self.record.fields
        changes = [
            Change(name, value, there[name].revision if name in there else 0)
            for name, value in ((name.replace("__", "/"), value) for name, value in fields.items())
        ]
        self.record = self.workspace.papers.save(self.record.id, changes).paper

    def conclude(self):
        self.workspace.papers.conclude(self.record.id, revision=self.record.revision)

    @property
    def page(self):
        return write_report(self.notebook, lang="both").path.read_text(encoding="utf-8")


def fill_formal_check(paper):
    paper.fill(**{f"rows__items__i{at:03d}__answer": "yes" for at in range(1, 11)})
    paper.fill(checker="张秘书", result="passed")


def fill_panel_decisions(paper):
    paper.fill(body="主任办公会", decided_on="2026-11-20", decided_by="王主任", entered_by="张秘书")
    rows = {name.split("/")[2] for name in paper.record.fields if name.startswith("rows/decisions")}
    paper.fill(**{f"rows__decisions__{row}__outcome": "approve" for row in rows})
    paper.fill(**{f"rows__decisions__{row}__reasons": "需求明确" for row in rows})
    paper.fill(**{f"rows__decisions__{row}__amount": "80万元" for row in rows})


def fill_panel_members(paper):
    paper.fill(rubric="medical-poc", held_on="2026-11-20", entered_by="张秘书")
    for row, name in enumerate(("王专家", "李专家", "赵专家")):
        cells = {"name": name, "unit": f"示例单位{row}", "chair": "yes" if row == 0 else "no"}
        paper.fill(**{f"rows__members__a{row}__{column}": value for column, value in cells.items()})


def fill_paper_score(paper):
    paper.fill(expert="纸专家", read_by="张秘书", opinion="意见明确", recommendation="approve")
    (grid,) = paper.workspace.papers.layout(paper.record).grids
    for row in grid.given:
        value = "3" if "full mark" in row.help.text("en") else "否"
        paper.fill(**{f"rows__answers__{row.id}__value": value, f"rows__answers__{row.id}__reason": "可行"})


@pytest.fixture(scope="module")
def papers(copy_demo, tmp_path_factory):
    """Return the four papers as they were filled in."""
    workspace = copy_demo(tmp_path_factory.mktemp("panel-papers") / "demo")
    found = {kind: Paper(workspace, kind) for kind in KINDS}
    for kind, paper in found.items():
        globals()[f"fill_{kind}"](paper)
    return found


@pytest.fixture(scope="module")
def drafts(papers):
    return {kind: paper.page for kind, paper in papers.items()}


@pytest.fixture(scope="module")
def concluded(papers, drafts):
    assert drafts
    for paper in papers.values():
        paper.conclude()
    return {kind: paper.page for kind, paper in papers.items()}


@pytest.mark.parametrize("kind", KINDS)
def test_a_draft_is_worked_out_again(drafts, kind):
    found = elsewhere(drafts[kind].encode())
    assert said(found) == []
    assert found.checks["figures"] == found.checks["rendering"] == "passed"


@pytest.mark.parametrize("kind", KINDS)
def test_a_concluded_paper_is_worked_out_again(concluded, papers, kind):
    found = verified(concluded[kind].encode(), papers[kind].workspace)
    assert said(found) == []
    assert set(found.checks.values()) == {"passed"}


@pytest.mark.parametrize("kind", ["formal_check", "panel_members", "paper_score"])
def test_another_text_of_the_definition_that_it_was_worked_by_is_named(concluded, papers, kind):
    def change(data):
        worked = data["definitions"][0]
        worked["text"] = worked["text"].replace("  document: ", "  document: 补充通知，", 1)

    found = elsewhere(resealed(papers[kind].workspace, concluded[kind], change))
    assert said(found)[0].startswith("the entry definitions[0].hash: the file states ")


def test_an_official_total_that_the_page_does_not_show_is_named(concluded, papers):
    def change(data):
        data["looked_up"]["results"][PROJECT]["total"] = "99.00"

    workspace = papers["panel_decisions"].workspace
    found = elsewhere(resealed(workspace, concluded["panel_decisions"], change))
    assert "the records give “99.00”" in said(found)[0]
    here = verified(resealed(workspace, concluded["panel_decisions"], change), workspace)
    entry = f"the official results {PROJECT}.total"
    assert f"what the report carries is not what the workspace has: {entry}" in said(here)


def test_a_later_round_does_not_make_an_earlier_report_wrong(concluded, papers):
    paper = papers["formal_check"]
    again = paper.workspace.papers.amend(paper.record.id, reason="补充材料")
    paper.workspace.papers.conclude(again.id, revision=again.revision)
    found = verified(concluded["formal_check"].encode(), paper.workspace)
    assert said(found) == []
    assert "changed since the paper was concluded: the rounds of the formal check" in found.notes[0].text(
        "en"
    )


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_no_change_of_what_was_looked_up_stops_the_program(concluded, papers, data):
    kind = data.draw(st.sampled_from(KINDS))
    *inside, last = data.draw(st.sampled_from(list(leaves(carried(concluded[kind])["looked_up"]))))
    odd = data.draw(st.sampled_from(ODD))

    def change(found):
        at = found["looked_up"]
        for name in inside:
            at = at[name]
        at[last] = odd

    found = elsewhere(resealed(papers[kind].workspace, concluded[kind], change))
    assert found.checks["seal"] == "passed"
    assert found.checks["figures"] in {"passed", "failed"}
