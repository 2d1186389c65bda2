"""A ballot as plain JSON and back: scores exactly, as decimals or fractions in text."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from poc_eval.scoring.arithmetic import printed
from poc_eval.scoring.panel_scores import Ballot
from poc_eval.workspace.plain_records import exact

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
        scores={name: _fraction(score) for name, score in one["scores"].items()},
        inputs={
            name: value if isinstance(value, bool) else exact(value) for name, value in one["inputs"].items()
        },
        screening=dict(one["screening"]),
        extras={name: _fraction(points) for name, points in one["extras"].items()},
        recommendation=one["recommendation"],
        comments=dict(one["comments"]),
    )


def _exactly(value: Fraction) -> str:
    """Return a score as a decimal, or as a fraction where it is none."""
    short = printed(value)
    return short if Fraction(short) == value else str(value)


def _fraction(text: str) -> Fraction:
    """Return what ``_exactly`` wrote; a figure that nobody writes is refused before it fills the memory."""
    above, _slash, below = text.partition("/")
    return Fraction(exact(above)) / (Fraction(exact(below)) if below else 1)
