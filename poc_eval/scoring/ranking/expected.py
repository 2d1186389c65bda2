"""Expected rank, SUCRA, PCER, rank intervals, and who lies in the zone where a draw would be fair.

Source: Heyard, Ott, Salanti & Egger (2022), Rethinking the funding line at the Swiss National Science
Foundation: Bayesian ranking and lottery, Statistics and Public Policy 9:110-121.
"""

from __future__ import annotations

from dataclasses import dataclass
from numbers import Integral
from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd

from poc_eval.catalog.plain_text import shown
from poc_eval.errors import Fault, InputError, NotDefinedError
from poc_eval.i18n import _
from poc_eval.scoring.ranking.hierarchical import sample_posterior
from poc_eval.scoring.seeded import seeded_generator

if TYPE_CHECKING:
    from numpy.typing import NDArray

_WIDE_SPREAD = 2.0
_MODEL_WIDTH = 5.0


@dataclass(frozen=True, slots=True)
class ExpectedRank:
    """Ranks with their uncertainty; Series are by project (``severity`` by reviewer), rank 1 is the best.

    ``interval`` has the columns ``low`` and ``high`` of the inner 50% of each project's rank;
    ``accepted``, ``lottery``, ``rejected`` are None without a number of fundable projects.
    """

    er: pd.Series[float]
    sucra: pd.Series[float]
    pcer: pd.Series[float]
    interval: pd.DataFrame
    severity: pd.Series[float]
    accepted: list[str] | None
    lottery: list[str] | None
    rejected: list[str] | None
    funding_line: float | None
    draws: int
    seed: int


def expected_rank(
    scores: pd.DataFrame,
    *,
    best: Literal["high", "low"] = "high",
    fundable: int | None = None,
    seed: int = 0,
    draws: int = 20_000,
    width: float | None = None,
) -> ExpectedRank:
    """Return the expected rank of each project from columns ``project``, ``reviewer``, ``score``.

    A pair without a score is left out. ``fundable`` projects can be paid: the line lies at the expected rank
    of the last of them, and the zone holds those whose inner 50% interval crosses it. Severity is positive
    for a harsher reviewer, in points. The model's priors are made for a scale of 1 to 6: with ``width``, the
    points from worst to best, scores are brought to it; without, they are taken as they are unless they vary
    by more than the priors allow (standard deviation above 2) and are divided by that.
    Raises InputError for missing columns, two scores of one pair, scores that are no numbers or an unknown
    ``best``,    NotDefinedError with fewer than two projects.
    """
    _refuse_call(best, draws)
    table, projects, reviewers = _score_table(scores)
    values = table if best == "high" else -table
    spread = float(np.nanstd(values))
    unit = width / _MODEL_WIDTH if width else spread if spread > _WIDE_SPREAD else 1.0
    generator = seeded_generator(seed)
    posterior = sample_posterior(values / unit, draws=draws, generator=generator)
    ranks = _ranks(posterior.theta)
    er = ranks.mean(axis=0)
    low, high = np.quantile(ranks, [0.25, 0.75], axis=0)
    interval = pd.DataFrame({"low": low, "high": high}, index=projects)
    count = len(projects)
    zones = _zones(er, low, high, projects, fundable)
    return ExpectedRank(
        er=pd.Series(er, projects),
        sucra=pd.Series((count - er) / (count - 1), projects),
        pcer=pd.Series(100 * (er - 0.5) / count, projects),
        interval=interval,
        severity=pd.Series(-unit * posterior.leniency, reviewers),
        accepted=zones[0] if zones else None,
        lottery=zones[1] if zones else None,
        rejected=zones[2] if zones else None,
        funding_line=zones[3] if zones else None,
        draws=len(ranks),
        seed=seed,
    )


def _refuse_call(best: str, draws: int) -> None:
    if best not in {"high", "low"}:
        raise InputError(
            Fault(
                _("{value} is neither high nor low", value=shown(str(best))), _("say which score is the best")
            )
        )
    if draws < 1:
        raise InputError(Fault(_("{draws} draws give no rank", draws=draws), _("give at least one draw")))


def _score_table(scores: pd.DataFrame) -> tuple[NDArray[np.float64], list[str], list[str]]:
    wanted = ("project", "reviewer", "score")
    absent = [name for name in wanted if name not in scores.columns]
    if absent:
        raise InputError(
            Fault(
                _("the scores have no column {names}", names=", ".join(absent)),
                _("give the columns project, reviewer and score"),
            )
        )
    given = scores.loc[scores["score"].notna(), list(wanted)]
    twice = given.duplicated(["project", "reviewer"])
    if twice.any():
        row = given[twice].iloc[0]
        raise InputError(
            Fault(
                _("{reviewer} scored {project} twice", reviewer=row["reviewer"], project=row["project"]),
                _("keep one score for each pair"),
            )
        )
    try:
        number = pd.to_numeric(given["score"]).astype(float)
    except (TypeError, ValueError):
        raise InputError(
            Fault(
                _("the scores hold something that is not a number"), _("correct the score or leave it empty")
            )
        ) from None
    if np.isinf(number).any():
        raise InputError(
            Fault(_("the scores hold an infinite value"), _("correct the score or leave it empty"))
        )
    projects = list(dict.fromkeys(given["project"]))
    reviewers = list(dict.fromkeys(given["reviewer"]))
    if len(projects) < 2:  # noqa: PLR2004 a rank needs two
        raise NotDefinedError(
            Fault(
                _("not defined, because fewer than two projects have scores"), _("rank two or more projects")
            )
        )
    table = np.full((len(projects), len(reviewers)), np.nan)
    table[
        given["project"].map({name: i for i, name in enumerate(projects)}),
        given["reviewer"].map({name: i for i, name in enumerate(reviewers)}),
    ] = number
    return table, projects, reviewers


def _ranks(theta: NDArray[np.float64]) -> NDArray[np.int64]:
    order = np.argsort(-theta, axis=1)
    ranks = np.empty_like(order)
    np.put_along_axis(ranks, order, np.arange(1, theta.shape[1] + 1)[None, :], axis=1)
    return ranks


def _zones(
    er: NDArray[np.float64],
    low: NDArray[np.float64],
    high: NDArray[np.float64],
    projects: list[str],
    fundable: int | None,
) -> tuple[list[str], list[str], list[str], float] | None:
    if fundable is None:
        return None
    if not isinstance(fundable, Integral) or not 0 < fundable <= len(projects):
        raise InputError(
            Fault(
                _(
                    "{fundable} of {count} projects cannot be funded",
                    fundable=shown(str(fundable)),
                    count=len(projects),
                ),
                _("give a number from 1 to {count}", count=len(projects)),
            )
        )
    line = float(np.sort(er)[fundable - 1])
    crossing = (low <= line) & (line <= high)
    names = np.array(projects, dtype=object)
    return list(names[high < line]), list(names[crossing]), list(names[low > line]), line
