"""Entries and standings in words: what was recorded, and what has to come next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from poc_eval.finance.ledger.entries import (
    STEPS,
    Answer,
    Demand,
    FundDocument,
    Met,
    Notice,
    Objection,
    Payment,
    Payout,
    Recovered,
    Returned,
    Reversal,
    Signature,
)
from poc_eval.finance.ledger.overview import plan_rows
from poc_eval.i18n import Message, _
from poc_eval.money import format_money

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from poc_eval.finance.ledger.entries import Entry
    from poc_eval.finance.ledger.line import Standing

WHEN: Final[Mapping[str, Message]] = {
    "approved": _("when approved"),
    "accepted": _("when accepted"),
}
"""The usual conditions of instalments; others are said as the rule writes them."""


def when_words(when: str) -> Message | str:
    """Return when an instalment falls due."""
    return WHEN.get(when, when)


def short_reference(policy: str) -> str:
    """Return ``id@version#hash`` with as much of the hash as people compare."""
    name, mark, digits = policy.partition("#")
    return f"{name}{mark}{digits[:12]}"


def entry_words(entry: Entry) -> Message:
    """Return what an entry says, without its kind, day and amount."""
    match entry:
        case Payout():
            return _(
                "{payee}, {policy}, {period}",
                payee=entry.payee,
                policy=short_reference(entry.policy),
                period=entry.period,
            )
        case Signature():
            return _signature(entry)
        case Notice():
            return _("until {day}, {place}", day=entry.last, place=entry.place)
        case Answer():
            return _("of entry {number}: {text}", number=entry.objection, text=entry.text)
        case Reversal():
            return _("of entry {number}: {text}", number=entry.entry, text=entry.reason)
        case _:
            return _money(entry)


def _signature(entry: Signature) -> Message:
    said = {"step": STEPS.get(entry.step, entry.step), "person": entry.person or "–"}
    if entry.meeting_number:
        said["person"] = _("{person}, {meeting}", person=said["person"], meeting=entry.meeting_number)
    if entry.opinion:
        return _("{step}: {person}; {opinion}", opinion=entry.opinion, **said)
    return _("{step}: {person}", **said)


def _money(entry: Entry) -> Message:
    match entry:
        case Met():
            return _("instalment {number}: {evidence}", number=entry.instalment, evidence=entry.evidence)
        case FundDocument():
            return _("{number} {level}", number=entry.number, level=entry.level)
        case Payment():
            return _(
                "instalment {number} {level}, order {order}, budget code {code}, receipt {receipt}",
                number=entry.instalment,
                level=entry.level,
                order=entry.order,
                code=entry.budget_code or "–",
                receipt=entry.receipt or "–",
            )
        case Objection():
            return _("“{text}”", text=entry.text)
        case _:
            return _back(entry)


def _back(entry: Entry) -> Message:
    match entry:
        case Returned():
            return _("of order {order}: {text}", order=entry.order, text=entry.reason)
        case Demand():
            return _("{document}: {text}", document=entry.document, text=entry.reason)
        case Recovered():
            return _("receipt {receipt}", receipt=entry.receipt)
    message = f"no words for {entry.kind}"
    raise TypeError(message)


def next_step(standing: Standing, day: date) -> Message:
    """Return what has to come next for a payout on ``day``."""
    if standing.payout is None:
        return _("reversed")
    if standing.to_recover > 0:
        return _("recover {amount} yuan", amount=format_money(standing.to_recover))
    if standing.next_step is not None:
        return _("signature: {step}", step=STEPS[standing.next_step])
    return _release(standing, day)


def _release(standing: Standing, day: date) -> Message:
    if standing.objections:
        return _("settle the objections")
    if standing.notice is None:
        return _("put it on public notice")
    if standing.notice.last >= day:
        return _("on public notice until {day}", day=standing.notice.last)
    return _payment(standing, day)


def _payment(standing: Standing, day: date) -> Message:
    rows = [row for row in plan_rows(standing, day) if row.left > 0]
    if not rows:
        return _("paid in full")
    due = [row for row in rows if row.due]
    if not due:
        first = rows[0].planned
        return _("instalment {number} waits: {when}", number=first.instalment, when=when_words(first.when))
    if not standing.documents:
        return _("record the document that makes the money available")
    return _("pay {amount} yuan", amount=format_money(sum((row.left for row in due), 0 * due[0].left)))
