"""The ordinary cash flow row by row, for Numba where it is installed.

The same method as in :mod:`~poc_eval.finance.cashflow.ordinary`; one plus the rate agrees within
1e-12 where the flows determine it so well.
The rows are shared out among threads: each row is worked out alone, so their number changes nothing.
"""

from __future__ import annotations

import math
import os
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Final

import numpy as np

from poc_eval.finance.cashflow.exponential_sums import EPS
from poc_eval.finance.cashflow.ordinary import FAR, FLAT, NOT_SETTLED, SETTLED, TURNS

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Turns = NDArray[np.int64]
    Kernel = Callable[..., None]

WORTH_IT: Final = 2048
"""Rows from which on the compiled kernel pays; its first use in a new place takes a few seconds."""
LANES: Final = 64
"""Rows worked on side by side, so that the compiler can use the processor's vectors."""
_LITTLE: Final = 0.1
_turns, _settled, _far, _lanes = TURNS, SETTLED, FAR, LANES


def available() -> bool:
    """Say whether Numba is installed."""
    return find_spec("numba") is not None


def turns(amounts: Floats, found: Turns) -> None:
    """Write 0 for a row that never changes its sign, -1 where signs leave open how many rates it has.

    For all others, which have one rate, write where the sign changes first.
    """
    rows, flows = amounts.shape
    for row in range(rows):
        turn, changes, last = 0, 0, 0.0
        for place in range(flows):
            value = amounts[row, place]
            if value == 0.0:
                continue
            if last != 0.0 and (value > 0.0) != (last > 0.0):
                turn = place if changes == 0 else turn
                changes += 1
            last = value
        found[row] = turn if changes <= 1 or one_turn_of_totals(amounts[row]) else -1


def one_turn_of_totals(amounts: Floats) -> bool:
    """Say whether the running totals, from the first flow on and from the last one back, change sign once."""
    size, changes, total = 0.0, 0, 0.0
    for amount in amounts:
        size += abs(amount)
        total += amount
    noise = EPS * amounts.size * size
    if abs(total) <= noise:
        return False
    for step in (1, -1):
        total, last = 0.0, 0.0
        for amount in amounts[::step]:
            total += amount
            if abs(total) <= noise and total != 0.0:
                return False
            changes += last * total < 0.0
            last = total if total != 0.0 else last
    return changes == 1


def side_by_side(amounts: Floats, start: int, gains: Floats, losses: Floats) -> None:
    """Write the rows from ``start`` on, money in and money out apart, as periods x lanes."""
    for lane in range(min(_lanes, amounts.shape[0] - start)):
        for place in range(amounts.shape[1]):
            gains[place, lane] = max(amounts[start + lane, place], 0.0)
            losses[place, lane] = max(-amounts[start + lane, place], 0.0)


def newton_step(gains: Floats, losses: Floats, factors: Floats, left: Floats) -> None:
    """Improve each lane's ``factors``, 1 / (1 + rate), by one step and write what error may be left.

    log(ratio) is taken as 2 (ratio - 1) / (ratio + 1) and exp(step) as (2 + step) / (2 - step): right to the
    third order, so that the steps converge as quickly and to the same root.
    """
    periods = gains.shape[0]
    gain, gain_slope = gains[periods - 1].copy(), np.zeros(_lanes)
    loss, loss_slope = losses[periods - 1].copy(), np.zeros(_lanes)
    for place in range(periods - 2, -1, -1):
        for lane in range(_lanes):
            gain_slope[lane] = gain_slope[lane] * factors[lane] + gain[lane]
            gain[lane] = gain[lane] * factors[lane] + gains[place, lane]
            loss_slope[lane] = loss_slope[lane] * factors[lane] + loss[lane]
            loss[lane] = loss[lane] * factors[lane] + losses[place, lane]
    for lane in range(_lanes):
        slope = factors[lane] * (loss_slope[lane] / loss[lane] - gain_slope[lane] / gain[lane])
        step = 2 * (gain[lane] - loss[lane]) / ((gain[lane] + loss[lane]) * slope)
        step = min(max(step, -1.0), 1.0)
        factors[lane] *= (2 + step) / (2 - step)
        left[lane] = step * step * (periods - 1) ** 3 / (8 * abs(slope))
        left[lane] = left[lane] if abs(slope) > FLAT * (periods - 1) else np.inf


def rates_by_period(amounts: Floats, _times: Floats, turn_of: Turns, found: Floats) -> None:
    """Write the rate of each row with one turn into ``found``, flows being at 0, 1, 2, ..."""
    rows, periods = amounts.shape
    gains, losses = np.zeros((periods, _lanes)), np.zeros((periods, _lanes))
    far = math.exp(_far / max(periods - 1, 1))
    for start in range(0, rows, _lanes):
        lanes = min(_lanes, rows - start)
        side_by_side(amounts, start, gains, losses)
        factors, left = np.ones(_lanes), np.ones(_lanes)
        for _turn in range(_turns):
            newton_step(gains, losses, factors, left)
            settled = True
            for lane in range(lanes):
                settled &= turn_of[start + lane] <= 0 or left[lane] < _settled
            if settled:
                break
        for lane in range(lanes):
            factor = factors[lane]
            if turn_of[start + lane] > 0 and left[lane] < _settled and 1 / far < factor < far:
                found[start + lane] = (1 - factor) / factor


