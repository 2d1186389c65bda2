"""All figures of a programme together."""

from __future__ import annotations

from poc_eval.finance.programme import Programme
from poc_eval.finance.programme.appraisal import MOST_BARS, appraise


def test_a_programme_with_probabilities_has_every_figure():
    found = appraise(Programme.load("pilot-line"), 1000)
    assert len(found.bars) == len(found.points) == MOST_BARS
    assert [point.name for point in found.points] == [bar.name for bar in found.bars]
    assert found.summary.paths == 1000
    assert found.standings


def test_a_calendar_has_cash_over_time_and_nothing_that_needs_probabilities():
    found = appraise(Programme.load("two-instalments"), 1000)
    assert (found.bars, found.points, found.summary) == ([], [], None)
    assert len(found.standings) == 2
