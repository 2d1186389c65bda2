"""A settlement as the one JSON document that ``poc-eval subsidy --json`` prints."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from poc_eval.finance.subsidy_rates import rates_of
from poc_eval.finance.subsidy_shares import funding, instalments
from poc_eval.finance.subsidy_working import NONE, REASONS
from poc_eval.money import format_money, from_fen

if TYPE_CHECKING:
    from collections.abc import Iterator

    from poc_eval.finance.policy import Policy
    from poc_eval.finance.subsidy import Settlement
    from poc_eval.finance.subsidy_shares import PaidPart


def document(settlement: Settlement) -> dict[str, Any]:
    """Return policies, claims and total; amounts are texts with two decimals."""
    return {
        "policy": [policy_entry(one.policy) for one in settlement.workings],
        "claims": list(_claims(settlement)),
        "total": _yuan(settlement.total),
    }


def policy_entry(policy: Policy) -> dict[str, Any]:
    """Return what a reader needs to know of a policy beside its results."""
    span = policy.in_force
    return {
        "id": policy.id,
        "version": policy.version,
        "title": {"zh": policy.title.zh, "en": policy.title.en},
        "source": policy.source.model_dump(),
        "in_force": {
            "from": span.from_ and span.from_.isoformat(),
            "to": span.to and span.to.isoformat(),
            "known": policy.dates_known,
        },
        "unknown": list(policy.unknown),
    }


def _claims(settlement: Settlement) -> Iterator[dict[str, Any]]:
    from poc_eval.finance.subsidy import clause_of  # noqa: PLC0415 the two call each other

    claims = settlement.claims
    rates = {id(one): rates_of(one) for one in settlement.workings}
    for row in range(len(settlement.order)):
        working, inner = settlement.at(row)
        place = working.part.rows[inner]
        texts, codes = rates[id(working)]
        amount = int(working.amount[inner])
        policy = working.policy
        yield {
            "claim_id": str(claims.ids[place]),
            "payee": claims.payees[place],
            "period": claims.periods[place],
            "policy": policy.id,
            "base": _yuan(int(working.base[inner])),
            "rate": texts[codes[inner]] if codes[inner] >= 0 else None,
            "uncapped": _yuan(int(working.uncapped[inner])),
            "cap": _yuan(int(working.cap[inner])),
            "amount": _yuan(amount),
            "capped": bool(working.capped[inner]),
            "reason": REASONS[working.reason[inner]],
            "clause": clause_of(policy),
            "explain": settlement.explain(row).both(),
            "instalments": [_part(one, "when") for one in instalments(policy, amount)],
            "funding": [
                _part(one, "level") | {"budget_code": one.budget_code} for one in funding(policy, amount)
            ],
        }


def _part(part: PaidPart, name: str) -> dict[str, Any]:
    return {
        name: part.name,
        "share": None if part.share is None else str(part.share),
        "amount": None if part.fen is None else _yuan(part.fen),
    }


def _yuan(fen: int) -> str | None:
    return None if fen == NONE else format_money(from_fen(fen), "bare")
