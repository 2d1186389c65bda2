"""Claims reckoned up (核定测算): what each is paid, what is wrong or doubtful, what is claimed twice."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from poc_eval.errors import Fault, InputError
from poc_eval.finance.claims.double import double_claims
from poc_eval.finance.claims.form import claims_table
from poc_eval.finance.subsidy import settle_claims
from poc_eval.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from poc_eval.finance.claims.double import Finding
    from poc_eval.finance.claims.form import ClaimForm
    from poc_eval.finance.policy import Policy
    from poc_eval.finance.subsidy import Settlement

_CELL: Final = re.compile(r"(.+)\[([0-9]+)\]")


@dataclass(frozen=True, slots=True)
class ClaimFault:
    """What is wrong with a claim; ``claim`` and ``row`` are None where it is about all of them."""

    claim: str | None
    fault: Fault
    row: int | None = None
    """The claim's place among the forms, from 0."""


@dataclass(frozen=True, slots=True)
class Reckoning:
    """What claims come to; without a settlement nothing is paid, and ``faults`` say why."""

    policies: tuple[Policy, ...]
    forms: tuple[ClaimForm, ...]
    settlement: Settlement | None
    faults: tuple[ClaimFault, ...]
    doubts: tuple[ClaimFault, ...]
    findings: tuple[Finding, ...]

    def form(self, claim_id: str) -> ClaimForm:
        """Return the form of a claim."""
        return next(one for one in self.forms if one.claim_id == claim_id)


def reckon(
    policies: Sequence[Policy], forms: Sequence[ClaimForm], *, also: Sequence[ClaimForm] = ()
) -> Reckoning:
    """Return what ``forms`` are paid by ``policies``, each by the one that it names.

    Sums that do not meet, wrong credit codes and cells that cannot be read are faults: nothing is paid then.
    ``also`` are claims from elsewhere that these may repeat; they are only compared with.
    """
    found = [*_unusable(policies, forms), *_own_faults(forms)]
    settlement = None
    used = [policy for policy in policies if any(form.policy == policy.id for form in forms)]
    known = {policy.id for policy in used}
    rows = [row for row, form in enumerate(forms) if form.policy in known]
    if rows:
        try:
            settlement = settle_claims(used, claims_table([forms[row] for row in rows]))
        except InputError as error:
            found += [_placed(fault, forms, rows) for fault in error.faults]
    periods = {policy.id: policy.period for policy in policies}
    return Reckoning(
        policies=tuple(policies),
        forms=tuple(forms),
        settlement=None if found else settlement,
        faults=tuple(found),
        doubts=tuple(
            ClaimFault(form.claim_id, doubt, row) for row, form in enumerate(forms) for doubt in form.doubts()
        ),
        findings=double_claims([*forms, *also], periods),
    )


def _unusable(policies: Sequence[Policy], forms: Sequence[ClaimForm]) -> Iterator[ClaimFault]:
    if not policies:
        yield ClaimFault(None, Fault(_("no policy was given"), _("name at least one"), place="policies"))
    if not forms:
        yield ClaimFault(None, Fault(_("there are no claims yet"), _("type or load them"), place="claims"))
    known = {policy.id for policy in policies}
    for row, form in enumerate(forms):
        if policies and form.policy not in known:
            yield ClaimFault(
                form.claim_id,
                Fault(
                    _('"{text}" is none of the policies given', text=form.policy),
                    _("write one of these: {choices}", choices=", ".join(sorted(known))),
                    place="policy",
                ),
                row,
            )


def _own_faults(forms: Sequence[ClaimForm]) -> Iterator[ClaimFault]:
    for row, form in enumerate(forms):
        for fault in form.faults():
            yield ClaimFault(form.claim_id, fault, row)


def _placed(fault: Fault, forms: Sequence[ClaimForm], rows: Sequence[int]) -> ClaimFault:
    """Return a fault of the claims' table at its claim and column; ``rows``: which claims the table has."""
    cell = _CELL.fullmatch(fault.place or "")
    if cell is None or not 1 <= int(cell[2]) <= len(rows):
        return ClaimFault(None, fault)
    row = rows[int(cell[2]) - 1]
    return ClaimFault(forms[row].claim_id, Fault(fault.what, fault.remedy, place=cell[1]), row)
