"""What the same claims would be paid otherwise: the other readings of a rule, another rate or cap, growth."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from poc_eval.finance.claims.form import claims_table
from poc_eval.finance.subsidy_whatif import altered, compare, exposure
from poc_eval.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from poc_eval.finance.claims.reckoning import Reckoning
    from poc_eval.finance.policy import Policy
    from poc_eval.i18n import Message

GROWTHS: Final = ("-0.10", "0", "0.10", "0.20")


@dataclass(frozen=True, slots=True)
class Scenario:
    """What one other rule would change, in fen; ``by_payee``: unit and difference, those that change."""

    title: Message
    total: int
    difference: int
    by_payee: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Growth:
    """What the claims would be paid if every amount grew at this rate, in fen."""

    growth: str
    total: int
    wanted: int
    capped: int


def readings(reckoning: Reckoning) -> tuple[Scenario, ...]:
    """Return what each other reading of the rules' texts would change; none without a settlement."""
    return tuple(_readings(reckoning)) if reckoning.settlement is not None else ()


def under(reckoning: Reckoning, policy: Policy, changes: Mapping[str, object], title: Message) -> Scenario:
    """Return what would change if ``policy`` had other figures; ``changes`` as `subsidy_whatif.altered`.

    Raises InputError where the figures do not fit the rule.
    """
    return _scenario(reckoning, policy, altered(policy, changes), title)


def growths(reckoning: Reckoning, rates: Sequence[str] = GROWTHS) -> tuple[Growth, ...]:
    """Return what next year would cost if the claims grew; none without a settlement."""
    if reckoning.settlement is None:
        return ()
    found = exposure(_used(reckoning), claims_table(reckoning.forms), rates)
    columns = (found[name].tolist() for name in ("growth", "total_fen", "wanted_fen", "capped"))
    return tuple(Growth(*row) for row in zip(*columns, strict=True))


def _readings(reckoning: Reckoning) -> Iterator[Scenario]:
    for policy in _used(reckoning):
        if policy.unknown:
            continue
        for one in policy.ambiguities:
            title = _(
                "{policy}: {question} (taken: {taken})",
                policy=policy.title,
                question=one.question,
                taken=one.taken,
            )
            yield _scenario(reckoning, policy, policy.reading(one.id), title)


def _used(reckoning: Reckoning) -> list[Policy]:
    settlement = reckoning.settlement
    return [] if settlement is None else [one.policy for one in settlement.workings]


def _scenario(reckoning: Reckoning, policy: Policy, other: Policy, title: Message) -> Scenario:
    before = _used(reckoning)
    after = [other if one is policy else one for one in before]
    compared = compare(before, after, claims_table(reckoning.forms))
    changes = compared.by_payee()
    return Scenario(
        title,
        compared.after.total,
        compared.difference,
        tuple(
            (payee, difference)
            for payee, difference in zip(changes["payee"], changes["difference_fen"].tolist(), strict=True)
            if difference
        ),
    )
