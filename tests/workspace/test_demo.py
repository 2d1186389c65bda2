"""The demo workspace is complete, says that it is an example, and is filled once."""

from __future__ import annotations

import json
from decimal import Decimal

import nbformat
import pytest

from poc_eval.catalog.shipped import shipped_folder
from poc_eval.errors import InputError
from poc_eval.i18n import Text
from poc_eval.scoring.review import field_names
from poc_eval.scoring.rubric import Rubric
from poc_eval.workspace.demo import FIRST_PAGE, fill_demo
from poc_eval.workspace.desk import Desk
from poc_eval.workspace.example_files import load_review_files
from poc_eval.workspace.notebooks import read_notebook
from poc_eval.workspace.records import Project
from poc_eval.workspace.store import Change
from poc_eval.workspace.templates import find_template
from poc_eval.workspace.workspace import Workspace

REVIEWS = {review.id: review for review in load_review_files(shipped_folder("examples") / "demo" / "reviews")}


@pytest.fixture
def workspace(tmp_path):
    return Workspace.create(tmp_path / "demo")


def review_of(workspace, project, reviewer):
    (found,) = workspace.store.reviews(project_id=project, reviewer=reviewer)
    return found


def review_notebooks(paths):
    return [path for path in paths if read_notebook(path).review is not None]


@pytest.mark.parametrize("review_id", REVIEWS)
def test_an_example_review_answers_only_what_its_sheet_asks(review_id):
    review = REVIEWS[review_id]
    assert set(review.answers) <= set(field_names(Rubric.load(review.rubric)))
    paragraphs = {cell.ours.get("narrative") for cell in find_template(review.template).cells_in(review.lang)}
    assert set(review.narrative) <= paragraphs


@pytest.mark.parametrize("review_id", REVIEWS)
def test_every_reason_and_opinion_says_that_it_is_an_example_or_repeats_a_stated_fact(review_id):
    review = REVIEWS[review_id]
    written = [text for field, text in review.answers.items() if field.endswith((".reason", "opinion"))]
    for text in [*written, *review.narrative.values()]:
        assert text.startswith(("示例", "Example", "材料列明")), text


def test_the_demo_holds_every_project_and_the_reviews_that_show_something(workspace):
    fill_demo(workspace)
    assert len(workspace.projects()) == 11
    assert {review.status for review in workspace.reviews()} == {"draft", "submitted"}
    first = review_of(workspace, "icp-balancing-device", "reviewer-1")
    second = review_of(workspace, "icp-balancing-device", "reviewer-2")
    assert (first.status, second.status) == ("submitted", "draft")
    assert review_of(workspace, "nerve-block-needle", "reviewer-1").status == "submitted"
    assert review_of(workspace, "naton-heyi", "reviewer-3").status == "submitted"


def test_the_submitted_examples_come_to_these_totals(workspace):
    fill_demo(workspace)
    found = {
        (review.project_id, review.reviewer): workspace.evaluation(review) for review in workspace.reviews()
    }
    device = found["icp-balancing-device", "reviewer-1"]
    assert (device.total, device.decision and device.decision.id) == (Decimal("70.50"), "revise")
    needle = found["nerve-block-needle", "reviewer-1"]
    assert (needle.total, needle.decision and needle.decision.id) == (Decimal("77.00"), "approve")
    platform = found["naton-heyi", "reviewer-3"]
    assert platform.decision is not None
    assert platform.decision.title.text("zh") == "合格"
    assert all(gate.passed for gate in platform.gates)
    assert found["icp-balancing-device", "reviewer-2"].missing


def test_everything_says_that_it_is_an_example(workspace):
    fill_demo(workspace)
    assert all(project.example for project in workspace.projects())
    assert all(review.example for review in workspace.reviews())
    named = {review.reviewer for review in workspace.reviews()}
    assert {name for name in named if not name.startswith("示例专家")} == {
        "reviewer-1",
        "reviewer-2",
        "reviewer-3",
    }


def test_a_reviewers_own_earlier_scores_stand_beside_the_form(workspace):
    fill_demo(workspace)
    review = review_of(workspace, "icp-balancing-device", "reviewer-1")
    reply = Desk(workspace).handle("GET", f"reviews/{review.id}", lang="zh")
    assert reply.status == 200
    earlier = json.loads(json.dumps(reply.body))["earlier"]
    assert [one["project"] for one in earlier] == ["神经阻滞穿刺针"]


