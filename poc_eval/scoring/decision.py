"""Which of a rubric's decisions a total and a rank lead to."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from poc_eval.i18n import _
from poc_eval.scoring.evaluation import Outcome

if TYPE_CHECKING:
    from poc_eval.scoring.rubric import Rubric
    from poc_eval.scoring.rules import Decision


def decide(rubric: Rubric, total: Fraction | None, rank: int | None = None) -> Outcome | None:
    """Return the first decision of ``rubric`` that holds for the exact ``total`` and the ``rank``.

    None where no decision holds, or where the next one that might hold needs a rank that is not known. The
    last decision also stands for totals that deductions bring below the lowest score.
    """
    for decision in rubric.decisions:
        if not _line_met(rubric, decision, total):
            continue
        if decision.rank_at_most is not None:
            if rank is None:
                return None
            if rank > decision.rank_at_most:
                continue
        return Outcome(decision.id, decision.title)
    return None


def _line_met(rubric: Rubric, decision: Decision, total: Fraction | None) -> bool:
    if decision.at_least is None and decision.at_most is None:
        return True
    marks = rubric.total_marks
    if total is None or marks is None:
        return False
    if decision.at_least is not None:
        line = Fraction(decision.at_least)
        return total >= line or (decision == rubric.decisions[-1] and line <= marks.minimum)
    return decision.at_most is not None and total <= decision.at_most


def screened_out(rubric: Rubric) -> Outcome:
    """Return the outcome of a failed screening item, in the form's own words where it has them."""
    return Outcome("screened_out", rubric.failed.screened_out or _("Screened out"))


def gate_failed(rubric: Rubric) -> Outcome:
    """Return the outcome of a failed gate, in the form's own words where it has them."""
    return Outcome("gate", rubric.failed.gate or _("A minimum requirement is not met"))
