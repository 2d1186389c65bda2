"""Division of a transfer's income (收益分配测算): by an institution's rule, to the people, with the tax."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, cast

from poc_eval.errors import PocEvalError
from poc_eval.finance.least_reward import CASES
from poc_eval.finance.sharing import Sharing, share_income
from poc_eval.finance.sharing_people import (
    Division,
    Person,
    TeamShares,
    rewarded_part,
    share_among,
    share_out,
)
from poc_eval.i18n import Text, _
from poc_eval.money import format_money
from poc_eval.spreadsheet.sharing_workbook import sharing_workbook
from poc_eval.workspace.definition_rows import insert_definition
from poc_eval.workspace.paper_kinds import PaperKind
from poc_eval.workspace.paper_records import Assessment, Figure, PaperNote
from poc_eval.workspace.records import DefinitionRef, PinnedDefinition
from poc_eval.workspace.sharing_layout import layout
from poc_eval.workspace.sharing_rules import KIND as RULE
from poc_eval.workspace.sharing_rules import ranges, rule_asked, sharing_rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from poc_eval.errors import Fault
    from poc_eval.finance.least_reward import Way
    from poc_eval.finance.sharing_rule import SharingRule
    from poc_eval.spreadsheet.writing import Book
    from poc_eval.workspace.paper_entries import Entries, Row
    from poc_eval.workspace.paper_kinds import PaperContext
    from poc_eval.workspace.writing import Write


@dataclass(frozen=True, slots=True)
class _Told:
    """What was worked out so far, and what does not fit."""

    hash: str = ""
    """Of the rule."""
    sharing: Sharing | None = None
    team: TeamShares | None = None
    faults: tuple[PaperNote, ...] = ()


def assess(entries_: Entries, context: PaperContext) -> Assessment:
    """Divide the income by the rule and among the people; below the law's least nothing can be concluded.

    While something cannot be read nothing is divided: a cost of "3O00" is not a cost of 0.
    """
    if entries_.faults:
        return Assessment()
    told = _told(entries_, context)
    if told.sharing is None:
        return Assessment(faults=told.faults)
    shared, team = told.sharing, told.team
    faults, warnings = list(told.faults), [PaperNote("rule", note) for note in shared.notes]
    if shared.least.standing == "violation":
        faults.append(PaperNote("rows/chosen", shared.least.says))
    if team is not None and team.enough_for_main is False:
        least = format_money(team.least_for_main or 0)
        said = _("the main contributors get less than {least} yuan, which the rule asks for", least=least)
        warnings.append(PaperNote("rows/people", said))
    warnings += _open_steps(entries_, shared)
    return Assessment(
        faults=tuple(faults),
        warnings=tuple(warnings),
        figures=tuple(_figures(shared)),
        totals=_totals(team),
        shown=dict(_shown(entries_, team)),
        outcome=_outcome(told.hash, shared, team),
        result=Division(shared, team),
    )


def _told(given: Entries, context: PaperContext) -> _Told:
    received, found = given.amount("received"), rule_asked(context, given.text("rule"))
    way = next((one for one in CASES if one == given.text("way")), None)
    if received is None or way is None or found is None:
        return _Told()
    rule = found.definition
    costs = sum((row.amount("amount") or Decimal(0) for row in given.rows("costs")), start=Decimal(0))
    stated = next((one.id for one in rule.deductions if one.share is None), "costs")
    try:
        shared = share_income(
            rule,
            received,
            way=way,
            costs={stated: costs} if given.rows("costs") else None,
            chosen=_chosen(given, rule, way),
            post=_post(given, rule),
            holding=given.share("holding"),
        )
    except PocEvalError as error:
        return _Told(faults=tuple(_note(fault) for fault in error.faults))
    part = rewarded_part(shared)
    people = [
        row for row in given.rows("people") if row.text("name").strip() and row.number("weight") is not None
    ]
    if part is None or not people:
        return _Told(found.hash, shared)
    divide = _shares if way == "contribution_in_kind" else _team
    try:
        return _Told(found.hash, shared, divide(given, people, part.amount, part.least_for_main))
    except PocEvalError as error:
        homes = {"years": "tax_years"}
        notes = (
            PaperNote(
                homes.get(one.place or "", "rows/people"),
                _("{what}; {remedy}", what=one.what, remedy=one.remedy),
            )
            for one in error.faults
        )
        return _Told(found.hash, shared, faults=tuple(notes))


def _shares(given: Entries, people: list[Row], amount: Decimal, least: Decimal | None) -> TeamShares:
    award = given.day("award_date")
    return share_out(
        amount,
        [
            Person(
                row.text("name").strip(),
                row.number("weight") or 0,
                bool(row.yes_no("main")),
                tax_on_shares=row.amount("due"),
            )
            for row in people
        ],
        least_for_main=least,
        first_year=None if award is None else award.year,
        years=given.count("tax_years"),
    )


def _open_steps(given: Entries, shared: Sharing) -> Iterator[PaperNote]:
    """Yield, once somebody began to record them, the steps of the rule that are not gone through."""
    done = {"".join(row.text("step").split()) for row in given.rows("steps")}
    if not done:
        return
    for step in (*shared.approvals, *shared.rule.procedure):
        if "".join(step.text("zh").split()) not in done:
            yield PaperNote("rows/steps", _("not recorded yet: {step}", step=step))


def _team(given: Entries, people: list[Row], amount: Decimal, least: Decimal | None) -> TeamShares:
    income, award = given.day("received_on"), given.day("award_date")
    both = income is not None and award is not None
    return share_among(
        amount,
        [
            Person(
                row.text("name").strip(),
                row.number("weight") or 0,
                bool(row.yes_no("main")),
                row.amount("salary"),
            )
            for row in people
        ],
        least_for_main=least,
        income_received=income if both else None,
        award_date=award if both else None,
        contract_registered=given.yes_no("registered"),
    )


def _chosen(given: Entries, rule: SharingRule, way: Way) -> dict[str, Decimal]:
    """Return the shares agreed for the parties of this rule; a row for another rule's party is left alone."""
    rows = {row.text("party"): row.share("share") for row in given.rows("chosen")}
    kind = {"contribution_in_kind": rule.equity, "own_use": rule.own_use}.get(way, rule.cash)
    here = {part.to for part in ranges(kind)}
    return {to: share for to, share in rows.items() if share is not None and to in here}


