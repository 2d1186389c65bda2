"""One criterion of a rubric (指标) and the ways to score it: levels, bands, a measured figure, or points."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Annotated, Any, Final, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema

from poc_eval.catalog.fields import Identifier, LocalText, LocalTextOrWord, Number, Part, YesNo

Way = Literal["levels", "bands", "measured", "points"]

_PERCENT: Final = re.compile(r"(-?[0-9]{1,6}(?:\.[0-9]{1,10})?)%")


def _without_percent(value: object) -> object:
    found = _PERCENT.fullmatch(value) if isinstance(value, str) else None
    return f"{Decimal(found[1]).scaleb(-2):f}" if found else value


_NUMBER_OR_PERCENT: Final[dict[str, Any]] = {
    "anyOf": [
        {"type": "string", "pattern": r"^-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,12})?%?$"},
        {"type": "number"},
    ]
}
NumberOrPercent = Annotated[Number, BeforeValidator(_without_percent), WithJsonSchema(_NUMBER_OR_PERCENT)]
"""An exact number, or a share in per cent: ``0.25`` and ``25%`` are the same."""


MOST_ITEMS: Final = 200
"""Far above any sheet on paper; a file that repeats itself is refused before it is compared with itself."""


class Scale(Part):
    """From where to where a score goes, and in which steps; the rubric's scale fills in what is left out."""

    min: Number | None = None
    max: Number | None = None
    step: Number | None = None
    best: Literal["high", "low"] | None = None


class Level(Part):
    """What one score stands for, and what shows it."""

    score: Number
    text: LocalText
    evidence: tuple[LocalTextOrWord, ...] = ()


class Band(Part):
    """A range of scores for one description; a reviewer picks the band and then a score inside it."""

    from_: Number = Field(alias="from")
    to: Number
    text: LocalText | None = None

    @property
    def value(self) -> str:
        """The band as an answer names it: ``"7-8"``."""
        return f"{self.from_}-{self.to}"


class Row(Part):
    """One row of a measured criterion's table."""

    from_: NumberOrPercent = Field(alias="from")
    score: Number


class Measured(Part):
    """A score that follows from a figure by a table; ``linear`` joins the rows with straight lines."""

    input: Identifier
    unit: LocalTextOrWord | None = None
    table: tuple[Row, ...] = Field(min_length=1, max_length=MOST_ITEMS)
    between: Literal["step", "linear"] = "step"


class Criterion(Part):
    """Something that is judged: either a group with children, or scored in one way.

    ``counts`` false: asked, but not in the total. ``optional``: may be left empty. ``beside``: the reviewer
    also states a level of that scale, for instance ``trl-9``.
    """

    id: Identifier
    title: LocalText
    definition: LocalText | None = None
    weight: NumberOrPercent | None = None
    weights_sum: NumberOrPercent | None = None
    scale: Scale | None = None
    levels: tuple[Level, ...] = Field(default=(), max_length=MOST_ITEMS)
    bands: tuple[Band, ...] = Field(default=(), max_length=MOST_ITEMS)
    measured: Measured | None = None
    children: tuple[Criterion, ...] = Field(default=(), max_length=MOST_ITEMS)
    beside: Identifier | None = None
    counts: YesNo = True
    optional: YesNo = False

    @property
    def is_group(self) -> bool:
        """True when its score comes from its children."""
        return bool(self.children)

    @property
    def way(self) -> Way:
        """How it is scored; ``points`` where only its scale is given."""
        if self.measured is not None:
            return "measured"
        if self.bands:
            return "bands"
        return "levels" if self.levels else "points"

    @property
    def marks(self) -> tuple[Decimal, ...]:
        """All scores that its levels, bands or table name."""
        if self.measured is not None:
            return tuple(row.score for row in self.measured.table)
        if self.bands:
            return tuple(edge for band in self.bands for edge in (band.from_, band.to))
        return tuple(level.score for level in self.levels)
