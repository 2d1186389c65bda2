"""Grants with own funds and clawback, and deposits, as payments."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from poc_eval.finance.programme.flows import Flow, occasions, paid_by, reached
from poc_eval.finance.programme.granted import granted
from poc_eval.finance.programme.parts import Moment
from poc_eval.money import allocate, round_money

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

    from poc_eval.finance.programme.granted import Granted
    from poc_eval.finance.programme.model import Programme
    from poc_eval.finance.programme.parts import Deposit
    from poc_eval.finance.programme.timeline import Timeline


def support_flows(programme: Programme, line: Timeline) -> Iterator[Flow]:
    """Yield the payments of grants, own funds, clawbacks and deposits."""
    every = [granted(programme, grant) for grant in programme.grants]
    paid: dict[str, list[Flow]] = {}
    for one in every:
        paid[one.grant.id] = list(_instalments(programme, line, one))
        yield from paid[one.grant.id]
        yield from _own_funds(programme, line, one)
        yield from _clawback(line, one, paid[one.grant.id])
    for deposit in programme.deposits:
        yield from _deposit(programme, line, deposit, paid)


def clawback_of(paid: Decimal, grant: Decimal, passed: int, total: int) -> Decimal:
    """Return what goes back of ``paid`` where a grant is earned in equal parts by ``total`` stages.

    ``grant * passed / total`` is earned, rounded down to the fen; what was paid beyond that goes back.
    """
    earned = round_money(Fraction(grant) * passed / total, mode="down")
    return max(paid - earned, paid * 0)


def deposit_of(next_payment: Decimal, rate: Decimal) -> Decimal:
    """Return the deposit that stands against the next payment, rounded half up to the fen."""
    return round_money(Fraction(next_payment) * Fraction(rate))


def _instalments(programme: Programme, line: Timeline, one: Granted) -> Iterator[Flow]:
    payer, payee = one.grant.by or programme.payer, one.grant.to or programme.bearer
    for part, amount in zip(one.instalments, one.parts, strict=True):
        (when,) = occasions(line, part.when)
        yield Flow("grant", one.grant.id, when, payer, payee, Fraction(amount))


def _own_funds(programme: Programme, line: Timeline, one: Granted) -> Iterator[Flow]:
    """Yield the own funds that another party puts in beside the grant, in the same parts."""
    own, payee = one.grant.matching, one.grant.to or programme.bearer
    if own is None or own.by in {None, payee}:
        return
    needed = round_money(Fraction(one.amount) * Fraction(own.ratio), mode="up")
    parts = allocate(min(own.amount, needed), [part.share for part in one.instalments])
    for part, amount in zip(one.instalments, parts, strict=True):
        (when,) = occasions(line, part.when)
        yield Flow("matching", one.grant.id, when, own.by, payee, Fraction(amount))


def _clawback(line: Timeline, one: Granted, paid: Sequence[Flow]) -> Iterator[Flow]:
    rule = one.grant.clawback
    if rule is None or not paid:
        return
    for when in occasions(line, rule.when):
        place = when.anchor[1]
        so_far = round_money(paid_by(paid, place, when.years))
        if rule.share is not None:
            back = round_money(Fraction(so_far) * Fraction(rule.share))
        else:
            back = clawback_of(so_far, one.amount, place, len(line.stages))
        if back:
            yield Flow("clawback", one.grant.id, when, paid[0].payee, paid[0].payer, Fraction(back))


def _deposit(
    programme: Programme, line: Timeline, deposit: Deposit, paid: dict[str, list[Flow]]
) -> Iterator[Flow]:
    place = line.place(deposit.kept_if.failed or "")
    begins = reached(line, place)
    upcoming = [
        one
        for name, flows in paid.items()
        for one in sorted(flows, key=lambda flow: flow.when.years)
        if deposit.grant in {None, name} and one.when.years >= begins.years and one.when.outcomes[-1]
    ]
    if deposit.amount is not None:
        amount = deposit.amount
    elif upcoming and deposit.rate is not None:
        amount = deposit_of(round_money(upcoming[0].amount), deposit.rate)
    else:
        return
    if not amount:
        return
    one = upcoming[0] if upcoming else None
    payer = programme.bearer if one is None else one.payee
    payee = programme.payer if one is None else one.payer
    name = None if one is None else one.of
    yield Flow("deposit", name, begins, payer, payee, Fraction(amount))
    (passed,) = occasions(line, Moment(passed=line.stages[place].id))
    yield Flow("deposit_returned", name, passed, payee, payer, Fraction(amount))
