"""When stages begin and end, and on which day that is: in order, one after another."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from poc_eval.finance.programme.model import Programme
    from poc_eval.finance.programme.parts import Stage

YEAR: Final = 12
"""Months."""
DAYS_A_YEAR: Final = 365
LONGEST: Final = 200
"""Years after the start beyond which nothing of a programme lies."""


@dataclass(frozen=True, slots=True)
class Timeline:
    """The stages in the order in which they follow one another, in years after the start."""

    stages: tuple[Stage, ...]
    starts: tuple[Fraction, ...]
    ends: tuple[Fraction, ...]

    def place(self, stage: str) -> int:
        """Return where a stage stands in the order."""
        return [one.id for one in self.stages].index(stage)


def predecessors(stages: Sequence[Stage]) -> dict[str, str | None]:
    """Return which stage each one follows: the one it names, else the one written before it."""
    found: dict[str, str | None] = {}
    before: str | None = None
    for stage in stages:
        found[stage.id] = stage.when.passed if stage.when is not None else before
        before = stage.id
    return found


def in_order(stages: Sequence[Stage]) -> tuple[Stage, ...]:
    """Return the stages as they follow one another; those that stand in a circle are left out."""
    by_id = {stage.id: stage for stage in stages}
    after = {before: name for name, before in reversed(predecessors(stages).items())}
    ordered: list[Stage] = []
    name = after.get(None)
    while name is not None and len(ordered) < len(stages):
        ordered.append(by_id[name])
        name = after.get(name)
    return tuple(ordered)


def timeline(programme: Programme) -> Timeline:
    """Return when each stage begins and ends, its months at their mean.

    A stage without months ends when the next one begins; the last one when the first income after it comes,
    or, without any, at once.
    """
    stages = in_order(programme.stages)
    starts: list[Fraction] = []
    ends: list[Fraction] = []
    for index, stage in enumerate(stages):
        start = Fraction(stage.at) if stage.at is not None else (ends[-1] if ends else Fraction())
        starts.append(start)
        following = stages[index + 1].at if index + 1 < len(stages) else _first_income(programme, start)
        if stage.months is not None:
            ends.append(start + stage.months.mean / YEAR)
        else:
            ends.append(start if following is None else max(start, Fraction(following)))
    return Timeline(stages, tuple(starts), tuple(ends))


def _first_income(programme: Programme, start: Fraction) -> Fraction | None:
    later = [Fraction(one.at) for one in programme.income if one.at is not None and one.at >= start]
    return min(later, default=None)


def day_after(start: date, years: Fraction) -> date:
    """Return the day that lies so many years after ``start``: whole months, then days of the month begun.

    A month without that day ends it (31 January + 1 month = 28 February).
    """
    months, rest = divmod(years * YEAR, 1)
    count = start.month - 1 + int(months)
    year, month = start.year + count // YEAR, count % YEAR + 1
    length = calendar.monthrange(year, month)[1]
    day = date(year, month, min(start.day, length))
    return day + timedelta(days=int(rest * length))


def actual_years(start: date, day: date) -> Fraction:
    """Return the years from ``start`` to ``day`` by ACT/365F."""
    return Fraction((day - start).days, DAYS_A_YEAR)
