"""The paths of staged programmes block by block, for Numba where it is installed.

The same random numbers and the same arithmetic as in :mod:`~poc_eval.finance.programme.paths`: where no shock
is shared the results are the same to the bit, else within 1e-12 of the figures' size.
"""

from __future__ import annotations

import math
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from poc_eval.finance.programme.draws import ENDING, HALF, LANES, PURPOSE, STEP
from poc_eval.finance.programme.staged import (
    FALLING,
    HIGH,
    LINEAR,
    LOADING,
    LOW,
    PIVOT,
    RISING,
    VARIABLE,
    WEIGHT,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Places = NDArray[np.int64]
    Words = NDArray[np.uint64]
    Kernel = Callable[..., None]

_first, _second = np.uint64(0xD2E7470EE14C6C93), np.uint64(0xCA5A826395121157)
_first_step, _second_step = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xBB67AE8584CAA73B)
_lower, _shift, _purpose, _one = np.uint64(0xFFFFFFFF), np.uint64(32), np.uint64(PURPOSE), np.uint64(1)
_half, _step, _lanes, _ending = HALF, STEP, LANES, ENDING
_low, _linear, _pivot, _rising, _high, _falling, _weight, _loading, _variable = (
    LOW, LINEAR, PIVOT, RISING, HIGH, FALLING, WEIGHT, LOADING, VARIABLE,
)  # fmt: skip
_rounds: Final = 10
# Wichura 1988, algorithm AS 241
_centre, _near, _far = 0.425, 1.6, 5.0
_middle_up = (
    2509.0809287301226727,
    33430.575583588128105,
    67265.770927008700853,
    45921.953931549871457,
    13731.693765509461125,
    1971.5909503065514427,
    133.14166789178437745,
    3.387132872796366608,
)
_middle_down = (
    5226.495278852545925,
    28729.085735721942674,
    39307.89580009271061,
    21213.794301586595867,
    5394.1960214247511077,
    687.1870074920579083,
    42.313330701600911252,
    1.0,
)
_outer_up = (
    7.7454501427834140764e-4,
    0.0227238449892691845833,
    0.24178072517745061177,
    1.27045825245236838258,
    3.64784832476320460504,
    5.7694972214606914055,
    4.6303378461565452959,
    1.42343711074968357734,
)
_outer_down = (
    1.05075007164441684324e-9,
    5.475938084995344946e-4,
    0.0151986665636164571966,
    0.14810397642748007459,
    0.68976733498510000455,
    1.6763848301838038494,
    2.05319162663775882187,
    1.0,
)
_tail_up = (
    2.01033439929228813265e-7,
    2.71155556874348757815e-5,
    0.0012426609473880784386,
    0.026532189526576123093,
    0.29656057182850489123,
    1.7848265399172913358,
    5.4637849111641143699,
    6.6579046435011037772,
)
_tail_down = (
    2.04426310338993978564e-15, 1.4215117583164458887e-7, 1.8463183175100546818e-5,
    7.868691311456132591e-4, 0.0148753612908506148525, 0.13692988092273580531,
    0.59983220655588793769, 1.0,
)  # fmt: skip


def available() -> bool:
    """Say whether Numba is installed."""
    return find_spec("numba") is not None


def upper_half(one: Any, other: Any) -> Any:  # noqa: ANN401 words of 64 bits, NumPy's or Numba's
    """Return the upper 64 bits of the product of two words."""
    a, b, c, d = one & _lower, one >> _shift, other & _lower, other >> _shift
    middle = ((a * c) >> _shift) + ((b * c) & _lower) + ((a * d) & _lower)
    return b * d + ((b * c) >> _shift) + ((a * d) >> _shift) + (middle >> _shift)


def draw(seed: Any, block: int, variable: int, programme: int, found: Floats) -> None:  # noqa: ANN401 a word
    """Write the eight uniform numbers of a block, as ``draws.uniforms`` gives them."""
    # NumPy counts on before it draws
    c0, c1 = np.uint64(block) + _one, np.uint64(variable)
    c2, c3 = np.uint64(programme), np.uint64(0)
    k0, k1 = seed, _purpose
    for _round in range(_rounds):
        high, low = upper_half(_first, c0), _first * c0
        c0, c1 = upper_half(_second, c2) ^ c1 ^ k0, _second * c2
        c2, c3 = high ^ c3 ^ k1, low
        k0, k1 = k0 + _first_step, k1 + _second_step
    place = 0
    for word in (c0, c1, c2, c3):
        found[place] = (np.float64(np.int64(word & _lower)) + _half) * _step
        found[place + 1] = (np.float64(np.int64(word >> _shift)) + _half) * _step
        place += 2


def normal_score(share: float) -> float:
    """Return the standard normal quantile (Wichura 1988, AS 241, PPND16)."""
    q = share - 0.5
    if abs(q) <= _centre:
        r = _centre * _centre - q * q
        return q * polynomial(_middle_up, r) / polynomial(_middle_down, r)
    r = math.sqrt(-math.log(share if q < 0 else 1.0 - share))
    if r <= _far:
        score = polynomial(_outer_up, r - _near) / polynomial(_outer_down, r - _near)
    else:
        score = polynomial(_tail_up, r - _far) / polynomial(_tail_down, r - _far)
    return -score if q < 0 else score


