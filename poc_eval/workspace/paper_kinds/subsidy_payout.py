"""What claims are paid (核定测算): policies chosen, claims verified item by item, payouts explained."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from poc_eval.errors import Fault, InputError
from poc_eval.finance.claims.payout import Payouts
from poc_eval.finance.claims.reckoning import reckon
from poc_eval.finance.claims.settled import settled_rows
from poc_eval.finance.subsidy import clause_of
from poc_eval.finance.subsidy_document import document
from poc_eval.finance.subsidy_words import yuan
from poc_eval.i18n import Text, _
from poc_eval.money import format_money, from_fen
from poc_eval.spreadsheet.payouts.book import payout_book
from poc_eval.workspace.definition_rows import insert_definition
from poc_eval.workspace.paper_kinds import PaperKind
from poc_eval.workspace.paper_records import Assessment, Figure, PaperNote, cell_name
from poc_eval.workspace.payouts.claim_layout import chosen_rules, claim_layout
from poc_eval.workspace.payouts.claim_reading import notes_of, read_forms
from poc_eval.workspace.payouts.policies import rule_named
from poc_eval.workspace.records import PinnedDefinition

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from poc_eval.finance.claims.reckoning import Reckoning
    from poc_eval.spreadsheet.writing import Book
    from poc_eval.workspace.paper_entries import Entries
    from poc_eval.workspace.paper_kinds import PaperContext
    from poc_eval.workspace.payouts.claim_reading import ReadClaims
    from poc_eval.workspace.payouts.policies import Rule
    from poc_eval.workspace.writing import Write


def assess(entries: Entries, context: PaperContext) -> Assessment:
    """Return what the claims are paid, what is wrong with them, and what to look at."""
    rules = chosen_rules(context)
    read = read_forms(entries, rules)
    reckoning = reckon([one.policy for one in rules], read.forms)
    payouts = _payouts(entries, rules, reckoning)
    about_claims = [one for one in reckoning.faults if one.row is not None]
    return Assessment(
        faults=(*read.notes, *notes_of(about_claims, read)),
        warnings=(
            *notes_of(reckoning.doubts, read),
            *_out_of_force(reckoning, read),
            *_findings(reckoning, read),
        ),
        figures=_figures(payouts, read),
        totals=_totals(reckoning),
        shown={**_about_rules(entries, rules), **_about_claims(reckoning, read)},
        outcome=_outcome(reckoning, rules),
        result=payouts,
    )


def _payouts(entries: Entries, rules: Sequence[Rule], reckoning: Reckoning) -> Payouts:
    wanted = entries.text("try_policy")
    tried = next((one for one in rules if one.ref.id == wanted), rules[0] if len(rules) == 1 else None)
    return Payouts(
        reckoning,
        budget=entries.amount("budget"),
        policy=None if tried is None else tried.policy,
        rate=entries.share("try_rate"),
        cap=entries.amount("try_cap"),
    )


def _out_of_force(reckoning: Reckoning, read: ReadClaims) -> Iterator[PaperNote]:
    """Yield the claims whose period lies outside their policy's dates."""
    if reckoning.settlement is None:
        return
    rows = {form.claim_id: row for form, row in zip(read.forms, read.rows, strict=True)}
    for one in settled_rows(reckoning.settlement):
        if one.reason == "not_in_force":
            message = _(
                "this period lies outside the dates of {policy}, so nothing is paid; "
                "correct the period, or choose the version that was in force then",
                policy=one.policy.title,
            )
            yield PaperNote(rows[one.claim_id].place("period"), message)


def _findings(reckoning: Reckoning, read: ReadClaims) -> Iterator[PaperNote]:
    rows = {form.claim_id: row for form, row in zip(read.forms, read.rows, strict=True)}
    for one in reckoning.findings:
        message = (
            _("claimed twice: {what}", what=one.what)
            if one.certain
            else _("perhaps claimed twice, to be looked at: {what}", what=one.what)
        )
        for claim in one.claims:
            yield PaperNote(rows[claim].place("claim_id"), message)


