"""Small rubrics and complete answers for the tests of this room."""

from __future__ import annotations

from typing import Any

import pytest

from poc_eval.scoring.rubric import Rubric


class Build:
    """Makes rubrics and answers with as few words as a test needs."""

    reason = "样机台架试验数据完整，对照组设置合理。"
    opinion = "项目技术路线清晰，验证目标明确，建议按专家意见完善后组织实施。"
    undertaken = {  # noqa: RUF012 read only
        "undertaking.conflict": "none",
        "undertaking.confidentiality": "yes",
        "undertaking.integrity": "yes",
    }

    @staticmethod
    def both(words: str) -> dict[str, str]:
        return {"zh": words, "en": words}

    def criterion(self, criterion_id: str, **keys: Any) -> dict[str, Any]:
        return {"id": criterion_id, "title": self.both(criterion_id), **keys}

    def rubric(self, **keys: Any) -> Rubric:
        frame = {
            "id": "sheet",
            "version": "1.0",
            "title": self.both("评分表"),
            "source": {"document": "测试"},
        }
        return Rubric.model_validate({**frame, **keys})

    def answers(self, scores: dict[str, str], others: dict[str, str] | None = None) -> dict[str, str]:
        """Return complete answers with these scores by criterion, and whatever other fields."""
        given = {f"criteria.{name}.score": score for name, score in scores.items()}
        reasons = {f"criteria.{name}.reason": self.reason for name in scores}
        return {**self.undertaken, **given, **reasons, "opinion": self.opinion, **(others or {})}


@pytest.fixture(scope="session")
def build() -> Build:
    return Build()