def _post(given: Entries, rule: SharingRule) -> str | None:
    post = given.text("post")
    return post if post in {one.post for one in rule.approvals.by_post} else None


def _note(fault: Fault) -> PaperNote:
    """Return a fault beside the field that it is about."""
    place = (fault.place or "").split(".")[0]
    field = {"chosen": "rows/chosen", "costs": "rows/costs", "received": "received", "holding": "holding"}
    return PaperNote(field.get(place, "rule"), _("{what}; {remedy}", what=fault.what, remedy=fault.remedy))


def _figures(shared: Sharing) -> Iterator[Figure]:
    yield Figure(_("Base of the division"), _yuan(shared.base))
    for part in shared.parts:
        yield Figure(part.title, _yuan(part.amount))
    standing = {"met": "good", "violation": "bad"}.get(shared.least.standing, "plain")
    words = {
        "met": _("met"),
        "violation": _("not met"),
        "agreed_otherwise": _("agreed otherwise"),
        "not_known": _("not known"),
    }
    yield Figure(_("Least reward by law"), words[shared.least.standing], shared.least.says, standing)  # type: ignore[arg-type]  # one of the three


def _yuan(amount: Decimal) -> Text:
    shown = format_money(amount)
    return Text(f"{shown} 元", f"{shown} yuan")


def _shown(given: Entries, team: TeamShares | None) -> Iterator[tuple[str, str]]:
    if team is None:
        return
    rows = [
        row for row in given.rows("people") if row.text("name").strip() and row.number("weight") is not None
    ]
    for row, one in zip(rows, team.people, strict=True):
        yield row.place("award"), format_money(one.amount)
        if one.award_tax is not None and one.left is not None:
            yield row.place("tax"), format_money(one.award_tax)
            yield row.place("left"), format_money(one.left)


def _totals(team: TeamShares | None) -> dict[str, dict[str, str]]:
    if team is None:
        return {}
    total = sum((one.amount for one in team.people), start=Decimal(0))
    return {"people": {"award": format_money(total)}}


def _outcome(rule: str, shared: Sharing, team: TeamShares | None) -> dict[str, object]:
    found: dict[str, object] = {
        "rule": f"{shared.rule.id}@{shared.rule.version}#{rule}",
        "received": format_money(shared.received, "bare"),
        "base": format_money(shared.base, "bare"),
        "parts": [
            {"to": part.to, "amount": format_money(part.amount, "bare")} for part in shared.every_part()
        ],
        "least_reward": format_money(shared.least.least, "bare"),
        "standing": shared.least.standing,
    }
    if team is not None:
        found["people"] = [
            {"amount": format_money(one.amount, "bare"),
             "tax": None if one.award_tax is None else format_money(one.award_tax, "bare"),
             "instalments": [{"year": part.year, "amount": format_money(part.amount, "bare")}
                             for part in one.instalments]}
            for one in team.people
        ]  # fmt: skip
    return found


def concluded(write: Write, context: PaperContext, assessment: Assessment) -> None:
    """Keep the rule's own text with the paper that was worked by it."""
    division = assessment.result
    if isinstance(division, Division):
        rule = division.sharing.rule
        loaded = sharing_rule(context.workspace, f"{rule.id}@{rule.version}")
        ref = DefinitionRef(rule.id, rule.version, loaded.hash)
        insert_definition(write.connection, PinnedDefinition(RULE, ref, loaded.file, loaded.text, write.at))


def workbook(assessment: Assessment) -> Book:
    """Return the division as a workbook."""
    division = cast("Division", assessment.result)
    return sharing_workbook(division)


KIND = PaperKind(
    "income_sharing",
    Text("收益分配测算表", "Division of income"),
    layout,
    assess,
    concluded=concluded,
    workbook=workbook,
    nameless=True,
)
