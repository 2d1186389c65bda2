"""Scores on paper: two people read, neither sees the other, and only agreement counts."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from poc_eval.errors import InputError
from poc_eval.views.paper_parts import paper_view
from poc_eval.workspace.panel_scores import panel_of
from poc_eval.workspace.panels import Panels
from poc_eval.workspace.paper import PaperScores
from poc_eval.workspace.scan_files import Scans
from poc_eval.workspace.store import Change

pytestmark = pytest.mark.usefixtures("two_projects")

PDF = b"%PDF-1.7\n1 0 obj"
SHEET = {
    "是否不真实": "否",
    "专职人员": "9",
    "临床需求度": "4.5",
    "创新度": "7",
    "成熟度": "3",
}


@pytest.fixture
def used(workspace, small_rubric, complete_answers):
    """Have the small rubric in use: somebody submitted a review by it."""
    review = workspace.store.open_review("P2", "某专家", workspace.pin(small_rubric))
    changes = [Change(field, value, 0) for field, value in complete_answers.items()]
    saved = workspace.store.save(review.id, changes).review
    workspace.submit(review.id, revision=saved.revision)
    return workspace


@pytest.fixture
def read(used, desk):
    """Return a function that opens a reading of 纸专家's paper on P1 and types it in."""
    assert used

    def read(by, title=None, **changed):
        paper = desk("paper_score", project="P1", title=title)
        (grid,) = paper.page.layout.grids
        for row in grid.given:
            for words, value in (SHEET | changed).items():
                if words in row.label.text("zh"):
                    paper.row("answers", row.id, value=value, reason=f"{words}依据充分，材料可核对。")
        opinion = "临床需求明确，技术路线可行，建议立项并补充对比数据。"
        return paper.fill(expert="纸专家", read_by=by, recommendation="approve", opinion=opinion)

    return read


def plain(markup):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", str(markup)))


def test_two_equal_readings_become_one_submitted_review(used, read):
    first = read("张录入").conclude()
    (kept,) = PaperScores(used).papers()
    assert (kept.status, kept.expert, kept.entered_by, kept.review_id) == (
        "entered",
        "纸专家",
        "张录入",
        None,
    )
    assert "已录入一次" in plain(paper_view(first.page, "comparison", "zh"))
    second = read("李复核", "复核").conclude()
    (kept,) = PaperScores(used).papers()
    assert (kept.status, kept.checked_by) == ("confirmed", "李复核")
    review = used.store.review(kept.review_id)
    assert (review.reviewer, review.status) == ("纸专家", "submitted")
    assert review.values()["criteria.novelty.band"] == "7-8"
    assert used.evaluation(review).total == Decimal("19.5")
    assert "两次录入一致" in plain(paper_view(second.page, "comparison", "zh"))
    panel, _basis = panel_of(used, "poc-small", with_names=True)
    assert "纸专家" in panel.scores.reviewers
    assert used.store.verify_log().intact


def test_the_sheet_is_the_one_of_the_projects_panel_and_not_the_most_used(used, desk):
    Panels(used.store).create("评审会", ["P1"], by="张秘书", rubric="medical-poc")
    worked = {one: desk("paper_score", project=one).paper.definitions[0].ref.id for one in ("P1", "P2")}
    assert worked == {"P1": "medical-poc", "P2": "poc-small"}


def test_the_same_person_cannot_check_what_they_entered(used, read):
    read("张 录入").conclude()
    again = read("张录入", "复核")
    again.conclude()
    (kept,) = PaperScores(used).papers()
    assert (kept.status, kept.checked_by) == ("entered", None)


def test_readings_that_differ_make_no_review_until_one_of_them_is_amended(used, read):
    read("张录入").conclude()
    second = read("李复核", "复核", 创新度="8").conclude()
    (kept,) = PaperScores(used).papers()
    assert (kept.status, kept.review_id) == ("differs", None)
    shown = plain(paper_view(second.page, "comparison", "zh"))
    assert re.search(r"创新度 7 8", shown)
    (grid,) = second.page.layout.grids
    row = next(one.id for one in grid.given if "创新度" in one.label.text("zh"))
    second.amend("看错一格").row("answers", row, value="7").conclude()
    (kept,) = PaperScores(used).papers()
    assert kept.status == "confirmed"


def test_an_open_reading_shows_nothing_of_the_other(used, read):
    read("张录入").conclude()
    second = read("李复核", "复核", 创新度="8")
    shown = plain(paper_view(second.page, "comparison", "zh"))
    assert "以免照抄" in shown
    assert "创新度" not in shown
    assert PaperScores(used).papers()[0].status == "entered"


def test_what_is_off_the_scale_or_lacking_is_told_beside_its_cell(read):
    paper = read("张录入", 临床需求度="6", 创新度="九", 是否不真实="也许")
    said = dict(paper.faults)
    (grid,) = paper.page.layout.grids
    names = {row.label.text("zh"): row.id for row in grid.given}
    assert f"rows/answers/{names['临床需求度']}/value" in said
    assert f"rows/answers/{names['创新度']}/value" in said
    assert f"rows/answers/{names['材料是否不真实']}/value" in said
    lacking = read("王录入", "缺项", 成熟度="")
    assert any(names["成熟度"] in field for field, _words in lacking.faults)


def test_the_scan_is_kept_with_the_paper_and_its_hash(used, read):
    (used.path / "签字页.pdf").write_bytes(PDF)
    read("张录入").fill(scan="签字页.pdf").conclude()
    (kept,) = PaperScores(used).papers()
    (scan,) = Scans(used).of(f"paper:{kept.id}")
    assert (scan.name, scan.attached_by) == ("签字页.pdf", "张录入")
    assert Scans(used).verify() == ()


@pytest.mark.parametrize("name", ["nowhere.pdf", "../../etc/passwd", "poc-eval.toml", "/etc/hosts"])
def test_a_scan_that_is_none_or_lies_elsewhere_is_told(read, name):
    paper = read("张录入").fill(scan=name)
    assert [field for field, _words in paper.faults] == ["scan"]


def test_an_expert_with_a_review_of_their_own_keeps_it(used, read, small_rubric):
    review = used.store.open_review("P1", "纸专家", used.pin(small_rubric))
    used.store.save(review.id, [Change("opinion", "本人正在填写", 0)])
    paper = read("张录入")
    with pytest.raises(InputError, match="has a review of P1 already"):
        paper.conclude()
    assert paper.paper.status == "draft"
