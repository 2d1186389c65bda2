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
    """What is wrong with a claim; ``claim`` is None where it is about all of them."""

    claim: str | None
    fault: Fault


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
    if used and not found:
        try:
            settlement = settle_claims(used, claims_table(forms))
        except InputError as error:
            found += [_placed(fault, forms) for fault in error.faults]
    periods = {policy.id: policy.period for policy in policies}
    return Reckoning(
        policies=tuple(policies),
        forms=tuple(forms),
        settlement=settlement,
        faults=tuple(found),
        doubts=tuple(ClaimFault(form.claim_id, doubt) for form in forms for doubt in form.doubts()),
        findings=double_claims([*forms, *also], periods),
    )


def _unusable(policies: Sequence[Policy], forms: Sequence[ClaimForm]) -> Iterator[ClaimFault]:
    if not policies:
        yield ClaimFault(None, Fault(_("no policy was given"), _("name at least one"), place="policies"))
    if not forms:
        yield ClaimFault(None, Fault(_("there are no claims yet"), _("type or load them"), place="claims"))
    known = {policy.id for policy in policies}
    for form in forms:
        if policies and form.policy not in known:
            yield ClaimFault(
                form.claim_id,
                Fault(
                    _('"{text}" is none of the policies given', text=form.policy),
                    _("write one of these: {choices}", choices=", ".join(sorted(known))),
                    place="policy",
                ),
            )


def _own_faults(forms: Sequence[ClaimForm]) -> Iterator[ClaimFault]:
    for form in forms:
        for fault in form.faults():
            yield ClaimFault(form.claim_id, fault)


def _placed(fault: Fault, forms: Sequence[ClaimForm]) -> ClaimFault:
    """Return a fault of the claims' table at its claim and column."""
    cell = _CELL.fullmatch(fault.place or "")
    if cell is None or not 1 <= int(cell[2]) <= len(forms):
        return ClaimFault(None, fault)
    return ClaimFault(forms[int(cell[2]) - 1].claim_id, Fault(fault.what, fault.remedy, place=cell[1]))
