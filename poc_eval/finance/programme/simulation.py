"""Simulating a programme: seeded, by counter, so that the same seed gives the same figures on any machine.

Neither the number of threads nor the size of the pieces changes a digit.  Where only the stages are random
there are as many outcomes as stages and one more, and the distribution is given exactly.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Final, Literal

import numpy as np

from poc_eval.errors import Fault, InputError, NotDefinedError
from poc_eval.finance.programme import kernel
from poc_eval.finance.programme.copula import random_names
from poc_eval.finance.programme.draws import LANES, check_size
from poc_eval.finance.programme.general import worths_of_paths
from poc_eval.finance.programme.paths import worths
from poc_eval.finance.programme.staged import fits, staged
from poc_eval.finance.programme.summary import of_outcomes, of_paths
from poc_eval.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    from poc_eval.finance.programme.summary import Summary
    from poc_eval.finance.programme.value import Valuation

    Floats = NDArray[np.float64]

PIECE: Final = 2**14
"""Paths worked on at once."""
WORTH_IT: Final = 2**16
"""Paths from which on the compiled kernel pays; its first use in a new place takes a few seconds."""
_NOTHING: Final = np.zeros(0)


def simulate(
    value: Valuation, paths: int, seed: int = 0, *, support: bool = False, threads: int | None = None
) -> Summary:
    """Return the distribution of a programme's net present value.

    ``support`` takes grants, deposits and loans in.  Exact where only the stages are random.  Raises
    NotDefinedError without probabilities, InputError for a number of paths or a seed that cannot be.
    """
    check_size(paths, seed)
    if not value.valued:
        raise NotDefinedError(
            Fault(
                _("there is nothing to simulate: the stages have no probabilities"),
                _("write success in every stage"),
            )
        )
    if not random_names(value.programme):
        return of_outcomes(value.outcomes, paths, seed, with_grant=support and value.supported)
    return of_paths(simulated_worths(value, paths, seed, support=support, threads=threads), seed)


def simulated_worths(
    value: Valuation,
    paths: int,
    seed: int = 0,
    *,
    support: bool = False,
    threads: int | None = None,
    piece: int = PIECE,
) -> Floats:
    """Return (paths,) what each path is worth; ``piece`` paths at a time, a multiple of eight.

    Raises InputError for another piece.
    """
    if piece % LANES or piece < LANES:
        raise InputError(
            Fault(_("paths cannot be worked on {count} at a time", count=piece), _("give a multiple of 8"))
        )
    found = np.zeros(paths)
    work = _worker(value, seed, found, support=support)
    with ThreadPoolExecutor(threads or processors()) as pool:
        list(pool.map(work, pieces(paths, piece)))
    return found


def engine() -> Literal["numba", "numpy"]:
    """Return what simulates very many paths here: Numba where it is installed, else NumPy."""
    return "numba" if kernel.available() else "numpy"


def pieces(paths: int, piece: int) -> Iterator[slice]:
    """Yield the pieces in which paths are worked on."""
    for first in range(0, paths, piece):
        yield slice(first, min(first + piece, paths))


def processors() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _worker(value: Valuation, seed: int, found: Floats, *, support: bool) -> Callable[[slice], None]:
    """Return what fills a piece of ``found``."""
    if not fits(value.programme):

        def general(part: slice) -> None:
            found[part] = worths_of_paths(value, seed, part.start, part.stop - part.start, support=support)

        return general
    one = staged(value, support=support)
    if found.size < WORTH_IT or not kernel.available():

        def ordinary(part: slice) -> None:
            nobody = np.zeros(part.stop - part.start)
            found[part] = worths(seed, one, 0, part.start, nobody, programme=0)

        return ordinary
    settle, word = kernel.kernel(), np.uint64(seed)

    def compiled(part: slice) -> None:
        sums = np.zeros((1, 3))
        alone = np.zeros(1, dtype=np.int64)
        first = part.start // LANES
        settle(word, first, alone, one.passed, one.base, one.figures, one.since, _NOTHING, found[part], sums)

    return compiled
