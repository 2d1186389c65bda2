"""Reading a table of ratings: what shape it must have, and how to say that a figure is not defined."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from poc_eval.catalog.plain_text import shown
from poc_eval.errors import Fault, InputError, NotDefinedError
from poc_eval.i18n import _

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from poc_eval.i18n import Message


_NAN_AMONG_WORDS: Final = str(np.nan)
"""What NumPy makes of a NaN where it puts it into one array with words."""


def ratings_table(values: ArrayLike, axes: str) -> NDArray[np.float64]:
    """Return ``values`` as a two-dimensional float array; NaN (or None) is a missing rating.

    ``axes`` names rows and columns for the message. Raises InputError for another shape, text or infinity.
    """
    try:
        table = np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError):
        raise InputError(
            Fault(
                _("the ratings hold something that is not a number, or rows of unequal length"),
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


def rated_values(values: ArrayLike, level: str) -> NDArray[np.float64]:
    """Return raters x units as `ratings_table` does; at nominal level words become numbers of categories."""
    if level == "nominal" and _words(values):
        return category_table(values)[0]
    return ratings_table(values, "raters x units")


def category_table(
    values: ArrayLike, categories: ArrayLike | None = None
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return raters x units of categories as numbers, and the numbers of the ``categories``.

    Numbers stay as they are. Words (an empty one, None or NaN is missing) are numbered in the order of
    ``categories``, of the alphabet without them. Raises InputError for a rating that is none of them.
    """
    if _words(values) or (categories is not None and _words(categories)):
        given = np.asarray(values, dtype=object)
        missing = np.array([_missing(one) for one in given.ravel()], dtype=bool).reshape(given.shape)
        if isinstance(values, np.ndarray) and values.dtype.kind == "U":
            missing |= given == _NAN_AMONG_WORDS
        said = [str(one) for one in given[~missing]]
        names = sorted(set(said)) if categories is None else [str(one) for one in np.ravel(categories)]
        places = {name: float(place) for place, name in enumerate(names)}
        _refuse_strangers([name for name in said if name not in places])
        codes = np.full(given.shape, np.nan)
        codes[~missing] = [places[name] for name in said]
        return ratings_table(codes, "raters x units"), np.arange(len(names), dtype=np.float64)
    table = ratings_table(values, "raters x units")
    rated = table[~np.isnan(table)]
    if categories is None:
        return table, np.unique(rated)
    known = np.asarray(categories, dtype=np.float64)
    _refuse_strangers([f"{one:g}" for one in np.setdiff1d(rated, known)])
    return table, known


def _words(values: ArrayLike) -> bool:
    try:
        given = np.asarray(values)
    except ValueError:
        return False  # rows of unequal length: whoever reads them as numbers says so
    return given.dtype.kind in "US" or (
        given.dtype.kind in "OT" and any(isinstance(one, str) for one in given.ravel())
    )


def _missing(value: object) -> bool:
    return value is None or value == "" or value != value  # noqa: PLR0124 NaN is what does not equal itself


def _refuse_strangers(strangers: list[str]) -> None:
    if strangers:
        raise InputError(
            Fault(
                _("the rating {value} is none of the categories", value=shown(strangers[0])),
                _("add it to the categories or correct the rating"),
            )
        )


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
