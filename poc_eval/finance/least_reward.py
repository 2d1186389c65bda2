"""The law's least reward for those who made and transferred a result (促进科技成果转化法, art. 45)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING, Literal, TypeAlias

from poc_eval.errors import Fault, InputError
from poc_eval.finance.amounts import yuan
from poc_eval.i18n import _
from poc_eval.money import Exact, round_money

if TYPE_CHECKING:
    from collections.abc import Mapping

    from poc_eval.catalog.fields import Source
    from poc_eval.finance.policy import Policy
    from poc_eval.i18n import Message

Way: TypeAlias = Literal["transfer", "licence", "contribution_in_kind", "own_use"]
Standing: TypeAlias = Literal["met", "violation", "agreed_otherwise", "not_known"]

CASES: Mapping[Way, str] = {
    "transfer": "transfer_or_licence",
    "licence": "transfer_or_licence",
    "contribution_in_kind": "contribution_in_kind",
    "own_use": "own_use",
}
"""Which case of the policy ``law-art-45`` a way of transfer is."""


@dataclass(frozen=True, slots=True)
class LeastReward:
    """How a reward compares with the law's least; amounts in yuan."""

    way: Way
    net: Decimal
    """Net income, the value of the shares, or the operating profit of a year."""
    rate: Decimal
    least: Decimal
    """The least reward, rounded up to whole fen."""
    reward: Decimal | None
    """What was agreed; None where that is not known."""
    standing: Standing
    """``agreed_otherwise``: below the least, which binds state institutions only."""
    source: Source

    @property
    def says(self) -> Message:
        """Return the comparison in a sentence."""
        least, net, percent = f"{self.least:,f}", f"{self.net:,f}", f"{(self.rate * 100).normalize():f}"
        if self.reward is None:
            return _(
                "art. 45: at least {percent}% of {net}, that is {least} yuan; the reward is not stated",
                percent=percent,
                net=net,
                least=least,
            )
        given = f"{self.reward:,f}"
        if self.standing == "met":
            return _(
                "art. 45: at least {percent}% of {net}, that is {least} yuan; {given} yuan is enough",
                percent=percent,
                net=net,
                least=least,
                given=given,
            )
        if self.standing == "violation":
            return _(
                "art. 45: at least {percent}% of {net}, that is {least} yuan; {given} yuan is too little",
                percent=percent,
                net=net,
                least=least,
                given=given,
            )
        return _(
            "art. 45: {given} yuan is below {least} yuan, which an institution not of the state may agree",
            given=given,
            least=least,
        )


def least_reward(
    received: Exact,
    way: Way,
    *,
    costs: Exact = "0",
    reward: Exact | None = None,
    agreed: Exact | None = None,
    state_institution: bool = True,
) -> LeastReward:
    """Return the least reward of art. 45 beside the one agreed, as an amount or as a share of the net income.

    ``received``: income, value of the shares, or operating profit, in yuan; ``costs`` are taken away first.
    The law sets the least where nothing was agreed; institutions set up by the state may not agree less.
    Raises InputError for amounts that cannot be read, a share that is not one, or a way that is not known.
    """
    if way not in CASES:
        what = _('there is no way of transfer "{way}"', way=str(way)[:40])
        raise InputError(Fault(what, _("known are: {ids}", ids=", ".join(CASES)), place="way"))
    income, spent = yuan(received, "received"), yuan(costs, "costs")
    net = max(income - spent, Decimal("0.00"))
    rate = _rate(CASES[way])
    least = round_money(Fraction(net) * Fraction(rate), mode="up")
    given = None if reward is None else yuan(reward, "reward")
    if given is None and agreed is not None:
        given = round_money(Fraction(net) * share_of(agreed, "agreed"))
    standing: Standing = "met"
    if given is None:
        standing = "not_known"
    elif given < least:
        standing = "violation" if state_institution else "agreed_otherwise"
    return LeastReward(way, net, rate, least, given, standing, _law().source)


def share_of(given: Exact, place: str) -> Fraction:
    """Return a share from 0 to 1 given as 0.30, 30%, Decimal or a whole number; raises InputError."""
    text = f"{given:f}" if isinstance(given, Decimal) and given.is_finite() else str(given).strip()
    percent = text.endswith("%")
    plain = text[:-1] if percent else text
    if not isinstance(given, float) and plain.replace(".", "", 1).isdecimal() and plain.isascii():
        share = Fraction(plain) / (100 if percent else 1)
        if share <= 1:
            return share
    what = _('"{text}" is not a share', text=text[:40])
    raise InputError(Fault(what, _("write a share from 0 to 1, or from 0% to 100%"), place=place))


@cache
def _law() -> Policy:
    from poc_eval.finance.policy import Policy  # noqa: PLC0415 importing this module stays cheap

    return Policy.load("law-art-45")


@cache
def _rate(case: str) -> Decimal:
    cases = _law().payout.cases or {}
    rate = cases[case].rate
    return Decimal(0) if rate is None else rate
