"""The hierarchical model of scores, sampled exactly: no chain, no burn-in, nothing to converge.

y_ij = mean + theta_i + lambda_ij + eps_ij with theta ~ N(0, tau_p^2), lambda_ij ~ N(nu_j, tau_a^2),
nu_j ~ N(0, 0.5^2), eps ~ N(0, sigma^2) and tau_p, tau_a, sigma ~ U(0, 2) (Heyard et al. 2022, Statistics and
Public Policy 9:110). With one score a pair, lambda and eps enter through s^2 = tau_a^2 + sigma^2 alone. Given
tau_p and s everything is Gaussian, so the posterior of these two is laid out on a grid, points are drawn
from it, and the effects follow from one Cholesky factor a point.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

NU_SD = 0.5
LIMIT = 2.0
_COARSE, _FINE = 32, 48
_NEGLIGIBLE = 18.0  # exp(-18) of the peak


@dataclass(frozen=True, slots=True)
class Observations:
    """Centred scores, projects x reviewers: ``rated`` is 0 or 1, ``residual`` 0 where not rated."""

    rated: Floats
    residual: Floats

    @property
    def per_project(self) -> Floats:
        """Return the number of scores of each project."""
        counts: Floats = self.rated.sum(axis=1)
        return counts


@dataclass(frozen=True, slots=True)
class Posterior:
    """Draws from the posterior: ``theta`` draws x projects; and the means of projects and of leniency.

    The means are exact given each drawn pair of spreads, so that equal projects come out equal.
    """

    theta: Floats
    mean: Floats
    leniency: Floats
    tau_p: float
    residual_sd: float


def sample_posterior(table: Floats, *, draws: int, generator: np.random.Generator) -> Posterior:
    """Return draws for a table of projects x reviewers, NaN where a score is missing.

    Draws come in pairs that lie opposite each other about their mean, so that ``draws`` is rounded up to an
    even number and a mean over them is far steadier than over as many single ones.
    """
    pairs = (draws + 1) // 2
    present = ~np.isnan(table)
    seen = Observations(present.astype(np.float64), np.where(present, table - table[present].mean(), 0.0))
    tau, spread, density = _posterior_grid(seen)
    weight = np.exp(density - density.max()).ravel()
    drawn = generator.multinomial(pairs, weight / weight.sum()).reshape(density.shape)
    theta: list[Floats] = []
    mean, leniency = np.zeros(table.shape[0]), np.zeros(table.shape[1])
    for row, column in zip(*np.nonzero(drawn), strict=True):
        count = int(drawn[row, column])
        some = _draw_effects(seen, float(tau[row]), float(spread[column]), count, generator)
        theta.append(some.theta)
        mean += count * some.mean
        leniency += count * some.leniency
    grid_weight = drawn / pairs
    return Posterior(
        np.concatenate(theta),
        mean / pairs,
        leniency / pairs,
        float((grid_weight.sum(axis=1) * tau).sum()),
        float((grid_weight.sum(axis=0) * spread).sum()),
    )


def _posterior_grid(seen: Observations) -> tuple[Floats, Floats, Floats]:
    """Return grid values of tau_p and s and the log density on them, refined to where the mass is."""
    tau_range, spread_range = (0.0, LIMIT), (0.0, LIMIT * np.sqrt(2.0))
    for size in (_COARSE, _COARSE, _FINE):
        tau, spread = _midpoints(*tau_range, size), _midpoints(*spread_range, size)
        density = _log_density(seen, tau, spread)
        tau_range = _support(tau, density.max(axis=1), tau_range)
        spread_range = _support(spread, density.max(axis=0), spread_range)
    return tau, spread, density


def _midpoints(low: float, high: float, size: int) -> Floats:
    return low + (np.arange(size) + 0.5) * (high - low) / size


def _support(points: Floats, density: Floats, limits: tuple[float, float]) -> tuple[float, float]:
    """Return where the density is more than negligible, one step wider on both sides, inside ``limits``."""
    kept = points[density > density.max() - _NEGLIGIBLE]
    step = points[1] - points[0]
    return max(limits[0], kept[0] - step), min(limits[1], kept[-1] + step)


def _log_density(seen: Observations, tau: Floats, spread: Floats) -> Floats:
    """Return the log posterior of (tau_p, s), effects integrated out, on the grid tau x spread."""
    out = np.empty((tau.size, spread.size))
    squares = float((seen.residual**2).sum())
    sums = seen.residual.sum(axis=1)
    m = seen.per_project
    for index, s in enumerate(spread):
        variance = s**2
        factor, solved = _reviewer_system(seen, tau, variance)
        shrink = tau[:, None] ** 2 / (variance + m * tau[:, None] ** 2)
        out[:, index] = (
            -m.sum() / 2 * np.log(variance)
            - 0.5 * np.log1p(m * tau[:, None] ** 2 / variance).sum(axis=1)
            - np.log(np.diagonal(factor, axis1=1, axis2=2)).sum(axis=1)
            - 0.5 * ((squares - (shrink * sums**2).sum(axis=1)) / variance - (solved**2).sum(axis=1))
            + _log_prior_of_spread(s)
        )
    return out


def _reviewer_system(seen: Observations, tau: Floats, variance: float) -> tuple[Floats, Floats]:
    """Return for each tau the factor L of the reviewers' precision, theta integrated out, and L^-1 b."""
    shrink = tau[:, None] ** 2 / (variance + seen.per_project * tau[:, None] ** 2)
    weighted = shrink[:, :, None] * seen.rated
    precision = -np.einsum("tij,ik->tjk", weighted, seen.rated) / variance
    diagonal = np.arange(seen.rated.shape[1])
    precision[:, diagonal, diagonal] += seen.rated.sum(axis=0) / variance + 1 / NU_SD**2
    right = (
        seen.residual.sum(axis=0) - np.einsum("tij,i->tj", weighted, seen.residual.sum(axis=1))
    ) / variance
    factor = np.linalg.cholesky(precision)
    return factor, np.linalg.solve(factor, right[:, :, None])[:, :, 0]


def _log_prior_of_spread(s: float) -> float:
    """Log density of s, s^2 = tau_a^2 + sigma^2, both uniform on (0, LIMIT): s times the arc inside."""
    if s <= LIMIT:
        return float(np.log(s * np.pi / 2))
    return float(np.log(s * (np.pi / 2 - 2 * np.arccos(LIMIT / s))))


@dataclass(frozen=True, slots=True)
class _Effects:
    theta: Floats
    mean: Floats
    leniency: Floats


def _draw_effects(
    seen: Observations, tau: float, spread: float, count: int, generator: np.random.Generator
) -> _Effects:
    """Return ``count`` pairs of draws of theta given both spreads, and the means of theta and nu."""
    variance = spread**2
    factor, solved = _reviewer_system(seen, np.array([tau]), variance)
    normal = generator.standard_normal((count, seen.rated.shape[1]))
    leniency = np.linalg.solve(factor[0].T, solved[0])
    off = np.linalg.solve(factor[0].T, normal.T).T
    below = variance + seen.per_project * tau**2
    shrink = tau**2 / below
    mean = (seen.residual.sum(axis=1) - seen.rated @ leniency) * shrink
    noise = generator.standard_normal((count, mean.size)) * np.sqrt(tau**2 * variance / below)
    away = noise - off @ seen.rated.T * shrink
    return _Effects(np.concatenate([mean + away, mean - away]), mean, leniency)
