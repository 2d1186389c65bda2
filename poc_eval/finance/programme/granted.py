"""How much a grant comes to: as stated, or as its policy pays it, and what own funds leave of it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from poc_eval.catalog.refusal import Refusal
from poc_eval.errors import Fault, InputError, PocEvalError
from poc_eval.finance.programme.parts import WORDS, Instalment, Moment
from poc_eval.i18n import _
from poc_eval.money import allocate, from_fen, round_money

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from poc_eval.finance.policy import Policy
    from poc_eval.finance.programme.model import Programme
    from poc_eval.finance.programme.parts import Grant
    from poc_eval.i18n import Message


@dataclass(frozen=True, slots=True)
class PolicyPayout:
    """What a policy pays for a grant, and why."""

    policy: str
    version: str
    amount: Decimal
    reason: str
    clause: str
    explain: dict[str, str]
    instalments: tuple[Instalment, ...]


@dataclass(frozen=True, slots=True)
class Granted:
    """A grant in figures: ``entitled`` before own funds are looked at, ``amount`` after."""

    grant: Grant
    entitled: Decimal
    amount: Decimal
    payout: PolicyPayout | None
    instalments: tuple[Instalment, ...]

    @property
    def parts(self) -> list[Decimal]:
        """What each instalment comes to; the parts add up to the amount to the fen."""
        return allocate(self.amount, [one.share for one in self.instalments])


def granted(programme: Programme, grant: Grant) -> Granted:
    """Return what a grant comes to.

    Raises UnknownIdError, DefinitionError and InputError of its policy.
    """
    payout = None if grant.policy is None else _paid_by_policy(programme, grant)
    entitled = payout.amount if payout is not None else grant.amount or Decimal(0)
    amount = entitled
    own = grant.matching
    if own is not None and own.amount < own.ratio * entitled:
        amount = Decimal(0) if own.if_short == "nothing" else round_money(own.amount / own.ratio, mode="down")
    whole = (Instalment(share=Decimal(1), when=Moment(event="start")),)
    own_parts = grant.instalments or (payout.instalments if payout is not None else ())
    return Granted(grant, entitled, amount, payout, own_parts or whole)


def short_of_own_funds(programme: Programme) -> Iterator[Message]:
    """Yield for each grant what too few own funds leave of it."""
    for one in (granted(programme, grant) for grant in programme.grants):
        if one.amount < one.entitled:
            yield _("too few own funds: the grant of {entitled} yuan comes to {amount} yuan",
                    entitled=f"{one.entitled:,.2f}", amount=f"{one.amount:,.2f}")  # fmt: skip


def policy_refusals(programme: Programme, grant: Grant) -> list[Refusal]:
    """Return what is wrong with the policy of a grant or its inputs, places counted from the grant."""
    try:
        granted(programme, grant)
    except InputError as error:
        return [Refusal(one.what, one.remedy, ("inputs", *_input_of(one, grant))) for one in error.faults]
    except PocEvalError as error:
        return [Refusal(one.what, one.remedy, ("policy",)) for one in error.faults]
    return []


def _input_of(fault: Fault, grant: Grant) -> Sequence[str]:
    name = (fault.place or "").partition("[")[0]
    return (name,) if name in grant.inputs else ()


def _paid_by_policy(programme: Programme, grant: Grant) -> PolicyPayout:
    # A programme without a policy is read without tables.
    import pandas as pd  # noqa: PLC0415

    from poc_eval.finance.policy import Policy  # noqa: PLC0415
    from poc_eval.finance.subsidy import clause_of, settle_claims  # noqa: PLC0415
    from poc_eval.finance.subsidy_working import REASONS  # noqa: PLC0415

    policy = Policy.load(grant.policy or "")
    missing = [name for name, one in policy.inputs.items() if one.required and name not in grant.inputs]
    unknown = [name for name in grant.inputs if name not in policy.inputs]
    faults = [
        Fault(_('the input "{name}" of the policy is missing', name=one), _("add it")) for one in missing
    ]
    faults += [_unknown_input(name, policy) for name in unknown]
    if faults:
        raise InputError(*faults)
    period = grant.period or _year_of(programme, policy)
    row = {"claim_id": grant.id, "payee": grant.to or programme.bearer, "period": period, **grant.inputs}
    settlement = settle_claims([policy], pd.DataFrame([row], dtype=object))
    working, inner = settlement.at(0)
    return PolicyPayout(
        policy.id,
        policy.version,
        from_fen(int(working.amount[inner])),
        REASONS[working.reason[inner]],
        clause_of(policy),
        settlement.explain(0).both(),
        _instalments(policy),
    )


def _year_of(programme: Programme, policy: Policy) -> str:
    """Return the period of the policy that the programme begins in; for one without periods the first day."""
    if policy.period.open or (policy.period.from_, policy.period.years) != ((1, 1), 1):
        return f"{programme.start.isoformat()}/{programme.start.isoformat()}"
    return str(programme.start.year)


def _instalments(policy: Policy) -> tuple[Instalment, ...]:
    """Return the policy's instalments where their moments are words that a programme knows, else none."""
    found = []
    for one in policy.instalments:
        event = WORDS.get(one.when)
        if one.share is None or event is None:
            return ()
        found.append(Instalment(share=one.share, when=Moment(event=event)))
    return tuple(found)


def _unknown_input(name: str, policy: Policy) -> Fault:
    what: Message = _('the policy has no input "{name}"', name=name)
    return Fault(what, _("known are: {ids}", ids=", ".join(policy.inputs)), place=name)
