"""A programme (阶段目标与经费拨付计划): stages that can fail, what they cost, and money that follows them."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from pydantic import Field, model_validator

from poc_eval.catalog.fields import Identifier, IsoDate, Version, Words
from poc_eval.catalog.refusal import refused
from poc_eval.catalog.shipped_definition import ShippedDefinition
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
    from poc_eval.finance.programme.value import Valuation


class Programme(ShippedDefinition):
    """A programme file as read; every rule of the format holds once one exists.

    ``Programme.load`` reads one; made from plain data, pydantic raises ValidationError where a rule is
    broken.  The format is described in ``docs/programmes.md`` and published as
    ``catalog/schemas/programme.schema.json``.  Without ``success`` it is a calendar of payments only.
    """

    folder: ClassVar[str] = "programmes"
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
