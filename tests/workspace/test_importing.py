import json
from decimal import Decimal

import pytest

from poc_eval.errors import InputError
from poc_eval.i18n import Text
from poc_eval.workspace.importing import import_file
from poc_eval.workspace.project_import import project_history_of
from poc_eval.workspace.records import Project
from poc_eval.workspace.store import Change

HEADING = "项目编号,项目名称,承担单位,技术领域,申请金额（万元）,负责人"
SCORES = """project,reviewer,criterion,score,comment
P1,王专家,need,4.5,临床需求明确且普遍存在
P1,王专家,novelty,7,
P1,王专家,maturity,3,
P1,王专家,staff,9,
P1,李专家,need,3,
"""


@pytest.fixture
def take(workspace, tmp_path):
    """Return a function that imports a text as a file."""

    def taken(text, *, name="table.csv", **how):
        file = tmp_path / name
        file.write_text(text, encoding="utf-8")
        return import_file(workspace, file, by="张秘书", **how)

    return taken


@pytest.fixture
def scored(take, small_rubric):
    """Return a function that imports scores by the small rubric."""
    return lambda text=SCORES, **how: take(text, rubric=str(small_rubric), **how)


def review_of(workspace, reviewer):
    (review,) = workspace.store.reviews(reviewer=reviewer)
    return review


def becomes(done):
    return [one.becomes for one in (*done.projects, *done.reviews)]


def test_projects_come_in_with_their_facts_and_the_log_says_who_brought_them(workspace, take):
    done = take(f"{HEADING}\nN1,可降解支架,某医院,医疗器械,120,王主任\nN2,神经电极,某大学,脑机接口,80.5,\n")
    assert becomes(done) == ["new", "new"]
    first = workspace.store.project("N1")
    assert (first.title.zh, first.applicant, first.amount) == (
        "可降解支架", Text("某医院", "某医院"), Decimal("1200000.00"),
    )  # fmt: skip
    assert [(fact.label.zh, fact.value.zh) for fact in first.stated] == [
        ("申请金额", "1,200,000.00 元"),
        ("负责人", "王主任"),
    ]
    assert first.source == "table.csv"
    assert [entry.action for entry in workspace.store.log()][-3:] == ["project", "project", "import"]
    assert workspace.store.log()[-1].assurance == "self-declared"
    assert workspace.store.verify_log().intact


def test_a_title_above_the_headings_is_passed_over(take):
    done = take(f"2026年申报项目汇总表,,\n填表单位：某中心\n{HEADING}\nN1,支架,某医院,,1,\n")
    assert becomes(done) == ["new"]
    assert done.projects[0].line == 4
    with pytest.raises(InputError, match=r"table\.csv:5: 项目名称: the cell is empty"):
        take(f"汇总表\n\n\n{HEADING}\nN2,,,,,\n")


def test_the_same_file_again_changes_nothing(workspace, take):
    text = f"{HEADING}\nN1,可降解支架,某医院,医疗器械,120,王主任\n"
    take(text)
    before = workspace.store.log()
    assert becomes(take(text, name="copy.csv")) == ["same"]
    assert workspace.store.log() == before


def test_a_changed_project_is_told_and_what_it_said_before_is_kept(workspace, take):
    workspace.store.add_project(
        Project("N1", Text("可降解支架", "Stent"), summary=Text("摘要", "Summary"), stage=Text("小试", "Lab"))
    )
    done = take("项目编号,项目名称,承担单位,阶段\nN1,可降解支架,某医院,\n")
    assert becomes(done) == ["changed"]
    assert [(one.field, one.before, one.after) for one in done.projects[0].changes] == [
        ("applicant", None, Text("某医院", "某医院")),
        ("stage", Text("小试", "Lab"), None),
    ]
    kept = workspace.store.project("N1")
    assert (kept.title.en, kept.summary) == ("Stent", Text("摘要", "Summary"))
    (before,) = project_history_of(workspace.store, "N1")
    assert json.loads(before)["stage"] == {"zh": "小试", "en": "Lab"}
    assert workspace.store.log()[-2].action == "update"


def test_a_dry_run_says_what_would_happen_and_writes_nothing(workspace, take, scored):
    before = workspace.store.log()
    assert becomes(take(f"{HEADING}\nN1,支架,某医院,,1,\nP1,改名,,,,\n", dry_run=True)) == ["new", "changed"]
    assert becomes(scored(dry_run=True)) == ["submitted", "draft"]
    assert workspace.store.log() == before
    assert workspace.store.definitions() == ()
    assert not list((workspace.path / "definitions").iterdir())


