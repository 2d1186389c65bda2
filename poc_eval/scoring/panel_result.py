"""What a panel comes to: the official result first, everything else as advice beside it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from poc_eval.scoring.lottery import ALGORITHM

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from poc_eval.i18n import Message
    from poc_eval.scoring.evaluation import GateResult, Outcome
    from poc_eval.scoring.lottery import Lots
    from poc_eval.scoring.rubric import Rubric


@dataclass(frozen=True, slots=True)
class CriterionFigures:
    """One criterion over the panel; ``sd`` is the sample standard deviation, None with one score."""

    mean: Decimal
    median: Decimal
    trimmed: Decimal
    sd: float | None
    n: int


@dataclass(frozen=True, slots=True)
class Official:
    """The result by the rubric's own panel rule.

    ``applied`` says what was done where it differs from ``method`` (too few scores to trim); ``counted`` of
    ``given`` totals entered. ``total`` and ``rank`` are None with a ``reason``.
    """

    method: str
    applied: str | None
    total: Decimal | None
    rank: int | None
    given: int
    counted: int
    reason: Message | None


@dataclass(frozen=True, slots=True)
class ProjectResult:
    """One project before the panel; ``expected_rank`` and ``interval`` are advice."""

    project: str
    official: Official
    criteria: Mapping[str, CriterionFigures]
    gates: tuple[GateResult, ...]
    decision: Outcome | None
    award: Decimal | None
    recommendations: Mapping[str, int]
    flags: tuple[str, ...]
    reviewers: tuple[str, ...]
    conflicted: tuple[str, ...]
    expected_rank: float | None
    interval: tuple[float, float] | None
    totals: Mapping[str, Decimal | None] = field(default_factory=dict)
    """Each reviewer's own total; None where a score is missing."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of agreement with its 95% interval over projects drawn again, or the reason why there is none.

    ``no_interval`` says why there is a value but no interval. ``needed`` reviewers would give their mean the
    reliability 0.8; None where no number would, or where that is not told by this figure.
    """

    value: float | None
    reason: Message | None = None
    interval: tuple[float, float] | None = None
    no_interval: Message | None = None
    needed: int | None = None


@dataclass(frozen=True, slots=True)
class ReviewerFigures:
    """A reviewer's severity in points, positive for a harsher one, and how many projects they scored."""

    reviewer: str
    severity: float | None
    n: int


@dataclass(frozen=True, slots=True)
class PanelResult:
    """The whole result; ``to_dict`` is what ``poc-eval panel --json`` prints."""

    rubric: Rubric
    projects: tuple[ProjectResult, ...]
    agreement: Mapping[str, Figure]
    by_criterion: Mapping[str, Figure]
    reviewers: tuple[ReviewerFigures, ...]
    seed: int
    advice: Message
    needed: int | None = None
    """Reviewers whose mean would reach a reliability of 0.8; None where no number would."""
    lottery: Lots | None = None
    """The draw that the rules call for; None where they call for none."""
    present: int = 0
    """Reviewers on a project on average, rounded down: what ``needed`` is compared with."""
    draws: int = 0
    """How often projects were drawn again for the intervals."""
    ranked: int = 0
    unranked: Message | None = None
    """Why there are no expected ranks."""

    def to_dict(self) -> dict[str, Any]:
        """Return plain values for JSON; figures without a value are None with a reason beside them."""
        return {
            "rubric": {"id": self.rubric.id, "version": self.rubric.version},
            "projects": [_project(one) for one in self.projects],
            "agreement": {
                **{name: figure.value for name, figure in self.agreement.items()},
                "by_criterion": {name: figure.value for name, figure in self.by_criterion.items()},
                "reviewers_for_0.8": self.needed,
                "more_reviewers_for_0.8": None if self.needed is None else max(0, self.needed - self.present),
                "by_criterion_reviewers_for_0.8": {
                    name: figure.needed for name, figure in self.by_criterion.items()
                },
                "intervals": {
                    **_intervals(self.agreement),
                    "by_criterion": _intervals(self.by_criterion),
                    "confidence": 0.95,
                    "method": "bootstrap over projects, percentile",
                    "draws": self.draws,
                    "seed": self.seed,
                },
                "not_defined": {
                    name: _both(figure.reason)
                    for name, figure in (*self.agreement.items(), *self.by_criterion.items())
                    if figure.reason is not None
                },
            },
            "reviewers": [
                {"reviewer": one.reviewer, "severity": one.severity, "n": one.n} for one in self.reviewers
            ],
            "advice": _both(self.advice),
            "lottery": None if self.lottery is None else _lottery(self.lottery),
            "expected_rank_reason": None if self.unranked is None else _both(self.unranked),
            "seed": self.seed,
        }


def _intervals(figures: Mapping[str, Figure]) -> dict[str, list[float] | None]:
    return {
        name: None if figure.interval is None else list(figure.interval) for name, figure in figures.items()
    }


def _lottery(lots: Lots) -> dict[str, Any]:
    return {
        "among": lots.rule.among,
        "fundable": lots.rule.fundable,
        "accepted": list(lots.accepted),
        "in_draw": list(lots.in_draw),
        "rejected": list(lots.rejected),
        "places": lots.places,
        "seed": lots.seed,
        "algorithm": ALGORITHM,
        "keys": dict(lots.keys),
        "drawn": list(lots.drawn),
        "reason": None if lots.reason is None else _both(lots.reason),
    }


def _both(message: Message) -> dict[str, str]:
    return {"zh": message.text("zh"), "en": message.text("en")}


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def _project(one: ProjectResult) -> dict[str, Any]:
    official = one.official
    return {
        "project": one.project,
        "total": _number(official.total),
        "rank": official.rank,
        "official": {
            "method": official.method,
            "applied": official.applied or official.method,
            "total": _number(official.total),
            "rank": official.rank,
            "given": official.given,
            "counted": official.counted,
            "reason": None if official.reason is None else _both(official.reason),
        },
        "expected_rank": one.expected_rank,
        "rank_interval": None if one.interval is None else list(one.interval),
        "criteria": {
            name: {
                "mean": float(figures.mean),
                "median": float(figures.median),
                "trimmed": float(figures.trimmed),
                "sd": figures.sd,
                "n": figures.n,
            }
            for name, figures in one.criteria.items()
        },
        "gates": [{"gate": gate.id, "passed": gate.passed, "kind": gate.kind} for gate in one.gates],
        "decision": None if one.decision is None else one.decision.id,
        "award": None if one.award is None else f"{one.award:.2f}",
        "recommendations": dict(one.recommendations),
        "flags": list(one.flags),
        "reviewers": list(one.reviewers),
        "conflicted": list(one.conflicted),
    }
