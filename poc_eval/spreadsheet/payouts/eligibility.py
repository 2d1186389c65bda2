"""The steps that ask whether a claim is paid at all: conditions, the rule's dates, figures that are known."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from poc_eval.finance.subsidy_cells import MISSING
from poc_eval.finance.subsidy_single import ALREADY_CLAIMED, TERM_OVER
from poc_eval.i18n import Text, _
from poc_eval.spreadsheet.payouts.inputs import NO, YES, choice_words, serial
from poc_eval.spreadsheet.terms import Term, either, every, in_fen, picked, some, term
from poc_eval.spreadsheet.writing import relative

if TYPE_CHECKING:
    from poc_eval.finance.policy_parts import Condition
    from poc_eval.finance.subsidy_working import Working
    from poc_eval.spreadsheet.payouts.columns import Columns
    from poc_eval.spreadsheet.payouts.inputs import Inputs
    from poc_eval.spreadsheet.payouts.rule import Figures


class Eligibility:
    """The checks of one claim; each is a step that is 1 where it holds."""

    def __init__(
        self, working: Working, row: int, figures: Figures, inputs: Inputs, columns: Columns
    ) -> None:
        self.working, self.row, self.figures = working, row, figures
        self.inputs, self.columns = inputs, columns

    def known(self) -> Term | None:
        """Return whether the figure of the claim's kind is known; None where every one is."""
        payout, known = self.working.policy.payout, self.figures.known
        if payout.by is None or known is None:
            return None
        index = self.columns.terms["case"]
        return self.columns.put("known", _("figure known"), picked(known.span, known.values, index), "number")

    def in_force(self) -> Term | None:
        """Return whether the claim lies in the rule's dates; None where neither is known."""
        first, last = self.figures.first, self.figures.last
        if first is None and last is None:
            return None
        spans, checks = self.working.part.spans, []
        if first is not None:
            checks.append(
                self._day("start", Text("申报期间起", "claimed from"), int(spans.start[self.row])) >= first
            )
        if last is not None:
            checks.append(
                self._day("end", Text("申报期间止", "claimed to"), int(spans.end[self.row])) <= last
            )
        return self.columns.put("in force", _("in force"), either(every(*checks), 1, 0), "number")

    def eligible(self) -> Term | None:
        """Return whether every condition holds and the term is not over; None where nothing is asked."""
        policy, checks = self.working.policy, []
        for number, condition in enumerate(policy.eligible):
            label = condition.label or policy.inputs[condition.input].label
            met = self._met(condition, self.figures.conditions[number])
            checks.append(self.columns.put(f"condition {number}", label, either(met, 1, 0), "number"))
        if policy.term is not None:
            over = int(self.working.failed[self.row]) in {TERM_OVER, ALREADY_CLAIMED}
            name = _("within the term (a value: it depends on earlier claims)")
            checks.append(self.columns.put("term", name, term(int(not over)), "written_fen"))
        return every(*(check.same(1) for check in checks)) if checks else None

    def _day(self, key: str, name: Text, day: int) -> Term:
        column = self.columns.layout.column(key, name)
        self.columns.layout.sheet.put(self.columns.row, column, date.fromordinal(day), "written_date")
        return Term(relative(self.columns.row, column), serial(day))

    def _met(self, condition: Condition, wanted: list[Term]) -> Term:
        kind = self.working.policy.inputs[condition.input]
        stated = int(self.working.part.stated[condition.input][self.row])
        cell = self.inputs.cell(self.working, condition.input, self.row)
        if kind.kind == "amount":
            own = in_fen(cell, max(stated, 0))
        elif kind.kind == "yes_no":
            own = Term(cell, {1: YES, 0: NO}.get(stated, ""))
        elif kind.kind == "choice":
            own = Term(cell, choice_words(kind)[stated] if stated != MISSING else "")
        else:
            own = Term(cell, max(serial(stated) if kind.kind == "date" else stated, 0))
        if condition.is_ is not None or condition.one_of is not None:
            met = some(*(own.same(one) for one in wanted))
        else:
            left = list(wanted)
            tests = []
            if condition.at_least is not None:
                tests.append(own >= left.pop(0))
            if condition.at_most is not None:
                tests.append(own <= left.pop(0))
            met = every(*tests)
        if kind.required:
            return met
        blank = Term(f'{cell}=""', int(stated == MISSING), level=0)
        return Term(f"OR({blank.text},{met.text})", int(bool(blank.value or met.value)), safe=met.safe)