def test_one_wrong_row_keeps_all_out(workspace, take, scored):
    before = workspace.store.log()
    with pytest.raises(InputError):
        take(f"{HEADING}\nN1,支架,某医院,,1,\nN2,,,,,\n")
    with pytest.raises(InputError):
        scored(SCORES + "P2,李专家,need,99,\n")
    assert workspace.store.log() == before


def test_a_shipped_example_is_not_overwritten(workspace, take):
    workspace.store.add_project(Project("E1", Text("示例", "Example"), example=True))
    with pytest.raises(InputError, match=r"table\.csv:2: the project E1 belongs to the shipped example"):
        take("id,title\nE1,改名\n")


def test_complete_scores_are_submitted_and_the_others_wait_as_drafts(workspace, scored):
    done = scored()
    assert becomes(done) == ["submitted", "draft"]
    wang, li = review_of(workspace, "王专家"), review_of(workspace, "李专家")
    assert (wang.reviewer, wang.status, wang.project_id) == ("王专家", "submitted", "P1")
    assert (wang.origin.kind, wang.origin.entered_by, wang.origin.file) == ("import", "张秘书", "table.csv")
    assert "undertaking.integrity" in wang.origin.detail["unstated"]
    assert json.loads(workspace.store.submission(wang.id).snapshot)["outcome"]["total"] == "19.50"
    assert (li.status, li.values()) == ("draft", {"criteria.need.score": "3"})
    assert workspace.store.verify_log().intact
    importer = workspace.store.log()[-1].actor
    assert {entry.actor for entry in workspace.store.log() if entry.subject.startswith("review:")} == {
        importer
    }


def test_the_same_scores_again_change_nothing_and_more_of_them_complete_a_draft(workspace, scored):
    scored()
    before = workspace.store.log()
    assert becomes(scored()) == ["same", "same"]
    assert workspace.store.log() == before
    more = SCORES + "P1,李专家,novelty,5,\nP1,李专家,maturity,2,\nP1,李专家,staff,9,\n"
    assert becomes(scored(more)) == ["same", "submitted"]
    assert {review.status for review in workspace.reviews()} == {"submitted"}


def test_what_was_submitted_or_begun_by_hand_is_not_overwritten(workspace, scored, small_rubric):
    scored()
    with pytest.raises(InputError) as caught:
        scored(SCORES.replace("need,4.5", "need,4"))
    assert "table.csv:2: 王专家's review of P1 was submitted and says something else" in str(caught.value)
    mine = workspace.store.open_review("P2", "赵专家", workspace.pin(small_rubric))
    workspace.store.save(mine.id, [Change("criteria.need.score", "4", 0)])
    with pytest.raises(InputError, match="赵专家 has begun a review of P2 in the form"):
        scored("project,reviewer,criterion,score\nP2,赵专家,need,4\n")


def test_a_draft_that_was_imported_and_then_written_in_is_its_reviewers(workspace, scored):
    scored()
    draft = review_of(workspace, "李专家")
    workspace.store.save(draft.id, [Change("opinion", "可行", 0)])
    with pytest.raises(InputError, match="李专家 has begun a review"):
        scored(SCORES.replace("need,3", "need,4"))


def test_an_empty_draft_is_filled(workspace, scored, small_rubric):
    opened = workspace.store.open_review("P1", "王专家", workspace.pin(small_rubric))
    scored()
    assert workspace.store.review(opened.id).status == "submitted"


def test_an_imported_review_can_be_amended_and_forgotten_like_any_other(workspace, scored):
    scored()
    wang = review_of(workspace, "王专家")
    amended = workspace.store.amend(wang.id, reason="补充意见")
    assert amended.origin is None
    assert set(workspace.store.forget_person("王专家").reviews) == {wang.id, amended.id}
    assert workspace.store.verify_log().intact


def test_who_imported_can_be_forgotten_and_the_review_stays(workspace, scored):
    scored()
    workspace.store.forget_person("张秘书")
    assert review_of(workspace, "王专家").origin.entered_by is None
    assert workspace.store.verify_log().intact


def test_the_rubric_is_the_one_that_has_the_tables_criteria(workspace, take, small_rubric):
    workspace.pin(small_rubric)
    assert take(SCORES).rubric.id == "poc-small"
    wide = "project,reviewer,临床需求度（5分）,创新度\nP2,王专家,4,7\n"
    assert take(wide).rubric.id == "poc-small"
    shipped = "project,reviewer,criterion,score\nP1,王专家,technical_feasibility,20\n"
    assert take(shipped).rubric.id == "poc-selection"
    with pytest.raises(InputError, match="does not tell by which rubric"):
        take("project,reviewer,criterion,score\nP1,王专家,颜值,20\n")
