"""How harsh each reviewer is, seen four ways, and what each would do to every place. Advice only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from poc_eval.i18n import _
from poc_eval.scoring.agreement._ratings import not_defined, ratings_table
from poc_eval.scoring.ranking.hierarchical import sample_posterior
from poc_eval.scoring.ranking.mcda import competition_ranks
from poc_eval.scoring.seeded import seeded_generator

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]

_MODEL_WIDTH = 5.0


@dataclass(frozen=True, slots=True)
class View:
    """One way to see a panel: a figure and a rank for each project, a severity for each reviewer (points).

    Severity is positive for a harsher reviewer; NaN-free: a reviewer without scores has None.
    """

    value: Floats
    rank: NDArray[np.int64]
    severity: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class SeverityViews:
    """The four views; projects and reviewers in the order of the table."""

    raw: View
    z_score: View
    additive: View
    hierarchical: View


def severity_views(ratings: ArrayLike, *, width: float | None = None, seed: int = 0) -> SeverityViews:
    """Return four views of a table of projects x reviewers, more is better, NaN where not scored.

    ``width`` is the points from worst to best, for the model's priors. Raises NotDefinedError where a project
    has no score.
    """
    table = ratings_table(ratings, "projects x reviewers")
    if np.isnan(table).all(axis=1).any():
        raise not_defined(_("a project has no score"))
    return SeverityViews(
        raw=view_of(np.nanmean(table, axis=1), harshness(table)),
        z_score=view_of(np.nanmean(z_scores(table), axis=1), harshness(table)),
        additive=_additive(table),
        hierarchical=_hierarchical(table, width, seed),
    )


def harshness(table: Floats) -> Floats:
    """Return for each reviewer the panel's mean on the same projects minus their own, in points."""
    present = ~np.isnan(table)
    counts = present.sum(axis=0)
    panel = np.nanmean(table, axis=1, keepdims=True)
    gap = np.where(present, panel - table, 0.0).sum(axis=0)
    out: Floats = np.divide(gap, counts, out=np.full(table.shape[1], np.nan), where=counts > 0)
    return out


def z_scores(table: Floats) -> Floats:
    """Return scores in standard deviations (population) from their reviewer's mean; 0 where all are equal."""
    mean, spread = _mean_and_spread(table)
    return np.divide(table - mean, spread, out=np.where(np.isnan(table), np.nan, 0.0), where=spread > 0)


def rescaled(table: Floats) -> Floats:
    """Return scores moved and stretched so that every reviewer has the panel's mean and spread."""
    given = table[~np.isnan(table)]
    out: Floats = given.mean() + given.std() * z_scores(table)
    return out


def fitted_to_range(table: Floats) -> Floats:
    """Return each project's mean z-score, stretched to the range of the raw means."""
    raw, z = np.nanmean(table, axis=1), np.nanmean(z_scores(table), axis=1)
    span = np.ptp(z)
    share = (z - z.min()) / span if span > 0 else np.full_like(z, 0.5)
    out: Floats = raw.min() + share * np.ptp(raw)
    return out


def _mean_and_spread(table: Floats) -> tuple[Floats, Floats]:
    present = ~np.isnan(table)
    counts = np.maximum(present.sum(axis=0), 1)
    mean = np.where(present, table, 0.0).sum(axis=0) / counts
    spread = np.sqrt(np.where(present, (table - mean) ** 2, 0.0).sum(axis=0) / counts)
    return mean, spread


def _additive(table: Floats) -> View:
    """Least squares of score = project + reviewer, the reviewers' effects adding up to zero."""
    projects, reviewers = table.shape
    row, column = np.nonzero(~np.isnan(table))
    design = np.zeros((row.size + 1, projects + reviewers))
    design[np.arange(row.size), row] = 1.0
    design[np.arange(row.size), projects + column] = 1.0
    scored = np.unique(column)
    design[-1, projects + scored] = 1.0
    effects = np.linalg.lstsq(design, np.append(table[row, column], 0.0), rcond=None)[0]
    severity = np.full(reviewers, np.nan)
    severity[scored] = -effects[projects + scored]
    return view_of(effects[:projects], severity)


def _hierarchical(table: Floats, width: float | None, seed: int) -> View:
    unit = width / _MODEL_WIDTH if width else max(1.0, float(np.nanstd(table)))
    scored = ~np.isnan(table).all(axis=0)
    posterior = sample_posterior(table[:, scored] / unit, draws=4_000, generator=seeded_generator(seed))
    severity = np.full(table.shape[1], np.nan)
    severity[scored] = -unit * posterior.leniency
    return view_of(np.nanmean(table) + unit * posterior.mean, severity)


def view_of(value: Floats, severity: Floats) -> View:
    """Return a view of values (more is better) and severities, NaN for who has none."""
    # Values equal but for rounding share a rank.
    rank = competition_ranks(np.round(value, 9))
    return View(value, rank, tuple(None if np.isnan(one) else float(one) for one in severity))
