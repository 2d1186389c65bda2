from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from poc_eval.scoring.criterion import Criterion


@pytest.mark.parametrize(
    ("keys", "way"),
    [
        ({}, "points"),
        ({"levels": [{"score": "5", "text": {"zh": "高", "en": "high"}}]}, "levels"),
        ({"bands": [{"from": "0", "to": "5"}]}, "bands"),
        ({"measured": {"input": "n", "table": [{"from": "0", "score": "0"}]}}, "measured"),
    ],
)
def test_a_criterion_knows_how_it_is_scored(build: Any, keys: dict[str, Any], way: str) -> None:
    assert Criterion.model_validate(build.criterion("c", **keys)).way == way


@pytest.mark.parametrize(
    ("written", "weight"), [("0.25", "0.25"), ("25%", "0.25"), ("12.5%", "0.125"), ("25", "25")]
)
def test_a_weight_may_be_written_in_per_cent(build: Any, written: str, weight: str) -> None:
    assert Criterion.model_validate(build.criterion("c", weight=written)).weight == Decimal(weight)


@pytest.mark.parametrize("written", ["NaN", "1e5", "010", "1_000", "25%%", "%", "１"])
def test_a_weight_is_a_plain_number(build: Any, written: str) -> None:
    with pytest.raises(ValidationError):
        Criterion.model_validate(build.criterion("c", weight=written))


def test_a_band_is_named_as_its_file_writes_it(build: Any) -> None:
    bands = [{"from": "7.0", "to": "8"}, {"from": "-1", "to": "6.5"}]
    read = Criterion.model_validate(build.criterion("c", bands=bands)).bands
    assert [band.value for band in read] == ["7.0-8", "-1-6.5"]


def test_evidence_and_units_may_be_one_word_for_both_languages(build: Any) -> None:
    level = {"score": "5", "text": build.both("高"), "evidence": ["检测报告", {"zh": "专利", "en": "patent"}]}
    evidence = Criterion.model_validate(build.criterion("c", levels=[level])).levels[0].evidence
    assert [(text.zh, text.en) for text in evidence] == [("检测报告", "检测报告"), ("专利", "patent")]
