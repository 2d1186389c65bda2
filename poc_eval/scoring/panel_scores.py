"""A panel's scores as rows, read strictly: every row is right or told with its line and column.

Columns ``project, reviewer, criterion, score`` and, where there, ``conflict`` (yes or no), ``confidence``,
``comment``. The criterion is one of the rubric's, one of its inputs, bonuses, deductions or screening items,
or ``recommendation``.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from poc_eval.errors import Fault, InputError
from poc_eval.i18n import _
from poc_eval.scoring import typed
from poc_eval.scoring.arithmetic import printed
from poc_eval.scoring.form_fields import RECOMMENDATION
from poc_eval.scoring.inputs import read_input, wanted
from poc_eval.scoring.measure import measured_score

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from poc_eval.i18n import Message
    from poc_eval.scoring.rubric import Rubric
    from poc_eval.scoring.rules import Extra
    from poc_eval.scoring.structure import Node

REQUIRED: Final = ("project", "reviewer", "criterion", "score")
OPTIONAL: Final = ("conflict", "confidence", "comment")
_FIRST_LINE: Final = 2
_LONGEST_SHOWN: Final = 40


@dataclass(slots=True)
class Ballot:
    """What one reviewer said on one project; ``conflicted`` ones count in no figure."""

    project: str
    reviewer: str
    conflicted: bool = False
    scores: dict[str, Fraction] = field(default_factory=dict)
    inputs: dict[str, Decimal | bool] = field(default_factory=dict)
    screening: dict[str, bool] = field(default_factory=dict)
    extras: dict[str, Fraction] = field(default_factory=dict)
    recommendation: str | None = None
    comments: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PanelScores:
    """All ballots; projects and reviewers in the order in which they first appear."""

    ballots: Mapping[tuple[str, str], Ballot]
    projects: tuple[str, ...]
    reviewers: tuple[str, ...]

    def of(self, project: str) -> list[Ballot]:
        """Return the ballots on ``project`` that count."""
        return [one for one in self.ballots.values() if one.project == project and not one.conflicted]

    def conflicted(self, project: str) -> list[str]:
        """Return who stepped aside on ``project``."""
        return [one.reviewer for one in self.ballots.values() if one.project == project and one.conflicted]


def read_scores(
    rubric: Rubric, table: pd.DataFrame, *, name: str | None = None, lines: Sequence[int] | None = None
) -> PanelScores:
    """Return the ballots in ``table``; raises InputError with every fault, by line and column.

    ``lines`` are the rows' numbers in the file; without them the heading is line 1 and no line is empty.
    """
    absent = [column for column in REQUIRED if column not in table.columns]
    if absent:
        raise InputError(
            Fault(
                _("the columns {names} are missing", names=", ".join(absent)),
                _("give the columns {names}", names=", ".join(REQUIRED)),
                file=name,
                line=1,
            )
        )
    reader = _Reader(rubric, name)
    columns = [column for column in (*REQUIRED, *OPTIONAL) if column in table.columns]
    numbers = range(_FIRST_LINE, _FIRST_LINE + len(table)) if lines is None else lines
    for line, values in zip(numbers, table[columns].itertuples(index=False, name=None), strict=True):
        reader.row(line, {key: _cell(value) for key, value in zip(columns, values, strict=True)})
    if not reader.ballots and not reader.faults:
        reader.refuse(1, "score", _("there are no scores"), _("give one row for each score"))
    if reader.faults:
        raise InputError(*reader.faults)
    ballots = reader.ballots
    return PanelScores(
        ballots,
        tuple(dict.fromkeys(project for project, _reviewer in ballots)),
        tuple(dict.fromkeys(reviewer for _project, reviewer in ballots)),
    )


def _cell(value: object) -> str:
    """Return a cell as text: nothing for a missing one, 4 for 4.0 as a spreadsheet gives it."""
    if value is None or value != value:  # noqa: PLR0124 NaN is what does not equal itself
        return ""
    if isinstance(value, float):
        return printed(Fraction(repr(value)))
    return str(value).strip()


class _Reader:
    def __init__(self, rubric: Rubric, name: str | None) -> None:
        self.rubric = rubric
        self.name = name
        self.faults: list[Fault] = []
        self.ballots: dict[tuple[str, str], Ballot] = {}
        self._leaves = {node.criterion.id: node for node in rubric.every_node if not node.children}
        self._screening = {item.id: item for item in rubric.screening}
        self._bonuses = {extra.id: extra for extra in rubric.bonuses}
        self._deductions = {extra.id: extra for extra in rubric.deductions}
        self._seen: Counter[tuple[str, str, str]] = Counter()

    def refuse(self, line: int, column: str, what: Message, remedy: Message) -> None:
        self.faults.append(Fault(what, remedy, file=self.name, line=line, place=column))

    def row(self, line: int, cells: Mapping[str, str]) -> None:
        project, reviewer, criterion = cells["project"], cells["reviewer"], cells["criterion"]
        empty = [column for column in ("project", "reviewer") if not cells[column]]
        for column in empty:
            self.refuse(line, column, _("the cell is empty"), _("write the name"))
        conflict = self._conflict(line, cells.get("conflict", ""))
        if empty:
            return
        ballot = self.ballots.setdefault((project, reviewer), Ballot(project, reviewer))
        ballot.conflicted = ballot.conflicted or conflict
        if not criterion and not cells["score"] and conflict:
            return
        self._seen[project, reviewer, criterion] += 1
        if self._seen[project, reviewer, criterion] > 1:
            self.refuse(
                line,
                "criterion",
                _(
                    "{reviewer} scored {criterion} of {project} twice",
                    reviewer=reviewer,
                    criterion=criterion,
                    project=project,
                ),
                _("keep one of the rows"),
            )
            return
        if cells.get("comment"):
            ballot.comments[criterion] = cells["comment"]
        if cells["score"]:
            self._value(line, ballot, criterion, cells["score"])
        elif criterion not in self._known():
            self._unknown(line, criterion)

    def _conflict(self, line: int, text: str) -> bool:
        if not text:
            return False
        answer = typed.yes_no(text.lower())
        if answer is None:
            self.refuse(
                line, "conflict", _('"{text}" is neither yes nor no', text=_short(text)), _("write yes or no")
            )
        return bool(answer)

    def _value(self, line: int, ballot: Ballot, criterion: str, text: str) -> None:
        if criterion in self._leaves:
            self._score(line, ballot, self._leaves[criterion], text)
        elif criterion == RECOMMENDATION:
            self._recommendation(line, ballot, text)
        elif criterion in self._screening:
            answer = typed.yes_no(text.lower())
            if answer is None:
                self.refuse(
                    line,
                    "score",
                    _('"{text}" is neither yes nor no', text=_short(text)),
                    _("write yes or no"),
                )
            else:
                ballot.screening[criterion] = answer
        elif criterion in self.rubric.asked_inputs:
            kind = self.rubric.asked_inputs[criterion].kind
            value = read_input(text, kind)
            if value is None:
                self.refuse(line, "score", _('"{text}" does not fit here', text=_short(text)), wanted(kind))
            else:
                ballot.inputs[criterion] = value
        elif criterion in self._bonuses:
            self._extra(line, ballot, self._bonuses[criterion], text, 1)
        elif criterion in self._deductions:
            self._extra(line, ballot, self._deductions[criterion], text, -1)
        else:
            self._unknown(line, criterion)

    def _known(self) -> Sequence[str]:
        return (
            *self._leaves,
            *self.rubric.asked_inputs,
            *self._screening,
            *self._bonuses,
            *self._deductions,
            RECOMMENDATION,
        )

    def _unknown(self, line: int, criterion: str) -> None:
        self.refuse(
            line,
            "criterion",
            _('the rubric has no criterion "{text}"', text=_short(criterion)),
            _("known are: {ids}", ids=", ".join(self._known())),
        )

    def _score(self, line: int, ballot: Ballot, node: Node, text: str) -> None:
        value = typed.number(text)
        low, high = printed(node.marks.minimum), printed(node.marks.full_mark)
        if value is None:
            self.refuse(
                line,
                "score",
                _('"{text}" is not a number', text=_short(text)),
                _("write a score from {low} to {high}", low=low, high=high),
            )
            return
        score = Fraction(value)
        if not node.marks.holds(score):
            self.refuse(
                line,
                "score",
                _("{score} is off the scale", score=text),
                _("write a score from {low} to {high}", low=low, high=high),
            )
        elif not node.marks.on_grid(score):
            step = printed(node.marks.step or 0)
            self.refuse(
                line,
                "score",
                _("{score} is off the step", score=text),
                _("scores go from {low} to {high} in steps of {step}", low=low, high=high, step=step),
            )
        else:
            ballot.scores[node.criterion.id] = score

    def _recommendation(self, line: int, ballot: Ballot, text: str) -> None:
        options = [option.id for option in self.rubric.recommendation]
        if text not in options:
            self.refuse(
                line,
                "score",
                _('there is no recommendation "{text}"', text=_short(text)),
                _("choose one of {ids}", ids=", ".join(options)),
            )
        else:
            ballot.recommendation = text

    def _extra(self, line: int, ballot: Ballot, extra: Extra, text: str, sign: int) -> None:
        value = typed.number(text)
        if value is None or not 0 <= value <= extra.up_to:
            self.refuse(
                line,
                "score",
                _('"{text}" does not fit here', text=_short(text)),
                _("write points from 0 to {most}", most=printed(extra.up_to)),
            )
        else:
            ballot.extras[extra.id] = sign * Fraction(value)


def scores_of(rubric: Rubric, ballot: Ballot) -> dict[str, Fraction]:
    """Return the scores of a ballot, those of measured criteria worked out from its inputs."""
    scores = dict(ballot.scores)
    for node in rubric.every_node:
        measured = node.criterion.measured
        value = ballot.inputs.get(measured.input) if measured is not None else None
        if measured is not None and node.criterion.id not in scores and isinstance(value, Decimal):
            score = measured_score(measured, Fraction(value))
            if score is not None:
                scores[node.criterion.id] = score
    return scores


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_SHOWN else text[: _LONGEST_SHOWN - 1] + "…"
