"""What stands beside the official result: agreement, expected ranks, severity. None of it decides."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from poc_eval.errors import PocEvalError
from poc_eval.scoring.panel_agreement import agreement_of, alpha_of, reviewers_present
from poc_eval.scoring.panel_result import ReviewerFigures
from poc_eval.scoring.panel_scores import scores_of
from poc_eval.scoring.ranking.expected import expected_rank

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction

    from numpy.typing import NDArray

    from poc_eval.i18n import Message
    from poc_eval.scoring.panel_result import Figure
    from poc_eval.scoring.panel_scores import PanelScores
    from poc_eval.scoring.rubric import Rubric

_DECIMALS = 6


@dataclass(frozen=True, slots=True)
class Advice:
    """Figures for the discussion; ``ranks`` are expected rank and inner 50% interval by project."""

    agreement: Mapping[str, Figure]
    by_criterion: Mapping[str, Figure]
    reviewers: tuple[ReviewerFigures, ...]
    ranks: Mapping[str, tuple[float, tuple[float, float]]] = field(default_factory=dict)
    needed: int | None = None
    present: int = 0
    unranked: Message | None = None
    """Why there are no expected ranks."""


def advise(
    rubric: Rubric, scores: PanelScores, totals: Mapping[str, Mapping[str, Fraction | None]], seed: int
) -> Advice:
    """Return the advice on a panel from each reviewer's exact total by project."""
    table = totals_table(scores, totals)
    counts = {name: int((~np.isnan(row)).sum()) for name, row in zip(scores.reviewers, table, strict=True)}
    ranks, severity, unranked = _expected(rubric, scores, table, seed)
    agreement = agreement_of(table, seed)
    return Advice(
        agreement=agreement,
        by_criterion={
            node.criterion.id: alpha_of(_criterion_table(rubric, scores, node.criterion.id), seed)
            for node in rubric.every_node
            if not node.children
        },
        reviewers=tuple(ReviewerFigures(name, severity.get(name), counts[name]) for name in scores.reviewers),
        ranks=ranks,
        needed=agreement["krippendorff_alpha"].needed,
        present=reviewers_present(table),
        unranked=unranked,
    )


def totals_table(
    scores: PanelScores, totals: Mapping[str, Mapping[str, Fraction | None]]
) -> NDArray[np.float64]:
    """Return reviewers x projects, NaN where somebody stepped aside or did not finish."""
    table = np.full((len(scores.reviewers), len(scores.projects)), np.nan)
    for column, project in enumerate(scores.projects):
        for row, reviewer in enumerate(scores.reviewers):
            total = totals[project].get(reviewer)
            if total is not None:
                table[row, column] = float(total)
    return table


def _criterion_table(rubric: Rubric, scores: PanelScores, criterion: str) -> NDArray[np.float64]:
    given = {
        project: {one.reviewer: scores_of(rubric, one).get(criterion) for one in scores.of(project)}
        for project in scores.projects
    }
    return totals_table(scores, given)


def scale_of(rubric: Rubric) -> tuple[bool, float | None]:
    """Return whether the lowest total is the best, and the points from worst to best (None without one)."""
    marks = rubric.total_marks
    return (False, None) if marks is None else (marks.best_low, float(marks.full_mark - marks.minimum))


def as_rows(scores: PanelScores, table: NDArray[np.float64]) -> pd.DataFrame:
    """Return reviewers x projects as rows of ``project, reviewer, score``."""
    return pd.DataFrame(
        [
            (project, reviewer, table[row, column])
            for column, project in enumerate(scores.projects)
            for row, reviewer in enumerate(scores.reviewers)
        ],
        columns=["project", "reviewer", "score"],
    )


def _expected(
    rubric: Rubric, scores: PanelScores, table: NDArray[np.float64], seed: int
) -> tuple[dict[str, tuple[float, tuple[float, float]]], dict[str, float], Message | None]:
    best_low, width = scale_of(rubric)
    try:
        found = expected_rank(
            as_rows(scores, table), best="low" if best_low else "high", seed=seed, width=width
        )
    except PocEvalError as error:
        return {}, {}, error.faults[0].what
    ranks = {
        project: (
            round(float(found.er[project]), _DECIMALS),
            (float(low), float(high)),
        )
        for project, (low, high) in zip(found.er.index, found.interval.to_numpy(), strict=True)
    }
    severity = {name: round(float(found.severity[name]), _DECIMALS) for name in found.severity.index}
    return ranks, severity, None
