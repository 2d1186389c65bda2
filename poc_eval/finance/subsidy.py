"""What claims are paid by one rule or by several together, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from poc_eval.errors import Fault, InputError
from poc_eval.finance.subsidy_budget import keep_budgets
from poc_eval.finance.subsidy_claims import Claims, read_claims
from poc_eval.finance.subsidy_rates import rates_of
from poc_eval.finance.subsidy_single import settle
from poc_eval.finance.subsidy_together import combine
from poc_eval.finance.subsidy_working import NONE, REASONS
from poc_eval.i18n import _

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from numpy.typing import NDArray

    from poc_eval.finance.policy import Policy
    from poc_eval.finance.subsidy_explain import Explanation
    from poc_eval.finance.subsidy_working import Working


@dataclass(frozen=True, slots=True)
class Settlement:
    """Claims that were worked out: the table of payouts, and the explanation of each."""

    claims: Claims
    workings: Sequence[Working]
    order: NDArray[np.int64]
    """The results in the order of the table: places in the workings' claims one after another."""

    @property
    def total(self) -> int:
        """What is paid in all, in fen."""
        return sum(int(one.amount.sum(dtype=object)) for one in self.workings)

    def frame(self, *, explain: bool = True) -> pd.DataFrame:
        """Return a row for each claim and rule, in the order of the table; columns as `Policy.pay` says."""
        columns: dict[str, Any] = {}
        rows = self._joined([one.part.rows for one in self.workings])
        whole = len(self.workings) == 1 and len(rows) == self.claims.size  # the table itself, in its order
        ids = self.claims.ids if whole else self.claims.ids[rows]
        columns["claim_id"] = _texts(ids) if ids.dtype == object else ids
        payees, periods = self.claims.payees, self.claims.periods
        columns["payee"] = _texts(payees.all() if whole else payees.of(rows))
        columns["period"] = _texts(periods.all() if whole else periods.of(rows))
        columns["policy"] = self._words(
            [([one.policy.id], np.zeros(one.size, dtype=np.int8)) for one in self.workings]
        )
        columns["base_fen"] = _nullable(self._joined([one.base for one in self.workings]))
        columns["rate"] = self._words([rates_of(one) for one in self.workings])
        columns["uncapped_fen"] = self._joined([one.uncapped for one in self.workings])
        columns["cap_fen"] = _nullable(self._joined([one.cap for one in self.workings]))
        columns["amount_fen"] = self._joined([one.amount for one in self.workings])
        columns["capped"] = self._joined([one.capped for one in self.workings])
        columns["reason"] = self._words([(REASONS, one.reason) for one in self.workings])
        columns["clause"] = self._words(
            [([clause_of(one.policy)], np.zeros(one.size, dtype=np.int8)) for one in self.workings]
        )
        if explain:
            columns["explain"] = pd.Series(
                [one.both() for one in self.explanations()], dtype=object, index=range(len(rows))
            )
        return pd.DataFrame(columns, copy=False)

    def explanations(self) -> list[Explanation]:
        """Return why each row of the table is what it is."""
        return [self.explain(row) for row in range(len(self.order))]

    def explain(self, row: int) -> Explanation:
        """Return why a row of the table (from 0) is what it is."""
        from poc_eval.finance.subsidy_explain import explanation  # noqa: PLC0415 asked for by few

        working, inner = self.at(row)
        return explanation(working, inner, self.claims)

    def at(self, row: int) -> tuple[Working, int]:
        """Return the working of a row of the table (from 0), and its place in it."""
        place = int(self.order[row])
        for one in self.workings:
            if place < one.size:
                return one, place
            place -= one.size
        message = f"there is no row {row}"
        raise IndexError(message)

    def row_of(self, claim_id: str, policy: str | None = None) -> int:
        """Return the row of a claim, of its first rule where none is named.

        Raises InputError where there is no such claim.
        """
        for row in range(len(self.order)):
            working, inner = self.at(row)
            if str(self.claims.ids[working.part.rows[inner]]) == claim_id and policy in {
                None,
                working.policy.id,
            }:
                return row
        raise InputError(Fault(_('there is no claim "{id}"', id=claim_id), _("check the id")))

    def _joined(self, columns: Sequence[NDArray[Any]]) -> NDArray[Any]:
        if len(columns) == 1:
            return columns[0]
        joined: NDArray[Any] = np.concatenate(columns)[self.order]
        return joined

    def _words(self, columns: Sequence[tuple[Sequence[str], NDArray[Any]]]) -> pd.Categorical:
        """Return texts that stand in many rows as a category; a code below 0 is none."""
        every = list(dict.fromkeys(word for words, _codes in columns for word in words))
        coded = []
        small = np.int8 if len(every) < 100 else np.int16  # noqa: PLR2004 fits with room
        for words, codes in columns:
            place = [every.index(word) for word in words]
            if place == list(range(len(words))) and codes.dtype.kind == "i":
                coded.append(codes.astype(small, copy=False))
            else:
                coded.append(np.array([*place, -1], dtype=small)[codes])
        return pd.Categorical.from_codes(self._joined(coded), categories=pd.Index(every, dtype=object))


def settle_claims(
    policies: Sequence[Policy],
    table: pd.DataFrame,
    *,
    payees: Collection[str] | None = None,
    file: str | None = None,
) -> Settlement:
    """Work out what the claims in ``table`` are paid by ``policies`` together.

    Every claim is one under every rule, unless a column ``policy`` names its own.  Raises InputError with
    every fault of the claims; then nothing is paid.
    """
    if not policies:
        raise InputError(Fault(_("no policy was given"), _("name at least one")))
    ids = [policy.id for policy in policies]
    if len(set(ids)) < len(ids):
        raise InputError(
            Fault(
                _("two versions of one policy cannot pay the same claims"),
                _("choose the one that holds for the period; compare them with what-if"),
            )
        )
    return settle_read(policies, read_claims(policies, table, payees=payees, file=file))


def settle_read(policies: Sequence[Policy], claims: Claims) -> Settlement:
    """Work out claims that were read for these policies, in this order."""
    workings = [settle(policy, claims, part) for policy, part in zip(policies, claims.parts, strict=True)]
    if any(one.policy.combine is not None and one.policy.combine.rule != "sum" for one in workings):
        combine(workings, claims)
    keep_budgets(workings, claims)
    if len(workings) == 1:
        return Settlement(claims, workings, np.arange(workings[0].size))
    rows = np.concatenate([one.part.rows for one in workings])
    return Settlement(claims, workings, np.argsort(rows, kind="stable"))


def pay(
    policies: Sequence[Policy],
    claims: pd.DataFrame,
    *,
    explain: bool = True,
    payees: Collection[str] | None = None,
) -> pd.DataFrame:
    """Return what each claim is paid by the policies together; columns and faults as `Policy.pay` says."""
    return settle_claims(policies, claims, payees=payees).frame(explain=explain)


def clause_of(policy: Policy) -> str:
    """Return where the rule is written: the clause, or the document where no clause is named."""
    return policy.source.clause or policy.source.document


def _texts(texts: NDArray[np.object_]) -> pd.Series[Any]:
    """Return texts as they are; pandas would copy each of them into a store of its own."""
    return pd.Series(texts, dtype=object)


def _nullable(fen: NDArray[np.int64]) -> Any:  # noqa: ANN401 an array, or one of pandas with gaps
    if int(fen.min(initial=0)) > NONE:
        return fen
    return pd.arrays.IntegerArray(fen.copy(), fen == NONE)
