"""How often each project takes each rank when the weights are uncertain.

Source: Lahdelma & Salminen (2001), SMAA-2, Oper. Res. 49:444; weights are drawn from a Dirichlet
distribution, flat over all weights or around given ones.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from poc_eval.errors import Fault, InputError
from poc_eval.i18n import _
from poc_eval.scoring.ranking.mcda import decision_table, numbers
from poc_eval.scoring.seeded import seeded_generator

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from poc_eval.scoring.ranking.mcda import Directions

_BLOCK = 500_000


@dataclass(frozen=True, slots=True)
class RankAcceptability:
    """Shares of draws: ``share[i, r]`` in which project i took rank r + 1; ``central`` its mean best weights.

    ``central`` holds NaN nowhere: a project that is never first has None.
    """

    share: NDArray[np.float64]
    mean_rank: NDArray[np.float64]
    central: tuple[NDArray[np.float64] | None, ...]
    draws: int
    seed: int


def rank_acceptability(
    matrix: ArrayLike,
    maximise: Directions | None = None,
    *,
    weights: ArrayLike | None = None,
    concentration: float = 50.0,
    draws: int = 10_000,
    seed: int = 0,
) -> RankAcceptability:
    """Return rank shares of projects x criteria, scaled to 0..1 by their range, over random weights.

    Without ``weights`` all weights are equally likely; with them, weights are drawn around them, the closer
    the larger ``concentration``. Equal values take the order of the rows. Raises InputError for a table or
    weights that do not fit, NotDefinedError where all projects are equal.
    """
    values = numbers(matrix)
    count = values.shape[1] if values.ndim == 2 else 0  # noqa: PLR2004 a table
    given = np.ones(count) if weights is None else numbers(weights)
    table = decision_table(values, given, maximise if maximise is not None else [True] * count)
    if draws < 1 or concentration <= 0:
        raise InputError(
            Fault(
                _("{draws} draws at concentration {value}", draws=draws, value=f"{concentration:g}"),
                _("give at least one draw and a concentration above zero"),
            )
        )
    low = table.matrix.min(axis=0)
    scaled = (table.matrix - low) / np.ptp(table.matrix, axis=0)
    scaled = np.where(table.maximise, scaled, 1 - scaled)
    alpha = np.ones(table.weights.size) if weights is None else concentration * table.weights
    generator = seeded_generator(seed)
    return _shares(scaled, generator.dirichlet(alpha, draws), seed)


def _shares(scaled: NDArray[np.float64], weights: NDArray[np.float64], seed: int) -> RankAcceptability:
    projects, draws = scaled.shape[0], weights.shape[0]
    step = min(draws, max(1, _BLOCK // projects))
    counts = np.zeros(projects * projects, dtype=np.int64)
    best_sum = np.zeros((projects, scaled.shape[1]))
    room = _Room(np.empty((step, projects)), np.empty((step, projects), dtype=np.int64))
    # One block after another in the same memory: asking for new memory costs more than a second core gives.
    for first in range(0, draws, step):
        some = weights[first : first + step]
        order = _orders(scaled, some, room)
        counts += np.bincount(order.ravel(), minlength=counts.size)
        np.add.at(best_sum, order[:, 0] // projects, some)
    shares = counts.reshape(projects, projects)
    firsts = shares[:, 0]
    return RankAcceptability(
        share=shares / draws,
        mean_rank=(shares @ np.arange(1, projects + 1)) / draws,
        central=tuple(best_sum[i] / firsts[i] if firsts[i] else None for i in range(projects)),
        draws=draws,
        seed=seed,
    )


@dataclass(frozen=True, slots=True)
class _Room:
    """Memory for one block of draws x projects."""

    score: NDArray[np.float64]
    keys: NDArray[np.int64]


def _orders(scaled: NDArray[np.float64], weights: NDArray[np.float64], room: _Room) -> NDArray[np.int64]:
    """Return draws x ranks: the cell ``project * projects + rank`` of who takes each rank, best first."""
    projects = scaled.shape[0]
    place = np.arange(projects, dtype=np.int64)
    bits = max(1, (projects - 1).bit_length())
    score, keys = room.score[: len(weights)], room.keys[: len(weights)]
    np.matmul(weights, scaled.T, out=score)
    np.subtract(1.0, score, out=score)
    score *= 1 << (62 - bits)
    keys[...] = score
    # The row number rides in the low bits of the score, so that one integer sort gives the order.
    keys <<= bits
    keys |= place
    keys.sort(axis=1)
    keys &= (1 << bits) - 1
    keys *= projects
    keys += place
    return keys
