"""What the payments of a programme, their moments and its ways to end are called."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from poc_eval.i18n import Message, _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from poc_eval.finance.programme.flows import Kind
    from poc_eval.finance.programme.model import Programme
    from poc_eval.i18n import Translatable

KINDS: Final[Mapping[Kind, Message]] = {
    "cost": _("cost of the stage"),
    "income": _("income"),
    "grant": _("grant instalment"),
    "matching": _("own funds beside the grant"),
    "clawback": _("clawback"),
    "deposit": _("deposit paid"),
    "deposit_returned": _("deposit returned"),
    "loan": _("loan drawn"),
    "interest": _("interest"),
    "repayment": _("repayment of the loan"),
    "interest_subsidy": _("interest subsidy"),
}
TIMINGS: Final[Mapping[str, Message]] = {
    "start": _("payments count at the start of their year"),
    "middle": _("payments count at the middle of their year"),
    "end": _("payments count at the end of their year"),
    "exact": _("payments count by their date, ACT/365F"),
}


def stage_name(programme: Programme, stage: str) -> Translatable | str:
    """Return what a stage is called: its title, or its id."""
    found = next((one.title for one in programme.stages if one.id == stage), None)
    return found if found is not None else stage


def condition_words(programme: Programme, condition: tuple[str, str] | None) -> Message:
    """Return on what a payment depends."""
    if condition is None:
        return _("certain")
    kind, stage = condition
    name = stage_name(programme, stage)
    said = {
        "passed": _("if passed: {stage}", stage=name),
        "failed": _("if failed: {stage}", stage=name),
        "reached": _("if reached: {stage}", stage=name),
    }
    return said[kind]


def ending_words(programme: Programme, ends_at: str) -> Message:
    """Return where the programme ends."""
    if ends_at == "success":
        return _("every stage passed")
    return _("fails at {stage}", stage=stage_name(programme, ends_at))


def party_name(party: str | None) -> Message | str:
    """Return what a party is called."""
    known = {"funder": _("funder"), "project": _("project side"), "host": _("host institution")}
    return _("outside") if party is None else known.get(party, party)
