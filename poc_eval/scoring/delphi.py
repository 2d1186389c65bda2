"""Rounds of anonymous scoring: what the last round gave, who moved, and when to stop.

Source: von der Gracht (2012), Consensus measurement in Delphi studies, Technol. Forecast. Soc. Change
79:1525.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from poc_eval.errors import Fault, InputError, NotDefinedError
from poc_eval.i18n import _
from poc_eval.scoring.agreement import kendall_w
from poc_eval.scoring.agreement._ratings import ratings_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

    from poc_eval.i18n import Message


@dataclass(frozen=True, slots=True)
class Feedback:
    """What everybody is shown of the last round on one item, without names."""

    median: float
    low: float
    high: float
    n: int


@dataclass(frozen=True, slots=True)
class Change:
    """A reviewer who moved on an item between two rounds."""

    reviewer: int
    item: int
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class StopRule:
    """When rounds end: the quartiles within ``iqr``, or nothing moving any more by ``cv`` and ``w``."""

    iqr: float = 1.0
    cv: float = 0.05
    w: float = 0.05
    most_rounds: int = 4


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether to stop after this round, and why."""

    stop: bool
    reason: Message
    largest_iqr: float
    cv_change: float | None
    w_change: float | None


def feedback(ratings: ArrayLike) -> tuple[Feedback, ...]:
    """Return median and quartiles of each item of a table of reviewers x items, NaN where not rated.

    Raises InputError where an item has no rating.
    """
    table = _every_item_rated(ratings)
    low, median, high = np.nanquantile(table, [0.25, 0.5, 0.75], axis=0)
    counts = (~np.isnan(table)).sum(axis=0)
    return tuple(
        Feedback(float(m), float(a), float(b), int(n))
        for m, a, b, n in zip(median, low, high, counts, strict=True)
    )


def changes(before: ArrayLike, after: ArrayLike) -> tuple[Change, ...]:
    """Return who changed what between two rounds of the same reviewers and items, row by row."""
    first, second = ratings_table(before, "reviewers x items"), ratings_table(after, "reviewers x items")
    if first.shape != second.shape:
        raise InputError(
            Fault(
                _("the rounds have different reviewers or items"),
                _("give both rounds the same rows and columns, NaN where one is missing"),
            )
        )
    moved = ~np.isnan(first) & ~np.isnan(second) & (first != second)
    return tuple(
        Change(int(r), int(i), float(first[r, i]), float(second[r, i])) for r, i in np.argwhere(moved)
    )


def verdict(rounds: Sequence[ArrayLike], rule: StopRule | None = None, *, held: int | None = None) -> Verdict:
    """Return whether the rounds so far are enough by ``rule``; ``held`` counts them where not all are given.

    Raises InputError without a round.
    """
    limits = rule or StopRule()
    if not rounds:
        raise InputError(Fault(_("there is no round"), _("give the scores of at least one round")))
    last = _every_item_rated(rounds[-1])
    spread = float(np.subtract(*np.nanquantile(last, [0.75, 0.25], axis=0)).max())
    cv_change = w_change = None
    if len(rounds) > 1:
        previous = _every_item_rated(rounds[-2])
        cv_change = float(np.abs(_variation(last) - _variation(previous)).max())
        now, then = _concordance(last), _concordance(previous)
        w_change = None if now is None or then is None else abs(now - then)
    settled = cv_change is not None and cv_change <= limits.cv and (w_change is None or w_change <= limits.w)
    ends = (
        (spread <= limits.iqr, _("the quartiles of every item lie within {limit}", limit=f"{limits.iqr:g}")),
        (settled, _("opinions no longer move; what is left is real disagreement")),
        (
            (held or len(rounds)) >= limits.most_rounds,
            _("the most rounds agreed on, {count}, are over", count=limits.most_rounds),
        ),
    )
    goes_on = _("opinions still move; ask another round")
    reason = next((why for holds, why in ends if holds), goes_on)
    return Verdict(reason is not goes_on, reason, spread, cv_change, w_change)


def _every_item_rated(ratings: ArrayLike) -> NDArray[np.float64]:
    table = ratings_table(ratings, "reviewers x items")
    empty = np.flatnonzero(np.isnan(table).all(axis=0))
    if empty.size:
        raise InputError(
            Fault(
                _("nobody rated item {item}", item=int(empty[0]) + 1),
                _("leave the item out or ask for a score"),
            )
        )
    return table


def _variation(table: NDArray[np.float64]) -> NDArray[np.float64]:
    mean = np.nanmean(table, axis=0)
    spread = np.nanstd(table, axis=0)
    share: NDArray[np.float64] = np.divide(spread, np.abs(mean), out=np.zeros_like(mean), where=mean != 0)
    return share


def _concordance(table: NDArray[np.float64]) -> float | None:
    try:
        return kendall_w(table).w
    except NotDefinedError:
        return None
