from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from poc_eval.scoring.inputs import read_input
from poc_eval.scoring.review import evaluate


@pytest.mark.parametrize(
    ("kind", "typed", "value"),
    [
        ("count", "８", Decimal(8)),
        ("count", "8.5", None),
        ("count", "-8", None),
        ("amount", "300万元", Decimal("3000000.00")),
        ("amount", "3,000,000.00", Decimal("3000000.00")),
        ("amount", "-1", None),
        ("amount", "三百万", None),
        ("share", "78%", Decimal("0.78")),
        ("number", "-1.5", Decimal("-1.5")),
        ("yes_no", "yes", True),
        ("yes_no", "是", None),
    ],
)
def test_each_kind_reads_its_own_way_of_writing(kind: Any, typed: str, value: object) -> None:
    assert read_input(typed, kind) == value


def test_a_rubric_without_declared_inputs_asks_for_those_that_it_names(build: Any) -> None:
    table = [{"from": "0", "score": "0"}, {"from": "50", "score": "5"}]
    rubric = build.rubric(
        criteria=[build.criterion("services", measured={"input": "per_year", "unit": "次", "table": table})],
        gates=[
            {"input": "staff", "at_least": "8", "title": {"zh": "人数", "en": "Staff"}},
            {"input": "filed", "is": "yes"},
        ],
    )
    asked = rubric.asked_inputs
    assert {name: (one.label.zh, one.kind) for name, one in asked.items()} == {
        "per_year": ("services", "number"),
        "staff": ("人数", "number"),
        "filed": ("filed", "yes_no"),
    }
    assert asked["per_year"].unit is not None
    assert asked["per_year"].unit.zh == "次"


@pytest.mark.parametrize(
    ("kind", "advice"),
    [
        ("count", "请填写整数，如 8"),
        ("amount", "请填写金额，如 3000000 或 300万元"),
        ("share", "请填写 0 至 1 或 0% 至 100% 的比例"),
        ("number", "请填写数字，如 8 或 8.5"),
        ("yes_no", "请选择是或否"),
    ],
)
def test_what_does_not_fit_is_answered_with_how_to_write_it(build: Any, kind: str, advice: str) -> None:
    rubric = build.rubric(
        inputs={"x": {"label": build.both("数据"), "kind": kind}},
        screening=[{"id": "fake", "ask": build.both("是否不实"), "fails_on": "yes"}],
    )
    fault = evaluate(rubric, {"inputs.x": "很多"}).faults[0]
    assert fault.message.text("zh") == f"“很多”不符合要求，{advice}。"
