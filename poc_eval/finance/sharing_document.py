"""A division as ``poc-eval sharing --json`` prints it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from poc_eval.money import format_money

if TYPE_CHECKING:
    from poc_eval.finance.sharing import Part, Sharing
    from poc_eval.i18n import Translatable


def document(shared: Sharing) -> dict[str, object]:
    """Return a division as plain values: money as text, shares as exact numbers or fractions in text."""
    rule, least = shared.rule, shared.least
    source = {"document": rule.source.document, "clause": rule.source.clause, "seen": rule.source.seen}
    return {
        "rule": {"id": rule.id, "version": rule.version, "title": _both(rule.title), "source": source},
        "way": shared.way,
        "reading": shared.reading,
        "received": format_money(shared.received, "bare"),
        "deductions": [
            {"id": one.id, "title": _both(one.title), "amount": format_money(one.amount, "bare")}
            for one in shared.deductions
        ],
        "base": format_money(shared.base, "bare"),
        "parts": [_part(part) for part in shared.parts],
        "least_reward": {
            "least": format_money(least.least, "bare"),
            "reward": None if least.reward is None else format_money(least.reward, "bare"),
            "standing": least.standing,
            "explain": _both(least.says),
        },
        "approvals": [_both(one) for one in shared.approvals],
        "procedure": [_both(one) for one in rule.procedure],
        "notes": [_both(one) for one in shared.notes],
        "other_readings": [
            {"id": one.id, "question": _both(one.question), "taken": _both(one.other_taken),
             "parts": [_part(part) for part in other.parts]}
            for one, other in shared.others
        ],
    }  # fmt: skip


def _part(part: Part) -> dict[str, object]:
    found: dict[str, object] = {
        "to": part.to,
        "title": _both(part.title),
        "share": str(part.share),
        "amount": format_money(part.amount, "bare"),
        "inside": [_part(one) for one in part.inside],
    }
    if part.least_for_main is not None:
        found["least_for_main_contributors"] = format_money(part.least_for_main, "bare")
    return found


def _both(text: Translatable) -> dict[str, str]:
    return {"zh": text.text("zh"), "en": text.text("en")}
