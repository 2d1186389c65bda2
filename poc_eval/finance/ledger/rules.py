"""What each entry needs before it: everything that stands in its way, all at once, nothing recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from poc_eval.errors import Fault, InputError
from poc_eval.finance.ledger.entries import (
    MEETING,
    STEPS,
    Answer,
    Demand,
    FundDocument,
    Met,
    Notice,
    Objection,
    Payment,
    Payout,
    Recovered,
    Returned,
    Reversal,
    Signature,
)
from poc_eval.finance.ledger.line import Line, standing_of
from poc_eval.finance.ledger.paying import payment_refusals
from poc_eval.finance.ledger.working_days import holidays_known, last_day, length_of
from poc_eval.i18n import _
from poc_eval.money import format_money

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from poc_eval.finance.ledger.entries import Entry
    from poc_eval.finance.ledger.line import Standing


def recorded(line: Line, entry: Entry, *, today: date) -> Line:
    """Return the line with ``entry`` added.

    Raises InputError with everything that stands in its way: an earlier step that is missing, an amount
    above what is verified, due or paid, a day to come.
    """
    faults = list(refusals(line, entry, today=today))
    if faults:
        raise InputError(*faults)
    return line.with_entry(entry)


def refusals(line: Line, entry: Entry, *, today: date) -> Iterator[Fault]:
    """Yield what stands in an entry's way; ``place`` names its field."""
    if entry.day > today and not isinstance(entry, Notice):
        yield Fault(
            _("the day {day} is still to come", day=entry.day),
            _("record it when it has happened"),
            place="day",
        )
    if isinstance(entry, Reversal):
        yield from _reversal(line, entry)
    else:
        yield from _in_its_place(line.standing(), entry)


def _in_its_place(standing: Standing, entry: Entry) -> Iterator[Fault]:
    """Yield what an entry that is no reversal lacks on top of ``standing``."""
    if isinstance(entry, Payout):
        yield from _payout(standing, entry)
        return
    if standing.payout is None:
        yield Fault(_("there is no verified payout"), _("record the payout first"))
        return
    match entry:
        case Signature():
            yield from _signature(standing, entry)
        case Notice():
            yield from _notice(standing, entry)
        case Objection() | Answer():
            yield from _objection(standing, entry)
        case FundDocument():
            yield from _document(standing, entry)
        case Met():
            yield from _met(standing, entry)
        case Payment():
            yield from payment_refusals(standing, entry)
        case Returned() | Demand() | Recovered():
            yield from _back(standing, entry)


def _needed(place: str, text: str) -> Iterator[Fault]:
    if not text.strip():
        yield Fault(_("nothing is written here"), _("fill it in"), place=place)


def _payout(standing: Standing, entry: Payout) -> Iterator[Fault]:
    if standing.payout is not None:
        yield Fault(
            _("the payout is recorded already, with {amount} yuan", amount=format_money(standing.verified)),
            _("reverse that entry first if it is wrong"),
        )
    if entry.amount <= 0:
        yield Fault(_("a payout is above 0"), _("what pays nothing is not in the ledger"), place="amount")
    yield from _needed("payee", entry.payee)
    if not entry.instalments or not entry.funding:
        yield Fault(
            _("how the payout is shared out by instalment and level is not known"),
            _("state the shares, or use a version of the policy that states them"),
            place="funding",
        )
    unknown = [step for step in entry.chain if step not in STEPS]
    if unknown or not entry.chain or len(set(entry.chain)) < len(entry.chain):
        yield Fault(
            _("the signing chain is not made of known steps, each once"),
            _("choose from: {steps}", steps=", ".join(STEPS)),
            place="chain",
        )


def _signature(standing: Standing, entry: Signature) -> Iterator[Fault]:
    step = STEPS.get(entry.step)
    if standing.payout is None or step is None or entry.step not in standing.payout.chain:
        yield Fault(
            _('"{step}" is no step of this chain', step=entry.step),
            _("choose one of its steps"),
            place="step",
        )
        return
    if entry.step in standing.signed:
        yield Fault(_("{step}: signed already", step=step), _("reverse that signature first"), place="step")
    elif entry.step != standing.next_step and standing.next_step is not None:
        yield Fault(
            _("{step} cannot sign before {before}", step=step, before=STEPS[standing.next_step]),
            _("record the signatures in the order of the chain"),
            place="step",
        )
    yield from _needed("person", entry.person)
    if entry.step == MEETING:
        yield from _needed("meeting_number", entry.meeting_number)
    handled = standing.signed.get("handled")
    if entry.step == "checked" and handled is not None and handled.person == entry.person:
        yield Fault(
            _("who handled the claim cannot check it: {person}", person=entry.person),
            _("let a second person check it"),
            place="person",
        )
    earliest = max((one.day for one in standing.signed.values()), default=standing.payout.day)
    if entry.day < earliest:
        yield Fault(
            _("this is before the step that it follows, {day}", day=earliest),
            _("check the day"),
            place="day",
        )


