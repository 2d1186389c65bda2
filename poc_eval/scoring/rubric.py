"""A rubric (评价指标体系、评分表): what is asked, how it is scored, and what follows from the scores."""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar, Literal, Self

from pydantic import Field, model_validator

from poc_eval.catalog.fields import Identifier, InForce, YesNo
from poc_eval.catalog.refusal import refused
from poc_eval.catalog.shipped_definition import ShippedDefinition
from poc_eval.scoring.arithmetic import SHOWN_DECIMALS
from poc_eval.scoring.checks import refusals_of
from poc_eval.scoring.criterion import MOST_ITEMS, Criterion, NumberOrPercent, Scale
from poc_eval.scoring.inputs import inferred_inputs
from poc_eval.scoring.rules import (
    Awards,
    Decision,
    Extra,
    FailedTitles,
    Gate,
    Input,
    Option,
    PanelRule,
    Period,
    Screening,
    Total,
    Writing,
)
from poc_eval.scoring.structure import Marks, Node, build, counted, group_marks, walk

if TYPE_CHECKING:
    from collections.abc import Mapping

Stage = Literal["selection", "plan", "acceptance", "review", "performance"]


class Rubric(ShippedDefinition):
    """A rubric file as read; every rule of the format holds once one exists.

    ``Rubric.load`` reads one; made from plain data, pydantic raises ValidationError where a rule is broken.
    The format is described in ``docs/`` and published as ``catalog/schemas/rubric.schema.json``.
    """

    folder: ClassVar[str] = "rubrics"
    stage: Stage | None = None
    in_force: InForce | None = None
    period: Period | None = None
    historical: YesNo = False
    scale: Scale | None = None
    inputs: dict[Identifier, Input] = Field(default_factory=dict)
    screening: tuple[Screening, ...] = Field(default=(), max_length=MOST_ITEMS)
    criteria: tuple[Criterion, ...] = Field(default=(), max_length=MOST_ITEMS)
    weights_sum: NumberOrPercent | None = None
    bonuses: tuple[Extra, ...] = Field(default=(), max_length=MOST_ITEMS)
    deductions: tuple[Extra, ...] = Field(default=(), max_length=MOST_ITEMS)
    total: Total = Total()
    gates: tuple[Gate, ...] = Field(default=(), max_length=MOST_ITEMS)
    recommendation: tuple[Option, ...] = Field(default=(), max_length=MOST_ITEMS)
    panel: PanelRule | None = None
    failed: FailedTitles = FailedTitles()
    awards: Awards | None = None
    decisions: tuple[Decision, ...] = Field(default=(), max_length=MOST_ITEMS)
    writing: Writing = Writing()

    @model_validator(mode="after")
    def _every_rule_holds(self) -> Self:
        found = refusals_of(self)
        if found:
            raise refused(*found)
        return self

    @cached_property
    def nodes(self) -> tuple[Node, ...]:
        """The top criteria in their places, with everything about their marks worked out."""
        return build(self.criteria, self.scale, self.total.method)

    @cached_property
    def every_node(self) -> tuple[Node, ...]:
        """All criteria in the order of the form, a group before its children."""
        return tuple(walk(self.nodes))

    def node(self, criterion_id: str) -> Node:
        """Return a criterion in its place; raises KeyError where there is none such."""
        return self._by_id[criterion_id]

    @cached_property
    def _by_id(self) -> dict[str, Node]:
        return {node.criterion.id: node for node in self.every_node}

    @cached_property
    def scores(self) -> Marks | None:
        """From where to where the scores together go, before ``out_of``; None for a checklist."""
        return group_marks(self.nodes, self.total.method) if counted(self.nodes) else None

    @property
    def rescale(self) -> Fraction:
        """What the scores together are multiplied with, so that their full mark becomes ``out_of``."""
        if self.total.out_of is None or self.scores is None:
            return Fraction(1)
        return Fraction(self.total.out_of) / self.scores.full_mark

    @cached_property
    def total_marks(self) -> Marks | None:
        """From where to where the total goes without bonuses and deductions; None for a checklist."""
        if self.scores is None:
            return None
        low, high = self.scores.minimum * self.rescale, self.scores.full_mark * self.rescale
        return Marks(low, high, None, self.scores.best_low)

    @property
    def extra_points(self) -> Fraction:
        """The most that bonuses can add."""
        return sum((Fraction(bonus.up_to) for bonus in self.bonuses), Fraction(0))

    @property
    def decimals(self) -> int:
        """To how many decimals totals are rounded when they are shown."""
        return SHOWN_DECIMALS if self.panel is None else self.panel.decimals

    @cached_property
    def asked_inputs(self) -> Mapping[str, Input]:
        """The figures and facts that are asked for.

        A rubric that declares none asks for those that its measured criteria and gates name.
        """
        return self.inputs or inferred_inputs(self)
