"""A sorting rule: which measured figures value a result, and where the lines between the heaps are."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, Annotated, Self

from pydantic import Field, model_validator

from poc_eval.catalog.definitions import load_definition
from poc_eval.catalog.fields import Definition, Identifier, LocalText, LocalTextOrWord, Number, Part, Share
from poc_eval.catalog.refusal import Refusal, refused
from poc_eval.catalog.shipped import shipped_folder
from poc_eval.i18n import _
from poc_eval.scoring.arithmetic import printed
from poc_eval.scoring.criterion import NumberOrPercent
from poc_eval.scoring.sorting import Indicator, Lines

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator, Sequence
    from pathlib import Path


class Dimension(Part):
    """A group of figures, such as legal, technical or market, and what it weighs."""

    id: Identifier
    title: LocalText
    weight: NumberOrPercent


class Measure(Part):
    """One figure: ``worst`` and beyond is worth nothing, ``best`` and beyond all; either may be larger."""

    id: Identifier
    title: LocalText
    dimension: Identifier | None = None
    weight: NumberOrPercent
    unit: LocalTextOrWord | None = None
    worst: Number
    best: Number


class HeapLines(Part):
    """Values from 0 to 1: from ``promote`` on a result is promoted, up to ``let_go`` it is let go.

    ``complete``: the share of the weight that must be measured; with less a result is unclear.
    """

    promote: Share
    let_go: Share
    complete: Share = Decimal("0.8")


class Grade(Part):
    """A grade and the least value, 0 to 1, that it takes."""

    id: Identifier
    title: LocalText
    at_least: Share


class SortingRule(Definition):
    """A sorting file: figures in dimensions, the lines between the heaps, and grades."""

    dimensions: tuple[Dimension, ...] = ()
    indicators: Annotated[tuple[Measure, ...], Field(min_length=1, max_length=200)]
    lines: HeapLines
    grades: tuple[Grade, ...] = ()

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        refusals = [*_ids(self), *_weights(self), *_lines(self), *_grades(self)]
        if refusals:
            raise refused(*refusals)
        return self

    @classmethod
    def load(cls, id_or_path: str | os.PathLike[str], *, folders: Sequence[Path] = ()) -> Self:
        """Return the rule with this id from ``folders`` or the shipped ones, or from a path.

        Raises UnknownIdError and DefinitionError.
        """
        return load_definition(cls, id_or_path, folders=[*folders, shipped_folder("sortings")]).definition

    def weights(self) -> dict[str, Fraction]:
        """Return each figure's share in the whole: its dimension's share times its own in the dimension."""
        whole = sum((Fraction(one.weight) for one in self.dimensions), Fraction(0))
        shares = {one.id: Fraction(one.weight) / whole for one in self.dimensions}
        own = {
            name: sum((Fraction(one.weight) for one in self.indicators if one.dimension == name), Fraction(0))
            for name in (*shares, None)
        }
        return {
            one.id: shares.get(one.dimension or "", Fraction(1)) * Fraction(one.weight) / own[one.dimension]
            for one in self.indicators
        }

    def measured(self) -> list[Indicator]:
        """Return the figures as the arithmetic takes them."""
        weights = self.weights()
        return [
            Indicator(one.id, float(weights[one.id]), float(one.worst), float(one.best))
            for one in self.indicators
        ]

    def heap_lines(self) -> Lines:
        """Return the lines as the arithmetic takes them."""
        return Lines(float(self.lines.promote), float(self.lines.let_go), float(self.lines.complete))


def _ids(rule: SortingRule) -> Iterator[Refusal]:
    for key, ids in (
        ("dimensions", [one.id for one in rule.dimensions]),
        ("indicators", [one.id for one in rule.indicators]),
        ("grades", [one.id for one in rule.grades]),
    ):
        for index, name in enumerate(ids):
            if name in ids[:index]:
                yield Refusal(
                    _("{id} stands here twice", id=name), _("give each its own id"), (key, index, "id")
                )
    known = {one.id for one in rule.dimensions}
    for index, measure in enumerate(rule.indicators):
        at = ("indicators", index, "dimension")
        if measure.dimension is None and known:
            yield Refusal(_("this figure belongs to no dimension"), _("name one of the dimensions"), at)
        elif measure.dimension is not None and measure.dimension not in known:
            yield Refusal(
                _('there is no dimension "{id}"', id=measure.dimension),
                _("known are: {ids}", ids=", ".join(sorted(known)) or "–"),
                at,
            )
    used = {one.dimension for one in rule.indicators}
    for index, dimension in enumerate(rule.dimensions):
        if dimension.id not in used:
            yield Refusal(
                _("nothing is measured in this dimension"),
                _("add a figure, or take the dimension away"),
                ("dimensions", index),
            )


def _weights(rule: SortingRule) -> Iterator[Refusal]:
    for key, weights in (
        ("dimensions", [one.weight for one in rule.dimensions]),
        ("indicators", [one.weight for one in rule.indicators]),
    ):
        for index, weight in enumerate(weights):
            if weight <= 0:
                yield Refusal(
                    _("the weight is {weight}", weight=printed(weight)),
                    _("write a weight above 0"),
                    (key, index, "weight"),
                )
    for index, measure in enumerate(rule.indicators):
        if measure.worst == measure.best:
            yield Refusal(
                _("the worst and the best value are the same"),
                _("give two different values"),
                ("indicators", index, "best"),
            )


def _lines(rule: SortingRule) -> Iterator[Refusal]:
    lines = rule.lines
    if lines.let_go >= lines.promote:
        yield Refusal(
            _("the lines cross"),
            _("let the line for promotion lie above the other, both from 0 to 1"),
            ("lines", "promote"),
        )


def _grades(rule: SortingRule) -> Iterator[Refusal]:
    for index, (before, later) in enumerate(pairwise(rule.grades), start=1):
        if later.at_least >= before.at_least:
            yield Refusal(
                _("the grades do not go down from one to the next"),
                _("give each grade a lower line than the one before"),
                ("grades", index, "at_least"),
            )
    if rule.grades and rule.grades[-1].at_least != 0:
        yield Refusal(
            _("values below the last grade's line have no grade"),
            _("let the last grade begin at 0"),
            ("grades", len(rule.grades) - 1, "at_least"),
        )
