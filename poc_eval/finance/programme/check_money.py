"""The rules of the programme format on grants, deposits and loans."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from poc_eval.catalog.refusal import Refusal
from poc_eval.finance.programme.granted import policy_refusals
from poc_eval.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from poc_eval.catalog.reader import Where
    from poc_eval.finance.programme.model import Programme
    from poc_eval.finance.programme.parts import Clawback, Deposit, Grant, Loan, Moment

LONGEST_LOAN: Final = 600
"""Months."""
_WAYS: Final = ("event", "passed", "failed", "reached", "at")


def money_refusals(programme: Programme) -> Iterator[Refusal]:
    """Yield everything that is wrong with the money that follows the stages."""
    for place, grant in enumerate(programme.grants):
        yield from _grant(programme, grant, ("grants", place))
    for place, deposit in enumerate(programme.deposits):
        yield from _deposit(programme, deposit, ("deposits", place))
    for place, loan in enumerate(programme.loans):
        yield from _loan(programme, loan, ("loans", place))


def _grant(programme: Programme, grant: Grant, at: Where) -> Iterator[Refusal]:
    if (grant.amount is None) == (grant.policy is None):
        yield Refusal(
            _("a grant has an amount or a policy, one of them"),
            _("write amount, or policy and its inputs"),
            at,
        )
    elif grant.policy is not None:
        yield from (
            Refusal(one.what, one.remedy, (*at, *one.at)) for one in policy_refusals(programme, grant)
        )
    elif grant.inputs:
        yield Refusal(_("inputs are for a policy, and none is named"), _("add policy"), (*at, "inputs"))
    if grant.amount is not None and grant.amount < 0:
        yield _negative((*at, "amount"))
    if (grant.by or programme.payer) == (grant.to or programme.bearer):
        yield Refusal(
            _("the grant is paid and received by the same party"), _("name two parties with by and to"), at
        )
    yield from _instalments(programme, grant, (*at, "instalments"))
    if grant.matching is not None:
        if grant.matching.ratio == 0:
            yield Refusal(
                _("own funds of 0 times the payout are no condition"),
                _("write a ratio above 0, or take matching away"),
                (*at, "matching", "ratio"),
            )
        if grant.matching.amount < 0:
            yield _negative((*at, "matching", "amount"))
    if grant.clawback is not None:
        yield from _clawback(programme, grant.clawback, (*at, "clawback"))


def _instalments(programme: Programme, grant: Grant, at: Where) -> Iterator[Refusal]:
    total = sum((one.share for one in grant.instalments), Decimal(0))
    if grant.instalments and total != 1:
        yield Refusal(
            _("the shares add up to {total}", total=f"{(total * 100).normalize():f}%"),
            _("let them add up to 100%"),
            at,
        )
    for place, one in enumerate(grant.instalments):
        yield from _moment(programme, one.when, (*at, place, "when"))
        if one.when.failed is not None or one.when.event == "failed":
            yield Refusal(
                _("an instalment is not paid on a failure"),
                _("write what goes back on failure as clawback"),
                (*at, place, "when"),
            )


def _clawback(programme: Programme, clawback: Clawback, at: Where) -> Iterator[Refusal]:
    if (clawback.share is None) == (clawback.keep is None):
        yield Refusal(
            _("a clawback has a share, or says what may be kept, one of them"),
            _("write share, or keep: passed_stages"),
            at,
        )
    yield from _moment(programme, clawback.when, (*at, "when"))
    if clawback.when.failed is None and clawback.when.event != "failed":
        yield Refusal(
            _("nothing is clawed back where no stage fails"),
            _("write when: failed, or when: {example}", example="{failed: …}"),
            (*at, "when"),
        )


def _deposit(programme: Programme, deposit: Deposit, at: Where) -> Iterator[Refusal]:
    if (deposit.rate is None) == (deposit.amount is None):
        yield Refusal(
            _("a deposit has a rate or an amount, one of them"), _("take one of them away, or add one"), at
        )
    yield from _moment(programme, deposit.kept_if, (*at, "kept_if"))
    if deposit.kept_if.failed is None:
        yield Refusal(
            _("a deposit is kept where a stage fails, and none is named"),
            _("write kept_if: {example}", example="{failed: …}"),
            (*at, "kept_if"),
        )
    ids = [grant.id for grant in programme.grants]
    if deposit.grant is not None and deposit.grant not in ids:
        yield Refusal(
            _('there is no grant with the id "{id}"', id=deposit.grant),
            _("known are: {ids}", ids=", ".join(ids) or "–"),
            (*at, "grant"),
        )
    elif deposit.rate is not None and not ids:
        yield Refusal(
            _("the deposit is a share of the next instalment, and there is no grant"),
            _("add the grant, or write an amount"),
            at,
        )
    if deposit.amount is not None and deposit.amount < 0:
        yield _negative((*at, "amount"))


def _loan(programme: Programme, loan: Loan, at: Where) -> Iterator[Refusal]:
    if loan.amount <= 0:
        yield Refusal(_("a loan of 0 or less is none"), _("write an amount above 0"), (*at, "amount"))
    if not 1 <= loan.months <= LONGEST_LOAN:
        yield Refusal(
            _("a loan for {months} months cannot be paid back", months=loan.months),
            _("write from 1 to {limit} months", limit=LONGEST_LOAN),
            (*at, "months"),
        )
    yield from _moment(programme, loan.when, (*at, "when"))


def _moment(programme: Programme, moment: Moment, at: Where) -> Iterator[Refusal]:
    given = [name for name in _WAYS if getattr(moment, name) is not None]
    if len(given) != 1:
        yield Refusal(
            _("a moment is said in one way, and here are {count}", count=len(given)),
            _(
                "write start, accepted, or one of {ways}",
                ways="{passed: …}, {failed: …}, {reached: …}, {at: …}",
            ),
            at,
        )
    ids = [stage.id for stage in programme.stages]
    for name in ("passed", "failed", "reached"):
        stage = getattr(moment, name)
        if stage is not None and stage not in ids:
            yield Refusal(
                _('there is no stage with the id "{id}"', id=stage),
                _("known are: {ids}", ids=", ".join(ids)),
                (*at, name),
            )


def _negative(at: Where) -> Refusal:
    return Refusal(_("the amount is below 0"), _("write an amount of 0 or more"), at)
