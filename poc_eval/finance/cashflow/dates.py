"""Days between cash flows and the year fractions that they are counted as.

ACT/365F counts days over 365, as Excel's XIRR and XNPV do. The others are defined by ISDA (2006 ISDA
Definitions, section 4.16): ACT/360, 30E/360, and ACT/ACT ISDA, which divides the days of a leap year by 366.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final, Literal, TypeAlias, get_args

import numpy as np

from poc_eval.errors import Fault, InputError
from poc_eval.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Dates: TypeAlias = (
        Sequence[date | str] | Sequence[np.datetime64] | NDArray[np.datetime64] | Iterable[object]
    )

Basis: TypeAlias = Literal["ACT/365F", "ACT/360", "30E/360", "ACT/ACT ISDA"]
BASES: Final[tuple[Basis, ...]] = get_args(Basis)
_ISO: Final = len("2026-01-01")
_LAST_DAY: Final = 30
MOST_FAULTS: Final = 20


def calendar_days(dates: Dates) -> NDArray[np.datetime64]:
    """Return dates as an array of days; a time of day is dropped.

    Takes date and datetime objects, ISO text such as 2026-01-31, pandas' and NumPy's dates, in lists or
    arrays of any shape. Raises InputError with the place of each that is none.
    """
    try:
        found = np.asarray(dates if hasattr(dates, "__array__") else list(dates))
    except (TypeError, ValueError):
        raise InputError(
            Fault(
                _("the dates are no list, or rows of unequal length"),
                _("give one date for each amount"),
                place="dates",
            )
        ) from None
    if found.dtype.kind == "M":
        days = found.astype("datetime64[D]", copy=False)
    else:
        days = np.full(found.shape, "NaT", dtype="datetime64[D]")
        for place, one in np.ndenumerate(found):
            days[place] = _day(one)
    if days.ndim == 0 or days.size == 0:
        raise InputError(Fault(_("there is no date"), _("give one date for each amount"), place="dates"))
    missing = np.isnat(days)
    if missing.any():
        wrong = [[int(index) for index in place] for place in np.argwhere(missing)]
        told = (_("this is not a date"), _("write it as 2026-01-31"))
        raise InputError(*(Fault(*told, place=f"dates{place}") for place in wrong[:MOST_FAULTS]))
    return days


def _day(value: object) -> np.datetime64:
    """Return one day, NaT for what is none."""
    if isinstance(value, str) and len(value) == _ISO:
        try:
            return np.datetime64(date.fromisoformat(value), "D")
        except ValueError:
            return np.datetime64("NaT", "D")
    if isinstance(value, np.datetime64):
        day: np.datetime64 = value.astype("datetime64[D]")
        return day
    # the day that was written down, whatever the zone; pandas' missing date says so itself
    return np.datetime64(value.isoformat()[:_ISO] if isinstance(value, date) else "NaT", "D")


def year_fractions(days: NDArray[np.datetime64], basis: Basis) -> Floats:
    """Return the years from the first day along the last axis to each day, counted as ``basis`` says.

    Raises InputError for a basis that is not known.
    """
    first = days[..., :1]
    if basis in {"ACT/365F", "ACT/360"}:
        years: Floats = np.subtract(days.view(np.int64), first.view(np.int64), dtype=np.float64)
        years /= 365.0 if basis == "ACT/365F" else 360.0
        return years
    if basis == "30E/360":
        return (_days_of_30(days) - _days_of_30(first)) / 360.0
    if basis == "ACT/ACT ISDA":
        (year, part), (first_year, first_part) = _year_and_part(days), _year_and_part(first)
        return (year - first_year) + (part - first_part)
    raise InputError(
        Fault(
            _("the day count {basis} is not known", basis=basis),
            _("choose one of {known}", known=", ".join(BASES)),
            place="basis",
        )
    )


def _days_of_30(days: NDArray[np.datetime64]) -> NDArray[np.int64]:
    """Return days counted in months of 30 days, the 31st being the 30th."""
    months = days.astype("datetime64[M]")
    in_month = (days - months.astype("datetime64[D]")).astype(np.int64) + 1
    counted: NDArray[np.int64] = months.astype(np.int64) * _LAST_DAY + np.minimum(in_month, _LAST_DAY)
    return counted


def _year_and_part(days: NDArray[np.datetime64]) -> tuple[NDArray[np.int64], Floats]:
    """Return the calendar year and how much of it has passed."""
    years = days.astype("datetime64[Y]")
    start, end = years.astype("datetime64[D]"), (years + 1).astype("datetime64[D]")
    return years.astype(np.int64), (days - start) / (end - start)
