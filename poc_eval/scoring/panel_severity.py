"""The views of severity of a whole panel, from the totals of its result. Advice only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from poc_eval.errors import PocEvalError
from poc_eval.i18n import _
from poc_eval.scoring.rasch import many_facet_rasch, shares_of_scales
from poc_eval.scoring.severity import severity_views

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from poc_eval.i18n import Message
    from poc_eval.scoring.panel import Panel
    from poc_eval.scoring.panel_result import PanelResult
    from poc_eval.scoring.severity import SeverityViews, View

_ENOUGH = 2
_DECIMALS = 6


@dataclass(frozen=True, slots=True)
class Severity:
    """The four views of severity, with the names of their rows and columns."""

    projects: tuple[str, ...]
    reviewers: tuple[str, ...]
    views: SeverityViews
    flipped: bool
    """True where the lowest score is the best: the figures were taken with the other sign."""
    rasch: View | None
    """A fifth view in logits, by criterion; None where it cannot be had, with the reason."""
    no_rasch: Message | None

    def to_dict(self) -> dict[str, Any]:
        """Return plain values for JSON: by view each project's rank and each reviewer's severity."""
        seen: dict[str, View | None] = {
            "raw": self.views.raw,
            "z_score": self.views.z_score,
            "additive": self.views.additive,
            "hierarchical": self.views.hierarchical,
            "rasch": self.rasch,
        }
        found: dict[str, Any] = {
            name: None if view is None else self._plain(view) for name, view in seen.items()
        }
        why = self.no_rasch
        return {**found, "not_defined": {} if why is None else {"rasch": both(why)}}

    def _plain(self, view: View) -> dict[str, Any]:
        return {
            "ranks": {name: int(rank) for name, rank in zip(self.projects, view.rank, strict=True)},
            "severity": {
                name: None if points is None else round(points, _DECIMALS)
                for name, points in zip(self.reviewers, view.severity, strict=True)
            },
        }


def severity_of(panel: Panel, result: PanelResult, seed: int) -> tuple[Severity | None, Message | None]:
    """Return the views of a panel's totals, or why there are none."""
    marks = panel.rubric.total_marks
    table = table_of(result)
    scored = ~np.isnan(table)
    projects, reviewers = scored.sum(axis=1) > 0, scored.sum(axis=0) > 0
    if marks is None or projects.sum() < _ENOUGH or reviewers.sum() < _ENOUGH:
        return None, _(
            "not defined, because {why}", why=_("two reviewers and two projects with scores are needed")
        )
    sign = -1.0 if marks.best_low else 1.0
    try:
        views = severity_views(
            sign * table[projects][:, reviewers], width=float(marks.full_mark - marks.minimum), seed=seed
        )
    except PocEvalError as error:
        return None, error.faults[0].what
    rasch, no_rasch = _rasch(panel, result, projects, reviewers)
    return (
        Severity(
            tuple(one.project for one, use in zip(result.projects, projects, strict=True) if use),
            tuple(one.reviewer for one, use in zip(result.reviewers, reviewers, strict=True) if use),
            views,
            flipped=marks.best_low,
            rasch=rasch,
            no_rasch=no_rasch,
        ),
        None,
    )


def _rasch(
    panel: Panel, result: PanelResult, projects: NDArray[np.bool_], reviewers: NDArray[np.bool_]
) -> tuple[View | None, Message | None]:
    shares = shares_of_scales(
        panel,
        [one.project for one, use in zip(result.projects, projects, strict=True) if use],
        [one.reviewer for one, use in zip(result.reviewers, reviewers, strict=True) if use],
    )
    try:
        return many_facet_rasch(shares), None
    except PocEvalError as error:
        return None, error.faults[0].what


def table_of(result: PanelResult) -> NDArray[np.float64]:
    """Return projects x reviewers of totals, NaN where there is none."""
    names = [one.reviewer for one in result.reviewers]
    table = np.full((len(result.projects), len(names)), np.nan)
    for row, project in enumerate(result.projects):
        for column, name in enumerate(names):
            total = project.totals.get(name)
            if total is not None:
                table[row, column] = float(total)
    return table


def both(message: Message) -> dict[str, str]:
    """Return a sentence in both languages."""
    return {"zh": message.text("zh"), "en": message.text("en")}
