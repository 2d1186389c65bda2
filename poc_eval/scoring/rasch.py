"""The many-facet Rasch model of a panel through RaschPy, where the ``rasch`` extra is installed. Advice only.

A score depends on the project's quality, the criterion's difficulty and the reviewer's severity, all on one
scale of logits (Linacre 1994, Many-Facet Rasch Measurement); estimation by RaschPy (Elliott & Buttery 2022).
"""

from __future__ import annotations

import warnings
from importlib.util import find_spec
from typing import TYPE_CHECKING, Final

import numpy as np

from poc_eval.errors import Fault, InputError, NotDefinedError
from poc_eval.i18n import _
from poc_eval.scoring.agreement._ratings import not_defined
from poc_eval.scoring.panel_scores import scores_of
from poc_eval.scoring.severity import View, view_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

    from poc_eval.scoring.panel import Panel

    Floats = NDArray[np.float64]

MOST_CATEGORIES: Final = 6
_FEWEST: Final = 2
_AXES: Final = 3


def rasch_installed() -> bool:
    """Tell whether the ``rasch`` extra is there."""
    return find_spec("raschpy") is not None


def many_facet_rasch(scores: ArrayLike, *, categories: int = MOST_CATEGORIES) -> View:
    """Return projects and reviewers of a table of projects x reviewers x criteria in logits.

    Scores are shares of each criterion's scale, 0 the worst and 1 the best, NaN where not scored; they are
    brought to ``categories`` equal steps, since all criteria share one set of thresholds. Severity is
    positive for a harsher reviewer, None for one who scored nothing. Raises InputError for another shape or a
    share off the scale; NotDefinedError without the extra, with fewer than two projects, reviewers or
    criteria, where all scores are equal, or where reviewers fall into groups that share no project.
    """
    table = np.asarray(scores, dtype=np.float64)
    if table.ndim != _AXES or np.nanmin(table, initial=0.0) < 0 or np.nanmax(table, initial=1.0) > 1:
        raise InputError(
            Fault(
                _("the scores are not shares of their scales by project, reviewer and criterion"),
                _("give projects x reviewers x criteria, each from 0 to 1"),
            )
        )
    if not rasch_installed():
        raise NotDefinedError(
            Fault(
                _("not worked out, because the addition for it is not installed (poc_eval[rasch])"),
                _("install the package with its extra rasch"),
            )
        )
    seen = ~np.isnan(table)
    projects, reviewers = seen.any(axis=(1, 2)), seen.any(axis=(0, 2))
    used = table[projects][:, reviewers][:, :, seen.any(axis=(0, 1))]
    _refuse_too_little(used)
    ability, severity = _estimated(np.round(used * (categories - 1)), categories - 1)
    value = np.full(table.shape[0], np.nan)
    value[projects] = ability
    harsh = np.full(table.shape[1], np.nan)
    harsh[reviewers] = severity
    if np.isnan(value).any():
        raise not_defined(_("a project has no score"))
    return view_of(value, harsh)


def shares_of_scales(panel: Panel, projects: Sequence[str], reviewers: Sequence[str]) -> Floats:
    """Return projects x reviewers x criteria: each score as a share of its scale from worst to best."""
    leaves = [
        node
        for node in panel.rubric.every_node
        if not node.children and node.marks.full_mark > node.marks.minimum
    ]
    out = np.full((len(projects), len(reviewers), len(leaves)), np.nan)
    for row, project in enumerate(projects):
        for ballot in panel.scores.of(project):
            if ballot.reviewer not in reviewers:
                continue
            given = scores_of(panel.rubric, ballot)
            for place, node in enumerate(leaves):
                score = given.get(node.criterion.id)
                if score is not None:
                    width = node.marks.full_mark - node.marks.minimum
                    share = float((score - node.marks.minimum) / width)
                    share = min(max(share, 0.0), 1.0)
                    column = list(reviewers).index(ballot.reviewer)
                    out[row, column, place] = 1.0 - share if node.marks.best_low else share
    return out


def _refuse_too_little(used: Floats) -> None:
    if used.size == 0 or min(used.shape) < _FEWEST:
        raise not_defined(_("two projects, two reviewers and two criteria with scores are needed"))
    if np.nanmin(used) == np.nanmax(used):
        raise not_defined(_("all ratings are the same"))
    met: NDArray[np.bool_] = np.any(np.logical_not(np.isnan(used)), axis=2)
    reached = np.zeros(met.shape[1], dtype=bool)
    reached[0] = True
    for _step in range(met.shape[1]):
        reached |= met[met[:, reached].any(axis=1)].any(axis=0)
    if not reached.all():
        raise not_defined(_("reviewers fall into groups that share no project"))


def _estimated(steps: Floats, top: int) -> tuple[Floats, Floats]:
    """Return abilities and severities; raises NotDefinedError where the estimation finds none."""
    import pandas as pd  # noqa: PLC0415 only this needs them
    from raschpy import MFRM  # noqa: PLC0415 it takes seconds to load

    projects, reviewers, criteria = steps.shape
    rows = pd.MultiIndex.from_product([range(reviewers), range(projects)], names=["Rater", "Person"])
    table = pd.DataFrame(
        steps.transpose(1, 0, 2).reshape(reviewers * projects, criteria),
        index=rows,
        columns=[f"c{number}" for number in range(criteria)],
    ).dropna(how="all")
    with warnings.catch_warnings():
        # It warns of reviewers with few scores; how many each has stands in the table beside.
        warnings.simplefilter("ignore")
        try:
            model = MFRM(table, max_score=top)
            model.calibrate(model="global")
            model.person_estimates(model="global")
        except (ArithmeticError, IndexError, KeyError, ValueError, np.linalg.LinAlgError):
            raise _no_estimate() from None
    ability = model.persons_global.reindex(range(projects)).to_numpy(dtype=np.float64)
    severity = model.facet_effects_global.reindex(range(reviewers)).to_numpy(dtype=np.float64)
    if not (np.isfinite(ability).all() and np.isfinite(severity).all()):
        raise _no_estimate()
    return ability, severity


def _no_estimate() -> NotDefinedError:
    return not_defined(_("the scores do not tell reviewers, criteria and projects apart"))
