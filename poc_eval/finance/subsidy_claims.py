"""Claims as a table: read for the rules that they are made under, every fault found before anything is paid.

Columns: ``claim_id, payee, period`` and one for each input.  Beside an input ``x``: ``x_declared`` and
``x_reason``.  Where they are there: ``policy`` (the row is for this rule alone), ``project``, ``matter``
(what a group's rules may pay for only once; without it the claim itself), ``rank`` and ``date`` for budgets,
``already_paid`` (for this matter under rules that are not at hand), ``paid_before`` (under this rule before).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from poc_eval.catalog.plain_text import shown
from poc_eval.finance.policy_parts import Input
from poc_eval.finance.subsidy_cells import (
    MISSING,
    Faults,
    Labels,
    amounts,
    each_word,
    labels,
    numbers,
    whole_fen,
    words,
)
from poc_eval.finance.subsidy_periods import Spans, spans
from poc_eval.i18n import Text, _

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from numpy.typing import NDArray

    from poc_eval.finance.policy import Policy

REQUIRED = ("claim_id", "payee", "period")
_COUNT = Input(kind="count", label=Text("排序", "rank"))
_DATE = Input(kind="date", label=Text("日期", "date"))


@dataclass(frozen=True, slots=True)
class Part:
    """The claims of one rule: places in the table, and for each input what is stated (MISSING where not)."""

    rows: NDArray[np.int64]
    spans: Spans
    stated: Mapping[str, NDArray[np.int64]]
    declared: Mapping[str, NDArray[np.int64]]
    reasons: Mapping[str, NDArray[np.object_]]


@dataclass(frozen=True, slots=True)
class Claims:
    """All claims of a table.  ``*_codes`` number the different units, projects and matters."""

    ids: NDArray[Any]
    """As given: texts, or whole numbers."""
    payees: Labels
    periods: Labels
    project_codes: NDArray[np.int64] | None
    matter_codes: NDArray[np.int64]
    rank: NDArray[np.int64] | None
    date: NDArray[np.int64] | None
    already_paid: NDArray[np.int64] | None
    paid_before: NDArray[np.int64] | None
    lines: NDArray[np.int64]
    """The rows' numbers as people count them."""
    parts: Sequence[Part] = field(default=())

    @property
    def payee_codes(self) -> NDArray[np.int64]:
        """Number the different units."""
        return self.payees.codes

    @property
    def size(self) -> int:
        """How many claims there are."""
        return len(self.ids)


def read_claims(
    policies: Sequence[Policy],
    table: pd.DataFrame,
    *,
    payees: Collection[str] | None = None,
    file: str | None = None,
) -> Claims:
    """Return the claims in ``table`` as they are paid by ``policies``.

    ``file`` names the file that the table comes from; its index is then the lines of that file, otherwise
    rows count from 1.  Raises InputError with every fault.
    """
    counted = np.arange(1, len(table) + 1, dtype=np.int64)
    lines = table.index.to_numpy(dtype=np.int64) if file is not None else counted
    faults = Faults(lines, file)
    for name in REQUIRED:
        if name not in table.columns:
            faults.whole(_('the column "{column}" is missing', column=name), _("add it"), name)
    twice = table.columns[table.columns.duplicated()]
    for name in dict.fromkeys(map(str, twice)):
        faults.whole(
            _('the column "{column}" stands there twice', column=name), _("take one of them away"), name
        )
    faults.stop()
    assigned = _assigned(policies, table, faults)
    known = _frame(policies, table, faults, payees, assigned is not None)
    parts = []
    for index, policy in enumerate(policies):
        rows = np.arange(len(table)) if assigned is None else np.flatnonzero(assigned == index)
        parts.append(_part(policy, table, rows, known.periods, faults))
    faults.stop()
    return Claims(
        **{name: getattr(known, name) for name in known.__slots__ if name != "parts"}, parts=tuple(parts)
    )


