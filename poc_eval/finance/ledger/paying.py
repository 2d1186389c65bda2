"""What a payment needs: everybody signed, the notice over, money made available, and no more than is due."""

from __future__ import annotations

from typing import TYPE_CHECKING

from poc_eval.errors import Fault
from poc_eval.finance.ledger.entries import STEPS
from poc_eval.finance.ledger.line import NOTHING
from poc_eval.finance.ledger.plan import APPROVED
from poc_eval.i18n import _
from poc_eval.money import format_money

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from decimal import Decimal

    from poc_eval.finance.ledger.entries import Payment
    from poc_eval.finance.ledger.line import Standing
    from poc_eval.finance.ledger.plan import Planned


def payment_refusals(standing: Standing, entry: Payment) -> Iterator[Fault]:
    """Yield everything that stands in the way of a payment."""
    yield from _released(standing, entry.day)
    if not entry.order.strip():
        yield Fault(_("the payment order has no number"), _("write it from the payment slip"), place="order")
    elif entry.order in standing.payments:
        yield Fault(
            _("the payment order {order} is recorded already", order=entry.order),
            _("look whether this payment was entered before"),
            place="order",
        )
    if entry.amount <= 0:
        yield Fault(_("an amount is above 0"), _("correct the amount"), place="amount")
    planned = next(
        (one for one in standing.plan if (one.instalment, one.level) == (entry.instalment, entry.level)), None
    )
    if planned is None:
        yield Fault(
            _("the plan has no instalment {number} of this level", number=entry.instalment),
            _("choose one of the plan: {rows}", rows=_rows(standing)),
            place="instalment",
        )
        return
    yield from _within(standing, planned, entry)


def _released(standing: Standing, day: date) -> Iterator[Fault]:
    if standing.next_step is not None:
        yield Fault(
            _("not everybody has signed: {step} is missing", step=STEPS[standing.next_step]),
            _("record the signatures first"),
        )
    if standing.notice is None:
        yield Fault(_("it was not put on public notice"), _("record the notice first"))
    elif standing.notice.last >= day:
        yield Fault(
            _("the public notice stands until {day}", day=standing.notice.last),
            _("pay after that day"),
            place="day",
        )
    if standing.objections:
        numbers = ", ".join(map(str, standing.objections))
        yield Fault(
            _("objections are not settled: entry {numbers}", numbers=numbers),
            _("record how each was settled"),
        )
    if standing.to_recover > 0:
        yield Fault(
            _("{amount} yuan are being claimed back", amount=format_money(standing.to_recover)),
            _("nothing is paid while money is claimed back"),
        )


def _within(standing: Standing, planned: Planned, entry: Payment) -> Iterator[Fault]:
    if planned.when != APPROVED and planned.instalment not in standing.met:
        yield Fault(
            _("instalment {number} is not due: {when}", number=planned.instalment, when=planned.when),
            _("record first that its condition is met"),
            place="instalment",
        )
    left = planned.amount - standing.paid_of(planned)
    if entry.amount > left:
        yield Fault(
            _("of this instalment {left} yuan are left to be paid", left=format_money(max(left, NOTHING))),
            _("pay no more than that"),
            place="amount",
        )
    if entry.amount > standing.left:
        yield Fault(
            _(
                "verified are {verified} yuan, paid {paid}",
                verified=format_money(standing.verified),
                paid=format_money(standing.paid),
            ),
            _("pay no more than is left"),
            place="amount",
        )
    if standing.paid + entry.amount > sum((one.amount for one in standing.documents), NOTHING) or (
        _paid_by(standing, entry.level) + entry.amount > standing.funded(entry.level)
    ):
        yield Fault(
            _(
                "the fund documents make {amount} yuan available",
                amount=format_money(standing.funded(entry.level)),
            ),
            _("record the document that makes the money available, or pay less"),
            place="amount",
        )


def _paid_by(standing: Standing, level: str) -> Decimal:
    return sum(
        (standing.net(order) for order, one in standing.payments.items() if one.level == level), NOTHING
    )


def _rows(standing: Standing) -> str:
    return ", ".join(f"{one.instalment} {one.level}".strip() for one in standing.plan)
