"""The exact kernel: base times rate, cap, minimum and rounding on whole fen; no float anywhere.

``pay_fen`` has three engines that agree to the bit: NumPy on int64 in blocks that stay in the processor's
cache, Numba on int64 where it is installed and the array is large, and Python's own integers where a product
could pass int64.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

import numpy as np

from poc_eval.errors import Fault, InputError
from poc_eval.i18n import _
from poc_eval.money import LIMIT

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from poc_eval.money import RoundingMode

Engine: TypeAlias = Literal["numpy", "numba", "python"]
Whole: TypeAlias = "NDArray[Any]"
"""Whole numbers: int64, or Python's own where those would not do (dtype object)."""

INT64: Final = 2**63 - 1
NO_CAP: Final = -1
MODES: Final[dict[RoundingMode, int]] = {"half_up": 0, "half_even": 1, "down": 2, "up": 3}
CAPPED, BELOW_MINIMUM = 1, 2
_HALF_EVEN, _DOWN, _UP = 1, 2, 3
_NOTHING: Final = np.zeros(0, dtype=np.int64)
_BLOCK: Final = 1 << 15
_WORTH_COMPILING: Final = 1 << 17


@dataclass(frozen=True, slots=True)
class Rule:
    """What the kernel needs of a rule: the rate ``times / by``, the rest in fen; NO_CAP for no cap."""

    times: int
    by: int = 1
    cap: int = NO_CAP
    minimum: int = 0
    minimum_before: bool = True
    """Whether the minimum is compared before rounding."""
    unit: int = 1
    mode: RoundingMode = "half_up"

    @property
    def whole(self) -> int:
        """What base times ``times`` is divided by, to count rounding units."""
        return self.by * self.unit

    @property
    def added(self) -> int:
        """What is added, so that dividing down rounds as the mode says; ties to even are apart."""
        return {"half_up": self.whole // 2, "half_even": self.whole // 2, "down": 0, "up": self.whole - 1}[
            self.mode
        ]


@dataclass(frozen=True, slots=True)
class Paid:
    """What the kernel found: fen, and for each claim the bits CAPPED and BELOW_MINIMUM."""

    amount: NDArray[np.int64]
    state: NDArray[np.uint8]
    uncapped: NDArray[np.int64]
    """Base times rate, rounded to fen; empty where it was not asked for."""


def pay_fen(
    base: NDArray[np.int64], rule: Rule, *, engine: Engine | None = None, uncapped: bool = False
) -> Paid:
    """Return what ``base`` (fen, 0 or more, one dimension) is paid by ``rule``, exactly.

    ``engine`` asks for one; without it the fastest that can do it is taken.  ``uncapped``: also return what
    the rate alone gives, which costs little beside the amount itself.  Raises InputError where an
    amount passes what money is counted to, ValueError for an engine that cannot hold the numbers.
    """
    top = int(base.max(initial=0))
    fits = top * rule.times + 2 * rule.whole <= INT64 and max(rule.cap, rule.minimum) * rule.by <= INT64
    chosen = engine or (best_engine(base.size) if fits else "python")
    if chosen != "python" and not fits:
        message = f"{chosen} cannot hold numbers of this size"
        raise ValueError(message)
    if chosen == "numba":
        return _in_numba(base, rule, uncapped=uncapped)
    paid = _in_python(base, rule) if chosen == "python" else _in_numpy(base, rule)
    if not uncapped:
        return paid
    alone = pay_fen(base, Rule(times=rule.times, by=rule.by, mode=rule.mode), engine=chosen)
    return Paid(paid.amount, paid.state, alone.amount)


def best_engine(size: int) -> Engine:
    """Return ``numba`` where it is installed and ``size`` claims are worth compiling for, else ``numpy``."""
    return "numba" if size >= _WORTH_COMPILING and find_spec("numba") is not None else "numpy"


def rounded(over: Whole, under: Whole | int, mode: RoundingMode) -> Whole:
    """Return ``over / under`` (0 or more, over more than 0) as whole numbers; nothing here can overflow."""
    whole = over // under
    return whole + _ups(whole, over - whole * under, under, MODES[mode])


def _ups(whole: Whole, rest: Whole, under: Whole | int, mode: int) -> Whole:
    """Return 1 where what is left after division rounds up.  Halves are compared without doubling."""
    if mode == _DOWN:
        up = np.zeros(len(whole), dtype=bool)
    elif mode == _UP:
        up = (rest > 0).astype(bool)
    else:
        up = (rest >= under - rest).astype(bool)
        if mode == _HALF_EVEN:
            up &= ((rest > under - rest) | (whole % 2 == 1)).astype(bool)
    return up


def _in_numpy(base: NDArray[np.int64], rule: Rule) -> Paid:
    amount = np.empty(base.size, dtype=np.int64)
    state = np.zeros(base.size, dtype=np.uint8)
    unsigned, out = np.ascontiguousarray(base).view(np.uint64), amount.view(np.uint64)
    for start in range(0, base.size, _BLOCK):
        part = slice(start, start + _BLOCK)
        _unsigned_block(unsigned[part], rule, out[part], state[part])
    return Paid(amount, state, _NOTHING)


