"""Reading a table of ratings: what shape it must have, and how to say that a figure is not defined."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from poc_eval.errors import Fault, InputError, NotDefinedError
from poc_eval.i18n import _

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from poc_eval.i18n import Message


def ratings_table(values: ArrayLike, axes: str) -> NDArray[np.float64]:
    """Return ``values`` as a two-dimensional float array; NaN (or None) is a missing rating.

    ``axes`` names rows and columns for the message. Raises InputError for another shape, text or infinity.
    """
    try:
        table = np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError):
        raise InputError(
            Fault(
                _("the ratings hold something that is not a number"),
                _("give numbers only, NaN where one is missing"),
            )
        ) from None
    if table.ndim != 2 or table.size == 0:  # noqa: PLR2004 rows and columns
        raise InputError(
            Fault(
                _("the ratings have {count} dimensions or are empty", count=table.ndim),
                _("give a table of {axes}", axes=axes),
            )
        )
    if np.isinf(table).any():
        raise InputError(
            Fault(_("the ratings hold an infinite value"), _("give finite numbers, NaN where one is missing"))
        )
    return table


def complete_table(values: ArrayLike, axes: str) -> NDArray[np.float64]:
    """Return ``values`` as `ratings_table` does; raises InputError where a rating is missing."""
    table = ratings_table(values, axes)
    if np.isnan(table).any():
        row, column = (int(index) + 1 for index in np.argwhere(np.isnan(table))[0])
        raise InputError(
            Fault(
                _("the value in row {row}, column {column} is missing", row=row, column=column),
                _("this figure needs a complete table; leave out the row or column"),
            )
        )
    return table


def not_defined(why: Message) -> NotDefinedError:
    """Return the error that says why a figure of agreement has no value."""
    return NotDefinedError(
        Fault(
            _("not defined, because {why}", why=why),
            _("give it more ratings, or read the scores themselves instead of this figure"),
        )
    )
