from __future__ import annotations

from typing import Any

from poc_eval.scoring.form_fields import field_names, of_criterion, of_extra, of_input, of_screening


def test_every_field_has_one_flat_name_in_the_order_of_the_form(build: Any) -> None:
    rubric = build.rubric(
        screening=[{"id": "fake", "ask": build.both("是否不实"), "fails_on": "yes"}],
        inputs={"staff": {"label": build.both("人数"), "kind": "count"}},
        criteria=[
            build.criterion("group", children=[build.criterion("banded", bands=[{"from": "0", "to": "5"}])]),
            build.criterion("maturity", scale={"max": "5"}, beside="trl-9"),
            build.criterion(
                "people",
                measured={
                    "input": "staff",
                    "table": [{"from": "0", "score": "0"}, {"from": "9", "score": "5"}],
                },
            ),
        ],
        bonuses=[{"id": "extra", "up_to": "5", "title": build.both("加分")}],
        recommendation=[{"id": "approve", "title": build.both("建议立项")}],
    )
    assert field_names(rubric) == (
        "undertaking.conflict",
        "undertaking.conflict_reason",
        "undertaking.confidentiality",
        "undertaking.integrity",
        "screening.fake",
        "screening.fake.reason",
        "inputs.staff",
        "criteria.banded.band",
        "criteria.banded.score",
        "criteria.banded.reason",
        "criteria.banded.evidence",
        "criteria.maturity.score",
        "criteria.maturity.beside",
        "criteria.maturity.reason",
        "criteria.maturity.evidence",
        "criteria.people.reason",
        "criteria.people.evidence",
        "bonuses.extra.points",
        "bonuses.extra.reason",
        "recommendation",
        "opinion",
    )


def test_names_are_made_in_one_place() -> None:
    assert of_criterion("need", "score") == "criteria.need.score"
    assert (of_screening("fake"), of_screening("fake", "reason")) == (
        "screening.fake",
        "screening.fake.reason",
    )
    assert of_input("staff") == "inputs.staff"
    assert of_extra("deductions", "late", "points") == "deductions.late.points"
