"""One claim as on its form: declared, reduced item by item, verified; vouchers, audit report, account."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from poc_eval.errors import Fault, InputError
from poc_eval.finance.claims.credit_code import parse_credit_code
from poc_eval.i18n import _
from poc_eval.money import format_money

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import pandas as pd

_NOTHING: Final = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class Reduction:
    """An item that does not count (核减): how much of it, why, and on which paper that is seen."""

    amount: Decimal | None
    reason: str
    voucher: str


@dataclass(frozen=True, slots=True)
class Voucher:
    """What an item rests on: 合同—发票—回单; ``input`` is its figure, empty for the only one."""

    contract: str = ""
    invoice: str = ""
    receipt: str = ""
    amount: Decimal | None = None
    input: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """One amount of a claim in yuan: what was asked (申报), what was taken off it, what counts (核定)."""

    input: str
    declared: Decimal | None
    verified: Decimal | None
    reductions: Sequence[Reduction] = ()

    @property
    def reduced(self) -> Decimal:
        """What was taken off item by item."""
        return sum((one.amount for one in self.reductions if one.amount is not None), _NOTHING)

    @property
    def gap(self) -> Decimal:
        """Declared less reductions less verified; 0 where the three agree or one is not stated."""
        if self.declared is None or self.verified is None:
            return _NOTHING
        return self.declared - self.reduced - self.verified


@dataclass(frozen=True, slots=True)
class Account:
    """Where the money goes."""

    holder: str = ""
    bank: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True)
class ClaimForm:
    """A claim under one policy; ``facts`` are its inputs that are no amounts, by id, as typed."""

    claim_id: str
    payee: str
    policy: str
    period: str
    credit_code: str = ""
    project: str = ""
    figures: Sequence[Figure] = ()
    facts: Mapping[str, str] = field(default_factory=dict)
    vouchers: Sequence[Voucher] = ()
    audit_report: str = ""
    account: Account = Account()

    def faults(self) -> Iterator[Fault]:
        """Yield what cannot stand: a wrong credit code, items without reason or paper, sums that do not meet.

        ``place`` is ``credit_code``, or ``<input>``, or ``<input>.reductions[<number from 0>]``.
        """
        if self.credit_code:
            try:
                parse_credit_code(self.credit_code)
            except InputError as error:
                for fault in error.faults:
                    yield Fault(fault.what, fault.remedy, place="credit_code")
        for figure in self.figures:
            for number, item in enumerate(figure.reductions):
                yield from _item_faults(item, f"{figure.input}.reductions[{number}]")
            yield from _sum_faults(figure)

    def doubts(self) -> Iterator[Fault]:
        """Yield what may be right but has to be looked at: nothing is refused for it."""
        if not self.credit_code:
            yield Fault(
                _("the unified social credit code is not stated"),
                _("copy it from the licence; without it one unit can claim under two names"),
                place="credit_code",
            )
        if self.account.number and self.account.holder.strip() not in {"", self.payee.strip()}:
            yield Fault(
                _("the account is held by {holder}, not by the unit that claims", holder=self.account.holder),
                _("ask for the unit's own account, or for its written authority"),
                place="account",
            )
        for figure in self.figures:
            yield from self._uncovered(figure)

    def _uncovered(self, figure: Figure) -> Iterator[Fault]:
        stated = [
            one.amount for one in self.vouchers if one.amount is not None and one.input in {"", figure.input}
        ]
        covered = sum(stated, _NOTHING)
        if stated and figure.verified is not None and covered < figure.verified:
            yield Fault(
                _(
                    "the vouchers come to {covered} yuan, the verified amount is {verified} yuan",
                    covered=format_money(covered),
                    verified=format_money(figure.verified),
                ),
                _("ask for the missing papers, or reduce the amount by what nothing shows"),
                place=figure.input,
            )


def claims_table(forms: Sequence[ClaimForm]) -> pd.DataFrame:
    """Return the claims as `poc_eval.finance.subsidy.settle_claims` reads them: a row a claim.

    The verified figure stands in the input's column, beside it ``<input>_declared`` and ``<input>_reason``.
    """
    import pandas as pd  # noqa: PLC0415 a form is checked without tables

    return pd.DataFrame([_row(form) for form in forms], dtype=object)


def _row(form: ClaimForm) -> dict[str, object]:
    row: dict[str, object] = {
        "claim_id": form.claim_id,
        "payee": form.payee,
        "period": form.period,
        "policy": form.policy,
        **form.facts,
    }
    if form.project:
        row["project"] = form.project
    for figure in form.figures:
        row[figure.input] = figure.verified
        row[f"{figure.input}_declared"] = figure.declared
        row[f"{figure.input}_reason"] = "；".join(one.reason for one in figure.reductions if one.reason)
    return row


def _item_faults(item: Reduction, place: str) -> Iterator[Fault]:
    if item.amount is None or item.amount <= 0:
        yield Fault(
            _("a reduction takes something off"),
            _("write how much is taken off, above 0, or take the row away"),
            place=f"{place}.amount",
        )
    if not item.reason.strip():
        yield Fault(
            _("why this was taken off is not said"),
            _("write the reason; the unit may ask for it"),
            place=f"{place}.reason",
        )
    if not item.voucher.strip():
        yield Fault(
            _("the paper that shows it is not named"),
            _("write the number of the contract, invoice or receipt"),
            place=f"{place}.voucher",
        )


def _sum_faults(figure: Figure) -> Iterator[Fault]:
    gap = figure.gap
    if not gap:
        return
    numbers = {
        "declared": format_money(figure.declared or _NOTHING),
        "reduced": format_money(figure.reduced),
        "verified": format_money(figure.verified or _NOTHING),
        "gap": format_money(abs(gap)),
    }
    what = (
        _(
            "declared {declared} less reductions {reduced} is {gap} more than the verified {verified}",
            **numbers,
        )
        if gap > 0
        else _(
            "declared {declared} less reductions {reduced} is {gap} less than the verified {verified}",
            **numbers,
        )
    )
    yield Fault(
        what, _("write each reduction with its reason, or correct one of the figures"), place=figure.input
    )
