"""All that is shown of a programme together: value, cash over time, sensitivity, distribution."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from poc_eval.finance.programme.cumulative import Standing, cumulative
from poc_eval.finance.programme.sensitivity import Bar, BreakEven, break_even, tornado
from poc_eval.finance.programme.simulation import simulate
from poc_eval.finance.programme.value import Valuation, valuation

if TYPE_CHECKING:
    from poc_eval.finance.programme.model import Programme
    from poc_eval.finance.programme.summary import Summary

MOST_BARS: Final = 8


@dataclass(frozen=True, slots=True)
class Appraisal:
    """A programme's figures; without probabilities no bars, no break-even and no distribution."""

    value: Valuation
    standings: list[Standing]
    bars: list[Bar]
    points: list[BreakEven]
    """Break-even of each bar."""
    summary: Summary | None


def appraise(programme: Programme, paths: int, seed: int = 0) -> Appraisal:
    """Return all figures; the distribution over so many paths.  Raises InputError as ``simulate`` does."""
    value = valuation(programme)
    bars = tornado(programme)[:MOST_BARS] if value.valued else []
    return Appraisal(
        value,
        cumulative(value, support=True),
        bars,
        [break_even(programme, bar.name) for bar in bars],
        simulate(value, paths, seed) if value.valued else None,
    )
