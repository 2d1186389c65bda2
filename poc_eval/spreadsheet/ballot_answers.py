"""One reviewer's scores from a table as answers to the form, and what the table does not say."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from poc_eval.errors import Fault
from poc_eval.i18n import _
from poc_eval.scoring import form_fields, undertaking
from poc_eval.scoring.arithmetic import printed
from poc_eval.scoring.form_fields import OPINION, RECOMMENDATION
from poc_eval.scoring.review import evaluate

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from poc_eval.scoring.evaluation import Evaluation
    from poc_eval.scoring.panel_scores import Ballot
    from poc_eval.scoring.rubric import Rubric

_WRITTEN: Final = (".reason", OPINION)


@dataclass(frozen=True, slots=True)
class Cell:
    """One score where it stands; ``said`` are the columns of a panel's table."""

    line: int
    place: str
    said: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ImportedReview:
    """A review as a table states it."""

    line: int
    """Where its first score stands."""
    project: str
    reviewer: str
    answers: Mapping[str, str]
    """By field of the form."""
    confidence: Mapping[str, str]
    """By criterion, as it stands there; it enters no figure."""
    unstated: tuple[str, ...]
    """Fields of the form that the table says nothing about, or too little for the form."""
    finished: bool
    """True where the total, or what ends a review without one, follows from the answers."""


def review_of(
    rubric: Rubric, ballot: Ballot, cells: Sequence[Cell], name: str, faults: list[Fault]
) -> ImportedReview:
    """Return the review that a ballot is; what does not fit the form goes to ``faults``.

    ``cells`` are the ballot's own; ``name`` is the file's.
    """
    faults += _misplaced(rubric, ballot, cells, name)
    answers = _answers(rubric, ballot, cells)
    evaluation = evaluate(rubric, answers)
    short = too_short(evaluation)
    for note in evaluation.faults:
        if note.field in short:
            continue
        cell = _cell_of(note.field, cells)
        faults.append(Fault(note.message, _("correct the cell"), file=name, line=cell.line, place=cell.place))
    return ImportedReview(
        line=cells[0].line,
        project=ballot.project,
        reviewer=ballot.reviewer,
        answers=answers,
        confidence={
            cell.said["criterion"]: cell.said["confidence"] for cell in cells if cell.said["confidence"]
        },
        unstated=(*(note.field for note in evaluation.missing), *short),
        finished=finished(rubric, evaluation),
    )


def too_short(evaluation: Evaluation) -> list[str]:
    """Return the fields whose words a form would find too short or too long; the author stands by them."""
    return [note.field for note in evaluation.faults if note.field.endswith(_WRITTEN)]


def finished(rubric: Rubric, evaluation: Evaluation) -> bool:
    """Tell whether the total, or what ends a review without one, follows from the answers."""
    screening = [gate for gate in evaluation.gates if gate.kind == "screening"]
    if evaluation.stepped_aside or any(gate.passed is False for gate in screening):
        return True
    if rubric.scores is None:
        return all(gate.passed is not None for gate in screening)
    return evaluation.total is not None


def _answers(rubric: Rubric, ballot: Ballot, cells: Sequence[Cell]) -> dict[str, str]:
    answers = dict(_undertaken(ballot, cells))
    for item, score in ballot.scores.items():
        answers[form_fields.of_criterion(item, "score")] = printed(score)
        answers |= _band(rubric, item, score)
    for item, value in ballot.inputs.items():
        said = printed(value) if isinstance(value, Decimal) else _said(value)
        answers[form_fields.of_input(item)] = said
    for item, fails in ballot.screening.items():
        answers[form_fields.of_screening(item)] = _said(fails)
    for kind, extras in (("bonuses", rubric.bonuses), ("deductions", rubric.deductions)):
        for extra in extras:
            if extra.id in ballot.extras:
                field = form_fields.of_extra(kind, extra.id, "points")
                answers[field] = printed(abs(ballot.extras[extra.id]))
    if ballot.recommendation is not None:
        answers[RECOMMENDATION] = ballot.recommendation
    for cell in cells:
        if cell.said["criterion"] == OPINION:
            answers[OPINION] = cell.said["score"]
    return answers if ballot.conflicted else _comments(rubric, ballot) | answers


def _comments(rubric: Rubric, ballot: Ballot) -> dict[str, str]:
    known = set(form_fields.field_names(rubric))
    found = {}
    for item, comment in ballot.comments.items():
        field = next((one for one in _reasons(item) if one in known), None)
        if field is not None:
            found[field] = comment
    return found


def _undertaken(ballot: Ballot, cells: Sequence[Cell]) -> Iterator[tuple[str, str]]:
    """Yield what the table says of conflicts; what it does not say is not sworn for anybody."""
    if ballot.conflicted:
        yield undertaking.CONFLICT, undertaking.STEP_ASIDE
        reasons = dict.fromkeys(cell.said["comment"] for cell in cells if cell.said["comment"])
        if reasons:
            yield undertaking.CONFLICT_REASON, "；".join(reasons)
    elif any(cell.said["conflict"] == "no" for cell in cells):
        yield undertaking.CONFLICT, undertaking.NO_CONFLICT


def _band(rubric: Rubric, item: str, score: Fraction) -> dict[str, str]:
    for band in rubric.node(item).criterion.bands:
        if Fraction(band.from_) <= score <= Fraction(band.to):
            return {form_fields.of_criterion(item, "band"): band.value}
    return {}


def _misplaced(rubric: Rubric, ballot: Ballot, cells: Sequence[Cell], name: str) -> Iterator[Fault]:
    """Yield a fault for each score that follows from a figure, and for each that no band holds."""
    leaves = {node.criterion.id: node.criterion for node in rubric.every_node if not node.children}
    for cell in cells:
        criterion = leaves.get(cell.said["criterion"])
        if criterion is None or criterion.id not in ballot.scores:
            continue
        score = ballot.scores[criterion.id]
        if criterion.measured is not None:
            yield Fault(
                _("this criterion has no score of its own: it follows from a figure"),
                _('give the figure, in a row or column "{input}"', input=criterion.measured.input),
                file=name,
                line=cell.line,
                place=cell.place,
            )
        elif criterion.bands and not _band(rubric, criterion.id, score):
            bands = ", ".join(band.value for band in criterion.bands)
            yield Fault(
                _("no band holds {score}", score=printed(score)),
                _("write a score inside one of the bands {bands}", bands=bands),
                file=name,
                line=cell.line,
                place=cell.place,
            )


def _reasons(item: str) -> Iterator[str]:
    yield form_fields.of_criterion(item, "reason")
    yield form_fields.of_screening(item, "reason")
    yield form_fields.of_extra("bonuses", item, "reason")
    yield form_fields.of_extra("deductions", item, "reason")
    if item == RECOMMENDATION:
        yield OPINION


def _cell_of(field: str, cells: Sequence[Cell]) -> Cell:
    item = field.split(".")[1] if "." in field else field
    return next((cell for cell in cells if cell.said["criterion"] == item), cells[0])


def _said(value: bool) -> str:  # noqa: FBT001 a yes or a no is all it takes
    return "yes" if value else "no"
