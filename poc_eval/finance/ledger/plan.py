"""What is to be paid of one payout: by instalment and by the level that pays, to the fen."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from poc_eval.errors import Fault, InputError
from poc_eval.i18n import _
from poc_eval.money import allocate, whole_fen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from poc_eval.finance.policy import Policy

APPROVED: Final = "approved"
"""The instalment that is due as soon as the payout stands."""


@dataclass(frozen=True, slots=True)
class InstalmentRule:
    """A share of the payout, and when it is due."""

    when: str
    share: Decimal


@dataclass(frozen=True, slots=True)
class FundingRule:
    """A level's share of the payout, and the budget line it comes from."""

    level: str
    share: Decimal
    budget_code: str = ""


@dataclass(frozen=True, slots=True)
class Planned:
    """One payment that is to be made: its instalment from 1, its level, its amount in yuan."""

    instalment: int
    when: str
    level: str
    budget_code: str
    amount: Decimal


def instalments_of(policy: Policy) -> tuple[InstalmentRule, ...]:
    """Return a policy's instalments; one of the whole where it names none.

    Raises InputError where a share is not known.
    """
    if not policy.instalments:
        return (InstalmentRule(APPROVED, Decimal(1)),)
    return tuple(InstalmentRule(one.when, _known(one.share, policy)) for one in policy.instalments)


def funding_of(policy: Policy) -> tuple[FundingRule, ...]:
    """Return the levels that pay by a policy; one without a name where it names none.

    Raises InputError where a share is not known.
    """
    if not policy.funding:
        return (FundingRule("", Decimal(1)),)
    return tuple(
        FundingRule(one.level, _known(one.share, policy), one.budget_code or "") for one in policy.funding
    )


def plan(
    amount: Decimal, instalments: Sequence[InstalmentRule], funding: Sequence[FundingRule]
) -> tuple[Planned, ...]:
    """Return the payments that make up ``amount`` (yuan), instalment by instalment, level by level.

    Instalments are the largest-remainder parts of the amount, levels too, and the table between them meets
    both sums to the fen: each instalment is divided by what is left of each level.
    """
    whole = whole_fen(amount)
    rows = allocate(whole, [one.share for one in instalments])
    left = allocate(whole, [one.share for one in funding])
    planned = []
    for number, (rule, row) in enumerate(zip(instalments, rows, strict=True), start=1):
        parts = allocate(row, left) if row else [Decimal("0.00")] * len(left)
        left = [have - part for have, part in zip(left, parts, strict=True)]
        planned += [
            Planned(number, rule.when, level.level, level.budget_code, part)
            for level, part in zip(funding, parts, strict=True)
        ]
    return tuple(planned)


def _known(share: Decimal | None, policy: Policy) -> Decimal:
    if share is None:
        raise InputError(
            Fault(
                _("{policy} does not say how the payout is shared out", policy=policy.id),
                _("state the shares when the payout is recorded"),
                place="funding",
            )
        )
    return share
