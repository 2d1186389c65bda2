"""Programmes whose times and probabilities are fixed, as arrays: what each ending is worth, what is spread.

The worth of a path that ends in outcome ``k`` is ``base[k]`` plus ``weight * value`` of each figure that
counts there: a cost from its stage on, an income only in success.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from poc_eval.finance.programme.figures import figures as figures_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from poc_eval.finance.programme.model import Programme
    from poc_eval.finance.programme.spread import Spread
    from poc_eval.finance.programme.value import Valuation

    Floats = NDArray[np.float64]
    Places = NDArray[np.int64]

LOW, LINEAR, PIVOT, RISING, HIGH, FALLING, WEIGHT, LOADING, VARIABLE = range(9)
"""Columns of a figure: six of its shape, its discounted weight, how much of a common shock it takes, and the
number of its random numbers, from 1."""
SHAPES: Final = frozenset({"fixed", "triangular", "uniform"})
_ALWAYS: Final = 2.0


@dataclass(frozen=True, slots=True)
class Staged:
    """Programmes as arrays; of the stages, outcomes and figures all have the same number."""

    passed: Floats
    """(programmes, stages): the probability that this stage and all before it are passed."""
    base: Floats
    """(programmes, outcomes): what each outcome is worth without the figures that are spread."""
    figures: Floats
    """(programmes, figures, columns)"""
    since: Places
    """(programmes, figures): the outcome from which on a figure counts."""


def triangle(low: Floats, mode: Floats, high: Floats) -> Floats:
    """Return (…, 6) the shape of triangular values between ``low`` and ``high``, most likely at ``mode``.

    A uniform ``u`` gives ``low + sqrt(rising u)`` below the pivot, ``high - sqrt(falling (1 - u))`` above.
    """
    width = np.asarray(high - low, dtype=np.float64)
    pivot = np.divide(mode - low, width, out=np.full_like(width, _ALWAYS), where=width > 0)
    return np.stack(
        [low, np.zeros_like(width), pivot, width * (mode - low), high, width * (high - mode)], axis=-1
    )


def stretch(low: float, high: float) -> Floats:
    """Return the shape of values that are uniform between ``low`` and ``high``: ``low + linear * u``."""
    return np.array([low, high - low, _ALWAYS, 0.0, high, 0.0])


def fits(programme: Programme) -> bool:
    """Tell whether only amounts are spread, in shapes known here, and nothing moves together."""
    spread = [one for stage in programme.stages for one in (stage.months, stage.success) if one is not None]
    shapes = {one.cost.shape for one in programme.stages} | {one.amount.shape for one in programme.income}
    return not any(one.random for one in spread) and not programme.correlated and shapes <= SHAPES


def staged(value: Valuation, *, support: bool) -> Staged:
    """Return one programme as arrays, with or without grants, deposits and loans."""
    known = figures_of(value.programme)
    random = [name for name, one in known.items() if one.random]
    spread = [flow for flow in value.plan.flows if flow.figure in random]
    rest = [one for one in value.plan.flows if one.figure not in random and (support or not one.supports)]
    outcomes = range(len(value.plan.line.stages) + 1)
    rows = []
    for flow in spread:
        sign = 1.0 if flow.kind == "income" else -1.0
        shape = _shape(known[flow.figure or ""])
        variable = 1 + random.index(flow.figure or "")
        rows.append([*shape, sign * value.factors[value.years(flow)], 0.0, variable])
    passed: Floats = np.cumprod([float(one) for one in value.plan.successes], dtype=np.float64)[None]
    return Staged(
        passed,
        np.array([[value.worth(rest, outcome) for outcome in outcomes]]),
        np.array(rows, dtype=np.float64).reshape(1, len(rows), VARIABLE + 1),
        np.array([[flow.when.outcomes.index(True) for flow in spread]], dtype=np.int64),
    )


def _shape(spread: Spread) -> Sequence[float]:
    numbers = [float(one) for one in spread.numbers]
    if spread.shape == "uniform":
        even: list[float] = stretch(*numbers).tolist()
        return even
    found: list[float] = triangle(*map(np.array, numbers)).tolist()
    return found