def _assigned(policies: Sequence[Policy], table: pd.DataFrame, faults: Faults) -> NDArray[np.int64] | None:
    """Return the place of each row's rule in ``policies``; None where every row is for every rule."""
    if "policy" not in table.columns:
        return None
    names = [policy.id for policy in policies]
    labels = words(table["policy"])
    found = np.full(len(table), MISSING, dtype=np.int64)
    for row, label in enumerate(labels):
        wanted = str(label).split("@", 1)[0]
        if wanted in names:
            found[row] = names.index(wanted)
        else:
            faults.add(
                row,
                "policy",
                _('"{text}" is none of the policies given', text=shown(str(label))),
                _("write one of these: {choices}", choices=", ".join(names)),
            )
    return found


def _frame(
    policies: Sequence[Policy],
    table: pd.DataFrame,
    faults: Faults,
    payees: Collection[str] | None,
    one_rule_a_row: bool,  # noqa: FBT001 said once, by the caller above
) -> Claims:
    ids = _ids(table["claim_id"])
    units, periods = labels(table["payee"]), labels(table["period"])
    _no_empty(ids == "" if ids.dtype == object else np.zeros(len(ids), dtype=bool), "claim_id", faults)
    _no_empty(units.codes == MISSING, "payee", faults)
    for row in _twice(ids):
        what = _('the claim "{id}" stands here twice', id=shown(str(ids[row])))
        faults.add(int(row), "claim_id", what, _("give each claim an id of its own, or take one away"))
    if payees is not None:
        _known_payees(units, payees, faults)
    shares = {policy.budget.share for policy in policies if policy.budget is not None}
    project = _codes(table, "project", units.codes)
    return Claims(
        ids=ids,
        payees=units,
        periods=periods,
        project_codes=project,
        matter_codes=_matters(table, ids, units, periods, one_rule_a_row=one_rule_a_row),
        rank=_for_budget(table, "rank", _COUNT, faults) if "rank" in shares else None,
        date=_for_budget(table, "date", _DATE, faults) if "date" in shares else None,
        already_paid=_paid(table, "already_paid", faults),
        paid_before=_paid(table, "paid_before", faults),
        lines=faults.lines,
    )


def _ids(series: pd.Series[Any]) -> NDArray[Any]:
    whole = pd.api.types.is_integer_dtype(series.dtype) and not series.hasnans
    return series.to_numpy() if whole else each_word(series)


def _twice(ids: NDArray[Any]) -> NDArray[np.int64]:
    """Return the rows whose id stood there before."""
    if ids.dtype != object and bool((ids[1:] > ids[:-1]).all()):
        return np.zeros(0, dtype=np.int64)
    again = pd.Series(ids).duplicated().to_numpy()
    return np.flatnonzero(again & (ids != "") if ids.dtype == object else again)


def _no_empty(empty: NDArray[np.bool_], column: str, faults: Faults) -> None:
    for row in np.flatnonzero(empty):
        faults.add(int(row), column, _("nothing stands here"), _("fill it in"))


def _known_payees(units: Labels, payees: Collection[str], faults: Faults) -> None:
    known = set(payees)
    for row, unit in enumerate(units.all()):
        if unit and unit not in known:
            near = get_close_matches(unit, known, n=1)
            faults.add(
                row,
                "payee",
                _('the unit "{name}" is not known', name=shown(unit)),
                _('did you mean "{near}"?', near=near[0]) if near else _("add it to the list of units first"),
            )


def _codes(table: pd.DataFrame, column: str, within: NDArray[np.int64]) -> NDArray[np.int64] | None:
    if column not in table.columns:
        return None
    inner = pd.factorize(words(table[column]))[0]
    return pd.factorize(within * (int(inner.max(initial=0)) + 1) + inner)[0]


