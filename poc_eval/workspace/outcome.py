"""What followed from a review at the moment it was sealed, and why it could not be sealed yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from poc_eval.errors import Fault, IncompleteError
from poc_eval.i18n import _

if TYPE_CHECKING:
    from decimal import Decimal

    from poc_eval.scoring.evaluation import Evaluation


class ReviewIncompleteError(IncompleteError):
    """A review was submitted before everything that it needs was there; ``evaluation`` says what."""

    def __init__(self, evaluation: Evaluation) -> None:
        missing = [
            Fault(note.message, _("fill this in, then submit again"), place=note.field)
            for note in evaluation.missing
        ]
        wrong = [
            Fault(note.message, _("correct this, then submit again"), place=note.field)
            for note in evaluation.faults
        ]
        super().__init__(*missing, *wrong)
        self.evaluation = evaluation


def sealed_outcome(evaluation: Evaluation) -> dict[str, object]:
    """Return the figures that were on the page when it was submitted: numbers as exact text, outcomes by id.

    They are kept with the answers, so that a later program that reckons otherwise is found out and does not
    rescore what was decided.
    """
    return {
        "total": _exact(evaluation.total),
        "full_mark": _exact(evaluation.full_mark),
        "stepped_aside": evaluation.stepped_aside,
        "recommendation": None if evaluation.recommendation is None else evaluation.recommendation.id,
        "decision": None if evaluation.decision is None else evaluation.decision.id,
        "criteria": {result.id: _exact(result.score) for result in evaluation.criteria},
        "adjustments": {item.id: _exact(item.points) for item in evaluation.adjustments},
        "gates": [{"id": gate.id, "kind": gate.kind, "passed": gate.passed} for gate in evaluation.gates],
    }


def _exact(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:f}"
