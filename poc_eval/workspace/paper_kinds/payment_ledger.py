"""The payment ledger (拨付台账): rows are entries to be recorded; concluding the paper records them all."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from poc_eval.errors import Fault
from poc_eval.finance.claims.double import plain_number
from poc_eval.finance.ledger.entries import Answer, Payment, Payout, Signature
from poc_eval.finance.ledger.kept import Book, KeptLine
from poc_eval.finance.ledger.line import Line
from poc_eval.finance.ledger.overview import total
from poc_eval.finance.ledger.rules import refusals
from poc_eval.i18n import Text, _
from poc_eval.money import format_money
from poc_eval.spreadsheet.ledger_book import ledger_book
from poc_eval.workspace.paper_kinds import PaperKind
from poc_eval.workspace.paper_records import Assessment, Figure, PaperNote
from poc_eval.workspace.payment_ledger import Posting, matter_text, record_in
from poc_eval.workspace.payouts.at_hand import at_hand
from poc_eval.workspace.payouts.ledger_layout import ledger_layout
from poc_eval.workspace.payouts.postings import new_payouts, wanted_entries
from poc_eval.workspace.payouts.stated_shares import stated_shares

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

    from poc_eval.finance.ledger.entries import Entry
    from poc_eval.spreadsheet.writing import Book as Workbook
    from poc_eval.workspace.paper_entries import Entries
    from poc_eval.workspace.paper_kinds import PaperContext
    from poc_eval.workspace.payouts.at_hand import AtHand
    from poc_eval.workspace.payouts.postings import Wanted
    from poc_eval.workspace.workspace import Workspace
    from poc_eval.workspace.writing import Write


@dataclass(frozen=True, slots=True)
class Ledger:
    """The ledger with what this paper adds to it, and what is to be recorded."""

    book: Book
    postings: tuple[Posting, ...]


def assess(entries: Entries, context: PaperContext) -> Assessment:
    """Return the ledger as it would stand with this paper's rows, and what stands in their way."""
    known, day = at_hand(context), context.day()
    stated = stated_shares(entries, known.sealed, new_payouts(entries, known))
    known = replace(known, sealed=stated.sealed)
    trial, concluded_at = _Trial(known, day), context.paper.concluded_at
    wanted = wanted_entries(entries, known, _root(context))
    if concluded_at is None:
        for one in wanted:
            trial.take(one)
    ledger = Ledger(Book(trial.lines(), day, context.zone), tuple(trial.postings))
    recorded = [one.key for one in ledger.postings]
    if concluded_at is not None:
        recorded = [one.key for one in wanted if trial.recorded(one, concluded_at)]
    return Assessment(
        faults=(*stated.faults, *trial.notes),
        warnings=stated.warnings,
        figures=_figures(ledger),
        outcome={
            "recorded": recorded,
            "day": day.isoformat(),
            "shares_stated": list(stated.payouts),
        },
        result=ledger,
    )


def concluded(write: Write, context: PaperContext, assessment: Assessment) -> None:
    """Record the paper's entries; what stands in their way by now keeps the paper open."""
    ledger = assessment.result
    if isinstance(ledger, Ledger):
        today = context.workspace.local_time(write.at).date()
        for posting in ledger.postings:
            record_in(write, posting, by=context.paper.author, today=today)


