"""A policy (政策): who is paid what on which figures, from which clause, and from when to when."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final, Self

from pydantic import Field, model_validator

from poc_eval.catalog.fields import Count, Identifier, InForce, IsoDate
from poc_eval.catalog.refusal import refused
from poc_eval.catalog.shipped_definition import ShippedDefinition
from poc_eval.errors import Fault, InputError
from poc_eval.finance.policy_checks import refusals_of
from poc_eval.finance.policy_figures import unknown_figures
from poc_eval.finance.policy_parts import (
    MOST_ITEMS,
    Ambiguity,
    Budget,
    Combine,
    Condition,
    Funding,
    Input,
    Instalment,
    Matching,
    Payout,
    Period,
    PeriodRule,
    Rounding,
    Term,
)
from poc_eval.i18n import _

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    import pandas as pd

_WAYS: Final = frozenset({"rate", "fixed", "brackets", "brackets_mode", "by", "cases", "amounts"})


class Policy(ShippedDefinition):
    """A policy file as read; every rule of the format holds once one exists.

    ``Policy.load`` reads one; made from plain data, pydantic raises ValidationError where a rule is broken.
    The format is described in ``docs/policies.md`` and published as ``catalog/schemas/policy.schema.json``.
    A figure of the rule that is not known is null: such a rule loads and pays nothing.
    """

    folder: ClassVar[str] = "policies"
    in_force: InForce
    known_from: IsoDate | None = None
    """When this version became known (发布日期); an earlier day knows the version before it."""
    payee: Identifier
    """The kind of unit that can claim."""
    period: Period = PeriodRule()
    inputs: dict[Identifier, Input] = Field(min_length=1, max_length=MOST_ITEMS)
    eligible: tuple[Condition, ...] = Field(default=(), max_length=MOST_ITEMS)
    payout: Payout
    term: Term | None = None
    matching: Matching | None = None
    rounding: Rounding
    combine: Combine | None = None
    budget: Budget | None = None
    instalments: tuple[Instalment, ...] = Field(default=(), max_length=MOST_ITEMS)
    funding: tuple[Funding, ...] = Field(default=(), max_length=MOST_ITEMS)
    notice_days: Count | None = None
    """How long the public notice (公示) stands, in days; null where not known."""
    ambiguities: tuple[Ambiguity, ...] = Field(default=(), max_length=MOST_ITEMS)

    @model_validator(mode="after")
    def _every_rule_holds(self) -> Self:
        found = refusals_of(self)
        if found:
            raise refused(*found)
        return self

    def pay(
        self, claims: pd.DataFrame, *, explain: bool = True, payees: Collection[str] | None = None
    ) -> pd.DataFrame:
        """Return what each claim is paid and why, a row a claim in the order given.

        ``claims``: columns ``claim_id, payee, period`` and one for each input, the verified figures: amounts
        in yuan (text, Decimal, whole numbers, or floats that are exactly what was typed), or whole fen in an
        int64 column ``<input>_fen``.  ``payees``: the known units, where a list is kept.  Returned columns:
        ``claim_id, payee, period, policy, base_fen, rate, uncapped_fen, cap_fen, amount_fen, capped, reason,
        clause`` and, with ``explain``, ``explain`` (``{"zh", "en"}``).  ``*_fen`` are int64 fen, nullable
        Int64 where a row has none; ``uncapped_fen`` and ``cap_fen`` are rounded to fen by the rule's mode,
        ``capped`` compares the exact amounts.
        Raises InputError with every fault of the claims; then nothing is paid.
        """
        from poc_eval.finance.subsidy import pay  # noqa: PLC0415 a rule is read without arrays

        return pay([self], claims, explain=explain, payees=payees)

    @property
    def unknown(self) -> tuple[str, ...]:
        """The places of figures that every claim needs and that are not known: it pays nothing with one."""
        return unknown_figures(self)

    @property
    def dates_known(self) -> bool:
        """Whether both the first and the last day of the rule are known."""
        return self.in_force.from_ is not None and self.in_force.to is not None

    def reading(self, ambiguity_id: str) -> Policy:
        """Return this rule under the other reading of one of its ambiguities.

        Raises InputError where it has no such ambiguity.
        """
        for one in self.ambiguities:
            if one.id == ambiguity_id:
                return read_otherwise(self, one)
        raise InputError(
            Fault(
                _('{policy} has no ambiguity with the id "{id}"', policy=self.id, id=ambiguity_id),
                _("known are: {ids}", ids=", ".join(one.id for one in self.ambiguities) or "–"),
            )
        )


def read_otherwise(policy: Policy, ambiguity: Ambiguity) -> Policy:
    """Return ``policy`` with the keys that the other reading puts in their place, unchecked."""
    other = ambiguity.other
    return changed(policy, {name: getattr(other, name) for name in other.model_fields_set})


def changed(policy: Policy, keys: Mapping[str, object]) -> Policy:
    """Return ``policy`` with other values for keys of its payout, ``rounding`` or ``matching``, unchecked.

    A rate or a fixed amount takes the place of whatever way the rule had.
    """
    whole: dict[str, object] = {name: keys[name] for name in ("rounding", "matching") if name in keys}
    inner: dict[str, object] = {name: value for name, value in keys.items() if name not in whole}
    if inner.get("caps", ()) is None:
        inner["caps"] = ()
    way = _WAYS & inner.keys()
    kept = policy.payout.model_fields_set - (_WAYS if way else frozenset())
    values = policy.payout.__dict__ | (dict.fromkeys(_WAYS) if way else {}) | inner
    payout = Payout.model_construct(_fields_set=set(kept) | set(inner), **values)
    return policy.model_copy(update={"payout": payout, **whole})
