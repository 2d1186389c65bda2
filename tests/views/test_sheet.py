from __future__ import annotations

import re
from typing import TYPE_CHECKING

from poc_eval.views.sheet import rubric_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from poc_eval.scoring.rubric import Rubric
    from poc_eval.views.dossier import Dossier


def words(markup: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", markup).split())


def test_the_rubric_is_printed_as_it_was_used(dossier: Dossier) -> None:
    shown = words(rubric_text(dossier.rubric, "zh"))
    for part in (
        "临床需求度 25 临床问题是否明确 20–25 分：需求明确，尚无替代 0–19 分：需求不明确",
        "20 分：样机（依据材料：检测报告）",
        "逾期扣分 限 10 扣分项",
        "各项得分相加，满分 45。",
    ):
        assert part in shown


def test_measured_weighted_and_uncounted_criteria_say_how_they_count(rubric: Callable[..., Rubric]) -> None:
    table = [{"from": "0", "score": "0"}, {"from": "50", "score": "3"}]
    label = {"zh": "服务次数", "en": "Services"}
    weighted = rubric(
        criteria=[
            {
                "id": "services",
                "title": label,
                "weight": "0.4",
                "measured": {"input": "n", "unit": {"zh": "次", "en": "times"}, "table": table},
            },
            {"id": "aside", "title": label, "counts": "no", "scale": {"max": "5"}},
        ],
        inputs={"n": {"label": label, "kind": "count"}},
        total={"method": "weighted_sum"},
        deductions=[],
    )
    shown = words(rubric_text(weighted, "zh"))
    assert "按“服务次数”分段计分：0 次起得 0 分；50 次起得 3 分" in shown
    assert "单独评定，不计入总分。" in shown
    assert "权重 0.4" in shown
    assert "各项得分乘以权重后相加" in shown
