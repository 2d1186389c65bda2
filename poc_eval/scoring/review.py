"""What follows from a reviewer's answers to a rubric, whatever was typed."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from poc_eval.scoring import undertaking
from poc_eval.scoring.arithmetic import SHOWN_DECIMALS, half_up, printed
from poc_eval.scoring.card import Card, read_card
from poc_eval.scoring.decision import decide, gate_failed, screened_out
from poc_eval.scoring.evaluation import CriterionResult, Evaluation
from poc_eval.scoring.form_fields import field_names
from poc_eval.scoring.gating import gate_result, screening_result
from poc_eval.scoring.notes import Answers, Notes
from poc_eval.scoring.sections import (
    read_extras,
    read_inputs,
    read_opinion,
    read_recommendation,
    read_screening,
    read_undertaking,
)
from poc_eval.scoring.tally import tally

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction

    from poc_eval.i18n import Text
    from poc_eval.scoring.evaluation import Adjustment, GateResult, Outcome
    from poc_eval.scoring.rubric import Rubric
    from poc_eval.scoring.structure import Node
    from poc_eval.scoring.tally import Sum, Tally

__all__ = ["Evaluation", "Review", "evaluate", "field_names"]


@dataclass(frozen=True)
class Review:
    """One reviewer's answers to one rubric; all answers are text under the names of ``field_names``."""

    rubric: Rubric
    answers: Mapping[str, str]

    @cached_property
    def evaluation(self) -> Evaluation:
        """What follows from the answers."""
        return evaluate(self.rubric, self.answers)


def evaluate(rubric: Rubric, answers: Mapping[str, str]) -> Evaluation:
    """Return what follows from ``answers`` (field name to text as typed).

    Never raises for what was typed: what is missing or does not fit is noted beside its field. A reviewer who
    steps aside is asked for nothing more, and whatever scores stand there are left out. Once a screening item
    fails no scores are asked for.
    """
    notes = Notes()
    everything = Answers(answers)
    aside = read_undertaking(everything, notes)
    said = Answers({}) if aside else everything
    rest = Notes() if aside else notes
    screening = read_screening(rubric, said, rest)
    failed = any(screening[item.id] == item.fails_on for item in rubric.screening)
    scored = _score(rubric, said, Notes() if failed else rest)
    recommendation = read_recommendation(rubric, said, rest)
    opinion = read_opinion(rubric, said, rest)
    checked = tuple(screening_result(item, screening[item.id]) for item in rubric.screening)
    gates = (*checked, *scored.gates)
    total = scored.sums.total
    return Evaluation(
        criteria=tuple(_result(node, rubric, scored) for node in rubric.every_node),
        adjustments=scored.adjustments,
        total=None
        if aside or total is None or total.exact is None
        else half_up(total.exact, rubric.decimals),
        running_total=None if aside or total is None else half_up(total.so_far, rubric.decimals),
        full_mark=None if rubric.total_marks is None else _plain(rubric.total_marks.full_mark),
        gates=gates,
        recommendation=recommendation,
        decision=None if aside else _decision(rubric, checked, scored),
        opinion=opinion,
        stepped_aside=aside,
        step_aside_reason=everything.text(undertaking.CONFLICT_REASON) if aside else "",
        missing=tuple(notes.missing),
        faults=tuple(notes.faults),
    )


@dataclass(frozen=True, slots=True)
class _Scored:
    cards: Mapping[str, Card]
    adjustments: tuple[Adjustment, ...]
    sums: Tally
    gates: tuple[GateResult, ...]


def _score(rubric: Rubric, said: Answers, notes: Notes) -> _Scored:
    facts = read_inputs(rubric, said, notes)
    figures = {name: value for name, value in facts.items() if isinstance(value, Decimal)}
    cards = {
        node.criterion.id: read_card(node, said, figures, rubric.writing.reason_at_least, notes)
        for node in rubric.every_node
        if not node.children
    }
    adjustments, extra = read_extras(rubric, said, notes)
    sums = tally(rubric, {name: card.score for name, card in cards.items()}, extra)
    gates = tuple(gate_result(gate, rubric, facts, sums) for gate in rubric.gates)
    return _Scored(cards, adjustments, sums, gates)


def _decision(rubric: Rubric, screening: tuple[GateResult, ...], scored: _Scored) -> Outcome | None:
    """Screening comes before gates, gates before decisions; a failed one ends it."""
    if any(item.passed is False for item in screening):
        return screened_out(rubric)
    if any(gate.passed is False for gate in scored.gates):
        return gate_failed(rubric)
    if any(item.passed is None for item in (*screening, *scored.gates)):
        return None
    total = scored.sums.total
    if total is not None and total.exact is None:
        return None
    return decide(rubric, None if total is None else total.exact)


def _result(node: Node, rubric: Rubric, scored: _Scored) -> CriterionResult:
    criterion = node.criterion
    card = scored.cards.get(criterion.id, Card())
    return CriterionResult(
        id=criterion.id,
        title=criterion.title,
        depth=node.depth,
        is_group=bool(node.children),
        minimum=_plain(node.marks.minimum),
        full_mark=_plain(node.marks.full_mark),
        best_low=node.marks.best_low,
        weight=criterion.weight,
        score=_shown_score(node, scored.sums.of[criterion.id], rubric),
        anchor=card.anchor,
        band=None if card.band is None else card.band.value,
        required=_required(node, rubric),
        measured_value=card.value,
        unit=_unit(node, rubric),
        beside=card.beside,
        reason=card.reason,
        evidence=card.evidence,
    )


def _shown_score(node: Node, score: Sum, rubric: Rubric) -> Decimal | None:
    if not score.begun:
        return None
    chosen = node.marks.step is not None
    return _plain(score.so_far) if chosen else half_up(score.so_far, max(rubric.decimals, SHOWN_DECIMALS))


def _required(node: Node, rubric: Rubric) -> Decimal | None:
    # On a scale whose lowest score is the best, gates say the most that they allow.
    gates = [gate for gate in rubric.gates if gate.criterion == node.criterion.id]
    if node.marks.best_low:
        return min((gate.at_most for gate in gates if gate.at_most is not None), default=None)
    return max((gate.at_least for gate in gates if gate.at_least is not None), default=None)


def _unit(node: Node, rubric: Rubric) -> Text | None:
    measured = node.criterion.measured
    return None if measured is None else measured.unit or rubric.asked_inputs[measured.input].unit


def _plain(value: Fraction) -> Decimal:
    return Decimal(printed(value))
