"""Thousands of results sorted by measured indicators; people check, and the unclear go to a panel.

After the human-machine valuation of a patent operator: an indicator library, weights by AHP or regression,
a first value by machine, people's check, and three heaps: promote, abandon or transfer, and unclear. The
margin between the heaps is as wide as the value is uncertain.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final, Literal

import numpy as np
import pandas as pd

from poc_eval.errors import Fault, InputError
from poc_eval.i18n import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from poc_eval.i18n import Message

Heap = Literal["promote", "abandon_or_transfer", "unclear"]
HEAPS: Final[tuple[Heap, ...]] = ("promote", "abandon_or_transfer", "unclear")
_FIRST_LINE = 2


@dataclass(frozen=True, slots=True)
class Indicator:
    """A measured figure: ``low`` and beyond is worth 0, ``high`` and beyond 1; either may be larger."""

    name: str
    weight: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Lines:
    """From which value (0 to 1) a result is promoted, up to which it is let go; between is unclear.

    A result with less than ``complete`` of the weight measured is unclear whatever its value is.
    """

    promote: float = 0.65
    let_go: float = 0.35
    complete: float = 0.8


def sort_results(
    results: pd.DataFrame,
    indicators: Sequence[Indicator],
    lines: Lines | None = None,
    *,
    name: str | None = None,
    file_lines: Sequence[int] | None = None,
) -> pd.DataFrame:
    """Return ``result, value, low, high, measured, heap, checked`` for each row of ``results``.

    ``results`` has the column ``result``, one column an indicator (NaN where not measured), and may have
    ``checked``: the heap that a person put it on, which counts. ``value`` is the weighted mean of what is
    measured; ``low`` and ``high`` are what it could be once the rest is. A result is promoted or let go only
    where both ends lie on that side of the line, as far as ``complete`` asks. ``name`` and ``file_lines`` say
    where the rows stand in a file. Raises InputError with every fault by line and column.
    """
    rule = lines or Lines()
    _check(results, indicators, rule, _Places(name, file_lines))
    found = valued(results, indicators)
    heap = _heaps(found.value, found.measured, rule)
    checked = results["checked"].fillna("").to_numpy(dtype=object) if "checked" in results.columns else None
    if checked is not None:
        heap = np.where(checked != "", checked, heap)
    return pd.DataFrame(
        {
            "result": results["result"].to_numpy(),
            "value": found.value,
            "low": found.least,
            "high": found.least + (1 - found.measured),
            "measured": found.measured,
            "heap": heap,
            "checked": False if checked is None else checked != "",
        }
    )


@dataclass(frozen=True, slots=True)
class Valued:
    """The value of each row from what is ``measured`` of the weight, NaN where nothing is.

    ``least`` is the value if all the rest were worth nothing.
    """

    value: NDArray[np.float64]
    least: NDArray[np.float64]
    measured: NDArray[np.float64]


def valued(results: pd.DataFrame, indicators: Sequence[Indicator]) -> Valued:
    """Return the weighted mean of what is measured in each row; a column a figure, NaN for none."""
    raw = results[[one.name for one in indicators]].to_numpy(dtype=np.float64)
    low = np.array([one.low for one in indicators])
    span = np.array([one.high - one.low for one in indicators])
    weight = np.array([one.weight for one in indicators], dtype=np.float64)
    weight /= weight.sum()
    worth = np.clip((raw - low) / span, 0.0, 1.0)
    known = ~np.isnan(worth)
    least = np.where(known, worth, 0.0) @ weight
    measured = known @ weight
    value = np.divide(least, measured, out=np.full(least.shape, np.nan), where=measured > 0)
    return Valued(value, least, measured)


def grades(values: Sequence[float], lines: Sequence[tuple[str, float]]) -> list[str]:
    """Return the grade of each value: the first of ``lines`` (name, at least) that it reaches.

    Lines run from the highest to the lowest, such as high-value, important, general; the last one takes
    the rest. Raises InputError where lines are missing or not descending.
    """
    limits = [at_least for _name, at_least in lines]
    if not lines or any(later >= earlier for earlier, later in pairwise(limits)):
        raise InputError(
            Fault(
                _("the grades do not go down from one to the next"),
                _("give each grade a lower line than the one before"),
            )
        )
    missing = next((row for row, value in enumerate(values) if value != value), None)  # noqa: PLR0124 NaN
    if missing is not None:
        raise InputError(
            Fault(
                _("row {row} has no value to grade", row=missing + 1), _("leave it out, or measure it first")
            )
        )
    last = lines[-1][0]
    return [next((name for name, at_least in lines if value >= at_least), last) for value in values]


def _heaps(value: NDArray[np.float64], measured: NDArray[np.float64], rule: Lines) -> NDArray[np.object_]:
    heap = np.full(value.shape, "unclear", dtype=object)
    sure = measured >= rule.complete
    heap[sure & (value >= rule.promote)] = "promote"
    heap[sure & (value <= rule.let_go)] = "abandon_or_transfer"
    return heap


@dataclass(frozen=True, slots=True)
class _Places:
    """Where the rows stand in a file; without one the heading is line 1."""

    name: str | None
    lines: Sequence[int] | None

    def fault(self, row: int, column: str, what: Message, remedy: Message) -> Fault:
        line = row + _FIRST_LINE if self.lines is None else self.lines[row]
        return Fault(what, remedy, file=self.name, line=line, place=column)


def _check(results: pd.DataFrame, indicators: Sequence[Indicator], rule: Lines, places: _Places) -> None:
    faults = [
        Fault(
            _("the column {name} is missing", name=name),
            _("give one column for each indicator"),
            file=places.name,
            line=1,
            place=name,
        )
        for name in ("result", *(one.name for one in indicators))
        if name not in results.columns
    ]
    faults += [
        Fault(
            _(
                "the indicator {name} has weight {weight} from {low} to {high}",
                name=one.name,
                weight=one.weight,
                low=one.low,
                high=one.high,
            ),
            _("give a weight above zero and two different ends"),
        )
        for one in indicators
        if not (np.isfinite([one.weight, one.low, one.high]).all() and one.weight > 0 and one.low != one.high)
    ]
    if not indicators:
        faults.append(Fault(_("there is no indicator"), _("give at least one")))
    if not 0 <= rule.let_go < rule.promote <= 1:
        faults.append(
            Fault(_("the lines cross"), _("let the line for promotion lie above the other, both from 0 to 1"))
        )
    if faults:
        raise InputError(*faults)
    faults += _cell_faults(results, indicators, places)
    if faults:
        raise InputError(*faults)


def _cell_faults(results: pd.DataFrame, indicators: Sequence[Indicator], places: _Places) -> list[Fault]:
    faults: list[Fault] = []
    for one in indicators:
        number = pd.to_numeric(results[one.name], errors="coerce").to_numpy(dtype=np.float64)
        wrong = (np.isnan(number) & results[one.name].notna().to_numpy()) | np.isinf(number)
        faults += [
            places.fault(int(row), one.name, _("this is not a number"), _("correct it or leave it empty"))
            for row in np.flatnonzero(wrong)
        ]
    named = results["result"]
    nameless = named.isna().to_numpy() | (named.astype(str).str.strip() == "").to_numpy()
    faults += [
        places.fault(int(row), "result", _("the cell is empty"), _("write the name"))
        for row in np.flatnonzero(nameless)
    ]
    twice = np.flatnonzero(named.duplicated().to_numpy() & ~nameless)
    faults += [
        places.fault(
            int(row), "result", _("this result stands above already"), _("keep one line for each result")
        )
        for row in twice
    ]
    if "checked" in results.columns:
        given = results["checked"].fillna("")
        faults += [
            places.fault(
                int(row),
                "checked",
                _("there is no heap of this name"),
                _("write one of {names}", names=", ".join(HEAPS)),
            )
            for row in np.flatnonzero(~given.isin(["", *HEAPS]).to_numpy())
        ]
    return faults
