"""The rate that a claim's row shows, as the rule writes it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from poc_eval.finance.subsidy_working import fen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from poc_eval.finance.subsidy_working import Working


def rates_of(working: Working) -> tuple[Sequence[str], NDArray[Any]]:
    """Return the rates of a rule as texts, and for each claim the place of its own, -1 where it has none.

    A fixed amount has no rate, nor have marginal brackets, which have several.
    """
    texts: list[str] = []
    codes = np.full(working.size, -1, dtype=np.int8)
    for branch in working.branches:
        way = branch.way
        if way.rate is not None:
            codes[branch.mask] = len(texts)
            texts.append(str(way.rate))
        elif way.brackets is not None and way.brackets_mode == "whole":
            ends = [fen(one.up_to) for one in way.brackets if one.up_to is not None]
            reached = np.searchsorted(np.array(ends, dtype=np.int64), working.base, side="left")
            for index, bracket in enumerate(way.brackets):
                if bracket.rate is not None:
                    codes[branch.mask & (reached == index)] = len(texts)
                    texts.append(str(bracket.rate))
    unique = list(dict.fromkeys(texts))
    place = np.array([*(unique.index(text) for text in texts), -1], dtype=np.int8)
    return unique, place[codes]
