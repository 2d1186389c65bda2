"""The periods that claims are for: years, or days from and to, in the periods that a rule counts in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

import numpy as np

from poc_eval.catalog.plain_text import shown
from poc_eval.i18n import _

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from poc_eval.finance.policy_parts import PeriodRule
    from poc_eval.finance.subsidy_cells import Faults, Labels
    from poc_eval.i18n import Message

_YEAR: Final = re.compile(r"(19|20|21)[0-9]{2}年?")
_DAYS: Final = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})\s*/\s*([0-9]{4}-[0-9]{2}-[0-9]{2})")


@dataclass(frozen=True, slots=True)
class Span:
    """The days of a claim, both included, and the period of the rule that they lie in."""

    start: int
    end: int
    """Days since the year 1."""
    period_start: int
    period_days: int
    """0 where the rule counts in no periods."""


@dataclass(frozen=True, slots=True)
class Spans:
    """The spans of all claims of a rule, an entry a claim."""

    start: NDArray[np.int32]
    end: NDArray[np.int32]
    period_start: NDArray[np.int32]
    period_days: NDArray[np.int32]

    @property
    def days(self) -> NDArray[np.int32]:
        """How many days each claim is for."""
        return self.end - self.start + 1


def spans(labels: Labels, rows: NDArray[np.int64], rule: PeriodRule, faults: Faults) -> Spans:
    """Return the spans that the labels of ``rows`` state; what is no period is a fault at its row."""
    codes = labels.codes if len(rows) == len(labels.codes) else labels.codes[rows]
    table = np.zeros((4, len(labels.texts) + 1), dtype=np.int32)
    for index, text in enumerate([*labels.texts, ""]):
        found = span_of(text, rule)
        if isinstance(found, Span):
            table[:, index] = (found.start, found.end, found.period_start, found.period_days)
        else:
            for row in np.flatnonzero(codes == (index if text else -1)):
                faults.add(int(row), "period", *found)
    if len(labels.texts) == 1 and int(codes.min(initial=0)) >= 0:  # one year for all, most often
        return Spans(*(np.broadcast_to(column[0], len(codes)) for column in table))
    return Spans(*(column[codes] for column in table))


def span_of(text: str, rule: PeriodRule) -> Span | tuple[Message, Message]:
    """Return the days that ``text`` states, or what is wrong with it and what to do."""
    wanted = _("write a year such as 2023, or days such as 2023-04-01/2023-12-31")
    if not text:
        return _("nothing stands here"), wanted
    if _YEAR.fullmatch(text):
        start = _begins(int(text[:4]), rule)
        end = _begins(start.year + rule.years, rule) - timedelta(days=1)
        return Span(start.toordinal(), end.toordinal(), start.toordinal(), (end - start).days + 1)
    days = _DAYS.fullmatch(text)
    try:
        first, last = (date.fromisoformat(days[1]), date.fromisoformat(days[2])) if days else (None, None)
    except ValueError:
        first = last = None
        wanted = _("write days that the calendar has")
    if first is None or last is None:
        return _('"{text}" is no period', text=shown(text)), wanted
    return _between(first, last, rule)


def _between(first: date, last: date, rule: PeriodRule) -> Span | tuple[Message, Message]:
    if last < first:
        what = _("the period ends on {end}, before it begins", end=last)
        return what, _("let the second date be the later one")
    if rule.open:
        return Span(first.toordinal(), last.toordinal(), first.toordinal(), 0)
    return _within(first, last, rule)


def _within(first: date, last: date, rule: PeriodRule) -> Span | tuple[Message, Message]:
    year = first.year if first >= _begins(first.year, rule) else first.year - 1
    begins = _begins(year, rule)
    ends = _begins(year + rule.years, rule) - timedelta(days=1)
    if last > ends:
        return (
            _("the days reach beyond {end}, over two periods of the rule", end=ends),
            _("make one claim for each period"),
        )
    return Span(first.toordinal(), last.toordinal(), begins.toordinal(), (ends - begins).days + 1)


def _begins(year: int, rule: PeriodRule) -> date:
    return date(year, *rule.from_)