def _figures(payouts: Payouts, read: ReadClaims) -> tuple[Figure, ...]:
    settlement = payouts.reckoning.settlement
    if settlement is None:
        return ()
    total = from_fen(settlement.total)
    found = [
        Figure(
            _("Payouts in total (yuan)"), format_money(total), Text(*[format_money(total, "capitals")] * 2)
        )
    ]
    if payouts.budget is not None:
        left = payouts.budget - total
        said = _("{amount} left", amount=format_money(left))
        if left < 0:
            said = _("{amount} more than the budget", amount=format_money(-left))
        found.append(
            Figure(
                _("Budget of the year (yuan)"),
                format_money(payouts.budget),
                said,
                "bad" if left < 0 else "plain",
            )
        )
    capped = sum(int(one.capped.sum()) for one in settlement.workings)
    nothing = sum(int((one.amount == 0).sum()) for one in settlement.workings)
    found += [
        Figure(_("Claims at a cap"), str(capped)),
        Figure(_("Claims that are paid nothing"), str(nothing)),
    ]
    if read.left_out:
        found.append(Figure(_("Claims not complete yet, not in the total"), str(read.left_out), None, "bad"))
    return tuple(found)


def _totals(reckoning: Reckoning) -> dict[str, dict[str, str]]:
    if reckoning.settlement is None:
        return {}
    return {"claims": {"payout": yuan(reckoning.settlement.total)}}


def _about_rules(entries: Entries, rules: Sequence[Rule]) -> dict[str, str]:
    known = {one.name: one.policy for one in rules}
    found = {}
    for row in entries.rows("policies"):
        policy = known.get(row.text("policy"))
        if policy is not None:
            found[row.place("clause")] = clause_of(policy)
    return found


def _about_claims(reckoning: Reckoning, read: ReadClaims) -> dict[str, str]:
    if reckoning.settlement is None:
        return {}
    rows = {form.claim_id: row.id for form, row in zip(read.forms, read.rows, strict=True)}
    found = {}
    for one in settled_rows(reckoning.settlement):
        found[cell_name("claims", rows[one.claim_id], "payout")] = yuan(one.amount)
    return found


def _outcome(reckoning: Reckoning, rules: Sequence[Rule]) -> dict[str, Any]:
    if reckoning.settlement is None:
        return {}
    used = {form.policy for form in reckoning.forms}
    said = document(reckoning.settlement)
    forms = {form.claim_id: form for form in reckoning.forms}
    for claim in said["claims"]:
        form = forms[claim["claim_id"]]
        claim |= {"credit_code": form.credit_code, "project": form.project}
    return {
        "rules": {one.ref.id: f"{one.name}#{one.ref.hash}" for one in rules if one.ref.id in used},
        **said,
    }


def concluded(write: Write, context: PaperContext, assessment: Assessment) -> None:
    """Pin the policies that decided the payouts, so that no later file changes what was worked out."""
    used = assessment.outcome.get("rules", {})
    for one in chosen_rules(context):
        if isinstance(used, dict) and one.ref.id in used:
            kept = rule_named(context.workspace, one.name) or one
            insert_definition(
                write.connection, PinnedDefinition("policy", one.ref, kept.file, one.text, write.at)
            )


def workbook(assessment: Assessment) -> Book:
    """Return the payouts as a workbook; raises InputError with the faults for which nothing is paid."""
    payouts = assessment.result
    settlement = payouts.reckoning.settlement if isinstance(payouts, Payouts) else None
    if settlement is None or not len(settlement.order):
        raise InputError(*_in_the_way(assessment))
    return payout_book(settlement)


def _in_the_way(assessment: Assessment) -> Iterator[Fault]:
    yield Fault(
        _("nothing is paid yet, so there is no workbook"),
        _("mend what stands below the form's fields, and export again"),
    )
    for note in assessment.faults:
        yield Fault(note.message, _("correct it in the form"))


KIND = PaperKind(
    "subsidy_payout",
    Text("核定测算", "Payouts of claims"),
    claim_layout,
    assess,
    concluded=concluded,
    workbook=workbook,
    nameless=True,
)
