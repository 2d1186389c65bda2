"""A sharing rule (收益分配办法): who gets what of a transfer's income or shares, and who must approve."""

from __future__ import annotations

from typing import ClassVar, Final, Literal, Self, TypeAlias

from pydantic import Field, model_validator

from poc_eval.catalog.fields import (
    Amount,
    Count,
    Identifier,
    LocalText,
    LocalTextOrWord,
    Part,
    Share,
    YesNo,
)
from poc_eval.catalog.refusal import refused
from poc_eval.catalog.shipped_definition import ShippedDefinition
from poc_eval.errors import Fault, InputError
from poc_eval.finance.sharing_checks import refusals_of
from poc_eval.i18n import _

Base: TypeAlias = Literal["received", "net"]
Kind: TypeAlias = Literal["cash", "equity", "own_use"]

MOST: Final = 50


class Floor(Part):
    """What the main contributors (主要贡献人员) together get at least."""

    at_least: Share
    of: Literal["portion", "whole"] = "portion"
    """``portion``: of what the team gets; ``whole``: of the base."""


class Portion(Part):
    """One party's part: a ``share``, a range from which the parties choose, or parts of the ``rest``."""

    to: Identifier
    title: LocalText
    share: Share | None = None
    at_least: Share | None = None
    """With ``at_most`` or alone: a share to be chosen, not below this."""
    at_most: Share | None = None
    rest: Count | None = None
    """So many parts of what the shares leave; ``rest: 1`` for one alone takes all of it."""
    of: Literal["portion", "whole"] = "portion"
    """Inside a portion: whether the share is of that portion or of the whole base."""
    reward: YesNo = False
    """Whether it rewards those who made and transferred the result, as the law's least reward counts it."""
    main_contributors: Floor | None = None
    inside: tuple[Portion, ...] = Field(default=(), max_length=MOST)
    """How this part is divided in its turn."""

    @property
    def chosen(self) -> bool:
        """Return whether the parties choose its share."""
        return self.at_least is not None or self.at_most is not None


class Deduction(Part):
    """What is taken away before the rest is shared, one after another in the order of the file."""

    id: Identifier
    title: LocalText
    share: Share | None = None
    """A share; without one, the amount that is stated for the case."""
    of: Literal["received", "remaining"] = "remaining"


class Tier(Part):
    """Who decides on amounts up to a line; the last one has none."""

    body: LocalTextOrWord
    up_to: Amount | None = None
    """Amounts up to this one, included."""
    below: Amount | None = None
    """Amounts below this one."""


class Post(Part):
    """What a reward needs where somebody with a certain post is among those rewarded."""

    post: Identifier
    title: LocalText
    steps: tuple[LocalTextOrWord, ...] = Field(min_length=1, max_length=MOST)


class Approvals(Part):
    """Who must approve: by the amount, or by the post that somebody holds."""

    by_amount: tuple[Tier, ...] = Field(default=(), max_length=MOST)
    by_post: tuple[Post, ...] = Field(default=(), max_length=MOST)


class OtherReading(Part):
    """What another reading of the text puts in place of the rule's own keys."""

    base: Base | None = None
    cash: tuple[Portion, ...] | None = Field(default=None, max_length=MOST)
    equity: tuple[Portion, ...] | None = Field(default=None, max_length=MOST)


class Ambiguity(Part):
    """A question that the text leaves open: the answer taken here, and what another would change."""

    id: Identifier
    question: LocalText
    taken: LocalTextOrWord
    other_taken: LocalTextOrWord
    other: OtherReading


class SharingRule(ShippedDefinition):
    """A sharing rule as read; every rule of the format holds once one exists.

    The format is described in ``docs/deals.md`` and published as ``catalog/schemas/sharing.schema.json``.
    """

    folder: ClassVar[str] = "sharing"
    institution: LocalText
    state_institution: YesNo = True
    """Set up by the state (国家设立): then no agreement may go below the law's least reward (art. 45)."""
    base: Base | None = None
    """``received``: of the income received (到账); ``net``: less the stated costs; null: the text does not
    say."""
    deductions: tuple[Deduction, ...] = Field(default=(), max_length=MOST)
    cash: tuple[Portion, ...] = Field(default=(), max_length=MOST)
    """How income from a transfer or licence is divided."""
    equity: tuple[Portion, ...] = Field(default=(), max_length=MOST)
    """How shares from a contribution in kind are divided; empty: the text does not say."""
    own_use: tuple[Portion, ...] = Field(default=(), max_length=MOST)
    """How operating profit from own use is divided."""
    approvals: Approvals = Approvals()
    procedure: tuple[LocalTextOrWord, ...] = Field(default=(), max_length=MOST)
    """The chain of steps, in order."""
    notice_days: Count | None = None
    """How long the public notice (公示) stands, in days; null where not known."""
    ambiguities: tuple[Ambiguity, ...] = Field(default=(), max_length=MOST)

    @model_validator(mode="after")
    def _every_rule_holds(self) -> Self:
        found = refusals_of(self)
        if found:
            raise refused(*found)
        return self

    def reading(self, ambiguity_id: str) -> Self:
        """Return this rule under the other reading of one of its ambiguities; raises InputError."""
        for one in self.ambiguities:
            if one.id == ambiguity_id:
                keys = one.other.model_fields_set
                return self.model_copy(update={key: getattr(one.other, key) for key in keys})
        raise InputError(
            Fault(
                _('{policy} has no ambiguity with the id "{id}"', policy=self.id, id=ambiguity_id),
                _("known are: {ids}", ids=", ".join(one.id for one in self.ambiguities) or "–"),
                place="reading",
            )
        )

    def portions(self, kind: Kind) -> tuple[Portion, ...]:
        """Return how income, shares or operating profit are divided; empty where the text does not say."""
        return {"cash": self.cash, "equity": self.equity, "own_use": self.own_use}[kind]
