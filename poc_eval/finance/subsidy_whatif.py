"""What if: claims under another version, rate, cap or reading; the next yuan; growth; what another day knew.

Every figure here is worked out by the same steps as a payout, so that a difference is a difference of rules.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from pydantic import ValidationError

from poc_eval.catalog.fields import Number, Part
from poc_eval.catalog.reader import Document
from poc_eval.catalog.validation import faults_of
from poc_eval.errors import Fault, InputError
from poc_eval.finance.policy import changed
from poc_eval.finance.policy_checks import refusals_of
from poc_eval.finance.policy_parts import Reading
from poc_eval.finance.subsidy import settle_claims, settle_read
from poc_eval.finance.subsidy_exact import Exact
from poc_eval.finance.subsidy_limits_explained import nothing_more_above
from poc_eval.finance.subsidy_periods import Span, span_of
from poc_eval.i18n import _

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from decimal import Decimal

    from poc_eval.finance.policy import Policy
    from poc_eval.finance.subsidy import Settlement
    from poc_eval.finance.subsidy_claims import Claims

ONE_YUAN = 100


@dataclass(frozen=True, slots=True)
class Comparison:
    """The same claims under two sets of rules."""

    before: Settlement
    after: Settlement

    @property
    def difference(self) -> int:
        """By how much the total changes, in fen."""
        return self.after.total - self.before.total

    def by_claim(self) -> pd.DataFrame:
        """Return ``claim_id, before_fen, after_fen, difference_fen``, a row a claim."""
        return self._by(self.before.claims.ids, "claim_id")

    def by_payee(self) -> pd.DataFrame:
        """Return ``payee, before_fen, after_fen, difference_fen``, a row a unit, in the table's order."""
        return self._by(self.before.claims.payees.all(), "payee")

    def _by(self, names: Any, column: str) -> pd.DataFrame:  # noqa: ANN401 an array of texts
        codes, unique = pd.factorize(np.asarray(names, dtype=object))
        sums = {
            "before_fen": _sums(self.before, codes, len(unique)),
            "after_fen": _sums(self.after, codes, len(unique)),
        }
        difference = sums["after_fen"] - sums["before_fen"]
        return pd.DataFrame({column: unique, **sums, "difference_fen": difference})


def compare(
    before: Sequence[Policy], after: Sequence[Policy], claims: pd.DataFrame, *, file: str | None = None
) -> Comparison:
    """Return what changes for ``claims`` when ``after`` takes the place of ``before``.

    Raises InputError with every fault of the claims under either.
    """
    return Comparison(settle_claims(before, claims, file=file), settle_claims(after, claims, file=file))


def altered(policy: Policy, changes: Mapping[str, object]) -> Policy:
    """Return ``policy`` with other figures, written as in a policy file.

    ``changes`` has the keys ``rate``, ``fixed``, ``base``, ``caps``, ``minimum``, ``prorate``,
     ``matching``.  Raises InputError where they do not fit, or the rule would break the format.
    """
    try:
        reading = Reading.model_validate(dict(changes))
    except ValidationError as error:
        document = Document(f"{policy.id}@{policy.version}", "", _as_text(changes), {})
        raise InputError(*faults_of(error, document, Reading)) from None
    other = changed(policy, {name: getattr(reading, name) for name in reading.model_fields_set})
    refused = refusals_of(other)
    if refused:
        raise InputError(
            *(Fault(one.what, one.remedy, file=f"{policy.id}@{policy.version}") for one in refused)
        )
    return other


@dataclass(frozen=True, slots=True)
class Marginal:
    """What the next yuan of a claim's base is paid."""

    claim_id: str
    policy: str
    next_yuan: int
    """What one yuan more would be paid, in fen."""
    nothing_more_above: int | None
    """The base in fen above which nothing more is paid; None where the rule has no such point."""


def marginal(policies: Sequence[Policy], claims: pd.DataFrame) -> list[Marginal]:
    """Return what one more yuan of its base would be paid to each claim, the others as they are.

    Only claims under rules with a base have an answer.  Raises InputError with every fault of the claims.
    """
    settled = settle_claims(policies, claims)
    answers = []
    for row in range(len(settled.order)):
        working, inner = settled.at(row)
        base, branch = working.policy.payout.base, working.branch_of(inner)
        if base is None or branch is None:
            continue
        place = int(working.part.rows[inner])
        more = settle_read(
            policies, _with_more(settled.claims, policies.index(working.policy), base.sum[0], inner)
        )
        other, same = more.at(row)
        answers.append(
            Marginal(
                claim_id=str(settled.claims.ids[place]),
                policy=working.policy.id,
                next_yuan=int(other.amount[same]) - int(working.amount[inner]),
                nothing_more_above=nothing_more_above(working, branch),
            )
        )
    return answers


