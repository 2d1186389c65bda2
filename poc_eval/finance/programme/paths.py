"""The paths of staged programmes with NumPy, in the same order of arithmetic as the kernel."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from poc_eval.finance.programme.draws import ENDING, uniforms
from poc_eval.finance.programme.staged import (
    FALLING,
    HIGH,
    LINEAR,
    LOADING,
    LOW,
    PIVOT,
    RISING,
    VARIABLE,
    WEIGHT,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from poc_eval.finance.programme.staged import Staged

    Floats = NDArray[np.float64]
    Places = NDArray[np.int64]


def worths(seed: int, one: Staged, row: int, first: int, shock: Floats, *, programme: int) -> Floats:
    """Return what the paths of one programme from ``first`` on are worth, as many as ``shock`` has scores."""
    paths = shock.size
    uniform = uniforms(seed, ENDING, first, paths, programme=programme)
    outcome = np.zeros(paths, dtype=np.int64)
    for share in one.passed[row]:
        outcome += uniform < share
    worth: Floats = one.base[row][outcome]
    for place, since in enumerate(one.since[row].tolist()):
        counts = np.flatnonzero(outcome >= since) if since else slice(None)
        figure = one.figures[row, place]
        uniform = uniforms(seed, int(figure[VARIABLE]), first, paths, programme=programme)[counts]
        if figure[LOADING] > 0:
            uniform = _together(uniform, shock[counts], float(figure[LOADING]))
        worth[counts] += figure[WEIGHT] * values_at(figure, uniform)
    return worth


def values_at(figure: Floats, uniform: Floats) -> Floats:
    """Return the values of a figure, given by its columns, at uniform numbers."""
    below = uniform < figure[PIVOT]
    root = np.sqrt(np.where(below, figure[RISING] * uniform, figure[FALLING] * (1.0 - uniform)))
    values: Floats = np.where(below, figure[LOW] + figure[LINEAR] * uniform + root, figure[HIGH] - root)
    return values


def _together(uniform: Floats, shock: Floats, loading: float) -> Floats:
    from scipy.special import ndtr, ndtri  # noqa: PLC0415 only where figures move together

    own = np.sqrt(1.0 - loading * loading)
    shared: Floats = ndtr(loading * shock + own * ndtri(uniform))
    return shared