def test_every_review_but_the_panels_has_a_notebook_ready_to_open(workspace):
    paths = review_notebooks(fill_demo(workspace))
    assert {read_notebook(path).review for path in paths} == {
        review.id for review in workspace.reviews() if not review.reviewer.startswith("示例专家")
    }
    for path, example in zip(paths, REVIEWS.values(), strict=True):
        nbformat.validate(nbformat.read(path, as_version=4))
        read = read_notebook(path)
        assert read.locked_cells_unchanged
        assert [cell.narrative for cell in read.narrative] == list(example.narrative)


def test_no_score_and_no_reason_is_stored_in_a_notebook(workspace):
    for path, example in zip(review_notebooks(fill_demo(workspace)), REVIEWS.values(), strict=True):
        text = path.read_text(encoding="utf-8")
        for field, value in example.answers.items():
            if field.endswith((".reason", "opinion")):
                assert value not in text


def test_the_first_page_greets_in_both_languages(workspace):
    fill_demo(workspace)
    text = (workspace.path / FIRST_PAGE).read_text(encoding="utf-8")
    assert "本系统不得录入涉密信息" in text
    assert "Classified information must not be entered" in text


def test_filling_it_twice_changes_nothing(workspace):
    paths = fill_demo(workspace)
    before = (workspace.projects(), workspace.reviews(), len(workspace.store.log()))
    contents = [path.read_bytes() for path in paths]
    assert fill_demo(workspace) == paths
    assert (workspace.projects(), workspace.reviews(), len(workspace.store.log())) == before
    assert [path.read_bytes() for path in paths] == contents


def test_what_somebody_wrote_in_the_example_stays(workspace):
    fill_demo(workspace)
    draft = review_of(workspace, "icp-balancing-device", "reviewer-2")
    workspace.store.save(draft.id, [Change("opinion", "我的意见", 0)])
    (workspace.path / FIRST_PAGE).write_text("mine", encoding="utf-8")
    fill_demo(workspace)
    assert review_of(workspace, "icp-balancing-device", "reviewer-2").values()["opinion"] == "我的意见"
    assert (workspace.path / FIRST_PAGE).read_text(encoding="utf-8") == "mine"


def test_a_filling_that_was_interrupted_is_finished(workspace, monkeypatch):
    with monkeypatch.context() as interrupted:
        interrupted.setattr(Workspace, "submit", lambda *_arguments, **_options: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            fill_demo(workspace)
    fill_demo(workspace)
    assert sum(review.status == "submitted" for review in workspace.reviews()) == 4 + 18


def test_a_workspace_with_projects_of_its_own_is_left_alone(workspace):
    workspace.store.add_project(Project(id="p-1", title=Text("自有项目", "Our project")))
    with pytest.raises(InputError) as caught:
        fill_demo(workspace)
    assert "示例" in caught.value.lines("zh")[0]
    assert [project.id for project in workspace.projects()] == ["p-1"]
    assert not workspace.reviews()


def test_the_log_of_the_demo_holds(workspace):
    fill_demo(workspace)
    assert workspace.store.verify_log().intact


def test_the_panel_of_the_demo_is_ready_for_the_secretary(workspace):
    panels = [read_notebook(path) for path in fill_demo(workspace) if read_notebook(path).panel is not None]
    (summary,) = panels
    assert summary.template.id == "panel_summary"
    assert [view.options.get("part") for view in summary.views][1:] == [
        "minutes",
        "opinion",
        "notice",
        "sign_in",
        "experts",
    ]
    assert summary.narrative == ()
    (selection,) = workspace.papers.papers(kind="project_selection")
    assessed = workspace.papers.assessment(selection)
    assert (selection.example, assessed.complete) == (True, True)
    assert assessed.outcome["selection"]["chosen"] == ["nerve-block-needle"]
    assert all(one.locked_cells_unchanged for one in panels)


def test_the_papers_of_the_finance_officer_are_there_and_say_that_they_are_examples(workspace):
    fill_demo(workspace)
    _selection, claims, ledger = workspace.papers.papers()
    assert (claims.kind, claims.status, ledger.kind, ledger.status) == (
        "subsidy_payout",
        "concluded",
        "payment_ledger",
        "draft",
    )
    assert claims.example
    assert ledger.example
    page = workspace.papers.page(claims)
    assert page.assessment.outcome["total"] == "1842000.30"
    assert page.assessment.warnings == ()
    page = workspace.papers.page(ledger)
    assert page.assessment.complete
    assert [figure.value for figure in page.assessment.figures][:2] == ["1,842,000.30", "1,000,000.00"]


def test_no_figure_of_a_paper_is_stored_in_its_notebook(workspace):
    papers = [path for path in fill_demo(workspace) if read_notebook(path).paper is not None]
    assert len(papers) == 3
    for path in papers:
        text = path.read_text(encoding="utf-8")
        for said in ("1,842,000", "1842000", "示例单位", "经办甲", "04415671"):
            assert said not in text
