"""The panel's projects under other methods than the published one, and what their order hangs on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from poc_eval.errors import PocEvalError
from poc_eval.i18n import _
from poc_eval.scoring.agreement._ratings import not_defined
from poc_eval.scoring.ranking import electre, promethee, rank_acceptability, topsis, vikor, weighted_sum
from poc_eval.scoring.ranking.robustness import leave_one_criterion_out, reversals_by_a_clone

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import ArrayLike, NDArray

    from poc_eval.scoring.panel_result import CriterionFigures, PanelResult
    from poc_eval.scoring.ranking.mcda import Directions
    from poc_eval.scoring.rules import PanelRule

    Floats = NDArray[np.float64]
    Ranks = NDArray[np.int64]

_CONCENTRATION = 50.0


@dataclass(frozen=True, slots=True)
class Comparison:
    """Projects with an official rank under other methods; every array is in their order.

    ``first`` is the share of draws of uncertain weights in which a project is first; ``without`` the best and
    the worst rank by weighted sum when one criterion is left out; ``turned`` how many pairs change places
    under TOPSIS when some project is entered twice. ``criteria`` are those that entered.
    """

    projects: tuple[str, ...]
    criteria: tuple[str, ...]
    ranks: Mapping[str, Ranks]
    first: Floats
    mean_rank: Floats
    draws: int
    without: Ranks | None
    turned: int

    def to_dict(self) -> dict[str, Any]:
        """Return plain values for JSON, by project."""
        return {
            "criteria": list(self.criteria),
            "ranks": {
                name: dict(zip(self.projects, ranks.tolist(), strict=True))
                for name, ranks in self.ranks.items()
            },
            "first_under_uncertain_weights": dict(zip(self.projects, self.first.tolist(), strict=True)),
            "mean_rank_under_uncertain_weights": dict(
                zip(self.projects, self.mean_rank.tolist(), strict=True)
            ),
            "draws": self.draws,
            "ranks_without_one_criterion": None
            if self.without is None
            else dict(zip(self.projects, self.without.tolist(), strict=True)),
            "pairs_turned_by_a_clone": self.turned,
        }


def comparison_of(result: PanelResult, rule: PanelRule, *, seed: int = 0) -> Comparison:
    """Return the comparison; raises NotDefinedError for one project or where nothing tells projects apart.

    A criterion weighs what it can add to the total. Criteria are left out that some project has no figure
    for.
    """
    ranked = [one for one in result.projects if one.official.rank is not None]
    nodes = [node for node in result.rubric.every_node if node.depth == 0 and node.criterion.counts]
    nodes = [
        node
        for node in nodes
        if node.marks.full_mark > node.marks.minimum
        and all(node.criterion.id in one.criteria for one in ranked)
    ]
    if len(ranked) < 2 or not nodes:  # noqa: PLR2004 an order needs two
        raise not_defined(_("two projects in the ranking and a criterion with scores for both are needed"))
    matrix = np.array(
        [[_official(one.criteria[node.criterion.id], rule) for node in nodes] for one in ranked]
    )
    span = np.array([float(node.marks.full_mark - node.marks.minimum) for node in nodes])
    weights = span * [float(node.weight or 1) for node in nodes]
    weights = weights / weights.sum()
    shares = (matrix - [float(node.marks.minimum) for node in nodes]) / span
    more = [not node.marks.best_low for node in nodes]
    uncertain = rank_acceptability(shares, more, weights=weights, concentration=_CONCENTRATION, seed=seed)
    return Comparison(
        tuple(one.project for one in ranked),
        tuple(node.criterion.id for node in nodes),
        {
            "weighted_sum": weighted_sum(shares, weights, more).rank,
            "topsis": topsis(shares, weights, more).rank,
            "vikor": vikor(shares, weights, more).rank,
            "electre": electre(shares, weights, more).rank,
            "promethee": promethee(shares, weights, more).rank,
        },
        uncertain.share[:, 0],
        uncertain.mean_rank,
        uncertain.draws,
        _without_one(shares, weights, more),
        len(reversals_by_a_clone(shares, weights, more, _topsis_ranks)),
    )


def _official(figures: CriterionFigures, rule: PanelRule) -> float:
    if rule.average == "median":
        return float(figures.median)
    return float(figures.trimmed if rule.average == "trimmed" else figures.mean)


def _sum_ranks(matrix: ArrayLike, weights: ArrayLike, maximise: Directions) -> Ranks:
    return weighted_sum(matrix, weights, maximise).rank


def _topsis_ranks(matrix: ArrayLike, weights: ArrayLike, maximise: Directions) -> Ranks:
    return topsis(matrix, weights, maximise).rank


def _without_one(shares: Floats, weights: Floats, more: list[bool]) -> Ranks | None:
    """Return projects x (best, worst) rank with one criterion left out; None where nothing is left then."""
    try:
        ranks = leave_one_criterion_out(shares, weights, more, _sum_ranks)
    except PocEvalError:
        return None
    return np.stack([ranks.min(axis=0), ranks.max(axis=0)], axis=1)
