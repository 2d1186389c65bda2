"""From the fields of the paper of claims to claims, and from what is wrong with a claim back to its field."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from poc_eval.catalog.plain_text import shown
from poc_eval.finance.claims.form import Account, ClaimForm, Figure, Reduction, Voucher
from poc_eval.i18n import _
from poc_eval.workspace.paper_records import PaperNote
from poc_eval.workspace.payouts.claim_layout import amount_inputs, column_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from poc_eval.finance.claims.reckoning import ClaimFault
    from poc_eval.workspace.paper_entries import Entries, Row
    from poc_eval.workspace.payouts.policies import Rule

_ITEM: Final = re.compile(r"(.+)\.reductions\[([0-9]+)\]\.(amount|reason|voucher)")


@dataclass
class ReadClaims:
    """The claims that can be worked out, and where each of their parts stands."""

    forms: list[ClaimForm] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    """The claim's row in the grid, a row a form."""
    items: dict[tuple[str, str], list[Row]] = field(default_factory=dict)
    """The rows of reductions by claim and column."""
    notes: list[PaperNote] = field(default_factory=list)
    """What names a claim or unit that is not there."""
    left_out: int = 0
    """Claims that lack something and are not worked out yet."""


def read_forms(entries: Entries, rules: Sequence[Rule]) -> ReadClaims:
    """Return the claims of the paper; those without number, unit, period or policy wait."""
    found = ReadClaims()
    unready = {note.field for note in (*entries.missing, *entries.faults)}
    known = {row.text("claim_id") for row in entries.rows("claims")}
    _strangers(entries, known, found)
    accounts = _accounts(entries)
    seen: dict[str, bool] = {}
    for row in entries.rows("claims"):
        policy = _rule_of(row, rules)
        waits = policy is None or any(name.startswith(f"rows/claims/{row.id}/") for name in unready)
        _told_twice(row, seen, found, waits=waits)
        if policy is None or waits:
            found.left_out += 1
            continue
        found.forms.append(_form(entries, row, policy, accounts, found))
        found.rows.append(row)
    return found


def _rule_of(row: Row, rules: Sequence[Rule]) -> Rule | None:
    if len(rules) == 1:
        return rules[0]
    return next((one for one in rules if one.ref.id == row.text("policy")), None) if rules else None


def _form(
    entries: Entries, row: Row, rule: Rule, accounts: dict[str, Account], found: ReadClaims
) -> ClaimForm:
    claim = row.text("claim_id")
    figures, facts = [], {}
    for name, kind in rule.policy.inputs.items():
        column = column_of(name)
        if kind.kind == "amount":
            items = [one for one in _of(entries, "reductions", claim) if _figure_of(one, rule) == column]
            found.items[claim, name] = items
            figures.append(_figure(row, name, column, items))
        else:
            fact = _fact(row, column, kind.kind)
            if fact:
                facts[name] = fact
    facts |= _order(row, rule)
    return ClaimForm(
        claim,
        row.text("payee"),
        rule.ref.id,
        row.text("period"),
        credit_code=row.text("credit_code"),
        project=row.text("project"),
        figures=figures,
        facts=facts,
        vouchers=[_voucher(one, rule) for one in _of(entries, "vouchers", claim)],
        audit_report=row.text("audit_report"),
        account=accounts.get(row.text("payee"), Account()),
    )


def _figure(row: Row, name: str, column: str, items: Sequence[Row]) -> Figure:
    reductions = [Reduction(one.amount("amount"), one.text("reason"), one.text("voucher")) for one in items]
    declared, verified = row.amount(f"{column}_declared"), row.amount(column)
    if declared is None and verified is not None and reductions:
        declared = verified + sum((one.amount or Decimal(0) for one in reductions), Decimal(0))
    return Figure(name, declared, verified, reductions)


