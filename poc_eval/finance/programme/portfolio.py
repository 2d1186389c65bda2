"""Many programmes at once: each one's distribution and that of their sum, with a common shock.

Paths are streamed: memory holds a piece of them and some sums, whatever their number.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from poc_eval.errors import Fault, InputError, NotDefinedError
from poc_eval.finance.programme import kernel
from poc_eval.finance.programme.draws import COMMON, LANES, check_size, uniforms
from poc_eval.finance.programme.paths import worths
from poc_eval.finance.programme.simulation import pieces, processors
from poc_eval.finance.programme.staged import LOADING, VARIABLE, WEIGHT, Staged, fits, staged, triangle
from poc_eval.finance.programme.summary import of_paths
from poc_eval.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import ArrayLike, NDArray

    from poc_eval.finance.programme.model import Programme
    from poc_eval.finance.programme.summary import Summary

    Floats = NDArray[np.float64]

PIECE: Final = 1024
"""Paths worked on at once; sums of programmes are added piece by piece, so it does not change."""
_SHAPES: Final = "cost (n, stages, 3), success (n, stages), years (stages + 1,), payoff (n, 3)"
WORTH_IT: Final = 2**16
"""Paths times programmes from which on the compiled kernel pays."""


@dataclass(frozen=True, slots=True)
class PortfolioSummary:
    """The programmes, each (programmes,), and their sum."""

    mean: Floats
    sd: Floats
    p_loss: Floats
    total: Summary


def portfolio_of(programmes: Sequence[Programme], *, common: float = 0.0, support: bool = False) -> Staged:
    """Return programmes as one portfolio; ``common`` is the correlation of their incomes.

    Raises InputError for one whose durations or probabilities are spread or whose figures move together
    (the simulation of a single one takes these), NotDefinedError for one without probabilities.
    """
    _check_common(common)
    for programme in programmes:
        if not programme.has_probabilities:
            raise NotDefinedError(
                Fault(
                    _('the stages of "{id}" have no probabilities', id=programme.id),
                    _("write success in every stage"),
                )
            )
        if not fits(programme):
            raise InputError(
                Fault(
                    _('"{id}" has figures that a portfolio cannot draw', id=programme.id),
                    _("write fixed durations and probabilities, and triangular or uniform amounts"),
                )
            )
    if not programmes:
        raise InputError(Fault(_("there is no programme"), _("give at least one")))
    return _stacked([staged(one.value(), support=support) for one in programmes], common)


def portfolio_of_arrays(
    *,
    cost: ArrayLike,
    success: ArrayLike,
    years: ArrayLike,
    payoff: ArrayLike,
    rate: float,
    common: float = 0.0,
) -> Staged:
    """Return programmes that are given as arrays.

    ``cost`` (programmes, stages, 3) low, mode, high in yuan, ``success`` (programmes, stages), ``years``
    (stages + 1,) when each stage begins and the payoff comes, ``payoff`` (programmes, 3), ``rate`` a year.
    Raises InputError where they do not fit one another.
    """
    _check_common(common)
    costs, chances, times, gains = (
        np.asarray(one, dtype=np.float64) for one in (cost, success, years, payoff)
    )
    stages = chances.shape[-1]
    shapes = (costs.shape, gains.shape, times.shape)
    if shapes != ((len(chances), stages, 3), (len(chances), 3), (stages + 1,)) or rate <= -1:
        raise InputError(
            Fault(
                _("the arrays of the portfolio do not fit one another"),
                _("give {shapes}, and a rate above -1", shapes=_SHAPES),
            )
        )
    factors = np.exp(-np.log1p(rate) * times)
    numbers = np.concatenate([costs, gains[:, None]], axis=1)
    figures = np.zeros((len(chances), stages + 1, VARIABLE + 1))
    figures[..., :WEIGHT] = triangle(numbers[..., 0], numbers[..., 1], numbers[..., 2])
    figures[..., WEIGHT] = factors * np.append(-np.ones(stages), 1.0)
    figures[:, -1, LOADING] = np.sqrt(common)
    figures[..., VARIABLE] = np.arange(1, stages + 2)
    since = np.broadcast_to(np.arange(stages + 1), (len(chances), stages + 1))
    base = np.zeros((len(chances), stages + 1))
    passed: Floats = np.cumprod(chances, axis=1, dtype=np.float64)
    return Staged(passed, base, figures, np.ascontiguousarray(since, dtype=np.int64))


def simulate_portfolio(
    portfolio: Staged, paths: int, seed: int = 0, *, threads: int | None = None
) -> PortfolioSummary:
    """Return the distributions of the programmes and of their sum; raises InputError as ``simulate`` does."""
    check_size(paths, seed)
    count = len(portfolio.passed)
    totals, sums = np.zeros(paths), np.zeros((count, 3))
    work = _worker(portfolio, seed, totals)
    with ThreadPoolExecutor(threads or processors()) as pool:
        for part in pool.map(work, pieces(paths, PIECE)):
            sums += part
    mean = sums[:, 0] / paths
    variance = np.maximum(sums[:, 1] - paths * mean * mean, 0.0) / max(paths - 1, 1)
    return PortfolioSummary(mean, np.sqrt(variance), sums[:, 2] / paths, of_paths(totals, seed))


def _worker(portfolio: Staged, seed: int, totals: Floats) -> Callable[[slice], Floats]:
    count = len(portfolio.passed)
    ids = np.arange(count, dtype=np.int64)
    if count * totals.size < WORTH_IT or not kernel.available():

        def ordinary(part: slice) -> Floats:
            sums = np.zeros((count, 3))
            shock = _shock(portfolio, seed, part)
            for row in range(count):
                found = worths(seed, portfolio, row, part.start, shock, programme=row)
                totals[part] += found
                sums[row] = found.sum(), found @ found, np.count_nonzero(found < 0)
            return sums

        return ordinary
    settle, word = kernel.kernel(), np.uint64(seed)

    def compiled(part: slice) -> Floats:
        sums = np.zeros((count, 3))
        settle(
            word, part.start // LANES, ids, portfolio.passed, portfolio.base, portfolio.figures,
            portfolio.since, _shock(portfolio, seed, part), totals[part], sums,
        )  # fmt: skip
        return sums

    return compiled


def _shock(portfolio: Staged, seed: int, part: slice) -> Floats:
    """Return the normal scores that all programmes share on these paths."""
    size = part.stop - part.start
    if not portfolio.figures[..., LOADING].any():
        return np.zeros(size)
    from scipy.special import ndtri  # noqa: PLC0415 only where a shock is common

    scores: Floats = ndtri(uniforms(seed, 1, part.start, size, programme=COMMON))
    return scores


def _stacked(every: Sequence[Staged], common: float) -> Staged:
    """Return programmes in one: the shorter ones have stages that cannot fail and figures of no weight."""
    stages = max(one.passed.shape[1] for one in every)
    width = max(one.figures.shape[1] for one in every)
    passed = np.empty((len(every), stages))
    base = np.zeros((len(every), stages + 1))
    figures = np.zeros((len(every), width, VARIABLE + 1))
    since = np.zeros((len(every), width), dtype=np.int64)
    for row, one in enumerate(every):
        own, there = one.passed.shape[1], one.figures.shape[1]
        passed[row] = one.passed[0, -1]
        passed[row, :own] = one.passed[0]
        base[row, :own] = one.base[0, :own]
        base[row, own:] = one.base[0, own]
        figures[row, :there] = one.figures[0]
        figures[row, :there, LOADING] = np.where(one.figures[0, :, WEIGHT] > 0, np.sqrt(common), 0.0)
        since[row, :there] = one.since[0]
    return Staged(passed, base, figures, since)


def _check_common(common: float) -> None:
    if not 0 <= common <= 1:
        raise InputError(
            Fault(
                _("a common correlation of {rho} does not exist", rho=common), _("give a number from 0 to 1")
            )
        )
