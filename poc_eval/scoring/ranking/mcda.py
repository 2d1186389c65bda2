"""Methods of multi-criteria decision analysis, for comparison with the published method.

TOPSIS, VIKOR and ELECTRE II come from scikit-criteria, PROMETHEE II from pymcdm; here tables are checked,
criteria on which all projects are equal are left out (they separate nobody and would divide by zero), and
what has no answer says so. ``maximise`` is True for a criterion of which more is better; 1 and -1, "max" and
"min" say the same.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from poc_eval.catalog.plain_text import shown
from poc_eval.errors import Fault, InputError, NotDefinedError
from poc_eval.i18n import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]
    Directions = Sequence[bool] | Sequence[int] | Sequence[str] | NDArray[np.bool_] | NDArray[np.int64]


_SAME = 12
"""Decimals to which scores that differ by rounding alone are equal."""
_SAFE_EXPONENT = 400
"""Powers of two within which sums of squares neither overflow nor vanish."""


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


def topsis(matrix: ArrayLike, weights: ArrayLike, maximise: Directions) -> Topsis:
    """Return TOPSIS with vector normalisation. Source: Hwang & Yoon (1981); Tzeng & Huang (2011).

    Raises InputError for a table, weights or directions that do not fit, NotDefinedError where all are equal.
    """
    from skcriteria.agg.topsis import topsis as closeness_of  # noqa: PLC0415 a second of imports
    from skcriteria.preprocessing.scalers import scale_by_vector  # noqa: PLC0415 the same

    table = decision_table(matrix, weights, maximise)
    _rank, _ideal, _worst, closeness = closeness_of(
        scale_by_vector(table.matrix, axis=0), table.objectives, table.weights
    )
    share = np.asarray(closeness, dtype=np.float64)
    return Topsis(share, competition_ranks(np.round(share, _SAME)))


def vikor(matrix: ArrayLike, weights: ArrayLike, maximise: Directions, *, v: float = 0.5) -> Vikor:
    """Return VIKOR; ``v`` weighs the majority against the worst-off criterion, 0 to 1.

    Source: Opricovic & Tzeng (2004), EJOR 156:445. Raises as `topsis` does.
    """
    import skcriteria  # noqa: PLC0415 a second of imports
    from skcriteria.agg.vikor import VIKOR  # noqa: PLC0415 the same

    if not 0 <= v <= 1:
        raise InputError(Fault(_("v is {value}", value=f"{v:g}"), _("give a v from 0 to 1")))
    table = decision_table(matrix, weights, maximise)
    # Where all projects are equal in S or in R that part counts for none of them, and a warning says so.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = VIKOR(v=v, use_compromise_set=False).evaluate(
            skcriteria.mkdm(table.matrix, table.objectives, weights=table.weights)
        )
    extra = found.extra_
    return Vikor(
        extra["s_k"],
        extra["r_k"],
        extra["q_k"],
        competition_ranks(-np.round(extra["q_k"], _SAME)),
        tuple(int(row) for row in extra["compromise_set"]),
    )


def electre(matrix: ArrayLike, weights: ArrayLike, maximise: Directions) -> Outranking:
    """Return ELECTRE II with its usual thresholds, the mean of the two rankings as score.

    Each criterion is divided by its sum first, so that no unit of measurement outweighs another in the
    discordance. Source: Roy & Bertier (1973); that scale as in Cebrian & Porcar (2009), Rev. Metod. Cuant.
    Econ. Empresa 7:31; thresholds as in scikit-criteria. Raises as `topsis` does.
    """
    from skcriteria.agg.electre import electre2_gomez2004tomada as electre2  # noqa: PLC0415 a second of imports

    table = decision_table(matrix, weights, maximise)
    shares = table.matrix / np.abs(table.matrix).sum(axis=0)
    _rank, *_between, place = electre2(shares, table.objectives, table.weights)
    score = -np.asarray(place, dtype=np.float64)
    return Outranking(score, competition_ranks(score))


def promethee(matrix: ArrayLike, weights: ArrayLike, maximise: Directions) -> Outranking:
    """Return PROMETHEE II net flows with the usual preference function: better is better by any amount.

    Source: Brans & Vincke (1985), Manage. Sci. 31:647. Raises as `topsis` does.
    """
    from pymcdm.methods import PROMETHEE_II  # noqa: PLC0415 only who asks for it waits for it

    table = decision_table(matrix, weights, maximise)
    # Its own checks would warn of a best project; the table was checked above.
    found = PROMETHEE_II("usual")(table.matrix, table.weights, table.objectives, validation=False)
    flow = np.asarray(found, dtype=np.float64)
    return Outranking(flow, competition_ranks(flow))


def weighted_sum(matrix: ArrayLike, weights: ArrayLike, maximise: Directions) -> Outranking:
    """Return the weighted sum of criteria brought to 0..1 by their range. Raises as `topsis` does."""
    table = decision_table(matrix, weights, maximise)
    low = table.matrix.min(axis=0)
    scaled = (table.matrix - low) / np.ptp(table.matrix, axis=0)
    score: Floats = np.where(table.maximise, scaled, 1 - scaled) @ table.weights
    return Outranking(score, competition_ranks(score))


def decision_table(matrix: ArrayLike, weights: ArrayLike, maximise: Directions) -> Table:
    """Return a checked table without the criteria on which all projects are equal.

    Raises InputError with row and column for what is missing or does not fit, NotDefinedError where no
    criterion that weighs anything tells the projects apart.
    """
    values, weight = numbers(matrix), numbers(weights)
    more = directions(maximise)
    if values.ndim != 2 or values.shape[1] != weight.size or weight.size != more.size:  # noqa: PLR2004 a table
        raise InputError(
            Fault(
                _("table, weights and directions do not have the same criteria"),
                _("give one weight and one direction for each column"),
            )
        )
    if values.shape[0] < 2:  # noqa: PLR2004 a rank needs two
        raise NotDefinedError(
            Fault(_("not defined, because there is only one project"), _("rank two or more projects"))
        )
    # What is not finite shows in the ends of its column, so that nothing more is looked through.
    low, high = values.min(axis=0), values.max(axis=0)
    if not (np.isfinite(low) & np.isfinite(high)).all():
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
    values = in_safe_range(values, np.maximum(np.abs(low), np.abs(high)))
    separates = (high > low) & (weight > 0)
    if not separates.any():
        raise NotDefinedError(
            Fault(
                _("not defined, because all projects are equal on every criterion"),
                _("discuss them without a ranking"),
            )
        )
    if separates.all():
        return Table(values, weight / weight.sum(), more)
    kept = weight[separates]
    return Table(values[:, separates], kept / kept.sum(), more[separates])


def in_safe_range(values: Floats, largest: Floats) -> Floats:
    """Return ``values`` with every column whose square no float holds brought near 1.

    By a power of two, which changes no ratio of two values. ``largest`` is each column's largest magnitude.
    """
    exponent = np.frexp(largest)[1]
    extreme = np.abs(exponent) > _SAFE_EXPONENT
    return np.ldexp(values, np.where(extreme, -exponent, 0)) if extreme.any() else values


def numbers(values: ArrayLike) -> Floats:
    """Return ``values`` as floats; raises InputError for text or rows of unequal length."""
    try:
        return np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError):
        raise InputError(
            Fault(
                _("the table holds something that is not a number, or its rows are not equally long"),
                _("give a number for every project and criterion"),
            )
        ) from None


def directions(maximise: Directions) -> NDArray[np.bool_]:
    """Return for each criterion whether more is better; raises InputError for any other word or number."""
    known: dict[object, bool] = {True: True, False: False, -1: False, "max": True, "min": False}
    said = np.asarray(maximise).ravel().tolist()
    strange = [one for one in said if one not in known]
    if strange:
        raise InputError(
            Fault(
                _("{value} says neither that more is better nor that less is", value=shown(str(strange[0]))),
                _("give True or False for each criterion, or max or min"),
            )
        )
    return np.array([known[one] for one in said], dtype=bool)


def competition_ranks(score: Floats) -> NDArray[np.int64]:
    """Return ranks from 1, the highest score first; ties share the smaller rank."""
    order = np.argsort(-score)
    ordered = score[order]
    begins = np.concatenate([[True], ordered[1:] != ordered[:-1]])
    ranks = np.empty(score.size, dtype=np.int64)
    ranks[order] = np.maximum.accumulate(np.where(begins, np.arange(1, score.size + 1), 0))
    return ranks
