"""Random numbers by counter: each has its place, so that no order of work changes any of them.

Philox 4x64 with ten rounds (Salmon et al. 2011), as NumPy has it.  The key is the seed; the counter names
a block of eight paths, the variable and the programme.  A block is four words of 64 bits, each two uniform
numbers of 32 bits, the lower half first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from poc_eval.errors import Fault, InputError
from poc_eval.i18n import _

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

LANES: Final = 8
"""Paths in a block."""
PURPOSE: Final = 0x706F635F6576616C
"""The second word of the key: other programs with the same seed draw other numbers."""
COMMON: Final = 2**63
"""The programme that shocks common to all programmes belong to."""
ENDING: Final = 0
"""The variable that says where a path ends; figures are counted from 1."""
HALF: Final = 0.5
STEP: Final = 2.0**-32
_MOST_PATHS: Final = 10**9


def check_size(paths: int, seed: int) -> None:
    """Raise InputError where so many paths or such a seed cannot be simulated."""
    if not 1 <= paths <= _MOST_PATHS:
        raise InputError(
            Fault(
                _("{paths} paths cannot be simulated", paths=f"{paths:,}"),
                _("give a number from 1 to {limit}", limit=f"{_MOST_PATHS:,}"),
            )
        )
    if not 0 <= seed < 2**63:
        raise InputError(Fault(_("{seed} is not a seed", seed=seed), _("give a whole number of 0 or more")))


def uniforms(seed: int, variable: int, first: int, count: int, *, programme: int = 0) -> Floats:
    """Return the uniform numbers, inside 0 and 1, of paths from ``first`` on, a multiple of LANES."""
    blocks = -(-count // LANES)
    counter = np.array([first // LANES, variable, programme, 0], dtype=np.uint64)
    key = np.array([seed, PURPOSE], dtype=np.uint64)
    words = np.random.Philox(key=key, counter=counter).random_raw(4 * blocks)
    halves = words.astype("<u8", copy=False).view("<u4")
    return (halves[:count] + HALF) * STEP
