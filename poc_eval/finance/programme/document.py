"""A programme's figures as the one JSON document that ``poc-eval cashflow --json`` prints."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from poc_eval.finance.programme.granted import granted
from poc_eval.money import format_money, round_money

if TYPE_CHECKING:
    from decimal import Decimal

    from poc_eval.finance.programme.flows import Flow
    from poc_eval.finance.programme.value import Need, Valuation

MONEY_DIGITS: Final = 2
"""Digits of an estimated amount in yuan."""
RATE_DIGITS: Final = 6
CHANCE_DIGITS: Final = 12


def document(value: Valuation) -> dict[str, Any]:
    """Return the figures; paid amounts are texts with two decimals, estimates numbers to the fen."""
    programme, discount, option = value.programme, value.programme.discount, value.option
    return {
        "programme": programme.id,
        "version": programme.version,
        "title": {"zh": programme.title.zh, "en": programme.title.en},
        "currency": programme.currency,
        "start": programme.start.isoformat(),
        "rate": None if discount is None else float(discount.rate),
        "timing": None if discount is None else discount.timing,
        "p_success": chance(value.p_success),
        "rnpv": money(value.rnpv),
        "npv_if_success": money(value.npv_if_success),
        "with_abandonment": None if option is None else money(option[0]),
        "stop_at_stage": None if option is None else option[1],
        "rnpv_with_grant": money(value.rnpv_with_grant),
        **_rate_of_return(value),
        "payback_months": value.payback_months if value.programme.income else None,
        "peak_funding": format_money(value.need.amount, "bare"),
        "peak_funding_at": value.need.day.isoformat(),
        "peak_funding_with_grant": None if value.need_with_grant is None else _need(value.need_with_grant),
        "outcomes": [
            {
                "ends_at": one.ends_at,
                "probability": chance(one.probability),
                "npv": money(one.npv),
                **({} if one.npv_with_grant is None else {"npv_with_grant": money(one.npv_with_grant)}),
            }
            for one in value.outcomes
        ],
        "calendar": [_entry(value, flow) for flow in value.plan.flows],
        "parties": {
            name: {"npv": money(one.npv), "npv_if_success": money(one.npv_if_success), **_need(one.need)}
            for name, one in value.parties.items()
        },
        "grants": [_grant(value, place) for place in range(len(programme.grants))],
    }


def money(amount: float | None) -> float | None:
    """Return an estimated amount as printed: to the fen, no minus before zero."""
    return None if amount is None else round(amount, MONEY_DIGITS) + 0.0


def chance(probability: float | None) -> float | None:
    """Return a probability as printed."""
    return None if probability is None else round(probability, CHANCE_DIGITS)


def _rate_of_return(value: Valuation) -> dict[str, Any]:
    if not value.valued:
        return {"irr_if_success": None, "irr_status": None, "irr_reason": None, "irr_roots": []}
    report = value.rate
    reason = report.reason
    return {
        "irr_if_success": None if report.rate is None else round(report.rate, RATE_DIGITS),
        "irr_status": report.status,
        "irr_reason": None if reason is None else {"zh": reason.text("zh"), "en": reason.text("en")},
        "irr_roots": [round(root, RATE_DIGITS) for root in report.roots],
    }


def _need(need: Need) -> dict[str, str]:
    return {"peak_funding": format_money(need.amount, "bare"), "peak_funding_at": need.day.isoformat()}


def _entry(value: Valuation, flow: Flow) -> dict[str, Any]:
    probability = value.plan.probability(flow.when.outcomes)
    condition = flow.when.condition
    return {
        "date": value.day(flow).isoformat(),
        "stage": flow.when.stage,
        "kind": flow.kind,
        "from": flow.payer,
        "to": flow.payee,
        "amount": format_money(round_money(flow.amount), "bare"),
        "probability": None if probability is None else chance(float(probability)),
        "condition": None if condition is None else {condition[0]: condition[1]},
        "of": flow.of,
    }


def _grant(value: Valuation, place: int) -> dict[str, Any]:
    one = granted(value.programme, value.programme.grants[place])
    payout = one.payout
    return {
        "id": one.grant.id,
        "entitled": _bare(one.entitled),
        "amount": _bare(one.amount),
        "policy": None if payout is None else payout.policy,
        "policy_version": None if payout is None else payout.version,
        "reason": None if payout is None else payout.reason,
        "clause": None if payout is None else payout.clause,
        "explain": None if payout is None else payout.explain,
    }


def _bare(amount: Decimal) -> str:
    return format_money(amount, "bare")