def _fact(row: Row, column: str, kind: str) -> str:
    if kind == "yes_no":
        said = row.yes_no(column)
        return "" if said is None else "yes" if said else "no"
    value: object = {"count": row.count, "share": row.share, "date": row.day, "choice": row.text}[kind](
        column
    )
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, date) else str(value)


def _order(row: Row, rule: Rule) -> dict[str, str]:
    """Return the claim's place in the order by which a budget is shared out."""
    budget = rule.policy.budget
    if budget is None or budget.share == "prorata":
        return {}
    value = row.count("rank") if budget.share == "rank" else row.day("date")
    return {} if value is None else {budget.share: str(value)}


def _of(entries: Entries, grid: str, claim: str) -> list[Row]:
    return [row for row in entries.rows(grid) if row.text("claim_id") == claim]


def _figure_of(row: Row, rule: Rule) -> str:
    """Return the column that a row of reductions or vouchers is about."""
    own = list(amount_inputs([rule]))
    try:
        return row.text("figure")
    except KeyError:
        return own[0] if own else ""


def _voucher(row: Row, rule: Rule) -> Voucher:
    names = {column_of(name): name for name in rule.policy.inputs}
    return Voucher(
        row.text("contract"),
        row.text("invoice"),
        row.text("receipt"),
        row.amount("amount"),
        names.get(_figure_of(row, rule), ""),
    )


def _accounts(entries: Entries) -> dict[str, Account]:
    return {
        row.text("payee"): Account(row.text("holder"), row.text("bank"), row.text("number"))
        for row in entries.rows("accounts")
    }


def _told_twice(row: Row, seen: dict[str, bool], found: ReadClaims, *, waits: bool) -> None:
    """Tell of a number given twice where one of the two waits; of two complete claims the reckoning tells."""
    claim = row.text("claim_id")
    if claim and claim in seen and (waits or seen[claim]):
        what = _('the claim "{id}" stands here twice', id=shown(claim))
        message = _(
            "{what}; {remedy}", what=what, remedy=_("give each claim an id of its own, or take one away")
        )
        found.notes.append(PaperNote(row.place("claim_id"), message))
    seen[claim] = waits or seen.get(claim, False)


def _strangers(entries: Entries, known: set[str], found: ReadClaims) -> None:
    for grid in ("reductions", "vouchers"):
        for row in entries.rows(grid):
            claim = row.text("claim_id")
            if claim and claim not in known:
                found.notes.append(
                    PaperNote(row.place("claim_id"), _("no claim has the number {claim}", claim=claim))
                )
    units = {row.text("payee") for row in entries.rows("claims")}
    for row in entries.rows("accounts"):
        payee = row.text("payee")
        if payee and payee not in units:
            found.notes.append(PaperNote(row.place("payee"), _("no claim is made by {payee}", payee=payee)))


def notes_of(faults: Sequence[ClaimFault], read: ReadClaims) -> Iterator[PaperNote]:
    """Yield what is wrong with the claims beside the fields where it stands."""
    for one in faults:
        message = _("{what}; {remedy}", what=one.fault.what, remedy=one.fault.remedy)
        yield PaperNote(_place(one, read), message)


def _place(one: ClaimFault, read: ReadClaims) -> str:
    if one.row is None:
        return "rows/claims"
    row, form = read.rows[one.row], read.forms[one.row]
    place = one.fault.place or ""
    item = _ITEM.fullmatch(place)
    if item is not None:
        return read.items[form.claim_id, item[1]][int(item[2])].place(item[3])
    return row.place(_column(place, form))


def _column(place: str, form: ClaimForm) -> str:
    name = column_of(place)
    inputs = {column_of(one.input) for one in form.figures} | {column_of(one) for one in form.facts}
    inputs |= {f"{one}_declared" for one in inputs}
    if name.endswith("_fen"):
        name = name.removesuffix("_fen")
    return name if name in inputs | {"payee", "period", "credit_code", "project", "claim_id"} else "claim_id"
