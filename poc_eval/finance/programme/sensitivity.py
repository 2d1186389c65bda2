"""What a programme's value hangs on: a tornado, one figure at a time, break-even, and its scenarios.

All from the exact value, distributions at their mean; no random number is drawn.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from poc_eval.errors import Fault, NotDefinedError
from poc_eval.finance.programme.figures import figure, figures, places, read_figure, with_figures
from poc_eval.finance.programme.spread import Spread, fixed
from poc_eval.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from poc_eval.finance.programme.model import Programme
    from poc_eval.finance.programme.value import Valuation
    from poc_eval.i18n import Message, Text

SWING: Final = Decimal("0.1")
"""How far a figure that is one number is moved either way."""
TAIL: Final = 0.05
"""How much of a distribution lies beyond each end of its bar."""
_STEPS: Final = 64
_HALVINGS: Final = 200
_WIDEST_RATE: Final = 10.0
_MONTHS: Final = 600.0


@dataclass(frozen=True, slots=True)
class Bar:
    """One figure of a tornado: its two ends, and what the programme is worth at each."""

    name: str
    low: float
    high: float
    at_low: float
    at_high: float

    @property
    def swing(self) -> float:
        """How much the value moves between the ends."""
        return abs(self.at_high - self.at_low)


@dataclass(frozen=True, slots=True)
class BreakEven:
    """Where the value is 0: the figure there, or why there is none."""

    name: str
    now: float
    value: float | None
    reason: Message | None


@dataclass(frozen=True, slots=True)
class ScenarioValue:
    """A scenario's figures."""

    id: str
    title: Text | None
    value: Valuation


def tornado(programme: Programme, *, support: bool = False) -> list[Bar]:
    """Return the figures by how much the value moves with each, the largest first.

    A distribution moves between its 5% and 95% quantiles, one number by 10% either way, a probability not
    above 1.  ``support`` takes grants, deposits and loans in.  Raises NotDefinedError without probabilities.
    """
    bars = []
    for name, one in figures(programme).items():
        if name.startswith("grant.") and not support:
            continue
        low, high = _ends(name, one, programme)
        at_low, at_high = (worth_with(programme, name, end, support=support) for end in (low, high))
        bars.append(Bar(name, low, high, at_low, at_high))
    return sorted((bar for bar in bars if bar.low < bar.high), key=lambda bar: (-bar.swing, bar.name))


def one_at_a_time(
    programme: Programme, name: str, values: Sequence[float], *, support: bool = False
) -> list[float]:
    """Return what the programme is worth at each value of one figure.

    Raises InputError where there is no such figure, NotDefinedError without probabilities.
    """
    return [worth_with(programme, name, value, support=support) for value in values]


def break_even(programme: Programme, name: str, *, support: bool = False) -> BreakEven:
    """Return the value of a figure at which the programme is worth 0, the nearest to what it is now.

    For the amount of a grant the value is that with grants.  Raises InputError where there is no such
    figure, NotDefinedError without probabilities.
    """
    now = float(figure(programme, name).mean)
    support = support or name.startswith("grant.")

    def worth(value: float) -> float:
        return worth_with(programme, name, value, support=support)

    low, high = _range(programme, name, now, worth)
    grid = sorted({low + (high - low) * step / _STEPS for step in range(_STEPS + 1)} | {now})
    worths = [worth(one) for one in grid]
    roots = [one for one, value in zip(grid, worths, strict=True) if value == 0]
    roots += [
        _halved(worth, grid[place], grid[place + 1], rising=worths[place] < 0)
        for place in range(len(grid) - 1)
        if worths[place] * worths[place + 1] < 0
    ]
    if not roots:
        always = _("the value stays above 0 whatever this figure is")
        never = _("the value stays below 0 whatever this figure is")
        return BreakEven(name, now, None, always if worths[0] > 0 else never)
    return BreakEven(name, now, min(roots, key=lambda root: abs(root - now)), None)


def scenarios(programme: Programme) -> list[ScenarioValue]:
    """Return the value under each scenario of the file."""
    found = []
    for one in programme.scenarios:
        changed = {name: read_figure(programme, name, text) for name, text in one.set.items()}
        found.append(ScenarioValue(one.id, one.title, with_figures(programme, changed).value()))
    return found


def worth_with(programme: Programme, name: str, value: float, *, support: bool = False) -> float:
    """Return what the programme is worth with another value of one figure.

    Raises InputError where there is no such figure, NotDefinedError without probabilities.
    """
    changed = with_figures(programme, {name: fixed(Decimal(repr(float(value))))})
    if not support:  # a policy need not be asked for what is left out
        changed = changed.model_copy(update={"grants": (), "deposits": (), "loans": ()})
    found = changed.value()
    worth = found.rnpv_with_grant if found.supported else found.rnpv
    if worth is None:
        raise NotDefinedError(
            Fault(
                _("the programme has no value: its stages have no probabilities"),
                _("write success in every stage"),
            )
        )
    return worth


def _ends(name: str, one: Spread, programme: Programme) -> tuple[float, float]:
    if one.random:
        # Only distributions need arrays.
        import numpy as np  # noqa: PLC0415

        from poc_eval.finance.programme.general import quantiles  # noqa: PLC0415

        low, high = quantiles(one, np.array([TAIL, 1 - TAIL])).tolist()
        return low, high
    mean = Fraction(one.mean)
    low, high = (float(mean * Fraction(1 + sign * SWING)) for sign in (-1, 1))
    if places(programme)[name][2] == "success":
        high = min(high, 1.0)
    return min(low, high), max(low, high)


def _range(
    programme: Programme, name: str, now: float, worth: Callable[[float], float]
) -> tuple[float, float]:
    """Return between which values a root is looked for; an amount's value is a straight line."""
    kind = places(programme)[name][2]
    if kind == "success":
        return 0.0, 1.0
    if kind == "months":
        return 0.0, _MONTHS
    if kind == "rate":
        return -0.5, _WIDEST_RATE
    start = worth(0.0)
    step = now or 1e6
    slope = (worth(step) - start) / step
    root = -start / slope if slope else -1.0
    top = 2 * max(root, now, 1.0)
    return 0.0, top if math.isfinite(top) else now


def _halved(worth: Callable[[float], float], low: float, high: float, *, rising: bool) -> float:
    for _turn in range(_HALVINGS):
        middle = (low + high) / 2
        if middle in {low, high}:
            break
        if (worth(middle) < 0) == rising:
            low = middle
        else:
            high = middle
    return (low + high) / 2
