"""Distribution, scenarios and sensitivity as ``poc-eval cashflow --json`` prints them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from poc_eval.finance.programme.document import chance, money

if TYPE_CHECKING:
    from collections.abc import Sequence

    from poc_eval.finance.programme.sensitivity import Bar, BreakEven, ScenarioValue
    from poc_eval.finance.programme.summary import Summary

DIGITS: Final = 6
"""Digits behind the point of a figure that may be an amount, a share or a number of months."""


def risk_document(
    simulation: Summary | None,
    with_grant: Summary | None,
    scenarios: Sequence[ScenarioValue],
    bars: Sequence[Bar],
    points: Sequence[BreakEven],
) -> dict[str, Any]:
    """Return the keys that were asked for."""
    found: dict[str, Any] = {"scenarios": [_scenario(one) for one in scenarios]}
    if simulation is not None:
        found["simulation"] = simulation.document()
    if with_grant is not None:
        found["simulation_with_grant"] = with_grant.document()
    if bars:
        found["sensitivity"] = [_bar(bar, point) for bar, point in zip(bars, points, strict=True)]
    return found


def _scenario(one: ScenarioValue) -> dict[str, Any]:
    return {
        "id": one.id,
        "title": None if one.title is None else {"zh": one.title.zh, "en": one.title.en},
        "p_success": chance(one.value.p_success),
        "rnpv": money(one.value.rnpv),
        "rnpv_with_grant": money(one.value.rnpv_with_grant),
        "npv_if_success": money(one.value.npv_if_success),
    }


def _bar(bar: Bar, point: BreakEven) -> dict[str, Any]:
    reason = point.reason
    return {
        "figure": bar.name,
        "low": round(bar.low, DIGITS),
        "high": round(bar.high, DIGITS),
        "at_low": money(bar.at_low),
        "at_high": money(bar.at_high),
        "break_even": None if point.value is None else round(point.value, DIGITS),
        "reason": None if reason is None else {"zh": reason.text("zh"), "en": reason.text("en")},
    }
