"""What follows from a reviewer's answers: totals, gates, what is missing, what does not fit.

Plain values only; ``poc_eval.scoring.review.evaluate`` makes them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from decimal import Decimal

    from poc_eval.i18n import Message, Text, Translatable


@dataclass(frozen=True, slots=True)
class FieldNote:
    """Something to tell beside one field of the form: it is missing, or what stands there does not fit."""

    field: str
    message: Message


@dataclass(frozen=True, slots=True)
class CriterionResult:
    """A criterion as answered; groups stand before their children, ``depth`` 0 for the top.

    ``score`` is None while it is not given or not valid; for a group it is what its children give so far,
    None while none of them has a score. ``weight`` is what the total's method uses, None with ``sum``.
    ``best_low``: on this scale the minimum is the best.
    """

    id: str
    title: Text
    depth: int
    is_group: bool
    minimum: Decimal
    full_mark: Decimal
    best_low: bool
    weight: Decimal | None
    score: Decimal | None
    anchor: Text | None
    """The text of the level or band that the score stands for."""
    band: str | None
    """``"from-to"`` of the chosen band."""
    required: Decimal | None
    """The least score that a gate asks for on this criterion."""
    measured_value: Decimal | None
    unit: Text | None
    beside: tuple[str, Text] | None
    """A level stated on a second scale: ``("TRL 4", its text)``."""
    reason: str
    evidence: str


@dataclass(frozen=True, slots=True)
class GateResult:
    """One condition; ``passed`` is None while what it looks at is not known."""

    id: str
    title: Translatable
    kind: Literal["screening", "criterion", "input", "total"]
    required: Translatable
    found: Translatable | None
    passed: bool | None


@dataclass(frozen=True, slots=True)
class Adjustment:
    """A bonus (points above zero) or a deduction (points below zero) with its reason."""

    id: str
    title: Text
    limit: Decimal
    points: Decimal | None
    reason: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is recommended or decided: an id of the rubric (or ``screened_out``, ``gate``) and its title."""

    id: str
    title: Translatable


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All that follows from the answers to one rubric.

    ``total`` is None until every score is there; ``running_total`` adds up what is there. Both are rounded
    half up to the rubric's decimals; gates and decisions look at the exact value.
    ``total`` and ``full_mark`` are None for a checklist without scores.
    """

    criteria: tuple[CriterionResult, ...]
    adjustments: tuple[Adjustment, ...]
    total: Decimal | None
    running_total: Decimal | None
    full_mark: Decimal | None
    gates: tuple[GateResult, ...]
    recommendation: Outcome | None
    decision: Outcome | None
    """By the rubric's decisions; None while the total is not known, or where they need a rank."""
    opinion: str
    stepped_aside: bool
    step_aside_reason: str
    missing: tuple[FieldNote, ...]
    """In the order of the form."""
    faults: tuple[FieldNote, ...]

    @property
    def complete(self) -> bool:
        """True when the review can be submitted."""
        return not self.missing and not self.faults
