"""Arrays of exact fractions of fen: int64 while that holds, Python's integers from where it would not."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np

from poc_eval.finance.subsidy_kernel import INT64, Whole, as_fen, rounded

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from poc_eval.money import RoundingMode


@dataclass(frozen=True, slots=True)
class Exact:
    """``over / under`` fen for each claim, 0 or more; ``under`` is more than 0."""

    over: Whole
    under: Whole

    @classmethod
    def of(cls, fen: Whole) -> Exact:
        """Return whole fen as fractions."""
        return cls(fen, np.ones(len(fen), dtype=np.int64))

    @classmethod
    def same(cls, value: Fraction | int, size: int) -> Exact:
        """Return one number of fen, ``size`` times."""
        exact = Fraction(value)
        return cls(_filled(exact.numerator, size), _filled(exact.denominator, size))

    def times(self, factor: Fraction | int) -> Exact:
        """Return each times ``factor``."""
        exact = Fraction(factor)
        return Exact(_product(self.over, exact.numerator), _product(self.under, exact.denominator))

    def scaled(self, over: Whole, under: Whole) -> Exact:
        """Return each times its own ``over / under``."""
        return Exact(_product(self.over, over), _product(self.under, under))

    def plus(self, other: Exact) -> Exact:
        """Return the sums."""
        one, two = _product(self.over, other.under), _product(other.over, self.under)
        if max(_top(one), _top(two)) > INT64 // 2:
            one, two = one.astype(object), two.astype(object)
        return Exact(one + two, _product(self.under, other.under))

    def over_and_above(self, other: Exact) -> Exact:
        """Return by how much each is more than ``other``; 0 where it is not."""
        one, two = _product(self.over, other.under), _product(other.over, self.under)
        return Exact(np.maximum(one - two, 0), _product(self.under, other.under))

    def above(self, other: Exact) -> NDArray[np.bool_]:
        """Return where it is more than ``other``."""
        found: NDArray[np.bool_] = _product(self.over, other.under) > _product(other.over, self.under)
        return found.astype(bool)

    def where(self, mask: NDArray[np.bool_], other: Exact) -> Exact:
        """Return ``other`` where ``mask`` holds, itself elsewhere."""
        return Exact(np.where(mask, other.over, self.over), np.where(mask, other.under, self.under))

    def rounded(self, unit: int, mode: RoundingMode) -> NDArray[np.int64]:
        """Return multiples of ``unit`` as fen.  Raises InputError where they cannot be counted."""
        return as_fen(_product(rounded(self.over, _product(self.under, unit), mode), unit))

    def at(self, index: int) -> Fraction:
        """Return one of them."""
        return Fraction(int(self.over[index]), int(self.under[index]))


def _filled(value: int, size: int) -> Whole:
    return np.full(size, value, dtype=np.int64 if abs(value) <= INT64 else object)


def _top(numbers: Whole) -> int:
    return int(numbers.max(initial=0))


def _product(numbers: Whole, by: Whole | int) -> Whole:
    other: Any = by
    most = by if isinstance(by, int) else _top(by)
    if numbers.dtype == object or _top(numbers) * most > INT64:
        # From here on Python's integers hold what int64 could not.
        numbers = numbers.astype(object)
        other = by if isinstance(by, int) else by.astype(object)
    product: Whole = numbers * other
    return product
