"""Whole numbers in formulas: each term is a formula and at once the exact value that it must have.

Spreadsheet programs reckon in binary floating point, keep 15 digits and treat neighbours beyond that as
equal.  Whole numbers below LARGEST are exact there in every operation used here: sums, differences, products,
and ``INT(a/b)``, whose quotient lies at least ``1/b`` from the next whole number.  A term knows whether all
that it was made from stayed below that; where it did not, the caller writes a value and says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

from poc_eval.spreadsheet.writing import Formula, quoted_text

if TYPE_CHECKING:
    from collections.abc import Sequence

LARGEST: Final = 10**14
_COMPARE, _SUM, _PRODUCT, _ATOM = range(4)

Known: TypeAlias = int | str


@dataclass(frozen=True, slots=True)
class Term:
    """A part of a formula and its exact value; truth is 1 or 0 there as here."""

    text: str
    value: Known
    level: int = _ATOM
    safe: bool = True
    """Whether every number in it is one that spreadsheet programs hold exactly."""

    @property
    def number(self) -> int:
        """The value of a term that is a number."""
        if isinstance(self.value, str):
            message = f"{self.text} is a text"
            raise TypeError(message)
        return self.value

    @property
    def formula(self) -> Formula:
        """The term as a cell holds it."""
        return Formula(self.text, self.value)

    def __add__(self, other: Term | int) -> Term:
        return _two(self, "+", term(other), self.number + term(other).number, _SUM)

    def __sub__(self, other: Term | int) -> Term:
        return _two(self, "-", term(other), self.number - term(other).number, _SUM, right=_PRODUCT)

    def __mul__(self, other: Term | int) -> Term:
        if other == 1:
            return self
        return _two(self, "*", term(other), self.number * term(other).number, _PRODUCT)

    def __floordiv__(self, other: Term | int) -> Term:
        """Return the whole part of a quotient; nothing divided by nothing is 0, as for an empty row."""
        if other == 1:
            return self
        under = term(other)
        text = f"INT({self._at(_PRODUCT)}/{under._at(_ATOM)})"
        value = self.number // under.number if under.number else 0
        return _checked(text, value, _ATOM, self, under)

    def __lt__(self, other: Term | int) -> Term:
        return _two(self, "<", term(other), int(self.number < term(other).number), _COMPARE, right=_SUM)

    def __gt__(self, other: Term | int) -> Term:
        return _two(self, ">", term(other), int(self.number > term(other).number), _COMPARE, right=_SUM)

    def __ge__(self, other: Term | int) -> Term:
        return _two(self, ">=", term(other), int(self.number >= term(other).number), _COMPARE, right=_SUM)

    def __le__(self, other: Term | int) -> Term:
        return _two(self, "<=", term(other), int(self.number <= term(other).number), _COMPARE, right=_SUM)

    def same(self, other: Term | Known) -> Term:
        """Return whether both are equal."""
        return _two(self, "=", term(other), int(self.value == term(other).value), _COMPARE, right=_SUM)

    def _at(self, level: int) -> str:
        return self.text if self.level >= level else f"({self.text})"


def needed(found: Term | None) -> Term:
    """Return a figure that the rule is known to have."""
    if found is None:
        message = "a figure that the rule does not state was to be used"
        raise ValueError(message)
    return found


def term(value: Term | Known) -> Term:
    """Return a number or text as it stands in a formula."""
    if isinstance(value, Term):
        return value
    if isinstance(value, str):
        return Term(quoted_text(value), value)
    return _checked(str(value), value, _ATOM if value >= 0 else _SUM)


def either(condition: Term, yes: Term | Known, no: Term | Known) -> Term:
    """Return one of two terms: ``IF``."""
    first, second = term(yes), term(no)
    value = first.value if condition.value else second.value
    text = f"IF({condition.text},{first.text},{second.text})"
    return Term(text, value, safe=condition.safe and first.safe and second.safe)


def every(*conditions: Term) -> Term:
    """Return whether all hold: ``AND``."""
    return _call("AND", conditions, int(all(one.value for one in conditions)))


def some(*conditions: Term) -> Term:
    """Return whether one of them holds: ``OR``."""
    return _call("OR", conditions, int(any(one.value for one in conditions)))


def least(*terms: Term | int) -> Term:
    """Return the smallest: ``MIN``."""
    found = [term(one) for one in terms]
    return _call("MIN", found, min(one.number for one in found))


def most(*terms: Term | int) -> Term:
    """Return the largest: ``MAX``."""
    found = [term(one) for one in terms]
    return _call("MAX", found, max(one.number for one in found))


def added(terms: Sequence[Term]) -> Term:
    """Return the sum of terms side by side: ``a+b+c``."""
    total = terms[0]
    for one in terms[1:]:
        total += one
    return total


def in_fen(address: str, fen: int) -> Term:
    """Return a cell of yuan as whole fen: rounding takes away what binary yuan carry too much."""
    return _checked(f"ROUND({address}*100,0)", fen, _ATOM)


def picked(span: str, values: Sequence[int], index: Term) -> Term:
    """Return the entry of a column that ``index`` (from 1) names: ``INDEX``."""
    return _checked(f"INDEX({span},{index.text})", values[index.number - 1], _ATOM, index)


def over(text: str, value: int, *parts: Term) -> Term:
    """Return a term whose formula is written out, such as a sum over a range, with the value it must have."""
    return _checked(text, value, _ATOM, *parts)


def _call(name: str, terms: Sequence[Term], value: int) -> Term:
    if len(terms) == 1:
        return terms[0]
    return _checked(f"{name}({','.join(one.text for one in terms)})", value, _ATOM, *terms)


def _two(one: Term, sign: str, other: Term, value: int, level: int, *, right: int | None = None) -> Term:
    text = f"{one._at(level)}{sign}{other._at(level if right is None else right)}"  # noqa: SLF001 its own
    return _checked(text, value, level, one, other)


def _checked(text: str, value: int, level: int, *parts: Term) -> Term:
    safe = abs(value) < LARGEST and all(part.safe for part in parts)
    return Term(text, value, level, safe)
