"""A programme (阶段目标与经费拨付计划): stages that can fail, what they cost, and money that follows them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from pydantic import Field, model_validator

from poc_eval.catalog.definitions import load_definition
from poc_eval.catalog.fields import Definition, Identifier, IsoDate, Version, Words
from poc_eval.catalog.refusal import refused
from poc_eval.catalog.shipped import shipped_folder
from poc_eval.finance.programme.checks import refusals_of
from poc_eval.finance.programme.parts import (
    MOST_ITEMS,
    Correlation,
    Deposit,
    Discount,
    Grant,
    Income,
    Loan,
    Scenario,
    Stage,
)

if TYPE_CHECKING:
    import os
    from collections.abc import Sequence
    from pathlib import Path

    from poc_eval.finance.programme.value import Valuation


class Programme(Definition):
    """A programme file as read; every rule of the format holds once one exists.

    ``Programme.load`` reads one; made from plain data, pydantic raises ValidationError where a rule is
    broken.  The format is described in ``docs/programmes.md`` and published as
    ``catalog/schemas/programme.schema.json``.  Without ``success`` it is a calendar of payments only.
    """

    version: Version = "1"
    currency: Words = "CNY"
    start: IsoDate
    """The first day."""
    discount: Discount | None = None
    stages: tuple[Stage, ...] = Field(min_length=1, max_length=MOST_ITEMS)
    income: tuple[Income, ...] = Field(default=(), max_length=MOST_ITEMS)
    grants: tuple[Grant, ...] = Field(default=(), max_length=MOST_ITEMS)
    deposits: tuple[Deposit, ...] = Field(default=(), max_length=MOST_ITEMS)
    loans: tuple[Loan, ...] = Field(default=(), max_length=MOST_ITEMS)
    parties: tuple[Identifier, ...] = Field(
        default=("funder", "project"), min_length=1, max_length=MOST_ITEMS
    )
    """By default ``funder`` pays grants, ``project`` bears costs and takes income."""
    correlated: tuple[Correlation, ...] = Field(default=(), max_length=MOST_ITEMS)
    scenarios: tuple[Scenario, ...] = Field(default=(), max_length=MOST_ITEMS)

    @model_validator(mode="after")
    def _every_rule_holds(self) -> Self:
        found = refusals_of(self)
        if found:
            raise refused(*found)
        return self

    @classmethod
    def load(cls, id_or_path: str | os.PathLike[str], *, folders: Sequence[Path] = ()) -> Programme:
        """Return the programme with this id, from ``folders`` or the shipped ones, or from a path.

        Raises UnknownIdError, and DefinitionError with every fault of the file.
        """
        everywhere = (*folders, shipped_folder("programmes"))
        return load_definition(cls, id_or_path, folders=everywhere).definition

    def value(self) -> Valuation:
        """Return what the programme is worth, exactly, with its calendar and each party's view."""
        from poc_eval.finance.programme.value import valuation  # noqa: PLC0415 a file is read without arrays

        return valuation(self)

    @property
    def has_probabilities(self) -> bool:
        """Whether every stage says how likely it is to be passed."""
        return all(stage.success is not None for stage in self.stages)

    @property
    def payer(self) -> str:
        """Who pays a grant where it does not say."""
        return "funder" if "funder" in self.parties else self.parties[0]

    @property
    def bearer(self) -> str:
        """Who bears costs, receives grants and takes income where nothing is said."""
        return "project" if "project" in self.parties else self.parties[-1]
