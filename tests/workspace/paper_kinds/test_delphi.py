"""Delphi rounds on a working paper: what goes back, who moved, when to stop, what does not do."""

from __future__ import annotations

import re

from poc_eval.views.paper_parts import paper_view

ROUNDS = [
    ("1", "临床需求", "张三", "9", "急需"),
    ("1", "临床需求", "李四", "3", "已有替代"),
    ("2", "临床需求", "张三", "8", "听取了意见"),
    ("2", "临床需求", "李四", "7", ""),
]


def filled(desk, rows):
    paper = desk("delphi")
    for place, row in enumerate(rows):
        cells = dict(zip(("round", "item", "reviewer", "score", "reason"), row, strict=True))
        paper.row("scores", f"a{place}", **cells)
    return paper


def plain(markup):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", str(markup)))


def test_the_feedback_is_without_names_and_the_changes_are_with(desk):
    paper = filled(desk, ROUNDS)
    assert paper.faults == []
    feedback = plain(paper_view(paper.page, "feedback", "zh"))
    assert "7、8" in feedback
    assert "听取了意见" in feedback
    assert "张三" not in feedback
    changes = plain(paper_view(paper.page, "changes", "zh"))
    assert "可以停止" in changes
    assert "张三 9 8 听取了意见" in changes
    assert "不得发给专家" in changes


def test_a_concluded_paper_has_the_verdict_sealed(desk):
    paper = filled(desk, ROUNDS).conclude()
    assert paper.assessed.outcome == {"rounds": 2, "stop": True}


def test_what_does_not_do_is_told_beside_its_cell(desk):
    paper = filled(desk, [*ROUNDS, ("4", "临床需求", "张三", "八", "")]).fill(lowest="0", highest="8")
    assert {field for field, _said in paper.faults} == {
        "rows/scores/a0/score",
        "rows/scores/a4/score",
        "rows/scores/a4/round",
    }
    assert "上表填写完整后" in plain(paper_view(paper.page, "feedback", "zh"))


def test_a_scale_and_limits_that_are_none_are_told(desk):
    paper = filled(desk, ROUNDS).fill(lowest="9", highest="1")
    assert [field for field, _said in paper.faults] == ["highest"]
    paper.fill(lowest="0", highest="10", most_rounds="0")
    assert [field for field, _said in paper.faults] == ["most_rounds"]


def test_one_expert_alone_is_no_verdict(desk):
    paper = filled(desk, ROUNDS[:1])
    assert paper.assessed.outcome == {"rounds": 1, "stop": None}
    assert "只有一位专家" in plain(paper_view(paper.page, "changes", "zh"))