def _notice(standing: Standing, entry: Notice) -> Iterator[Fault]:
    if standing.next_step is not None:
        yield Fault(
            _("not everybody has signed: {step} is missing", step=STEPS[standing.next_step]),
            _("put on notice what was decided"),
        )
    if standing.payments:
        yield Fault(_("it has been paid already"), _("the notice comes before the payment"))
    decided = max((one.day for one in standing.signed.values()), default=entry.day)
    if entry.day < decided:
        yield Fault(
            _("the notice begins before the decision of {day}", day=decided),
            _("check the day"),
            place="day",
        )
    if entry.last < entry.day:
        yield Fault(_("the notice ends before it begins"), _("check both days"), place="last")
    else:
        yield from _length(standing, entry)
    yield from _needed("place", entry.place)


def _length(standing: Standing, entry: Notice) -> Iterator[Fault]:
    payout = standing.payout
    if payout is None or payout.notice_days is None:
        return
    found = length_of(entry.day, entry.last, payout.counting)
    if found >= payout.notice_days:
        return
    end = last_day(entry.day, payout.notice_days, payout.counting)
    said = {"days": payout.notice_days, "found": found}
    what = (
        _("the rule asks for {days} natural days, this notice has {found}", **said)
        if payout.counting == "natural"
        else _("the rule asks for {days} working days, this notice has {found}", **said)
    )
    if payout.counting == "natural" or holidays_known(entry.day, end):
        yield Fault(what, _("let it stand until {day}", day=end), place="last")
    else:
        yield Fault(
            what,
            _("let it stand until {day}, longer where public holidays lie between", day=end),
            place="last",
        )


def _objection(standing: Standing, entry: Objection | Answer) -> Iterator[Fault]:
    yield from _needed("text", entry.text)
    if isinstance(entry, Answer):
        if entry.objection not in standing.objections:
            yield Fault(
                _("entry {number} is no open objection", number=entry.objection),
                _("name the number of the objection"),
                place="objection",
            )
    elif standing.notice is None:
        yield Fault(_("there is no public notice yet"), _("record the notice first"))


def _document(standing: Standing, entry: FundDocument) -> Iterator[Fault]:
    yield from _needed("number", entry.number)
    if standing.next_step is not None:
        yield Fault(
            _("not everybody has signed: {step} is missing", step=STEPS[standing.next_step]),
            _("record the signatures first"),
        )
    levels = {one.level for one in standing.plan}
    if entry.level and entry.level not in levels:
        yield Fault(
            _('"{level}" is none of the levels that pay', level=entry.level),
            _("choose one of: {levels}", levels=", ".join(sorted(levels))),
            place="level",
        )
    if entry.amount <= 0:
        yield Fault(_("an amount is above 0"), _("correct the amount"), place="amount")


def _met(standing: Standing, entry: Met) -> Iterator[Fault]:
    yield from _needed("evidence", entry.evidence)
    if all(one.instalment != entry.instalment for one in standing.plan):
        yield Fault(
            _("there is no instalment {number}", number=entry.instalment),
            _("count them from 1"),
            place="instalment",
        )
    elif entry.instalment in standing.met:
        yield Fault(
            _("the condition of instalment {number} is recorded already", number=entry.instalment),
            _("reverse that entry first if it is wrong"),
            place="instalment",
        )


def _back(standing: Standing, entry: Returned | Demand | Recovered) -> Iterator[Fault]:
    if entry.amount <= 0:
        yield Fault(_("an amount is above 0"), _("correct the amount"), place="amount")
    if isinstance(entry, Returned):
        yield from _needed("reason", entry.reason)
        if entry.order not in standing.payments:
            yield Fault(
                _('there is no payment by the order "{order}"', order=entry.order),
                _("name the payment order whose money came back"),
                place="order",
            )
            return
        if entry.day < standing.payments[entry.order].day:
            yield Fault(_("it came back before it was paid"), _("check the day"), place="day")
        most, what = standing.net(entry.order), _("more came back than was paid")
    elif isinstance(entry, Demand):
        yield from (*_needed("reason", entry.reason), *_needed("document", entry.document))
        most, what = standing.kept - standing.to_recover, _("more is claimed back than the unit has")
    else:
        yield from _needed("receipt", entry.receipt)
        most, what = standing.to_recover, _("more came in than is claimed back")
    if entry.amount > most:
        yield Fault(what, _("at most {most} yuan can stand here", most=format_money(most)), place="amount")


def _reversal(line: Line, entry: Reversal) -> Iterator[Fault]:
    yield from _needed("reason", entry.reason)
    numbered = dict(line.numbered())
    wrong = numbered.get(entry.entry)
    if wrong is None or isinstance(wrong, Reversal) or entry.entry in line.reversed:
        yield Fault(
            _("entry {number} cannot be reversed", number=entry.entry),
            _("name an entry that stands; what was reversed is entered anew"),
            place="entry",
        )
        return
    kept = [(number, one) for number, one in line.in_force() if number != entry.entry]
    for place, (number, one) in enumerate(kept):
        if number > entry.entry and any(_in_its_place(standing_of(kept[:place]), one)):
            yield Fault(
                _(
                    "entry {later} ({title}) rests on entry {number}",
                    later=number,
                    title=one.title,
                    number=entry.entry,
                ),
                _("reverse entry {later} first", later=number),
                place="entry",
            )
            return
