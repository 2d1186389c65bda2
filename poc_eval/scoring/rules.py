"""The parts of a rubric around its criteria: what comes before the scores, and what follows from them."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema

from poc_eval.catalog.fields import (
    Amount,
    Count,
    Identifier,
    IsoDate,
    LocalText,
    Number,
    Part,
    YesNo,
)
from poc_eval.catalog.plain_text import shown
from poc_eval.catalog.refusal import Refusal, refused
from poc_eval.catalog.stated import Stated
from poc_eval.i18n import _
from poc_eval.scoring.criterion import NumberOrPercent

InputKind = Literal["count", "amount", "share", "number", "yes_no"]
TotalMethod = Literal["sum", "weighted_sum", "weighted_mean"]
GateKind = Literal["criterion", "input", "total"]

_VOTE = re.compile(r"([1-9][0-9]?)/([1-9][0-9]?)")


def _vote(value: object) -> object:
    if isinstance(value, Fraction):
        return value
    found = _VOTE.fullmatch(value) if isinstance(value, str) else None
    if found and int(found[1]) <= int(found[2]):
        return Fraction(int(found[1]), int(found[2]))
    raise refused(
        Refusal(
            _('"{text}" does not fit here', text=shown(str(value))),
            _("write a share of the votes such as 2/3"),
        )
    )


Vote = Annotated[
    Fraction, BeforeValidator(_vote), WithJsonSchema({"type": "string", "pattern": f"^{_VOTE.pattern}$"})
]
"""The share of the panel that must agree: ``2/3``."""


class Screening(Part):
    """A yes/no item before any score (筛选性指标); the answer named in ``fails_on`` ends the review."""

    id: Identifier
    ask: LocalText
    fails_on: YesNo


class Input(Stated):
    """A figure or fact that measured criteria and gates look at."""

    kind: InputKind


class Extra(Part):
    """A bonus (加分) or a deduction (扣分) of at most ``up_to`` points, on top of the scores."""

    id: Identifier
    title: LocalText
    up_to: Number


class Total(Part):
    """How scores become one figure.

    ``out_of`` rescales the total by its full mark. ``weights_sum`` and ``full_mark`` are what the author says
    that the top weights and the full marks add up to; they are checked and change nothing.
    """

    method: TotalMethod = "sum"
    out_of: Number | None = None
    weights_sum: NumberOrPercent | None = None
    full_mark: Number | None = None


class Gate(Part):
    """A condition (否决项、最低分要求、准入条件) on one criterion, one group, one input or the total."""

    id: Identifier | None = None
    title: LocalText | None = None
    criterion: Identifier | None = None
    input: Identifier | None = None
    total: YesNo = False
    at_least: NumberOrPercent | None = None
    at_most: NumberOrPercent | None = None
    is_: YesNo | None = Field(default=None, alias="is")

    @property
    def kind(self) -> GateKind:
        """What it looks at."""
        if self.criterion is not None:
            return "criterion"
        return "input" if self.input is not None else "total"

    @property
    def target(self) -> str:
        """The id of what it looks at; ``total`` for the total."""
        return self.criterion or self.input or "total"

    @property
    def name(self) -> str:
        """Its id, which is its target's where the file gives none."""
        return self.id or self.target


class Option(Part):
    """One recommendation that a reviewer can tick."""

    id: Identifier
    title: LocalText


class Trim(Part):
    """How many of the highest and lowest are left out, and from how many reviewers on (``from``)."""

    by: Literal["total", "criterion"] = "total"
    high: Count = 1
    low: Count = 1
    from_: Count | None = Field(default=None, alias="from")


class Lottery(Part):
    """A draw for the last of ``fundable`` places, where the published rules call for one.

    ``among``: projects with one and the same rank across the line (``ties``), or those whose inner 50%
    interval of the rank crosses it (``zone``).
    """

    fundable: Count
    among: Literal["zone", "ties"]


class PanelRule(Part):
    """The published way from reviews to one official result.

    ``by``: whether the average is taken of the totals, or criterion by criterion and then totalled.
    ``rank_weights``: what scores are multiplied with for the order alone; totals and gates stay as they are.
    """

    minimum: Count = 1
    average: Literal["mean", "median", "trimmed"] = "mean"
    by: Literal["total", "criterion"] = "total"
    trim: Trim | None = None
    decimals: Count = 2
    ties: tuple[Identifier, ...] = ()
    vote: Vote | None = None
    rank_weights: dict[Identifier, NumberOrPercent] = Field(default_factory=dict)
    lottery: Lottery | None = None


class Decision(Part):
    """An outcome and what it takes; the first one in the list that holds is taken."""

    id: Identifier
    title: LocalText
    rank_at_most: Count | None = None
    at_least: Number | None = None
    at_most: Number | None = None
    award: Amount | None = None


class FailedTitles(Part):
    """What the form calls the two outcomes that come before the decisions."""

    screened_out: LocalText | None = None
    gate: LocalText | None = None


class Writing(Part):
    """How much a reviewer writes, in characters without spaces."""

    reason_at_least: Count = 10
    opinion_at_least: Count = 20
    opinion_at_most: Count = 1000


class Awards(Part):
    """What holds for the awards of all decisions together."""

    once: YesNo = False
    yearly_budget: Amount | None = None


class Period(Part):
    """The days, both included, that figures are counted for (评价数据统计期间)."""

    from_: IsoDate = Field(alias="from")
    to: IsoDate
