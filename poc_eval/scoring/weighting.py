"""Weights from judgements (AHP) and from the data (entropy, CRITIC), and whether a rubric covers its subject.

A weight worked out here is advice: it reaches a decision only through a new version of the rubric.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from math import comb
from typing import TYPE_CHECKING, Literal

import numpy as np

from poc_eval.catalog.plain_text import shown
from poc_eval.errors import Fault, InputError, NotDefinedError
from poc_eval.i18n import _
from poc_eval.scoring.agreement.concordance import mid_ranks
from poc_eval.scoring.ranking.mcda import directions, in_safe_range, numbers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

    from poc_eval.scoring.ranking.mcda import Directions

RANDOM_INDEX = (0.0, 0.0, 0.0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49, 1.51, 1.48, 1.56, 1.57, 1.59)
"""Mean consistency index of random matrices by size (Saaty 1980, The Analytic Hierarchy Process)."""
CONSISTENT = 0.10
_RELEVANCE = (1, 2, 3, 4)
_SAME_CONSISTENCY = 1e-9
_FARTHEST = 1e9
"""Beyond it a judgement is a slip of the pen: Saaty's scale ends at 9."""
_RECIPROCAL = 0.05
"""How far the product of a pair may be from 1: people write 0.33 for a third and 0.13 for an eighth."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """The pair to judge again first, and the value that all other judgements imply for it."""

    row: int
    column: int
    given: float
    implied: float


@dataclass(frozen=True, slots=True)
class AnalyticHierarchy:
    """Weights of pairwise judgements; ``cr`` above 0.10 asks for a second look, first at ``mend``.

    ``cr`` is 0 for two criteria, which cannot contradict each other.
    """

    weights: NDArray[np.float64]
    lambda_max: float
    ci: float
    cr: float
    mend: Judgement | None

    @property
    def consistent(self) -> bool:
        """True where the consistency ratio is within Saaty's 0.10."""
        return self.cr <= CONSISTENT


def ahp(matrix: ArrayLike) -> AnalyticHierarchy:
    """Return the principal eigenvector of a reciprocal matrix of judgements and its consistency.

    ``matrix[i][j]`` says how many times more important i is than j: a number, or text such as "1/3".
    Source: Saaty (1980); the judgement to mend is the one whose value, taken from all others instead, lowers
    lambda_max most (Saaty 2003, EJOR 145:85; the value by Harker 1987, Math. Model. 9:353). Raises InputError
    for a matrix that is not square, positive and reciprocal, with the row and column at fault.
    """
    judged = _judgements(matrix)
    size = judged.shape[0]
    values, vectors = np.linalg.eig(judged)
    main = int(np.argmax(values.real))
    weights = np.abs(vectors[:, main].real)
    weights = weights / weights.sum()
    top = float(values[main].real)
    index = max(0.0, (top - size) / (size - 1)) if size > 1 else 0.0
    random_index = RANDOM_INDEX[min(size, len(RANDOM_INDEX) - 1)]
    return AnalyticHierarchy(
        weights, top, index, index / random_index if random_index else 0.0, _to_mend(judged, top)
    )


def aggregate_judgements(matrices: Sequence[ArrayLike]) -> NDArray[np.float64]:
    """Return the geometric mean of several people's matrices, the only mean that stays reciprocal.

    Source: Aczel & Saaty (1983), J. Math. Psychol. 27:93. Raises InputError where sizes differ.
    """
    judged = [_judgements(matrix) for matrix in matrices]
    if not judged:
        raise InputError(Fault(_("nobody judged the criteria"), _("give at least one table of judgements")))
    if len({one.shape for one in judged}) != 1:
        raise InputError(
            Fault(
                _("the matrices have different sizes"),
                _("let everybody judge the same criteria in the same order"),
            )
        )
    mean: NDArray[np.float64] = np.exp(np.mean(np.log(judged), axis=0))
    return mean


