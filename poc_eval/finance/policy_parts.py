"""The parts of a policy file: who may claim, what is paid on which figures, and how payments meet."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any, Final, Literal, TypeAlias

from pydantic import BeforeValidator, Field, WithJsonSchema

from poc_eval.catalog.fields import (
    Amount,
    Count,
    Identifier,
    LocalText,
    LocalTextOrWord,
    Part,
    Ratio,
    Share,
    Words,
    YesNo,
)
from poc_eval.catalog.plain_text import shown
from poc_eval.catalog.refusal import Refusal, refused
from poc_eval.catalog.stated import Stated
from poc_eval.i18n import _
from poc_eval.money import RoundingMode

InputKind: TypeAlias = Literal["amount", "count", "share", "yes_no", "choice", "date"]
CapScope: TypeAlias = Literal["year", "project", "payee", "payee_year", "lifetime"]
GroupRule: TypeAlias = Literal["sum", "highest", "top_up", "exclusive"]

MOST_ITEMS: Final = 200
_MONTH_DAY: Final = re.compile(r"(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])")
_LEAP_FREE_YEAR: Final = 2023


def _month_day(value: object) -> object:
    if isinstance(value, tuple):
        return value
    found = _MONTH_DAY.fullmatch(value) if isinstance(value, str) else None
    if found is not None:
        try:
            day = date(_LEAP_FREE_YEAR, int(found[1]), int(found[2]))
        except ValueError:
            found = None
        else:
            return (day.month, day.day)
    raise refused(
        Refusal(
            _('"{text}" does not fit here', text=shown(str(value))),
            _("write month and day as 10-01; 29 February does not start a year"),
        )
    )


def _named_period(value: object) -> object:
    if value == "year":
        return {}
    return {"open": "yes"} if value == "project" else value


def _one_input(value: object) -> object:
    return {"sum": [value]} if isinstance(value, str) else value


MonthDay = Annotated[
    tuple[int, int],
    BeforeValidator(_month_day),
    WithJsonSchema({"type": "string", "pattern": f"^{_MONTH_DAY.pattern}$"}),
]
"""The day on which a rule's year begins: ``10-01``."""


class PeriodRule(Part):
    """The periods that claims are made for: ``year``, ``{from: 10-01}``, or ``project`` (any time)."""

    from_: MonthDay = Field(default=(1, 1), alias="from")
    """The day on which each period begins."""
    years: Count = 1
    """How many years one period has."""
    open: YesNo = False
    """A claim may be for any time; written ``period: project``."""


class Input(Stated):
    """A figure or fact that a claim states and the verification confirms."""

    kind: InputKind
    of: tuple[Words, ...] = Field(default=(), max_length=MOST_ITEMS)
    """The values of a choice."""
    labels: dict[Words, LocalText] = Field(default_factory=dict)
    """What the values of a choice are called."""
    definition: LocalText | None = None
    evidence: tuple[LocalTextOrWord, ...] = Field(default=(), max_length=MOST_ITEMS)
    """The papers that show it."""
    required: YesNo = True
    """``no``: a claim may leave it out; a condition on it then counts as met, and the result says so."""


class Condition(Part):
    """What must hold for a claim to be paid; exactly one test."""

    input: Identifier
    is_: Words | None = Field(default=None, alias="is")
    one_of: tuple[Words, ...] | None = Field(default=None, min_length=1, max_length=MOST_ITEMS)
    at_least: Words | None = None
    at_most: Words | None = None
    label: LocalText | None = None


class Base(Part):
    """The base (补助基数): one input, or some added up less others."""

    sum: tuple[Identifier, ...] = Field(min_length=1, max_length=MOST_ITEMS)
    less: tuple[Identifier, ...] = Field(default=(), max_length=MOST_ITEMS)


class Bracket(Part):
    """One bracket: bases up to ``up_to`` (included), and what they give; the last may have no end."""

    up_to: Amount | None = None
    rate: Ratio | None = None
    fixed: Amount | None = None
    """Instead of a rate, with ``brackets_mode: whole``: this amount."""


class Cap(Part):
    """A cap (上限): an amount for a scope, or a share of an input of the claim."""

    amount: Amount | None = None
    per: CapScope | None = None
    share: Ratio | None = None
    of: Identifier | None = None


class Minimum(Part):
    """A smaller payout is not paid; ``test`` says whether it is compared before or after rounding."""

    amount: Amount | None = None
    test: Literal["before_rounding", "after_rounding"]


