"""What a ranking hangs on: one reviewer, one criterion, or a project that is merely there. Advice only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from poc_eval.errors import Fault, NotDefinedError
from poc_eval.i18n import _
from poc_eval.scoring.panel import Panel
from poc_eval.scoring.panel_scores import PanelScores

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import ArrayLike, NDArray

    from poc_eval.scoring.ranking.mcda import Directions

    Method = Callable[[ArrayLike, ArrayLike, Directions], NDArray[np.int64]]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """The official ranks without one reviewer, and the projects whose rank is then another."""

    reviewer: str
    ranks: Mapping[str, int | None]
    moved: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reversal:
    """Two projects (rows) that change places because a copy of ``cloned`` is added."""

    cloned: int
    ahead: int
    behind: int


def leave_one_reviewer_out(panel: Panel) -> tuple[LeftOut, ...]:
    """Return the official ranks without each reviewer in turn."""
    with_all = panel.ranks()
    found: list[LeftOut] = []
    for reviewer in panel.scores.reviewers:
        kept = {key: one for key, one in panel.scores.ballots.items() if one.reviewer != reviewer}
        rest = tuple(name for name in panel.scores.reviewers if name != reviewer)
        ranks = Panel(panel.rubric, PanelScores(kept, panel.scores.projects, rest)).ranks()
        moved = tuple(project for project, rank in ranks.items() if rank != with_all[project])
        found.append(LeftOut(reviewer, ranks, moved))
    return tuple(found)


def leave_one_criterion_out(
    matrix: ArrayLike, weights: ArrayLike, maximise: Directions, method: Method
) -> NDArray[np.int64]:
    """Return criteria x projects: the ranks by ``method`` without each criterion, weights scaled up.

    Raises NotDefinedError for a single criterion, and as ``method`` does where what is left tells the
    projects apart by nothing.
    """
    table, weight = np.asarray(matrix, dtype=np.float64), np.asarray(weights, dtype=np.float64)
    columns = range(table.shape[1])
    if len(columns) < 2:  # noqa: PLR2004 one to leave out and one to stay
        raise NotDefinedError(
            Fault(
                _("not defined, because there is only one criterion"),
                _("nothing can be left out; read the ranks themselves"),
            )
        )
    return np.array(
        [
            method(
                np.delete(table, column, axis=1),
                np.delete(weight, column),
                [more for other, more in zip(columns, maximise, strict=True) if other != column],
            )
            for column in columns
        ],
        dtype=np.int64,
    )


def reversals_by_a_clone(
    matrix: ArrayLike, weights: ArrayLike, maximise: Directions, method: Method
) -> tuple[Reversal, ...]:
    """Return the pairs of other projects whose order under ``method`` turns when a project is entered twice.

    Source: Belton & Gear (1983), Omega 11:228. An empty answer means that the order stood every copy.
    """
    table = np.asarray(matrix, dtype=np.float64)
    before = method(table, weights, maximise)
    found: list[Reversal] = []
    for cloned in range(table.shape[0]):
        after = method(np.vstack([table, table[cloned]]), weights, maximise)[:-1]
        turned = (before[:, None] < before[None, :]) & (after[:, None] > after[None, :])
        found += [Reversal(cloned, int(a), int(b)) for a, b in np.argwhere(turned)]
    return tuple(found)