def _unsigned_block(
    base: NDArray[np.uint64], rule: Rule, out: NDArray[np.uint64], state: NDArray[np.uint8]
) -> None:
    """Do what `_block` does, in place and unsigned, which divides faster; the figures were seen to fit."""
    has_cap = rule.cap != NO_CAP
    np.multiply(base, np.uint64(rule.times), out=out)
    if has_cap:
        most = np.uint64(rule.cap * rule.by)
        np.greater(out, most, out=state.view(np.bool_))
        np.minimum(out, most, out=out)
    small = None
    if rule.minimum and rule.minimum_before:
        small = out < np.uint64(rule.minimum * rule.by)
    if rule.added:
        out += np.uint64(rule.added)
    even = rule.mode == "half_even" and rule.whole % 2 == 0
    product = out.copy() if even else out
    if rule.whole != 1:
        out //= np.uint64(rule.whole)
    if even:
        tie = (out * np.uint64(rule.whole) == product) & (out % np.uint64(2) == np.uint64(1))
        out[tie] -= np.uint64(1)
    if rule.unit != 1:
        out *= np.uint64(rule.unit)
        if has_cap:  # rounding up never passes the cap
            out[out > np.uint64(rule.cap)] -= np.uint64(rule.unit)
    if rule.minimum and not rule.minimum_before:
        small = out < np.uint64(rule.minimum)
    if small is not None and small.any():
        out[small] = 0
        state |= small.view(np.uint8) << np.uint8(1)


def _in_python(base: NDArray[np.int64], rule: Rule) -> Paid:
    amount, state = _block(base.astype(object), rule)
    return Paid(as_fen(amount), state, _NOTHING)


def _block(base: Whole, rule: Rule) -> tuple[Whole, NDArray[np.uint8]]:
    """Compare and limit before the one division: everything is still base times ``times`` there."""
    product = base * rule.times
    state = np.zeros(len(product), dtype=np.uint8)
    if rule.cap != NO_CAP:
        state |= np.asarray(product > rule.cap * rule.by, dtype=np.uint8)
        product = np.minimum(product, rule.cap * rule.by)
    if rule.minimum and rule.minimum_before:
        state |= np.asarray(product < rule.minimum * rule.by, dtype=np.uint8) << 1
    product += rule.added
    amount = product // rule.whole
    if rule.mode == "half_even" and rule.whole % 2 == 0:
        tie = np.asarray((amount * rule.whole == product) & (amount % 2 == 1), dtype=bool)
        amount[tie] -= 1
    if rule.unit != 1:
        amount *= rule.unit
        if rule.cap != NO_CAP:  # rounding up never passes the cap
            amount[np.asarray(amount > rule.cap, dtype=bool)] -= rule.unit
    if rule.minimum:
        if not rule.minimum_before:
            state |= np.asarray(amount < rule.minimum, dtype=np.uint8) << 1
        amount[state >= BELOW_MINIMUM] = 0
    return amount, state


def _in_numba(base: NDArray[np.int64], rule: Rule, *, uncapped: bool) -> Paid:
    amount = np.empty(base.size, dtype=np.int64)
    state = np.empty(base.size, dtype=np.uint8)
    alone = np.empty(base.size if uncapped else 0, dtype=np.int64)
    loop = _compiled(rule, uncapped)
    unsigned = np.ascontiguousarray(base).view(np.uint64)
    loop(unsigned, amount.view(np.uint64), state, alone.view(np.uint64))
    return Paid(amount, state, alone)


@lru_cache(maxsize=64)
def _compiled(rule: Rule, uncapped: bool) -> Callable[..., None]:  # noqa: FBT001 a part of the key
    """Return `_block` as one compiled loop in which the rule's figures are constants."""
    import numba  # noqa: PLC0415 only where it is installed

    has_cap, least, after = rule.cap != NO_CAP, rule.minimum > 0 and rule.minimum_before, rule.minimum > 0
    after = after and not rule.minimum_before
    times, whole, added, unit = (np.uint64(n) for n in (rule.times, rule.whole, rule.added, rule.unit))
    cap = np.uint64(rule.cap if has_cap else 0)
    cap_by, least_by = np.uint64(int(cap) * rule.by), np.uint64(rule.minimum * rule.by)
    minimum, zero, one = np.uint64(rule.minimum), np.uint64(0), np.uint64(1)
    even = rule.mode == "half_even" and rule.whole % 2 == 0
    guarded = has_cap and rule.unit != 1
    in_fen = Rule(times=rule.times, by=rule.by, mode=rule.mode)
    by, added_fen = np.uint64(in_fen.whole), np.uint64(in_fen.added)
    even_fen = rule.mode == "half_even" and in_fen.whole % 2 == 0

    def loop(base: Whole, amount: Whole, state: Whole, alone: Whole) -> None:
        for index in range(base.size):
            product = base[index] * times
            if uncapped:
                fen = (product + added_fen) // by
                if even_fen and fen * by == product + added_fen and fen & one:
                    fen -= one
                alone[index] = fen
            capped = has_cap and product > cap_by
            if capped:
                product = cap_by
            small = least and product < least_by
            product += added
            units = product // whole
            if even and units * whole == product and units & one:
                units -= one
            paid = units * unit
            if guarded and paid > cap:
                paid -= unit
            small = small or (after and paid < minimum)
            amount[index] = zero if small else paid
            state[index] = capped | (small << 1)

    compiled: Callable[..., None] = numba.njit(nogil=True)(loop)
    return compiled


def as_fen(amounts: Whole) -> NDArray[np.int64]:
    """Return whole numbers as int64 fen; raises InputError where one is beyond what money is counted to."""
    top = int(amounts.max(initial=0))
    if top >= LIMIT * 100:
        raise InputError(
            Fault(
                _("an amount is 10,000 trillion yuan or more"),
                _("check the claims for a wrong unit, and the rule's figures"),
            )
        )
    return amounts.astype(np.int64)
