"""Where a panel disagrees, how, and what to discuss first. Advice only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from poc_eval.errors import Fault, InputError
from poc_eval.i18n import _
from poc_eval.scoring.agreement._ratings import not_defined, ratings_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from poc_eval.scoring.panel import Panel

_RAM_LOW, _RAM_HIGH = 1.0, 9.0
_BIMODAL = 5 / 9
"""What Sarle's coefficient of a uniform distribution is."""
_ENOUGH_FOR_SHAPE = 4
_ROUNDING = 1e-12


@dataclass(frozen=True, slots=True)
class Disagreement:
    """RAND/UCLA's test on a 1-9 scale: the panel disagrees where the spread exceeds what symmetry allows."""

    median: float
    low: float
    high: float
    spread: float
    asymmetry: float
    allowed: float
    disagrees: bool


def ipras(ratings: Sequence[float], *, minimum: float = _RAM_LOW, maximum: float = _RAM_HIGH) -> Disagreement:
    """Return the interpercentile range adjusted for symmetry: 2.35 + 1.5 |5 - centre of the 30th and 70th|.

    Ratings on another scale than 1-9 are brought to it by ``minimum`` and ``maximum``; the figures are on the
    1-9 scale. Source: Fitch et al. (2001), The RAND/UCLA Appropriateness Method User's Manual, chapter 8.
    A missing rating (NaN) is left out. Raises NotDefinedError without ratings, InputError for one that
    is off the scale.
    """
    table = ratings_table([list(ratings)] if len(ratings) else [[np.nan]], "one row of ratings")
    given = table[~np.isnan(table)]
    if not given.size or maximum <= minimum:
        raise not_defined(_("there are no ratings"))
    off = given[(given < minimum) | (given > maximum)]
    if off.size:
        raise InputError(
            Fault(
                _("{score} is off the scale", score=f"{off[0]:g}"),
                _("write a score from {low} to {high}", low=f"{minimum:g}", high=f"{maximum:g}"),
            )
        )
    scaled = _RAM_LOW + (given - minimum) * (_RAM_HIGH - _RAM_LOW) / (maximum - minimum)
    low, median, high = (float(x) for x in np.quantile(scaled, [0.3, 0.5, 0.7]))
    asymmetry = abs(5 - (low + high) / 2)
    allowed = 2.35 + 1.5 * asymmetry
    return Disagreement(median, low, high, high - low, asymmetry, allowed, high - low > allowed)


def bimodality(ratings: Sequence[float]) -> float | None:
    """Return Sarle's bimodality coefficient; above 5/9 two camps are likelier than one. None below 4 ratings.

    (skewness^2 + 1) / kurtosis of the ratings themselves: the corrections for samples would hide two camps
    in a small panel. Source: Ellison (1987), Am. J. Hum. Biol. 57. Equal ratings give None.
    """
    given = np.asarray(ratings, dtype=np.float64)
    given = given[~np.isnan(given)]
    if given.size < _ENOUGH_FOR_SHAPE or np.ptp(given) <= _ROUNDING * np.abs(given).max():
        return None
    centred = given - given.mean()
    second = (centred**2).mean()
    skewness = (centred**3).mean() / second**1.5
    return float((skewness**2 + 1) / ((centred**4).mean() / second**2))


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """One thing to discuss: a criterion of a project, its spread as a share of the scale, and the reasons.

    ``reasons`` are (score, words) from the lowest score to the highest, without names.
    """

    project: str
    criterion: str
    spread: float
    disagrees: bool
    two_camps: bool
    reasons: tuple[tuple[float, str], ...]


def agenda(panel: Panel) -> tuple[AgendaItem, ...]:
    """Return what to discuss, first what is farthest apart; criteria on which all agree are left out."""
    items: list[AgendaItem] = []
    for project in panel.scores.projects:
        ballots = panel.scores.of(project)
        for node in panel.rubric.every_node:
            name = node.criterion.id
            given = [
                (float(one.scores[name]), one.comments.get(name, "")) for one in ballots if name in one.scores
            ]
            scores = [score for score, _words in given]
            width = float(node.marks.full_mark - node.marks.minimum)
            if len(scores) < 2 or width == 0 or min(scores) == max(scores):  # noqa: PLR2004 a spread needs two
                continue
            test = ipras(scores, minimum=float(node.marks.minimum), maximum=float(node.marks.full_mark))
            shape = bimodality(scores)
            items.append(
                AgendaItem(
                    project,
                    name,
                    (max(scores) - min(scores)) / width,
                    test.disagrees,
                    shape is not None and shape > _BIMODAL,
                    tuple(sorted(given)),
                )
            )
    return tuple(sorted(items, key=lambda item: (-item.disagrees, -item.spread, -item.two_camps)))