def rates_by_time(amounts: Floats, times: Floats, turn_of: Turns, found: Floats) -> None:
    """Do the same for flows at ascending ``times``, one row for all or one each (Chebyshev's method)."""
    weights = np.empty(times.shape[1])
    weights = np.empty(times.shape[1])
    for row in range(amounts.shape[0]):
        when, turn = times[row if times.shape[0] > 1 else 0], turn_of[row]
        at, span = 0.0, when[-1] - when[0]
        weights[:] = 1.0
        for _turn in range(_turns if turn > 0 else 0):
            ratio, slope, bend = balance(amounts[row], when, turn, weights)
            by_slope = 1.0 / slope
            step = ratio * by_slope
            further = -step * (1 + max(min(step * bend * by_slope / 2, 0.5), -0.5))
            at += further
            if abs(step * span) ** 3 * (span * by_slope) ** 2 < _settled and abs(slope) > FLAT * span:
                if abs(at) * span < _far:
                    found[row] = np.expm1(at)
                break
            weigh(weights, when, turn, at, further)


def weigh(weights: Floats, when: Floats, turn: int, at: float, further: float) -> None:
    """Bring the weights exp(-u time) up to u = ``at``, ``further`` than where they were.

    Where that is a little, the first nine powers of the series say as much as the function.
    """
    little = abs(further) * (when[-1] - when[0]) < _LITTLE
    for place in range(when.size):
        elapsed = when[place] - when[turn]
        if little:
            by = -further * elapsed
            series = 1 / 720 + by * (1 / 5040 + by * (1 / 40320 + by * (1 / 362880)))
            series = 1 / 6 + by * (1 / 24 + by * (1 / 120 + by * series))
            series = 1 / 720 + by * (1 / 5040 + by * (1 / 40320 + by * (1 / 362880)))
            series = 1 / 6 + by * (1 / 24 + by * (1 / 120 + by * series))
            weights[place] *= 1 + by * (1 + by * (1 / 2 + by * series))
        else:
            weights[place] = np.exp(-at * elapsed)


def balance(amounts: Floats, when: Floats, turn: int, weights: Floats) -> tuple[float, float, float]:
    """Return the logarithm of money in over money out, its slope in u and how fast that changes."""
    gain, gain_time, gain_square, loss, loss_time, loss_square = 0.0, 0.0, 0.0, 0.0, 0.0, 0.0
    for place in range(amounts.size):
        elapsed = when[place] - when[turn]
        term = amounts[place] * weights[place]
        if term > 0.0:
            gain += term
            gain_time += term * elapsed
            gain_square += term * elapsed * elapsed
        else:
            loss += term
            loss_time += term * elapsed
            loss_square += term * elapsed * elapsed
    if not (gain > 0.0 and loss < 0.0):  # one side has left the range of floats
        return np.nan, 1.0, 0.0
    by_gain, by_loss = 1.0 / gain, 1.0 / loss
    gain_mean, loss_mean = gain_time * by_gain, loss_time * by_loss
    bend = (gain_square * by_gain - gain_mean * gain_mean) - (loss_square * by_loss - loss_mean * loss_mean)
    return np.log(-gain * by_loss), loss_mean - gain_mean, bend


@cache
def kernels() -> tuple[Kernel, Kernel, Kernel]:
    """Return ``turns``, ``rates_by_period`` and ``rates_by_time`` compiled, free to run side by side."""
    register = import_module("numba.extending").register_jitable
    for part in (one_turn_of_totals, side_by_side, newton_step, weigh, balance):
        register(part)
    njit = import_module("numba").njit
    plain = (turns, rates_by_period, rates_by_time)
    try:
        made = [njit(one, cache=True, nogil=True, error_model="numpy") for one in plain]
    except RuntimeError:  # no folder to keep them in: they are compiled anew in every process
        made = [njit(one, nogil=True, error_model="numpy") for one in plain]
    return made[0], made[1], made[2]


def compiled_rates(amounts: Floats, times: Floats | None) -> Floats:
    """Return what ``ordinary_rates`` returns, by the compiled kernels on all processors."""
    return shared_out(amounts, times, *kernels())


def shared_out(
    amounts: Floats, times: Floats | None, find_turns: Kernel, by_period: Kernel, by_time: Kernel
) -> Floats:
    """Return the same by these kernels, the rows shared out among threads."""
    amounts = np.ascontiguousarray(amounts)
    years = np.zeros((1, 1)) if times is None else np.ascontiguousarray(times)
    turn_of, found = np.empty(amounts.shape[0], dtype=np.int64), np.empty(amounts.shape[0])
    solve = by_period if times is None else by_time

    def part(start: int, end: int) -> None:
        here = slice(start, end)
        find_turns(amounts[here], turn_of[here])
        found[here] = np.where(turn_of[here] == 0, np.nan, NOT_SETTLED)
        with np.errstate(all="ignore"):  # a row that leaves the range of floats does not settle, and says so
            solve(amounts[here], years[here] if years.shape[0] > 1 else years, turn_of[here], found[here])

    threads = max(1, min(len(_processors()), amounts.shape[0] // WORTH_IT))
    edges = np.linspace(0, amounts.shape[0], threads + 1).astype(int)
    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(part, edges[:-1].tolist(), edges[1:].tolist()))
    return found


def _processors() -> range | set[int]:
    """Return the processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return os.sched_getaffinity(0)
    return range(os.cpu_count() or 1)
