"""Random numbers that a seed makes the same on every machine."""

from __future__ import annotations

from numbers import Integral

import numpy as np

from poc_eval.catalog.plain_text import shown
from poc_eval.errors import Fault, InputError
from poc_eval.i18n import _


def seeded_generator(seed: int) -> np.random.Generator:
    """Return the generator (Philox) that starts at ``seed``.

    Raises InputError for a seed that is no whole number of 0 or more.
    """
    if not isinstance(seed, Integral) or seed < 0:
        raise InputError(
            Fault(_("{seed} is not a seed", seed=shown(str(seed))), _("give a whole number of 0 or more"))
        )
    return np.random.Generator(np.random.Philox(int(seed)))
