"""Read the answers on one criterion's card: band, score, level beside, reason, evidence."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from poc_eval.catalog.plain_text import shown
from poc_eval.i18n import _
from poc_eval.scoring.arithmetic import printed
from poc_eval.scoring.form_fields import of_criterion, of_input, parts_of
from poc_eval.scoring.measure import measured_score
from poc_eval.scoring.readiness import readiness_scale
from poc_eval.scoring.typed import is_blank, number

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from poc_eval.i18n import Text
    from poc_eval.scoring.criterion import Band, Criterion
    from poc_eval.scoring.notes import Answers, Notes
    from poc_eval.scoring.structure import Node


@dataclass(frozen=True, slots=True)
class Card:
    """What a reviewer said on one criterion; ``score`` is None while it is missing or does not fit."""

    score: Fraction | None = None
    band: Band | None = None
    anchor: Text | None = None
    value: Decimal | None = None
    """The figure that a measured score follows from."""
    beside: tuple[str, Text] | None = None
    reason: str = ""
    evidence: str = ""


def read_card(
    node: Node, answers: Answers, figures: Mapping[str, Decimal], reason_at_least: int, notes: Notes
) -> Card:
    """Return what ``answers`` say on the criterion of ``node``, and note what is missing or does not fit.

    ``figures`` are the inputs that could be read. A criterion that may be left empty is asked for nothing
    until something is written on its card.
    """
    criterion = node.criterion
    if criterion.optional and _untouched(criterion, answers):
        return Card()
    if criterion.way == "measured":
        return _measured(criterion, answers, figures, notes)
    band = _band(criterion, answers, notes) if criterion.bands else None
    score = _score(node, band, answers, notes)
    beside = _beside(criterion, answers, notes)
    reason = answers.reason(
        of_criterion(criterion.id, "reason"),
        reason_at_least,
        notes,
        _("{criterion}: give the reason", criterion=criterion.title),
    )
    return Card(
        score,
        band,
        band.text if band is not None else _reached(node, score),
        None,
        beside,
        reason,
        answers.text(of_criterion(criterion.id, "evidence")),
    )


def _untouched(criterion: Criterion, answers: Answers) -> bool:
    return all(is_blank(answers.text(of_criterion(criterion.id, part))) for part in parts_of(criterion))


def _measured(criterion: Criterion, answers: Answers, figures: Mapping[str, Decimal], notes: Notes) -> Card:
    reason = answers.text(of_criterion(criterion.id, "reason"))
    evidence = answers.text(of_criterion(criterion.id, "evidence"))
    beside = _beside(criterion, answers, notes)
    measured = criterion.measured
    value = figures.get(measured.input) if measured is not None else None
    if measured is None or value is None:
        return Card(beside=beside, reason=reason, evidence=evidence)
    score = measured_score(measured, Fraction(value))
    if score is None:
        notes.refuses(
            of_input(measured.input),
            _(
                "{criterion}: the table begins at {least}, {value} is below it.",
                criterion=criterion.title,
                least=measured.table[0].from_,
                value=printed(value),
            ),
        )
    return Card(score=score, value=value, beside=beside, reason=reason, evidence=evidence)


def _band(criterion: Criterion, answers: Answers, notes: Notes) -> Band | None:
    name = of_criterion(criterion.id, "band")
    text = answers.text(name)
    if is_blank(text):
        notes.lacks(name, _("{criterion}: choose a band", criterion=criterion.title))
        return None
    found = next((band for band in criterion.bands if band.value == text), None)
    if found is None:
        notes.refuses(
            name,
            _(
                'There is no band "{text}"; choose one of {bands}.',
                text=shown(text),
                bands=", ".join(band.value for band in criterion.bands),
            ),
        )
    return found


def _score(node: Node, band: Band | None, answers: Answers, notes: Notes) -> Fraction | None:
    name = of_criterion(node.criterion.id, "score")
    text = answers.text(name)
    low, high = printed(node.marks.minimum), printed(node.marks.full_mark)
    if is_blank(text):
        notes.lacks(name, _("{criterion}: give a score", criterion=node.criterion.title))
        return None
    typed = number(text)
    if typed is None:
        notes.refuses(
            name,
            _(
                '"{text}" is not a number; write a score from {low} to {high}.',
                text=shown(text),
                low=low,
                high=high,
            ),
        )
        return None
    score = Fraction(typed)
    if not node.marks.holds(score):
        notes.refuses(
            name,
            _(
                "The score {score} is outside the scale; write one from {low} to {high}.",
                score=printed(typed),
                low=low,
                high=high,
            ),
        )
    elif not node.marks.on_grid(score):
        notes.refuses(
            name,
            _(
                "The score {score} is off the step; scores go from {low} to {high} in steps of {step}.",
                score=printed(typed),
                low=low,
                high=high,
                step=printed(node.marks.step or 0),
            ),
        )
    elif band is None or band.from_ <= typed <= band.to:
        return score
    else:
        _outside_band(node.criterion, typed, band, notes)
    return None


def _outside_band(criterion: Criterion, score: Decimal, band: Band, notes: Notes) -> None:
    right = next((other.value for other in criterion.bands if other.from_ <= score <= other.to), "")
    notes.refuses(
        of_criterion(criterion.id, "score"),
        _(
            "The score {score} is outside the chosen band {band}; "
            "write a score from {low} to {high}, or choose the band {right}.",
            score=printed(score),
            band=band.value,
            low=band.from_,
            high=band.to,
            right=right,
        ),
    )


def _reached(node: Node, score: Fraction | None) -> Text | None:
    """Return the text of the level that ``score`` is, or of the nearest one that it has reached."""
    if score is None:
        return None
    levels = sorted(node.criterion.levels, key=lambda level: level.score)
    if node.marks.best_low:
        return next((level.text for level in levels if level.score >= score), None)
    return next((level.text for level in reversed(levels) if level.score <= score), None)


def _beside(criterion: Criterion, answers: Answers, notes: Notes) -> tuple[str, Text] | None:
    if criterion.beside is None:
        return None
    name = of_criterion(criterion.id, "beside")
    text = answers.text(name)
    scale = readiness_scale(criterion.beside)
    if is_blank(text):
        notes.lacks(
            name, _("{criterion}: state the level of {scale}", criterion=criterion.title, scale=scale.short)
        )
        return None
    level = scale.level(text)
    if level is None:
        notes.refuses(
            name,
            _(
                'There is no level "{text}"; {scale} goes from {low} to {high}.',
                text=shown(text),
                scale=scale.short,
                low=scale.levels[0].level,
                high=scale.levels[-1].level,
            ),
        )
        return None
    return scale.name(level), level.text