class Prorate(Part):
    """Whether a part of a period counts for its part of the days."""

    base: YesNo = False
    caps: YesNo = False
    days: Literal["actual"] | None = None


class Way(Part):
    """How a base becomes an amount: one of ``rate``, ``fixed``, ``brackets``; a figure not known is null."""

    rate: Ratio | None = None
    fixed: Amount | None = None
    brackets: tuple[Bracket, ...] | None = Field(default=None, max_length=MOST_ITEMS)
    brackets_mode: Literal["marginal", "whole"] | None = None


class Case(Way):
    """The way for one value of a choice; its own caps, where it has some, take the place of the payout's."""

    caps: tuple[Cap, ...] | None = Field(default=None, max_length=MOST_ITEMS)


_BASE_SCHEMA: Final[dict[str, Any]] = {
    "anyOf": [
        {"type": "string"},
        {
            "type": "object",
            "properties": {
                "sum": {"type": "array", "items": {"type": "string"}, "minItems": 1},
                "less": {"type": "array", "items": {"type": "string"}},
            },
            "required": ["sum"],
            "additionalProperties": False,
        },
    ]
}
OneOrMore = Annotated[Base, BeforeValidator(_one_input), WithJsonSchema(_BASE_SCHEMA)]
"""A base as written: an input's name, or ``{sum: [a, b], less: [c]}``."""


class Payout(Way):
    """What is paid: the base, the way to an amount (or ``by`` an input with ``cases``), and its limits."""

    base: OneOrMore | None = None
    by: Identifier | None = None
    """A choice that decides; with ``cases`` or ``amounts``."""
    cases: dict[Words, Case] | None = None
    amounts: dict[Words, Amount | None] | None = None
    caps: tuple[Cap, ...] = Field(default=(), max_length=MOST_ITEMS)
    minimum: Minimum | None = None
    prorate: Prorate = Prorate()


class Term(Part):
    """For how many periods it can be claimed; ``from`` names the date input from which years are counted."""

    periods: Count
    year: Literal["agreement", "calendar"] = "calendar"
    from_: Identifier | None = Field(default=None, alias="from")


class Matching(Part):
    """Own funds that must stand beside the payout, ``ratio`` times as much; what a shortage does."""

    input: Identifier
    ratio: Ratio | None = None
    if_short: Literal["prorate", "nothing"]


class Rounding(Part):
    """To what multiple, how, and in which order of adding and rounding."""

    to: Amount
    mode: RoundingMode
    order: Literal["sum_then_round", "round_each"] = "sum_then_round"


class Combine(Part):
    """How this rule meets the others of its group for one matter; ``after``: rules or groups before it."""

    group: Identifier
    rule: GroupRule
    after: tuple[Identifier, ...] = Field(default=(), max_length=MOST_ITEMS)


class Budget(Part):
    """What there is for all claims of a year, and who gets it; rules with the same ``pool`` share one."""

    amount: Amount | None = None
    share: Literal["rank", "date", "prorata"]
    pool: Identifier | None = None


class Instalment(Part):
    """A part of the payout and when it is paid."""

    share: Share | None = None
    when: Words


class Funding(Part):
    """A level that pays its share, and from which budget line."""

    level: Words
    share: Share | None = None
    budget_code: Words | None = None


class Reading(Part):
    """What another reading of the text would put in place of the rule's own keys."""

    base: OneOrMore | None = None
    rate: Ratio | None = None
    fixed: Amount | None = None
    caps: tuple[Cap, ...] | None = Field(default=None, max_length=MOST_ITEMS)
    minimum: Minimum | None = None
    prorate: Prorate | None = None
    rounding: Rounding | None = None
    matching: Matching | None = None


class Ambiguity(Part):
    """A question that the text leaves open: the answer taken here, and what another would change."""

    id: Identifier
    question: LocalText
    taken: LocalTextOrWord
    other: Reading


_PERIOD_SCHEMA: Final[dict[str, Any]] = {
    "anyOf": [
        {"type": "string", "enum": ["year", "project"]},
        {
            "type": "object",
            "properties": {
                "from": {"type": "string", "pattern": f"^{_MONTH_DAY.pattern}$"},
                "years": {
                    "anyOf": [{"type": "string", "pattern": "^[1-9]$"}, {"type": "integer", "minimum": 1}]
                },
            },
            "additionalProperties": False,
        },
    ]
}
Period = Annotated[PeriodRule, BeforeValidator(_named_period), WithJsonSchema(_PERIOD_SCHEMA)]
"""A period as written: ``year``, ``project``, or ``{from: 10-01}``."""