def polynomial(coefficients: tuple[float, ...], x: float) -> float:
    """Return a polynomial, the coefficient of the highest power first."""
    total = 0.0
    for one in coefficients:
        total = total * x + one
    return total


def share_below(score: float) -> float:
    """Return the standard normal distribution function."""
    return 0.5 * math.erfc(-score / math.sqrt(2.0))


def settle(  # noqa: PLR0917 Numba takes arguments by their place
    seed: Any,  # noqa: ANN401 a word
    first: int,
    programmes: Places,
    passed: Floats,
    base: Floats,
    figures: Floats,
    since: Places,
    shock: Floats,
    totals: Floats,
    sums: Floats,
) -> None:
    """Add what each path is worth to ``totals``, and each programme's sums to ``sums``.

    ``first`` is the first block of eight paths, ``totals`` has one place a path, ``sums`` (programmes, 3)
    takes the sum, the sum of squares and the number of losses; ``shock`` are the scores common to all.
    """
    uniform, worth = np.empty(_lanes), np.empty(_lanes)
    outcome = np.empty(_lanes, dtype=np.int64)
    paths = totals.size
    for row in range(programmes.size):
        programme = programmes[row]
        total, squares, losses = 0.0, 0.0, 0.0
        for block in range((paths + _lanes - 1) // _lanes):
            draw(seed, first + block, _ending, programme, uniform)
            furthest = endings(uniform, passed[row], base[row], outcome, worth)
            for place in range(since.shape[1]):
                if since[row, place] <= furthest:
                    figure = figures[row, place]
                    draw(seed, first + block, int(figure[_variable]), programme, uniform)
                    if figure[_loading] > 0.0:
                        together(uniform, shock, block * _lanes, figure[_loading], outcome, since[row, place])
                    add_figure(uniform, figure, outcome, since[row, place], worth)
            for lane in range(min(_lanes, paths - block * _lanes)):
                totals[block * _lanes + lane] += worth[lane]
                total += worth[lane]
                squares += worth[lane] * worth[lane]
                losses += 1.0 if worth[lane] < 0.0 else 0.0
        sums[row, 0] += total
        sums[row, 1] += squares
        sums[row, 2] += losses


def endings(uniform: Floats, passed: Floats, base: Floats, outcome: Places, worth: Floats) -> int:
    """Write where each path of a block ends and what it is worth so far; return the furthest outcome."""
    furthest = 0
    for lane in range(_lanes):
        end = 0
        for stage in range(passed.size):
            end += uniform[lane] < passed[stage]
        outcome[lane] = end
        worth[lane] = base[end]
        furthest = max(furthest, end)
    return furthest


def add_figure(uniform: Floats, figure: Floats, outcome: Places, since: int, worth: Floats) -> None:
    """Add a figure's weighted values to the paths of a block in which it counts."""
    low, linear, pivot, rising = figure[_low], figure[_linear], figure[_pivot], figure[_rising]
    high, falling, weight = figure[_high], figure[_falling], figure[_weight]
    for lane in range(_lanes):
        share = uniform[lane]
        rise, fall = math.sqrt(rising * share), math.sqrt(falling * (1.0 - share))
        value = low + linear * share + rise if share < pivot else high - fall
        worth[lane] += weight * value if outcome[lane] >= since else 0.0


def together(  # noqa: PLR0917 the same
    uniform: Floats, shock: Floats, start: int, loading: float, outcome: Places, since: int
) -> None:
    """Let the figure's numbers move with the shock: ``loading`` is the root of their correlation."""
    own = math.sqrt(1.0 - loading * loading)
    for lane in range(min(_lanes, shock.size - start)):
        if outcome[lane] >= since:
            score = loading * shock[start + lane] + own * normal_score(uniform[lane])
            uniform[lane] = share_below(score)


@cache
def kernel() -> Kernel:
    """Return ``settle`` compiled, free to run side by side."""
    extending, numba = import_module("numba.extending"), import_module("numba")
    extending.overload(upper_half, strict=False)(_machine_product)
    for part in (draw, polynomial, normal_score, share_below, endings, add_figure, together):
        extending.register_jitable(part)
    try:
        made: Kernel = numba.njit(settle, cache=True, nogil=True, error_model="numpy")
    except RuntimeError:  # no folder to keep it in: it is compiled anew in every process
        made = numba.njit(settle, nogil=True, error_model="numpy")
    return made


def _machine_product(_one: object, _other: object) -> Callable[[Any, Any], Any]:
    """Return the upper half of a product as one instruction of the processor, which Numba has no word for."""
    ir, types = import_module("llvmlite.ir"), import_module("numba").types

    def typed(_context: object, _one: object, _other: object) -> tuple[Any, Callable[..., Any]]:
        def built(_target: object, builder: Any, _signature: object, words: Any) -> Any:  # noqa: ANN401 LLVM's own
            wide = ir.IntType(128)
            product = builder.mul(builder.zext(words[0], wide), builder.zext(words[1], wide))
            return builder.trunc(builder.lshr(product, ir.Constant(wide, 64)), ir.IntType(64))

        return types.uint64(types.uint64, types.uint64), built

    instruction = import_module("numba.extending").intrinsic(typed)

    def product(one: Any, other: Any) -> Any:  # noqa: ANN401 words of 64 bits
        return instruction(one, other)

    return product
