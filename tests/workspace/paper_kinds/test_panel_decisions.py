"""Decisions: what the rule says stands beside, what was decided goes into the book."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from poc_eval.views.panel_texts import panel_text
from poc_eval.views.paper_parts import paper_view
from poc_eval.workspace.decision_book import Decisions
from poc_eval.workspace.panel_scores import panel_of
from poc_eval.workspace.store import Change

pytestmark = pytest.mark.usefixtures("two_projects")


@pytest.fixture
def scored(reviewed):
    """Have P1 and P2 reviewed by the small rubric, P2 better than P1."""
    return reviewed({"P1": "3", "P2": "5"})


@pytest.fixture
def decided(scored, desk):
    """Return the paper with a decision on each."""
    assert scored
    paper = desk("panel_decisions", title="2026年第一批")
    paper.fill(body="主任办公会", decided_on="2026-11-20", decided_by="王主任", entered_by="张秘书")
    paper.row("decisions", "d0001", outcome="pass", amount="80万元", reasons="需求明确")
    return paper.row("decisions", "d0002", outcome="fail", reasons="与在研项目重复")


def plain(markup):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", str(markup)))


def test_it_begins_with_the_projects_by_rank_and_what_the_rule_concludes(decided):
    values, shown = decided.paper.values(), decided.assessed.shown
    assert values["rubric"] == "poc-small@1.0"
    assert [values[f"rows/decisions/d000{n}/project"] for n in (1, 2)] == ["P2", "P1"]
    assert shown["rows/decisions/d0001/rank"] == "1"
    assert shown["rows/decisions/d0001/rule"].startswith("通过")


def test_a_decision_against_the_rule_is_pointed_out_and_hinders_nothing(decided):
    (warning,) = decided.assessed.warnings
    assert warning.field == "rows/decisions/d0002/outcome"
    assert "按规则结论为“通过”" in warning.message.text("zh")
    assert decided.assessed.complete


def test_concluding_writes_the_book_with_the_figures_as_they_stood(scored, decided):
    decided.conclude()
    (first, second) = Decisions(scored).in_force()
    assert (first.project_id, first.outcome, first.reasons) == ("P1", "fail", "与在研项目重复")
    assert (second.amount, second.decided_by, second.recorded_by) == (
        Decimal("800000.00"),
        "王主任",
        "张秘书",
    )
    assert second.figures["rank"] == "1"
    panel, basis = panel_of(scored, "poc-small")
    assert {one.project_id for one in basis.decisions} == {"P1", "P2"}
    assert all(one.decided_by is None for one in basis.decisions)
    opinion = plain(panel_text(panel.result(), basis, "opinion", "zh"))
    assert "结论为“不通过”。专家组意见：与在研项目重复" in opinion


def test_a_concluded_paper_goes_on_showing_the_figures_by_which_it_was_decided(scored, decided):
    before = {name: value for name, value in decided.assessed.shown.items() if "/d000" in name}
    decided.conclude()
    (review,) = (one for one in scored.reviews() if one.project_id == "P2")
    better = scored.store.amend(review.id, reason="复核")
    saved = scored.store.save(better.id, [Change("criteria.need.score", "1", better.revision)]).review
    scored.submit(better.id, revision=saved.revision)
    assert decided.assessed.shown == before
    assert before["rows/decisions/d0001/rank"] == "1"
    # P2 no longer meets the requirement; only an amendment of the decisions looks at the panel anew.
    again = decided.amend("复议").assessed.shown
    assert again["rows/decisions/d0001/rank"] == "—"
    assert again["rows/decisions/d0001/rule"].startswith("未达到")


def test_an_amendment_adds_only_what_changed_and_the_first_decision_stays(scored, decided):
    decided.conclude()
    decided.amend("复议").row("decisions", "d0002", outcome="pass", reasons="经复议不重复").conclude()
    assert [one.outcome for one in Decisions(scored).of("P1")] == ["fail", "pass"]
    assert len(Decisions(scored).of("P2")) == 1


def test_what_the_book_would_refuse_is_told_beside_its_field(decided):
    decided.fill(decided_on="2099-01-01").row(
        "decisions", "d0003", project="P1", outcome="gate", reasons="重复"
    )
    assert [field for field, _said in decided.faults] == ["decided_on", "rows/decisions/d0003/project"]


def test_a_workspace_without_reviews_has_an_empty_paper(desk):
    paper = desk("panel_decisions")
    assert paper.paper.values() == {}
    assert not paper.assessed.complete
    assert "尚无已提交的评审" in paper.page.layout.parts[0].items[0].help.text("zh")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_sheet_shows_amounts_reasons_and_places_to_sign(decided, lang):
    page = paper_view(decided.row("decisions", "d0001", reasons="<i>需求明确").page, "sheet", lang)
    assert "800,000.00" in page
    assert "&lt;i&gt;" in page
    assert "王主任" in page
