"""A figure of a programme: one number, or how it is spread (三角分布 and others), with its exact mean."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal  # noqa: TC003 pydantic reads the annotations of Spread
from fractions import Fraction
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal, TypeAlias

from pydantic import BeforeValidator, TypeAdapter, ValidationError, WithJsonSchema

from poc_eval.catalog.fields import Amount, Ratio, Share, kind_of
from poc_eval.catalog.refusal import REFUSED, Refusal, refused
from poc_eval.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

Shape: TypeAlias = Literal["fixed", "triangular", "uniform", "pert", "lognormal", "discrete"]
NUMBERS: Final = {"triangular": 3, "uniform": 2, "pert": 3, "lognormal": 2}
"""How many numbers each shape is written with."""
PERT_WEIGHT: Final = 4
"""How much more the mode counts than either end in a PERT distribution."""
_MOST_VALUES: Final = 50
_WAYS: Final = (
    "triangular: [low, mode, high], pert: [low, mode, high], uniform: [low, high], "
    "lognormal: [mean, sd], discrete: [[value, probability], …]"
)
_PAIR: Final = ("value", "probability")


@dataclass(frozen=True, slots=True)
class Spread:
    """A figure: ``fixed`` one number; ``triangular`` and ``pert`` low, mode, high; ``uniform`` low, high.

    ``lognormal`` mean, standard deviation; ``discrete`` values with their probabilities, value after value.
    """

    shape: Shape
    numbers: tuple[Decimal, ...]

    @property
    def random(self) -> bool:
        """Whether it is more than one number."""
        return self.shape != "fixed"

    @property
    def mean(self) -> Fraction:
        """The exact mean."""
        exact = [Fraction(one) for one in self.numbers]
        if self.shape == "pert":
            return (exact[0] + PERT_WEIGHT * exact[1] + exact[2]) / (PERT_WEIGHT + 2)
        if self.shape == "discrete":
            return sum((value * weight for value, weight in self.pairs), Fraction())
        if self.shape in {"fixed", "lognormal"}:
            return exact[0]
        return sum(exact, Fraction()) / len(exact)

    @property
    def pairs(self) -> list[tuple[Fraction, Fraction]]:
        """The values of a discrete figure, each with its probability."""
        exact = [Fraction(one) for one in self.numbers]
        return list(zip(exact[::2], exact[1::2], strict=True))

    @property
    def smallest(self) -> Decimal:
        """The smallest value that it can have."""
        if self.shape == "lognormal":
            return self.numbers[0] * 0
        return min(self.numbers[::2] if self.shape == "discrete" else self.numbers)

    @property
    def largest(self) -> Decimal | None:
        """The largest value that it can have; None where there is no largest."""
        if self.shape == "lognormal":
            return None
        return max(self.numbers[::2] if self.shape == "discrete" else self.numbers)


def fixed(number: Decimal) -> Spread:
    """Return one number as a figure."""
    return Spread("fixed", (number,))


def _reader(kind: TypeAdapter[Decimal]) -> Callable[[object], Spread]:
    def read(value: object) -> Spread:
        if isinstance(value, Spread):
            return value
        if not isinstance(value, dict):
            return fixed(_one(kind, value, ()))
        if len(value) != 1 or not set(value) <= {*NUMBERS, "discrete"}:
            raise refused(
                Refusal(
                    _("{found} stands here", found=kind_of(value)),
                    _("write one number, or one of {ways}", ways=_WAYS),
                )
            )
        ((shape, numbers),) = value.items()
        return _discrete(kind, numbers) if shape == "discrete" else _spread(kind, shape, numbers)

    return read


def _spread(kind: TypeAdapter[Decimal], shape: Shape, numbers: object) -> Spread:
    wanted = NUMBERS[shape]
    if not isinstance(numbers, (list, tuple)) or len(numbers) != wanted:
        raise refused(
            Refusal(
                _("{found} stands here", found=kind_of(numbers)),
                _("write a list of {count} numbers", count=wanted),
                (shape,),
            )
        )
    read = tuple(_one(kind, one, (shape, place)) for place, one in enumerate(numbers))
    found = Spread(shape, read)
    wrong = min(read) <= 0 if shape == "lognormal" else list(read) != sorted(read) or read[0] == read[-1]
    if wrong:
        raise refused(
            Refusal(
                _("these numbers are no {shape} distribution", shape=shape),
                _("write a mean and a standard deviation above 0")
                if shape == "lognormal"
                else _("write them in ascending order, the last one above the first"),
                (shape,),
            )
        )
    return found


def _discrete(kind: TypeAdapter[Decimal], pairs: object) -> Spread:
    listed = pairs if isinstance(pairs, (list, tuple)) else ()
    two = all(isinstance(one, (list, tuple)) and len(one) == len(_PAIR) for one in listed)
    if not two or not len(_PAIR) <= len(listed) <= _MOST_VALUES:
        raise refused(
            Refusal(
                _("{found} stands here", found=kind_of(pairs)),
                _("write pairs of a value and its probability: [[1000000, 0.3], [2000000, 0.7]]"),
                ("discrete",),
            )
        )
    numbers: list[Decimal] = []
    for place, (value, weight) in enumerate(listed):
        numbers += [
            _one(kind, value, ("discrete", place, 0)),
            _one(_SHARE, weight, ("discrete", place, 1)),
        ]
    total = sum(numbers[1::2])
    if total != 1:
        raise refused(
            Refusal(
                _("the probabilities add up to {total}", total=f"{total:f}"),
                _("let them add up to 1"),
                ("discrete",),
            )
        )
    return Spread("discrete", tuple(numbers))


def _one(kind: TypeAdapter[Decimal], value: object, at: tuple[str | int, ...]) -> Decimal:
    try:
        number = kind.validate_python(value)
    except ValidationError as error:
        raise refused(*_moved(error, at)) from None
    if number < 0:
        raise refused(Refusal(_("the amount is below 0"), _("write an amount of 0 or more"), at))
    return number


def _moved(error: ValidationError, at: tuple[str | int, ...]) -> Iterator[Refusal]:
    for detail in error.errors():
        inner: Sequence[Refusal] = detail["ctx"]["refusals"] if detail["type"] == REFUSED else ()
        for one in inner:
            yield Refusal(one.what, one.remedy, (*at, *one.at))


_AMOUNT: Final[TypeAdapter[Decimal]] = TypeAdapter(Amount)
_SHARE: Final[TypeAdapter[Decimal]] = TypeAdapter(Share)
_RATIO: Final[TypeAdapter[Decimal]] = TypeAdapter(Ratio)


def _schema() -> WithJsonSchema:
    number: dict[str, Any] = {"type": ["string", "number"]}
    shapes: dict[str, Any] = {
        shape: {"type": "array", "items": number, "minItems": count, "maxItems": count}
        for shape, count in NUMBERS.items()
    }
    pair = {"type": "array", "items": number, "minItems": 2, "maxItems": 2}
    shapes["discrete"] = {"type": "array", "items": pair, "minItems": 2}
    spread = {
        "type": "object",
        "properties": shapes,
        "minProperties": 1,
        "maxProperties": 1,
        "additionalProperties": False,
    }
    return WithJsonSchema({"anyOf": [*({"type": one} for one in ("string", "number")), spread]})


AmountSpread: TypeAlias = Annotated[Spread, BeforeValidator(_reader(_AMOUNT)), _schema()]
"""An amount of 0 or more in yuan, or how it is spread."""

ShareSpread: TypeAlias = Annotated[Spread, BeforeValidator(_reader(_SHARE)), _schema()]
"""A share or probability from 0 to 1, or how it is spread."""

MonthSpread: TypeAlias = Annotated[Spread, BeforeValidator(_reader(_RATIO)), _schema()]
"""A number of months, or how it is spread."""
