"""The paths of one programme where also durations and probabilities are spread, or figures move together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from poc_eval.finance.programme.copula import correlations, factor
from poc_eval.finance.programme.draws import ENDING, uniforms
from poc_eval.finance.programme.figures import figures
from poc_eval.finance.programme.paths import values_at
from poc_eval.finance.programme.spread import PERT_WEIGHT, Spread
from poc_eval.finance.programme.staged import stretch, triangle
from poc_eval.finance.programme.timeline import YEAR
from poc_eval.finance.programme.value import discount_shift

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from poc_eval.finance.programme.flows import Flow
    from poc_eval.finance.programme.value import Valuation

    Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Drawn:
    """The figures of some paths, and when their stages begin and end."""

    figures: Mapping[str, Floats]
    starts: list[Floats | float]
    ends: list[Floats | float]
    moving: bool


def worths_of_paths(value: Valuation, seed: int, first: int, count: int, *, support: bool) -> Floats:
    """Return what ``count`` paths from ``first`` on are worth, with or without grants, deposits and loans."""
    drawn = _draw(value, seed, first, count)
    ending = uniforms(seed, ENDING, first, count)
    outcome = np.zeros(count, dtype=np.int64)
    passed: Floats | float = 1.0
    for stage, success in zip(value.plan.line.stages, value.plan.successes, strict=True):
        passed = passed * drawn.figures.get(f"{stage.id}.success", np.float64(float(success)))
        outcome += ending < passed
    worth = np.zeros(count)
    for flow in value.plan.flows:
        if support or not flow.supports:
            there = np.array(flow.when.outcomes, dtype=np.float64) * value.sign(flow)
            amount = drawn.figures.get(flow.figure or "", np.float64(float(flow.amount)))
            worth += there[outcome] * amount * _factor(value, flow, drawn)
    return worth


def quantiles(spread: Spread, uniform: Floats) -> Floats:
    """Return the values of a figure at uniform numbers inside 0 and 1."""
    # Only these figures need it.
    from scipy import special  # noqa: PLC0415

    numbers = [np.float64(float(one)) for one in spread.numbers]
    if spread.shape == "triangular":
        return values_at(np.append(triangle(*map(np.asarray, numbers)), 0.0), uniform)
    if spread.shape == "uniform":
        return values_at(stretch(*map(float, numbers)), uniform)
    if spread.shape == "pert":
        low, mode, high = numbers
        rise = 1 + PERT_WEIGHT * (mode - low) / (high - low)
        found: Floats = low + (high - low) * special.betaincinv(rise, PERT_WEIGHT + 2 - rise, uniform)
        return found
    if spread.shape == "lognormal":
        mean, sd = numbers
        variance = np.log1p((sd / mean) ** 2)
        skewed: Floats = np.exp(np.log(mean) - variance / 2 + np.sqrt(variance) * special.ndtri(uniform))
        return skewed
    values, chances = np.array(numbers[::2]), np.array(numbers[1::2])
    places = np.minimum(np.searchsorted(np.cumsum(chances), uniform, side="right"), len(values) - 1)
    chosen: Floats = values[places]
    return chosen


def _draw(value: Valuation, seed: int, first: int, count: int) -> _Drawn:
    known = {name: one for name, one in figures(value.programme).items() if one.random}
    uniform = {name: uniforms(seed, 1 + place, first, count) for place, name in enumerate(known)}
    _move_together(value, uniform)
    drawn = {name: quantiles(one, uniform[name]) for name, one in known.items()}
    line = value.plan.line
    starts: list[Floats | float] = []
    ends: list[Floats | float] = []
    for place, stage in enumerate(line.stages):
        before = ends[-1] if ends else 0.0
        start = before if stage.at is None else np.maximum(float(stage.at), before)
        months = drawn.get(f"{stage.id}.months")
        if months is not None:
            end = start + months / YEAR
        elif stage.months is not None:
            end = start + float(stage.months.mean / YEAR)
        else:
            end = np.maximum(float(line.ends[place]), start)
        starts.append(start)
        ends.append(end)
    return _Drawn(drawn, starts, ends, any(name.endswith(".months") for name in known))


def _move_together(value: Valuation, uniform: dict[str, Floats]) -> None:
    """Give the numbers of correlated figures a Gaussian copula; the others stay as they were drawn."""
    matrix, names = correlations(value.programme), list(uniform)
    moved = [place for place in range(len(names)) if np.count_nonzero(matrix[place]) > 1]
    if not moved:
        return
    from scipy import special  # noqa: PLC0415 only where figures move together

    scores = {place: special.ndtri(uniform[names[place]]) for place in moved}
    lower = factor(value.programme)
    for place in moved:
        mixed = sum(lower[place, other] * scores[other] for other in moved if other <= place)
        uniform[names[place]] = special.ndtr(mixed)


def _factor(value: Valuation, flow: Flow, drawn: _Drawn) -> Floats | float:
    kind, place = flow.when.anchor
    if not drawn.moving or kind == "start" or value.programme.discount is None:
        return value.factors[value.years(flow)]
    line = value.plan.line
    at = drawn.starts[place] if kind == "stage" else drawn.ends[place]
    mean = line.starts[place] if kind == "stage" else line.ends[place]
    years = at + float(flow.when.years - mean + discount_shift(value.programme))
    found: Floats = np.exp(-np.log1p(float(value.programme.discount.rate)) * years)
    return found