def entropy_weights(matrix: ArrayLike) -> NDArray[np.float64]:
    """Return weights by Shannon entropy of a table of projects x criteria without negative values.

    A criterion on which all projects are equal tells them apart by nothing and gets weight 0.
    Source: Shannon (1948); Hwang & Yoon (1981), Multiple Attribute Decision Making, 3.2.4.
    Raises InputError for negative or missing values, NotDefinedError where nothing tells projects apart.
    """
    table = _performance(matrix)
    if (table < 0).any():
        row, column = (int(i) + 1 for i in np.argwhere(table < 0)[0])
        raise InputError(
            Fault(
                _("the value in row {row}, column {column} is negative", row=row, column=column),
                _("entropy needs values from zero up; shift the scale"),
            )
        )
    sums = table.sum(axis=0)
    share = np.divide(table, sums, out=np.full_like(table, 1 / table.shape[0]), where=sums > 0)
    logs = np.log(share, out=np.zeros_like(share), where=share > 0)
    diversity = 1 + (share * logs).sum(axis=0) / np.log(table.shape[0])
    return _normalised(np.where(diversity < 1e-12, 0.0, diversity))  # noqa: PLR2004 rounding of equal shares


def critic_weights(
    matrix: ArrayLike,
    maximise: Directions | None = None,
    *,
    correlation: Literal["pearson", "spearman"] = "pearson",
) -> NDArray[np.float64]:
    """Return CRITIC weights of a table of projects x criteria: contrast times conflict with the others.

    Source: Diakoulaki, Mavrotas & Papayannakis (1995), Comput. Oper. Res. 22:763. A criterion on which all
    are equal gets weight 0. Raises NotDefinedError where nothing tells projects apart.
    """
    table = _performance(matrix)
    span = np.ptp(table, axis=0)
    scaled = np.divide(table - table.min(axis=0), span, out=np.zeros_like(table), where=span > 0)
    if maximise is not None:
        more = directions(maximise)
        if more.size != table.shape[1]:
            raise InputError(
                Fault(
                    _("table, weights and directions do not have the same criteria"),
                    _("give one weight and one direction for each column"),
                )
            )
        scaled = np.where(more, scaled, np.where(span > 0, 1 - scaled, 0.0))
    deviation = scaled.std(axis=0, ddof=1)
    basis = (
        np.column_stack([mid_ranks(column)[0] for column in scaled.T])
        if correlation == "spearman"
        else scaled
    )
    centred = basis - basis.mean(axis=0)
    length = np.sqrt((centred**2).sum(axis=0))
    product = np.outer(length, length)
    related = np.divide(centred.T @ centred, product, out=np.zeros_like(product), where=product > 0)
    varies = span > 0
    conflict = np.where(np.outer(varies, varies), 1 - related, 0.0).sum(axis=0)
    if varies.sum() == 1:
        only: NDArray[np.float64] = varies.astype(np.float64)
        return only
    return _normalised(deviation * conflict)


@dataclass(frozen=True, slots=True)
class ContentValidity:
    """How many experts call an item relevant, and that agreement beyond chance."""

    i_cvi: float
    modified_kappa: float
    experts: int


def content_validity(ratings: Sequence[int], *, relevant_from: int = 3) -> ContentValidity:
    """Return the I-CVI of one item rated 1 to 4 by each expert, and modified kappa.

    Source: Polit, Beck & Owen (2007), Res. Nurs. Health 30:459. Raises InputError without ratings or for
    one that is off the scale.
    """
    experts = len(ratings)
    if experts == 0:
        raise InputError(Fault(_("nobody rated this item"), _("ask at least three experts")))
    off = next((rating for rating in ratings if rating not in _RELEVANCE), None)
    if off is not None:
        raise InputError(Fault(_("{score} is off the scale", score=shown(str(off))), _("write 1, 2, 3 or 4")))
    agreeing = sum(rating >= relevant_from for rating in ratings)
    by_chance = comb(experts, agreeing) * 0.5**experts
    share = agreeing / experts
    kappa = (share - by_chance) / (1 - by_chance) if by_chance < 1 else 0.0
    return ContentValidity(share, kappa, experts)


