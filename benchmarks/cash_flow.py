"""Rates of return of many rows beside the loops that people use: ``python benchmarks/cash_flow.py``.

Needs the ``benchmarks`` extra; with the ``fast`` extra the first lines are Numba's, the others NumPy's alone.
The peers work row by row, so they are timed on a part of the same rows, named in each line, and the time for
all of them follows from that. Ends with 1 where a line misses what it is to reach.
"""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING
from unittest.mock import patch

import numpy as np
import numpy_financial
import pyxirr

from poc_eval.finance import irr, xirr
from poc_eval.finance.cashflow import compiled, engine

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

ROUNDS = 15
PERIODS = 10
ROWS, DATED_ROWS = 1_000_000, 100_000
OF_NUMPY_FINANCIAL, OF_PYXIRR = 2_000, 50_000
TOLERANCE = 1e-8


def seconds(call: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Return the shortest of several runs."""
    best = float("inf")
    for _round in range(rounds):
        before = time.perf_counter()
        call()
        best = min(best, time.perf_counter() - before)
    return best


def ordinary(rows: int) -> Floats:
    """Return rows that pay once and receive for nine periods."""
    random = np.random.default_rng(0)
    flows = random.uniform(10, 100, (rows, PERIODS))
    flows[:, 0] = -random.uniform(100, 600, rows)
    return flows


def mixed(rows: int) -> Floats:
    """Return rows of which some change sign several times: an outlay, then nine results around a gain."""
    random = np.random.default_rng(1)
    return np.c_[random.uniform(-1000, -500, rows), random.normal(150, 100, (rows, PERIODS - 1))]


def line(name: str, ours: float, peer: str, theirs: float, least: float) -> bool:
    """Print one line; return whether we are at least so many times as fast."""
    ratio = theirs / ours
    goal = f"at least {least:g}" if least else "no goal"
    print(f"{name:44s} {ours:8.3f} s   {peer:38s} {theirs:8.2f} s   {ratio:7.1f} times   {goal}")
    return ratio >= least


def same(ours: Floats, theirs: list[float | None]) -> None:
    """Stop where the two disagree: a fast wrong rate is worth nothing."""
    found = np.array(theirs, dtype=np.float64)
    there = np.isfinite(found)
    np.testing.assert_allclose(ours[: found.size][there], found[there], rtol=TOLERANCE, atol=TOLERANCE)


def periodic(label: str, flows: Floats, least_npf: float, least_pyxirr: float) -> bool:
    """Measure irr beside both peers."""
    rates = irr(flows)
    ours = seconds(lambda: irr(flows))
    lists = flows[:OF_PYXIRR].tolist()
    slow = seconds(lambda: [numpy_financial.irr(row) for row in flows[:OF_NUMPY_FINANCIAL]])
    rust = seconds(lambda: [pyxirr.irr(row) for row in lists])
    if least_npf:
        same(rates, [numpy_financial.irr(row) for row in flows[:OF_NUMPY_FINANCIAL]])
        same(rates, [pyxirr.irr(row) for row in lists])
    name = f"{label}, {ROWS:,} x {PERIODS}"
    kept = line(
        name,
        ours,
        f"numpy-financial, {OF_NUMPY_FINANCIAL:,} rows",
        slow * ROWS / OF_NUMPY_FINANCIAL,
        least_npf,
    )
    return line(name, ours, f"pyxirr, {OF_PYXIRR:,} rows", rust * ROWS / OF_PYXIRR, least_pyxirr) and kept


def dated(label: str, least: float) -> bool:
    """Measure xirr beside pyxirr, each row with dates of its own."""
    flows = ordinary(DATED_ROWS)
    later = np.sort(np.random.default_rng(2).integers(1, 3650, flows.shape), axis=1)
    days = np.datetime64("2020-01-01") + later.astype("timedelta64[D]")
    part = slice(OF_PYXIRR)
    pairs = list(zip(days[part].astype(object).tolist(), flows[part].tolist(), strict=True))
    same(xirr(days, flows), [pyxirr.xirr(*pair) for pair in pairs])
    ours = seconds(lambda: xirr(days, flows))
    rust = seconds(lambda: [pyxirr.xirr(*pair) for pair in pairs]) * DATED_ROWS / OF_PYXIRR
    return line(f"{label}, {DATED_ROWS:,} x {PERIODS}", ours, f"pyxirr, {OF_PYXIRR:,} rows", rust, least)


def main() -> int:
    """Measure with what is installed, then with NumPy alone."""
    flows, several = ordinary(ROWS), mixed(ROWS)
    kept = True
    if engine() == "numba":
        kept &= periodic("irr, Numba", flows, 300, 10)
        kept &= dated("xirr, Numba", 5)
        kept &= periodic("irr, Numba, some rows with several rates", several, 0, 0)
    with patch.object(compiled, "available", return_value=False):
        kept &= periodic("irr, NumPy alone", flows, 30, 0)
        kept &= dated("xirr, NumPy alone", 0)
    return int(not kept)


if __name__ == "__main__":
    sys.exit(main())
