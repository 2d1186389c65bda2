"""The days of a public notice (公示): natural days, or working days by the State Council's yearly notices.

A notice is counted as it is printed, its first and its last day both included: 5 月 6 日至 10 日 is 5 days.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Counting: TypeAlias = Literal["natural", "working"]
"""自然日 or 工作日."""

_ONE: Final = timedelta(days=1)
_SATURDAY: Final = 5


def _days(year: int, *spans: str) -> frozenset[date]:
    """Return the days of spans such as ``0928-1006``."""
    found = set()
    for span in spans:
        first, _dash, last = span.partition("-")
        day, end = (date(year, int(text[:2]), int(text[2:])) for text in (first, last or first))
        while day <= end:
            found.add(day)
            day += _ONE
    return frozenset(found)


_OFF: Final[Mapping[int, frozenset[date]]] = {
    2023: _days(2023, "0101-0102", "0121-0127", "0405", "0429-0503", "0622-0624", "0929-1006"),
    2024: _days(2024, "0101", "0210-0217", "0404-0406", "0501-0505", "0610", "0915-0917", "1001-1007"),
    2025: _days(2025, "0101", "0128-0204", "0404-0406", "0501-0505", "0531-0602", "1001-1008"),
    2026: _days(
        2026, "0101-0103", "0215-0223", "0404-0406", "0501-0505", "0619-0621", "0925-0927", "1001-1007"
    ),
}
"""Public holidays by 国办发明电〔2022〕16号, 〔2023〕7号, 〔2024〕12号 and 〔2025〕7号."""
_ON: Final[Mapping[int, frozenset[date]]] = {
    2023: _days(2023, "0128-0129", "0423", "0506", "0625", "1007-1008"),
    2024: _days(2024, "0204", "0218", "0407", "0428", "0511", "0914", "0929", "1012"),
    2025: _days(2025, "0126", "0208", "0427", "0928", "1011"),
    2026: _days(2026, "0104", "0214", "0228", "0509", "0920", "1010"),
}
"""Weekend days that are worked instead, by the same notices."""


def is_working_day(day: date) -> bool:
    """Tell whether offices work on ``day``; in a year whose holidays are not known, Monday to Friday."""
    if day in _ON.get(day.year, frozenset()):
        return True
    return day.weekday() < _SATURDAY and day not in _OFF.get(day.year, frozenset())


def holidays_known(first: date, last: date) -> bool:
    """Tell whether the public holidays of all these days are known here."""
    return all(year in _OFF for year in range(first.year, last.year + 1))


def length_of(first: date, last: date, counting: Counting) -> int:
    """Return how many days a notice from ``first`` to ``last`` stands, both included; 0 if it ends before."""
    if counting == "natural":
        return max((last - first).days + 1, 0)
    return sum(is_working_day(day) for day in _from(first, last))


def last_day(first: date, days: int, counting: Counting) -> date:
    """Return the earliest day on which a notice that begins on ``first`` has stood for ``days`` days."""
    day = first
    while length_of(first, day, counting) < days:
        day += _ONE
    return day


def _from(first: date, last: date) -> Iterator[date]:
    day = first
    while day <= last:
        yield day
        day += _ONE
