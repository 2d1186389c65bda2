"""A payout in its parts: instalments, and the shares of the levels that pay it; nothing is lost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from poc_eval.money import allocate, from_fen, to_fen

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from poc_eval.finance.policy import Policy


@dataclass(frozen=True, slots=True)
class PaidPart:
    """One part of a payout; ``fen`` is None where a share of the rule is not known."""

    name: str
    """When it is paid, or which level pays it."""
    share: Decimal | None
    fen: int | None
    budget_code: str | None = None


def instalments(policy: Policy, fen: int) -> tuple[PaidPart, ...]:
    """Return a payout of ``fen`` by instalments; none where the rule names none."""
    parts = _divided(fen, [one.share for one in policy.instalments])
    return tuple(
        PaidPart(one.when, one.share, part) for one, part in zip(policy.instalments, parts, strict=True)
    )


def funding(policy: Policy, fen: int) -> tuple[PaidPart, ...]:
    """Return a payout of ``fen`` by the levels that pay it; none where the rule names none."""
    parts = _divided(fen, [one.share for one in policy.funding])
    return tuple(
        PaidPart(one.level, one.share, part, one.budget_code)
        for one, part in zip(policy.funding, parts, strict=True)
    )


def _divided(fen: int, shares: Sequence[Decimal | None]) -> list[int | None]:
    known = [share for share in shares if share is not None]
    if len(known) < len(shares) or not known:
        return [None] * len(shares)
    return [to_fen(part) for part in allocate(from_fen(fen), known)]
