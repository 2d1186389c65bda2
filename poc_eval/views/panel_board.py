"""All that a panel's views are made of: the official result, and beside it what the panel should know."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from poc_eval.errors import PocEvalError
from poc_eval.i18n import Text, _
from poc_eval.scoring.comparison import comparison_of
from poc_eval.scoring.disagreement import agenda
from poc_eval.scoring.panel_agreement import agreement_of
from poc_eval.scoring.panel_severity import severity_of, table_of
from poc_eval.scoring.portfolio import by_rank
from poc_eval.scoring.ranking.robustness import leave_one_reviewer_out

if TYPE_CHECKING:
    from collections.abc import Mapping

    from poc_eval.i18n import Language, Message, Translatable
    from poc_eval.scoring.comparison import Comparison
    from poc_eval.scoring.disagreement import AgendaItem
    from poc_eval.scoring.panel import Panel
    from poc_eval.scoring.panel_result import Figure, PanelResult, ProjectResult
    from poc_eval.scoring.panel_severity import Severity
    from poc_eval.scoring.ranking.robustness import LeftOut
    from poc_eval.scoring.rubric import Rubric
    from poc_eval.scoring.rules import PanelRule
    from poc_eval.workspace.records import PanelBasis, Project

_ENOUGH = 2


@dataclass(frozen=True, slots=True)
class Complete:
    """Agreement among those who scored every project, where the whole panel's has gaps."""

    reviewers: int
    icc_2k: Figure
    kendall_w: Figure


@dataclass(frozen=True, slots=True)
class PanelBoard:
    """A panel before it is shown. Nothing here depends on a language."""

    rubric: Rubric
    rule: PanelRule
    basis: PanelBasis
    result: PanelResult
    agenda: tuple[AgendaItem, ...]
    left_out: tuple[LeftOut, ...]
    severity: Severity | None
    why_no_severity: Message | None
    complete: Complete | None
    comparison: Comparison | None
    """Other methods of ranking; None where nobody asked, or with the reason why there is none."""
    why_no_comparison: Message | None

    @property
    def reviewers(self) -> tuple[str, ...]:
        """Everybody on the panel, also those who stepped aside everywhere."""
        return tuple(one.reviewer for one in self.result.reviewers)

    @property
    def ordered(self) -> tuple[ProjectResult, ...]:
        """The projects by official rank, those without one last, in the order in which they came."""
        return by_rank(self.result)

    def project(self, project_id: str) -> Project:
        """Return the project of a result."""
        return next(one for one in self.basis.projects if one.id == project_id)

    def title(self, project_id: str, lang: Language) -> str:
        """Return what people call a project."""
        return self.project(project_id).title.text(lang)

    @property
    def draw_seed(self) -> str | None:
        """The public seed of the draw; None where there is none."""
        return None if self.result.lottery is None else self.result.lottery.seed

    @property
    def with_methods(self) -> bool:
        """True where other methods of ranking were asked for."""
        return self.comparison is not None or self.why_no_comparison is not None

    def called(self, reviewer: str) -> Translatable:
        """Return how a reviewer is called on this page: by name, or by a letter that is local to it."""
        return Text(reviewer, reviewer) if self.basis.named else _("Expert {letter}", letter=reviewer)

    def expert(self, reviewer: str, lang: Language) -> str:
        """Return the same in words."""
        return reviewer if self.basis.named else self.called(reviewer).text(lang)


def board_of(panel: Panel, basis: PanelBasis, *, seed: int = 0) -> PanelBoard:
    """Return everything that is shown of a panel; the same seed gives the same advice."""
    result = panel.result(seed=seed)
    severity, why = severity_of(panel, result, seed)
    comparison, no_comparison = _comparison(panel, result, seed) if panel.compare else (None, None)
    return PanelBoard(
        rubric=panel.rubric,
        rule=panel.rule,
        basis=basis,
        result=result,
        agenda=agenda(panel),
        left_out=leave_one_reviewer_out(panel) if len(panel.scores.reviewers) > 1 else (),
        severity=severity,
        why_no_severity=why,
        complete=_complete(result, seed),
        comparison=comparison,
        why_no_comparison=no_comparison,
    )


def board_without_advice(panel: Panel, basis: PanelBasis, result: PanelResult) -> PanelBoard:
    """Return the official result alone, for a page that shows no advice on the panel."""
    return PanelBoard(
        rubric=panel.rubric,
        rule=panel.rule,
        basis=basis,
        result=result,
        agenda=(),
        left_out=(),
        severity=None,
        why_no_severity=None,
        complete=None,
        comparison=None,
        why_no_comparison=None,
    )


def _comparison(panel: Panel, result: PanelResult, seed: int) -> tuple[Comparison | None, Message | None]:
    try:
        return comparison_of(result, panel.rule, seed=seed), None
    except PocEvalError as error:
        return None, error.faults[0].what


def _complete(result: PanelResult, seed: int) -> Complete | None:
    """Return the agreement of those without a gap; None where nobody has one, or too few have none."""
    table = table_of(result)
    table = table[~np.isnan(table).all(axis=1)]
    without_gap = ~np.isnan(table).any(axis=0)
    whole = table[:, without_gap]
    if without_gap.all() or min(whole.shape, default=0) < _ENOUGH:
        return None
    found = agreement_of(whole.T, seed)
    return Complete(reviewers=int(without_gap.sum()), icc_2k=found["icc_2k"], kendall_w=found["kendall_w"])


def dropped(board: PanelBoard, project: ProjectResult) -> Mapping[str, Message]:
    """Return whose totals the rule leaves out on a project, and as what; empty where nothing is dropped."""
    rule, official = board.rule, project.official
    if rule.average != "trimmed" or official.applied is not None or official.counted == official.given:
        return {}
    trim = rule.trim
    if trim is not None and trim.by != "total":
        return {}
    given = sorted(
        (name for name, total in project.totals.items() if total is not None),
        key=lambda name: float(project.totals[name] or 0),
    )
    high, low = (1, 1) if trim is None else (trim.high, trim.low)
    return {name: _("lowest, dropped") for name in given[:low]} | {
        name: _("highest, dropped") for name in given[len(given) - high :]
    }
