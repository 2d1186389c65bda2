"""How numbers and instants are printed."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal, localcontext
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date as Day  # noqa: N812 beside the function of that name
    from datetime import datetime

    from poc_eval.i18n import Language

MOST_DECIMALS: Final = 2
"""Scores are printed with at most two decimals; what was typed stands in the record in full."""
DASH: Final = "—"
"""Stands where there is no figure."""


def decimals_of(values: Iterable[Decimal | None]) -> int:
    """Return how many decimals a column needs so that none of ``values`` is cut, at most two."""
    written = (format(value, "f").partition(".")[2].rstrip("0") for value in values if value is not None)
    return min(max(map(len, written), default=0), MOST_DECIMALS)


def number(value: Decimal | None, decimals: int | None = None) -> str:
    """Return ``value`` with thousands separators, rounded half up to ``decimals`` or what it needs."""
    if value is None:
        return DASH
    places = decimals_of([value]) if decimals is None else decimals
    return f"{_rounded(value, places):,f}"


def date(at: datetime, zone: str, lang: Language) -> str:
    """Return the day of ``at`` in ``zone`` as running text has it: 2026年11月20日, 20 November 2026."""
    return day(at.astimezone(ZoneInfo(zone)), lang)


def day(on: Day, lang: Language) -> str:
    """Return a day as running text has it."""
    if lang == "zh":
        return f"{on.year}年{on.month}月{on.day}日"
    return f"{on.day} {_MONTHS[on.month - 1]} {on.year}"


def instant(at: datetime, zone: str) -> str:
    """Return ``at`` in ``zone`` as tables have it: 2026-11-20 15:42 (UTC+08:00)."""
    local = at.astimezone(ZoneInfo(zone))
    offset = local.strftime("%z")
    return f"{local.year:04d}-{local:%m-%d %H:%M} (UTC{offset[:3]}:{offset[3:5]})"


def _rounded(value: Decimal, places: int) -> Decimal:
    with localcontext(prec=60):  # a measured figure may be longer than the usual 28 digits
        rounded = value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    return abs(rounded) if rounded == 0 else rounded


_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
"""Not the C library's names: those follow the machine's locale."""
