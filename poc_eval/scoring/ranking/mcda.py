"""Methods of multi-criteria decision analysis, for comparison with the published method.

TOPSIS, VIKOR and ELECTRE II come from scikit-criteria, PROMETHEE II from pymcdm; here tables are checked,
criteria on which all projects are equal are left out (they separate nobody and would divide by zero), and
what has no answer says so. ``maximise`` is True for a criterion of which more is better.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from poc_eval.errors import Fault, InputError, NotDefinedError
from poc_eval.i18n import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Table:
    """A checked decision table: projects x criteria that tell projects apart, weights that add up to 1."""

    matrix: Floats
    weights: Floats
    maximise: NDArray[np.bool_]

    @property
    def objectives(self) -> NDArray[np.int64]:
        """Return 1 for more is better and -1 for less."""
        return np.where(self.maximise, 1, -1)


@dataclass(frozen=True, slots=True)
class Topsis:
    """Closeness to the ideal (0 to 1) and ranks from 1; ties share the smaller rank."""

    closeness: Floats
    rank: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Vikor:
    """Group utility S, individual regret R, compromise measure Q (all: less is better) and ranks.

    ``compromise`` are the rows that make up the compromise solution.
    """

    s: Floats
    r: Floats
    q: Floats
    rank: NDArray[np.int64]
    compromise: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Outranking:
    """A score by which projects outrank each other (more is better) and ranks; ties share a rank."""

    score: Floats
    rank: NDArray[np.int64]


def topsis(matrix: ArrayLike, weights: ArrayLike, maximise: Sequence[bool]) -> Topsis:
    """Return TOPSIS with vector normalisation. Source: Hwang & Yoon (1981); Tzeng & Huang (2011).

    Raises InputError for a table, weights or directions that do not fit, NotDefinedError where all are equal.
    """
    from skcriteria.agg.topsis import topsis as closeness_of  # noqa: PLC0415 a second of imports
    from skcriteria.preprocessing.scalers import scale_by_vector  # noqa: PLC0415 the same

    table = decision_table(matrix, weights, maximise)
    rank, _ideal, _worst, closeness = closeness_of(
        scale_by_vector(table.matrix, axis=0), table.objectives, table.weights
    )
    return Topsis(np.asarray(closeness, dtype=np.float64), np.asarray(rank, dtype=np.int64))


def vikor(matrix: ArrayLike, weights: ArrayLike, maximise: Sequence[bool], *, v: float = 0.5) -> Vikor:
    """Return VIKOR; ``v`` weighs the majority against the worst-off criterion, 0 to 1.

    Source: Opricovic & Tzeng (2004), EJOR 156:445. Raises as `topsis` does.
    """
    import skcriteria  # noqa: PLC0415 a second of imports
    from skcriteria.agg.vikor import VIKOR  # noqa: PLC0415 the same

    if not 0 <= v <= 1:
        raise InputError(Fault(_("v is {value}", value=f"{v:g}"), _("give a v from 0 to 1")))
    table = decision_table(matrix, weights, maximise)
    found = VIKOR(v=v, use_compromise_set=False).evaluate(
        skcriteria.mkdm(table.matrix, table.objectives, weights=table.weights)
    )
    extra = found.extra_
    return Vikor(
        extra["s_k"],
        extra["r_k"],
        extra["q_k"],
        np.asarray(found.rank_, dtype=np.int64),
        tuple(int(row) for row in extra["compromise_set"]),
    )


def electre(matrix: ArrayLike, weights: ArrayLike, maximise: Sequence[bool]) -> Outranking:
    """Return ELECTRE II with its usual thresholds, the mean of the two rankings as score.

    Source: Roy & Bertier (1973); thresholds as in scikit-criteria. Raises as `topsis` does.
    """
    from skcriteria.agg.electre import electre2_gomez2004tomada as electre2  # noqa: PLC0415 a second of imports

    table = decision_table(matrix, weights, maximise)
    rank, *_between, score = electre2(table.matrix, table.objectives, table.weights)
    return Outranking(-np.asarray(score, dtype=np.float64), np.asarray(rank, dtype=np.int64))


def promethee(matrix: ArrayLike, weights: ArrayLike, maximise: Sequence[bool]) -> Outranking:
    """Return PROMETHEE II net flows with the usual preference function: better is better by any amount.

    Source: Brans & Vincke (1985), Manage. Sci. 31:647. Raises as `topsis` does.
    """
    from pymcdm.methods import PROMETHEE_II  # noqa: PLC0415 only who asks for it waits for it

    table = decision_table(matrix, weights, maximise)
    # Its own checks would warn of a best project; the table was checked above.
    found = PROMETHEE_II("usual")(table.matrix, table.weights, table.objectives, validation=False)
    flow = np.asarray(found, dtype=np.float64)
    return Outranking(flow, competition_ranks(flow))


def weighted_sum(matrix: ArrayLike, weights: ArrayLike, maximise: Sequence[bool]) -> Outranking:
    """Return the weighted sum of criteria brought to 0..1 by their range. Raises as `topsis` does."""
    table = decision_table(matrix, weights, maximise)
    low = table.matrix.min(axis=0)
    scaled = (table.matrix - low) / np.ptp(table.matrix, axis=0)
    score: Floats = np.where(table.maximise, scaled, 1 - scaled) @ table.weights
    return Outranking(score, competition_ranks(score))


def decision_table(matrix: ArrayLike, weights: ArrayLike, maximise: Sequence[bool]) -> Table:
    """Return a checked table without the criteria on which all projects are equal.

    Raises InputError with row and column for what is missing or does not fit, NotDefinedError where no
    criterion that weighs anything tells the projects apart.
    """
    values = np.asarray(matrix, dtype=np.float64)
    weight = np.asarray(weights, dtype=np.float64)
    more = np.asarray(maximise, dtype=bool)
    if values.ndim != 2 or values.shape[1] != weight.size or weight.size != more.size:  # noqa: PLR2004 a table
        raise InputError(
            Fault(
                _("table, weights and directions do not have the same criteria"),
                _("give one weight and one direction for each column"),
            )
        )
    if not np.isfinite(values).all():
        row, column = (int(i) + 1 for i in np.argwhere(~np.isfinite(values))[0])
        raise InputError(
            Fault(
                _("the value in row {row}, column {column} is missing", row=row, column=column),
                _("this figure needs a complete table; leave out the row or column"),
            )
        )
    if not np.isfinite(weight).all() or (weight < 0).any() or weight.sum() <= 0:
        raise InputError(
            Fault(_("a weight is negative or missing, or all are zero"), _("give weights from zero up"))
        )
    separates = (np.ptp(values, axis=0) > 0) & (weight > 0)
    if not separates.any():
        raise NotDefinedError(
            Fault(
                _("not defined, because all projects are equal on every criterion"),
                _("discuss them without a ranking"),
            )
        )
    kept = weight[separates]
    return Table(values[:, separates], kept / kept.sum(), more[separates])


def competition_ranks(score: Floats) -> NDArray[np.int64]:
    """Return ranks from 1, the highest score first; ties share the smaller rank."""
    order = np.sort(-score)
    return np.searchsorted(order, -score, side="left").astype(np.int64) + 1
