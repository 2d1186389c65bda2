"""A ballot as plain JSON and back: scores exactly, as decimals or fractions in text."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from poc_eval.scoring.arithmetic import printed
from poc_eval.scoring.panel_scores import Ballot

if TYPE_CHECKING:
    from collections.abc import Mapping


def ballot_content(one: Ballot) -> dict[str, Any]:
    """Return what one expert said on one project as JSON knows it."""
    return {
        "project": one.project,
        "reviewer": one.reviewer,
        "conflicted": one.conflicted,
        "scores": {name: _exactly(score) for name, score in one.scores.items()},
        "inputs": {
            name: value if isinstance(value, bool) else printed(value) for name, value in one.inputs.items()
        },
        "screening": dict(one.screening),
        "extras": {name: _exactly(points) for name, points in one.extras.items()},
        "recommendation": one.recommendation,
        "comments": dict(one.comments),
    }


def ballot_from(one: Mapping[str, Any]) -> Ballot:
    """Return the ballot that ``ballot_content`` wrote; may raise anything for something else."""
    return Ballot(
        project=one["project"],
        reviewer=one["reviewer"],
        conflicted=one["conflicted"],
        scores={name: Fraction(score) for name, score in one["scores"].items()},
        inputs={
            name: value if isinstance(value, bool) else Decimal(value)
            for name, value in one["inputs"].items()
        },
        screening=dict(one["screening"]),
        extras={name: Fraction(points) for name, points in one["extras"].items()},
        recommendation=one["recommendation"],
        comments=dict(one["comments"]),
    )


def _exactly(value: Fraction) -> str:
    """Return a score as a decimal, or as a fraction where it is none."""
    short = printed(value)
    return short if Fraction(short) == value else str(value)