class _Trial:
    """The ledger's lines with entries added on trial."""

    def __init__(self, known: AtHand, today: date) -> None:
        self._known = known
        self._today = today
        self._lines = {key: kept.line for key, kept in known.lines.items()}
        self._keys = {
            stamp.key: (payout, number)
            for payout, kept in known.lines.items()
            for number, stamp in enumerate(kept.stamps, start=1)
        }
        self.notes: list[PaperNote] = []
        self.postings: list[Posting] = []

    def take(self, wanted: Wanted) -> None:
        """Add an entry where nothing stands in its way; what was recorded before is only compared."""
        entry = self._settled(wanted)
        line = self._lines.get(wanted.payout, Line())
        if wanted.key in self._keys:
            payout, number = self._keys[wanted.key]
            if payout != wanted.payout or self._lines[payout].entries[number - 1] != entry:
                self._note(wanted, _CHANGED)
            return
        faults = [*refusals(line, entry, today=self._today), *self._taken(wanted.payout, entry)]
        for fault in faults:
            self._note(wanted, fault)
        if not faults:
            self._lines[wanted.payout] = line.with_entry(entry)
            self._keys[wanted.key] = (wanted.payout, len(line.entries) + 1)
            self.postings.append(
                Posting(None if isinstance(entry, Payout) else wanted.payout, entry, wanted.key)
            )

    def recorded(self, wanted: Wanted, at: datetime) -> bool:
        """Tell whether the ledger has an entry as its row says it, recorded at a moment."""
        payout, number = self._keys.get(wanted.key, (wanted.payout, 0))
        kept = self._known.lines.get(payout)
        if kept is None or not number or kept.stamps[number - 1].at != at:
            return False
        return payout == wanted.payout and _same(kept.line.entries[number - 1], self._settled(wanted))

    def lines(self) -> list[KeptLine]:
        """Return the lines with drafts."""
        known = self._known.lines
        return [
            replace(known[key], line=line) if key in known else KeptLine(key, line, ())
            for key, line in self._lines.items()
        ]

    def _settled(self, wanted: Wanted) -> Entry:
        """Return the entry with the number of the objection that it settles."""
        if not isinstance(wanted.entry, Answer) or wanted.answers is None:
            return wanted.entry
        _payout, number = self._keys.get(wanted.answers, ("", 0))
        return replace(wanted.entry, objection=number)

    def _taken(self, payout: str, entry: Entry) -> Iterator[Fault]:
        """Yield what stands in the ledger already and can stand there only once."""
        others = [line for key, line in self._lines.items() if key != payout]
        standing = [one for line in others for _number, one in line.in_force()]
        if isinstance(entry, Payout):
            matters = {matter_text(one) for one in standing if isinstance(one, Payout)}
            if matter_text(entry) in matters:
                yield _MATTER
        elif isinstance(entry, Payment):
            orders = {plain_number(one.order) for one in standing if isinstance(one, Payment)}
            if plain_number(entry.order) in orders:
                yield _ORDER

    def _note(self, wanted: Wanted, fault: Fault) -> None:
        message = _("{what}; {remedy}", what=fault.what, remedy=fault.remedy)
        self.notes.append(PaperNote(wanted.place(fault.place), message))


def _same(kept: Entry, said: Entry) -> bool:
    """Tell whether two entries say the same; a name may have been deleted since."""
    if isinstance(kept, Signature) and isinstance(said, Signature) and not kept.person:
        return kept == replace(said, person="")
    return kept == said


_CHANGED = Fault(
    _("this row is recorded already and was changed"),
    _("write it as it was, and correct it by a reversal and a new row"),
)
_MATTER = Fault(
    _("a payout of this unit under this policy for this period is in the ledger already"),
    _("a matter is paid once; reverse that payout first if it is wrong"),
    place="payout",
)
_ORDER = Fault(
    _("this payment order is recorded already for another payout"),
    _("look whether this payment was entered before"),
    place="order",
)


def _root(context: PaperContext) -> str:
    """Return the id of the paper's first version."""

    def first(workspace: Workspace) -> str:
        paper = context.paper
        while paper.amends is not None:
            paper = workspace.papers.paper(paper.amends)
        return paper.id

    return str(context.look("first", first))


def _figures(ledger: Ledger) -> tuple[Figure, ...]:
    sums = total([one.line for one in ledger.book.lines], ledger.book.day)
    found = [
        Figure(_("Payouts verified (yuan)"), format_money(sums.verified)),
        Figure(_("Paid (yuan)"), format_money(sums.paid)),
        Figure(_("Due on {day} (yuan)", day=ledger.book.day), format_money(sums.due)),
        Figure(_("Not paid yet (yuan)"), format_money(sums.left)),
    ]
    if sums.to_recover:
        found.append(Figure(_("To be recovered (yuan)"), format_money(sums.to_recover), None, "bad"))
    if ledger.postings:
        found.append(Figure(_("Entries to be recorded"), str(len(ledger.postings))))
    return tuple(found)


def workbook(assessment: Assessment) -> Workbook:
    """Return the ledger as a workbook."""
    ledger = assessment.result
    if not isinstance(ledger, Ledger):
        message = "this paper has no ledger"
        raise TypeError(message)
    return ledger_book(ledger.book)


KIND = PaperKind(
    "payment_ledger",
    Text("拨付台账", "Payment ledger"),
    ledger_layout,
    assess,
    concluded=concluded,
    workbook=workbook,
    nameless=True,
)
