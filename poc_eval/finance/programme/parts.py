"""The parts of a programme file: stages, income, grants, deposits, loans, and when each is paid."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Annotated, Any, Final, Literal, TypeAlias

from pydantic import BeforeValidator, Field, WithJsonSchema

from poc_eval.catalog.fields import (
    Amount,
    Count,
    Identifier,
    LocalText,
    Number,
    Part,
    Ratio,
    Share,
    Words,
)
from poc_eval.catalog.plain_text import shown
from poc_eval.catalog.refusal import Refusal, refused
from poc_eval.finance.programme.spread import AmountSpread, MonthSpread, ShareSpread, Spread
from poc_eval.i18n import _

Timing: TypeAlias = Literal["start", "middle", "end", "exact"]
Repayment: TypeAlias = Literal["annuity", "equal_principal", "bullet"]
MOST_ITEMS: Final = 200
WAYS: Final = "{passed: …}, {failed: …}, {reached: …}, {at: …}"
_RATE: Final = re.compile(r"(-?)((?:0|[1-9][0-9]{0,5})(?:\.[0-9]{1,12})?)(%?)")
WORDS: Final[dict[str, Literal["start", "accepted"]]] = {
    "start": "start",
    "approved": "start",
    "accepted": "accepted",
    "end": "accepted",
}
"""Words for moments in programmes and in the instalments of policies."""


def _rate(value: object) -> object:
    if isinstance(value, Decimal):
        return value
    found = _RATE.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        raise refused(
            Refusal(
                _('"{text}" does not fit here', text=shown(str(value))),
                _("write a rate such as 0.10 or 10%"),
            )
        )
    number = Decimal(found[1] + found[2])
    rate = number.scaleb(-2) if found[3] else number
    if rate <= -1:
        raise refused(
            Refusal(
                _("there is no present value at a rate of {rate}", rate=f"{rate:f}"),
                _("give a rate above -1, which is -100%"),
            )
        )
    return rate


def _moment(value: object) -> object:
    if not isinstance(value, str):
        return value
    if value not in WORDS:
        raise refused(
            Refusal(
                _('"{text}" does not fit here', text=shown(value)),
                _(
                    "write start, accepted, or one of {ways}",
                    ways="{passed: …}, {failed: …}, {reached: …}, {at: …}",
                ),
            )
        )
    return {"event": WORDS[value]}


def _plain_failure(value: object) -> object:
    return {"event": "failed"} if value == "failed" else value


_RATE_SCHEMA: Final[dict[str, Any]] = {
    "anyOf": [{"type": "string", "pattern": f"^{_RATE.pattern}$"}, {"type": "number", "exclusiveMinimum": -1}]
}
DiscountRate: TypeAlias = Annotated[Decimal, BeforeValidator(_rate), WithJsonSchema(_RATE_SCHEMA)]
"""A yearly rate above -1: ``0.10``, ``10%``."""


class Discount(Part):
    """The yearly rate of discount, and where in its year a payment counts as made."""

    rate: DiscountRate
    timing: Timing = "start"
    """``start``, ``middle``, ``end`` of the year begun when it is due; ``exact``: by date (ACT/365F)."""


class Moment(Part):
    """When something is paid: exactly one of these."""

    event: Literal["start", "accepted", "failed"] | None = None
    """The start of the programme; the passing of its last stage; the failing of any stage."""
    passed: Identifier | None = None
    """When this stage is passed."""
    failed: Identifier | None = None
    """When this stage fails."""
    reached: Identifier | None = None
    """When this stage begins."""
    at: Ratio | None = None
    """So many years after the start, as long as no stage has failed by then."""


_MOMENT_SCHEMA: Final[dict[str, Any]] = {
    "anyOf": [
        {"type": "string", "enum": [*WORDS, "failed"]},
        {
            "type": "object",
            "properties": {
                **{name: {"type": "string"} for name in ("event", "passed", "failed", "reached")},
                "at": {"type": ["number", "string"]},
            },
            "minProperties": 1,
            "maxProperties": 1,
            "additionalProperties": False,
        },
    ]
}
When: TypeAlias = Annotated[Moment, BeforeValidator(_moment), WithJsonSchema(_MOMENT_SCHEMA)]
"""A moment as written: ``start``, ``accepted``, ``{passed: trial}``."""
OnFailure: TypeAlias = Annotated[Moment, BeforeValidator(_plain_failure), WithJsonSchema(_MOMENT_SCHEMA)]
"""A failure as written: ``failed`` (of any stage) or ``{failed: trial}``."""


class After(Part):
    """The stage that must be passed before."""

    passed: Identifier


class Stage(Part):
    """A stage (阶段): what it costs, how long it takes, what must be shown, how likely it is to be passed."""

    id: Identifier
    title: LocalText | None = None
    at: Ratio | None = None
    """Years after the start; without it the stage begins when the one before it ends."""
    months: MonthSpread | None = None
    """How long it takes; without it, until the next stage begins."""
    when: After | None = None
    """The stage that it follows, where that is not the one written before it."""
    cost: AmountSpread = Spread("fixed", (Decimal(0),))
    cost_by: Identifier | None = None
    success: ShareSpread | None = None
    shows: LocalText | None = None
    """What must be shown at its end (考核指标)."""


class Income(Part):
    """Money that comes in where every stage has succeeded."""

    id: Identifier | None = None
    title: LocalText | None = None
    at: Ratio | None = None
    """Years after the start, or instead"""
    months: Ratio | None = None
    """months after the last stage was passed."""
    amount: AmountSpread
    to: Identifier | None = None


class Instalment(Part):
    """A part of a grant and when it is paid."""

    share: Share
    when: When


class Clawback(Part):
    """What is paid back on failure: a share of what was paid, or what was paid beyond the stages passed."""

    share: Share | None = None
    keep: Literal["passed_stages"] | None = None
    """Instead: the grant is earned stage by stage in equal parts, and what was paid beyond that goes back."""
    when: OnFailure = Moment(event="failed")


class OwnFunds(Part):
    """Own funds (配套资金) that must stand beside a grant."""

    amount: Amount
    by: Identifier | None = None
    ratio: Ratio = Decimal(1)
    if_short: Literal["prorate", "nothing"] = "prorate"


class Grant(Part):
    """A grant paid by instalments: an amount, or what a policy pays on stated inputs."""

    id: Identifier
    title: LocalText | None = None
    amount: Amount | None = None
    policy: Words | None = None
    inputs: dict[Identifier, Words] = Field(default_factory=dict, max_length=MOST_ITEMS)
    period: Words | None = None
    """The period of the claim; the year of the start where none is written."""
    by: Identifier | None = None
    to: Identifier | None = None
    instalments: tuple[Instalment, ...] = Field(default=(), max_length=MOST_ITEMS)
    matching: OwnFunds | None = None
    clawback: Clawback | None = None


class Deposit(Part):
    """A deposit (保证金) on the next payment, returned when its stage is passed and kept when it fails."""

    rate: Share | None = None
    of: Literal["next_instalment"] = "next_instalment"
    amount: Amount | None = None
    """Instead of a rate: this amount."""
    grant: Identifier | None = None
    """Whose next instalment; the first grant that has one where none is named."""
    kept_if: Moment


class InterestSubsidy(Part):
    """An interest subsidy (贷款贴息): a share of the interest paid, for so many months."""

    share: Share
    by: Identifier | None = None
    months: Count | None = None
    cap: Amount | None = None
    """At most so much in all."""


class Loan(Part):
    """A loan paid back month by month."""

    id: Identifier | None = None
    amount: Amount
    rate: Ratio
    """A year, a twelfth of it each month."""
    months: Count
    repayment: Repayment = "annuity"
    when: When = Moment(event="start")
    to: Identifier | None = None
    lender: Identifier | None = None
    interest_subsidy: InterestSubsidy | None = None


class Correlation(Part):
    """Figures that move together: the correlation of each two of them (Gaussian copula)."""

    of: tuple[Words, ...] = Field(min_length=2, max_length=MOST_ITEMS)
    rho: Number


class Scenario(Part):
    """The same programme with other figures."""

    id: Identifier
    title: LocalText | None = None
    set: dict[Words, Words] = Field(min_length=1, max_length=MOST_ITEMS)