class _Growth(Part):
    growth: Number


def exposure(
    policies: Sequence[Policy], claims: pd.DataFrame, growths: Sequence[str | Decimal]
) -> pd.DataFrame:
    """Return what the same units would be paid if every amount they claim grew: a row a growth.

    Columns ``growth``, ``total_fen``, ``capped`` (claims at a cap), ``wanted_fen`` (before budgets).
    ``growths`` are rates such as ``"0.10"``; grown amounts are rounded half up to fen.  Rules and periods
    stay as they are.  Raises InputError with every fault of the claims, and for a growth of -1 or less.
    """
    settled = settle_claims(policies, claims)
    rows = []
    for growth in growths:
        factor = 1 + _growth(growth)
        grown = settle_read(policies, _grown(settled.claims, policies, factor))
        rows.append(
            {
                "growth": str(growth),
                "total_fen": grown.total,
                "capped": sum(int(one.capped.sum()) for one in grown.workings),
                "wanted_fen": sum(int(one.entitled.sum(dtype=object)) for one in grown.workings),
            }
        )
    return pd.DataFrame(rows, columns=["growth", "total_fen", "capped", "wanted_fen"])


def version_for(versions: Sequence[Policy], period: str, *, known_on: date | None = None) -> Policy:
    """Return the version that holds for all of ``period``, as it was known on a day (all knowledge without).

    Of several the one that became known last is taken, then the one that begins last.  Raises InputError
    where there is none, or the period is none.
    """
    fitting = []
    for version in versions:
        span = span_of(period, version.period)
        if not isinstance(span, Span):
            raise InputError(Fault(*span))
        force = version.in_force
        inside = (force.from_ is None or force.from_.toordinal() <= span.start) and (
            force.to is None or span.end <= force.to.toordinal()
        )
        known = known_on is None or version.known_from is None or version.known_from <= known_on
        if inside and known:
            fitting.append(version)
    if not fitting:
        raise InputError(
            Fault(
                _(
                    "no version of {id} holds for {period} as known on {known}",
                    id=versions[0].id if versions else "–",
                    period=period,
                    known=known_on or "–",
                ),
                _("load another version, or name another day"),
            )
        )
    return max(fitting, key=_latest)


def _latest(version: Policy) -> tuple[int, int]:
    known, begins = version.known_from, version.in_force.from_
    return (known.toordinal() if known else 0, begins.toordinal() if begins else 0)


def _sums(settlement: Settlement, codes: Any, size: int) -> Any:  # noqa: ANN401 arrays of whole numbers
    sums = np.zeros(size, dtype=object)
    for one in settlement.workings:
        np.add.at(sums, codes[one.part.rows], one.amount.astype(object))
    return sums.astype(np.int64)


def _with_more(claims: Claims, rule: int, name: str, row: int) -> Claims:
    part = claims.parts[rule]
    column = part.stated[name].copy()
    column[row] += ONE_YUAN
    parts = [*claims.parts]
    parts[rule] = replace(part, stated={**part.stated, name: column})
    return replace(claims, parts=tuple(parts))


def _grown(claims: Claims, policies: Sequence[Policy], factor: Fraction) -> Claims:
    parts = []
    for policy, part in zip(policies, claims.parts, strict=True):
        grown = {
            name: Exact.of(part.stated[name]).times(factor).rounded(1, "half_up")
            for name, kind in policy.inputs.items()
            if kind.kind == "amount" and kind.required
        }
        parts.append(replace(part, stated={**part.stated, **grown}, declared={}))
    return replace(claims, parts=tuple(parts))


def _growth(growth: str | Decimal) -> Fraction:
    try:
        found = Fraction(_Growth.model_validate({"growth": growth}).growth)
    except ValidationError:
        found = Fraction(-1)
    if found <= -1:
        raise InputError(
            Fault(
                _("{amount} is not a growth", amount=growth),
                _("write a rate above -1, such as 0.10 for 10% more"),
            )
        )
    return found


def _as_text(changes: Mapping[str, object]) -> Any:  # noqa: ANN401 data as the reader gives it
    return {name: value if isinstance(value, (dict, list)) else str(value) for name, value in changes.items()}
