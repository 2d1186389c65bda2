"""A formal check: what the book takes over, and what it refuses beside the field."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from poc_eval.views.paper_parts import paper_view
from poc_eval.workspace.formal import FormalChecks
from poc_eval.workspace.working_papers import PaperIncompleteError

pytestmark = pytest.mark.usefixtures("two_projects")

ITEMS = 10
LATE = "2099-12-31"


@pytest.fixture
def check(desk):
    """Return a formal check of P1 in which everything is there, its result still open."""
    paper = desk("formal_check", project="P1")
    for number in range(1, ITEMS + 1):
        paper.row("items", f"i{number:03d}", answer="yes", pages=f"{number}-{number + 1}")
    return paper.fill(checker="张秘书")


def plain(markup):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", str(markup)))


def test_the_shipped_list_is_pinned_and_asked_item_by_item(desk):
    paper = desk("formal_check", project="P1")
    (worked,) = paper.paper.definitions
    assert (worked.kind, worked.ref.id, worked.ref.version) == ("checklist", "formal-check", "1.0")
    (grid,) = paper.page.layout.grids
    assert [row.label.text("zh") for row in grid.given][:2] == ["申报书是否填写完整", "签字、盖章是否齐全"]
    assert len(grid.given) == ITEMS
    assert len([one for one in paper.assessed.missing if one.field.startswith("rows/items")]) == ITEMS


def test_a_concluded_check_stands_in_the_book_with_pages_and_who_checked(workspace, check):
    check.fill(result="passed").conclude()
    (written,) = FormalChecks(workspace).of("P1")
    assert (written.result, written.number, written.checked_by, written.deadline) == (
        "passed",
        1,
        "张秘书",
        None,
    )
    assert written.items["form_complete"].pages == "1-2"
    assert workspace.store.verify_log().intact


def test_what_does_not_agree_is_told_beside_its_field_and_keeps_the_paper_open(workspace, check):
    check.row("items", "i002", answer="no").fill(result="passed")
    assert check.faults == [
        ("result", "有 1 个必备项不齐，形式审查不能通过（请选择补正或不通过，或更正各项）")
    ]
    check.fill(result="to_complete")
    assert [field for field, _said in check.faults] == ["deadline"]
    check.fill(deadline="2001-01-01")
    assert "已过" in check.faults[0][1]
    with pytest.raises(PaperIncompleteError):
        check.conclude()
    check.fill(deadline=LATE).row("items", "i003", answer="no")
    assert "不可补正" in check.faults[0][1]
    assert FormalChecks(workspace).of("P1") == ()


def test_a_required_item_cannot_be_not_applicable_and_an_optional_one_can(check):
    check.row("items", "i008", answer="not_applicable").fill(result="passed")
    assert check.faults == []
    check.row("items", "i001", answer="not_applicable")
    assert check.faults[0][0] == "rows/items/i001/answer"


def test_what_was_completed_is_a_second_round_and_the_first_stays(workspace, check):
    check.row("items", "i002", answer="no", note="缺单位公章").fill(
        result="to_complete", deadline=LATE
    ).conclude()
    assert FormalChecks(workspace).overdue(date(2100, 1, 1))
    check.amend().row("items", "i002", answer="yes", note="").fill(result="passed", deadline="").conclude()
    first, second = FormalChecks(workspace).of("P1")
    assert (first.result, first.deadline, second.result) == ("to_complete", date(2099, 12, 31), "passed")
    assert first.items["signed"].note == "缺单位公章"
    assert "第 1 轮：补正后再审，2026年11月20日" in plain(paper_view(check.page, "sheet", "zh"))
    # In a zone where that instant falls on the day before, that day is printed.
    elsewhere = replace(check.page, zone="America/Los_Angeles")
    assert "第 1 轮：补正后再审，2026年11月19日" in plain(paper_view(elsewhere, "sheet", "zh"))


def test_a_check_of_no_project_is_refused_with_the_way_out(desk):
    paper = desk("formal_check")
    assert "请为具体项目新建" in paper.faults[0][1]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_sheet_has_every_item_its_pages_the_result_and_places_to_sign(check, lang):
    check.fill(result="passed", note="材料<b>齐全</b>")
    page = paper_view(check.page, "sheet", lang)
    assert "&lt;b&gt;" in page
    assert "10-11" in page
    assert ("审查人（签字）" if lang == "zh" else "Examined by (signature)") in page
    assert "张秘书" in page