def _matters(
    table: pd.DataFrame,
    ids: NDArray[Any],
    units: Labels,
    periods: Labels,
    *,
    one_rule_a_row: bool,
) -> NDArray[np.int64]:
    """Return the matters' numbers: by ``matter``; else by claim, or by unit and period."""
    if "matter" in table.columns:
        return pd.factorize(words(table["matter"]))[0]
    if one_rule_a_row:
        return pd.factorize(units.codes * (len(periods.texts) + 1) + periods.codes)[0]
    return np.arange(len(ids))


def _for_budget(table: pd.DataFrame, column: str, kind: Input, faults: Faults) -> NDArray[np.int64] | None:
    if column not in table.columns:
        faults.whole(
            _('the column "{column}" is missing', column=column),
            _("add it: the budget is shared out by it"),
            column,
        )
        return None
    return numbers(table[column], column, kind, faults)


def _paid(table: pd.DataFrame, column: str, faults: Faults) -> NDArray[np.int64] | None:
    if column not in table.columns:
        return None
    found = amounts(table[column], column, faults, required=False)
    return np.where(found == MISSING, 0, found)


def _part(
    policy: Policy, table: pd.DataFrame, rows: NDArray[np.int64], periods: Labels, faults: Faults
) -> Part:
    inner = Faults(faults.lines[rows], faults.file)
    inner.found = faults.found
    own = table if len(rows) == len(table) else table.iloc[rows]
    values: dict[str, NDArray[np.int64]] = {}
    declared: dict[str, NDArray[np.int64]] = {}
    reasons: dict[str, NDArray[np.object_]] = {}
    for name, kind in policy.inputs.items():
        values[name] = _column(own, name, kind, inner)
        if f"{name}_declared" in own.columns and kind.kind == "amount":
            declared[name] = amounts(own[f"{name}_declared"], f"{name}_declared", inner, required=False)
            _no_negative_reduction(values[name], declared[name], name, inner)
        if f"{name}_reason" in own.columns:
            reasons[name] = words(own[f"{name}_reason"])
    if policy.payout.base is not None:
        _no_negative_base(policy, values, inner)
    found = spans(periods, rows, policy.period, inner)
    return Part(rows, found, values, declared, reasons)


def _column(own: pd.DataFrame, name: str, kind: Input, faults: Faults) -> NDArray[np.int64]:
    if name in own.columns:
        series: pd.Series[Any] = own[name]
        if kind.kind == "amount":
            return amounts(series, name, faults, required=kind.required)
        return numbers(series, name, kind, faults)
    if kind.kind == "amount" and f"{name}_fen" in own.columns:
        return whole_fen(own[f"{name}_fen"], f"{name}_fen", faults)
    if kind.required:
        faults.whole(
            _('the column "{column}" is missing', column=name),
            _("add it: {label}", label=kind.label),
            name,
        )
    return np.broadcast_to(np.int64(MISSING), len(own))


def _no_negative_reduction(
    verified: NDArray[np.int64], declared: NDArray[np.int64], name: str, faults: Faults
) -> None:
    for row in np.flatnonzero((declared != MISSING) & (verified > declared)):
        faults.add(
            int(row),
            name,
            _("the verified figure is above the declared one, a reduction below 0"),
            _("correct one of the two"),
        )


def _no_negative_base(policy: Policy, values: Mapping[str, NDArray[np.int64]], faults: Faults) -> None:
    base = policy.payout.base
    if base is None or not base.less:
        return
    every = [values[name] for name in (*base.sum, *base.less)]
    stated = np.all([column != MISSING for column in every], axis=0)
    left = np.zeros(len(stated), dtype=object)
    for name in base.sum:
        left += values[name].astype(object)
    for name in base.less:
        left -= values[name].astype(object)
    for row in np.flatnonzero(stated & np.asarray(left < 0, dtype=bool)):
        faults.add(
            int(row),
            base.less[0],
            _("more is taken off the base than there is"),
            _("correct the figures; a base is 0 or more"),
        )
