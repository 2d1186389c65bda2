"""Agreement on categories beyond what chance gives: Fleiss' kappa, Cohen's kappa, Gwet's AC1."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np

from poc_eval.errors import Fault, InputError
from poc_eval.i18n import _
from poc_eval.scoring.agreement._ratings import category_table, complete_table, not_defined

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray


def fleiss_kappa(counts: ArrayLike) -> float:
    """Return Fleiss' kappa of a table of units x categories holding how many raters chose each.

    Units may have different numbers of raters; those with one rater enter the category shares only.
    Source: Fleiss (1971), Psychol. Bull. 76:378; unequal numbers as in Gwet (2014), Handbook of Inter-Rater
    Reliability. Raises InputError for negative counts, NotDefinedError where chance agreement is certain.
    """
    observed, shares = _agreement_and_shares(_counts(counts))
    return _beyond_chance(observed, float((shares**2).sum()))


def gwet_ac1(ratings: ArrayLike, *, categories: ArrayLike | None = None) -> float:
    """Return Gwet's AC1 of a table of raters x units, NaN where a rating is missing.

    ``categories`` lists all that could have been chosen; without it, those that were chosen.
    Source: Gwet (2008), Br. J. Math. Stat. Psychol. 61:29. Raises NotDefinedError with fewer than two
    categories or no unit rated twice, InputError for a rating that is none of the categories.
    """
    table, known = category_table(ratings, categories)
    if known.size < 2:  # noqa: PLR2004 chance needs a choice
        raise not_defined(_("there are fewer than two categories"))
    counts = (table.T[:, :, None] == known).sum(axis=1)
    observed, shares = _agreement_and_shares(_counts(counts))
    return _beyond_chance(observed, float((shares * (1 - shares)).sum() / (known.size - 1)))


def cohen_kappa(
    first: ArrayLike,
    second: ArrayLike | None = None,
    *,
    weights: Literal["linear", "quadratic"] | ArrayLike | None = None,
    categories: ArrayLike | None = None,
) -> float:
    """Return Cohen's kappa of two raters, or of their square table of counts given as ``first`` alone.

    ``weights``: None, "linear", "quadratic", or a square matrix of disagreement weights. A unit that one
    of the two did not rate (NaN) is left out. Ratings may be words; ``categories`` fixes their order for
    weights.
    Source: Cohen (1968), Psychol. Bull. 70:213. Raises InputError for unequal lengths or matrices,
    NotDefinedError where chance leaves no room for disagreement.
    """
    table = _counts(first) if second is None else _cross_table(first, second, categories)
    if table.shape[0] != table.shape[1]:
        raise InputError(
            Fault(
                _(
                    "the table of counts is not square: {rows} x {columns}",
                    rows=table.shape[0],
                    columns=table.shape[1],
                ),
                _("give one row and one column for each category"),
            )
        )
    penalty = _disagreement(weights, table.shape[0])
    joint = table / table.sum()
    expected = float((penalty * np.outer(joint.sum(axis=1), joint.sum(axis=0))).sum())
    if expected == 0:
        raise not_defined(_("both raters used one and the same category"))
    return 1.0 - float((penalty * joint).sum()) / expected


def _counts(values: ArrayLike) -> NDArray[np.float64]:
    table = complete_table(values, "units x categories")
    if (table < 0).any() or (table != np.floor(table)).any():
        raise InputError(
            Fault(_("the counts are not whole numbers from zero up"), _("count raters, not shares"))
        )
    if table.sum() == 0:
        raise not_defined(_("nothing was rated"))
    return table


def _agreement_and_shares(counts: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
    """Return the mean share of agreeing pairs and the mean share of each category."""
    raters = counts.sum(axis=1)
    twice = raters > 1
    if not twice.any():
        raise not_defined(_("no unit has two ratings"))
    agreeing = (counts[twice] * (counts[twice] - 1)).sum(axis=1)
    rated = raters > 0
    return (
        float((agreeing / (raters[twice] * (raters[twice] - 1))).mean()),
        (counts[rated] / raters[rated, None]).mean(axis=0),
    )


def _beyond_chance(observed: float, by_chance: float) -> float:
    if by_chance >= 1:
        raise not_defined(_("all ratings are the same"))
    return (observed - by_chance) / (1 - by_chance)


def _cross_table(first: ArrayLike, second: ArrayLike, categories: ArrayLike | None) -> NDArray[np.float64]:
    sizes = [np.size(np.asarray(rater, dtype=object)) for rater in (first, second)]
    if sizes[0] != sizes[1]:
        raise InputError(
            Fault(
                _("the raters rated {first} and {second} units", first=sizes[0], second=sizes[1]),
                _("give both a value for every unit, NaN where one is missing"),
            )
        )
    pair = [np.ravel(np.asarray(rater, dtype=object)).tolist() for rater in (first, second)]
    table, known = category_table(pair, categories)
    both = ~np.isnan(table).any(axis=0)
    if not both.any():
        raise not_defined(_("no unit was rated by both"))
    left, right = table[:, both]
    if categories is None:
        known = np.unique(table[:, both])
    counts: NDArray[np.float64] = (known[:, None] == left).astype(np.float64) @ (right[:, None] == known)
    return counts


def _disagreement(
    weights: Literal["linear", "quadratic"] | ArrayLike | None, size: int
) -> NDArray[np.float64]:
    distance = np.abs(np.subtract.outer(np.arange(size), np.arange(size))).astype(np.float64)
    if weights is None:
        return (distance > 0).astype(np.float64)
    if isinstance(weights, str):
        if weights not in {"linear", "quadratic"}:
            raise InputError(
                Fault(_("there are no weights called {name}", name=weights), _("choose linear or quadratic"))
            )
        return distance if weights == "linear" else distance**2
    matrix = complete_table(weights, "categories x categories")
    if matrix.shape != (size, size):
        raise InputError(
            Fault(
                _("the weights are {rows} x {columns}", rows=matrix.shape[0], columns=matrix.shape[1]),
                _("give a weight for each pair of the {count} categories", count=size),
            )
        )
    return matrix