def _judgements(matrix: ArrayLike) -> NDArray[np.float64]:
    judged = _numbers_or_fractions(matrix)
    bad = ~((judged >= 1 / _FARTHEST) & (judged <= _FARTHEST))
    if not bad.any():
        bad = np.abs(judged * judged.T - 1) > _RECIPROCAL
    if bad.any():
        row, column = (int(i) for i in np.argwhere(bad)[0])
        raise InputError(
            Fault(
                _(
                    "row {row}, column {column} holds {value}, the other way round stands {mirror}",
                    row=row + 1,
                    column=column + 1,
                    value=f"{judged[row, column]:g}",
                    mirror=f"{judged[column, row]:g}",
                ),
                _("judgements are positive and the two of a pair are each other's inverse"),
            )
        )
    return judged


def _numbers_or_fractions(matrix: ArrayLike) -> NDArray[np.float64]:
    """Return judgements as floats, "1/3" as a third; raises InputError with row and column."""
    try:
        rows = [list(row) for row in np.asarray(matrix, dtype=object)]
    except (TypeError, ValueError):
        rows = []
    if not rows or any(len(row) != len(rows) for row in rows):
        raise InputError(
            Fault(
                _("the judgements are not a square table"),
                _("give one row and one column for each criterion"),
            )
        )
    judged = np.full((len(rows), len(rows)), np.nan)
    for place in np.ndindex(judged.shape):
        said = rows[place[0]][place[1]]
        try:
            judged[place] = _ratio(said) if isinstance(said, str) else float(said)
        except (TypeError, ValueError, ZeroDivisionError, OverflowError):
            raise InputError(
                Fault(
                    _(
                        "row {row}, column {column} holds {value}, which is no judgement",
                        row=place[0] + 1,
                        column=place[1] + 1,
                        value=shown(str(said)),
                    ),
                    _("write a number from 1/9 to 9, such as 3 or 1/3"),
                )
            ) from None
    return judged


def _ratio(said: str) -> float:
    """Return "3", "0.2" or "1/3" as a float; raises ValueError or ZeroDivisionError for anything else.

    In floats from the start: in fractions, 1e999999999 would be a number of a billion digits.
    """
    above, slash, below = said.partition("/")
    value = float(above) / (float(below) if slash else 1.0)
    if not 1 / _FARTHEST <= abs(value) <= _FARTHEST:
        raise ValueError(said)
    return value


def _to_mend(judged: NDArray[np.float64], lambda_max: float) -> Judgement | None:
    size = judged.shape[0]
    if lambda_max - size < _SAME_CONSISTENCY:
        return None
    best: Judgement | None = None
    least = lambda_max
    for row, column in combinations(range(size), 2):
        # Harker: an unjudged pair adds one to both diagonal places and stands for w_i / w_j.
        without = judged.copy()
        without[row, column] = without[column, row] = 0.0
        without[row, row] = without[column, column] = 2.0
        values, vectors = np.linalg.eig(without)
        main = int(np.argmax(values.real))
        # Of pairs that mend as much the first is named, not the one that rounding prefers.
        if values[main].real < least - _SAME_CONSISTENCY:
            least = float(values[main].real)
            weights = np.abs(vectors[:, main].real)
            best = Judgement(row, column, float(judged[row, column]), float(weights[row] / weights[column]))
    return best


def _performance(matrix: ArrayLike) -> NDArray[np.float64]:
    table = numbers(matrix)
    if table.ndim != 2 or table.shape[0] < 2 or not np.isfinite(table).all():  # noqa: PLR2004 a table of two rows
        raise InputError(
            Fault(
                _("the table holds fewer than two projects or a value that is missing"),
                _("give a number for every project and criterion"),
            )
        )
    return in_safe_range(table, np.abs(table).max(axis=0, initial=0.0))


def _normalised(raw: NDArray[np.float64]) -> NDArray[np.float64]:
    total = raw.sum()
    if total <= 0:
        raise NotDefinedError(
            Fault(
                _("not defined, because all projects are equal on every criterion"),
                _("weigh the criteria by judgement instead"),
            )
        )
    weights: NDArray[np.float64] = raw / total
    return weights
