"""The first sheet, 补助资金测算表: one line a claim, the sum, the sum in capitals, and places to sign."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from poc_eval.finance.subsidy import clause_of
from poc_eval.finance.subsidy_cells import MISSING
from poc_eval.finance.subsidy_rates import rates_of
from poc_eval.finance.subsidy_working import NONE
from poc_eval.i18n import Text, _
from poc_eval.money import from_fen
from poc_eval.spreadsheet.payouts.capitals import capitals
from poc_eval.spreadsheet.payouts.steps import WORDS, reason_of
from poc_eval.spreadsheet.terms import either, over
from poc_eval.spreadsheet.writing import Formula, letters

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from poc_eval.finance.subsidy import Settlement
    from poc_eval.finance.subsidy_working import Working
    from poc_eval.spreadsheet.payouts.groups import Amounts
    from poc_eval.spreadsheet.payouts.inputs import Inputs
    from poc_eval.spreadsheet.payouts.rule_steps import RuleSteps
    from poc_eval.spreadsheet.terms import Term
    from poc_eval.spreadsheet.writing import Book, Sheet

FIRST: Final = 4
WIDTHS: Final = (5, 10, 22, 13, 18, 15, 14, 15, 9, 15, 15, 15, 17)
_DECLARED, _REDUCED, _BASE, _RATE, _UNCAPPED, _CAP, _PAID, _REASON = range(5, 13)


@dataclass(frozen=True, slots=True)
class Stages:
    """What each claim is due by its rule alone, after groups, and what it is paid after budgets."""

    alone: Amounts
    together: Amounts
    paid: Amounts


class Front:
    """The sheet 测算表, filled when everything that it shows stands elsewhere."""

    def __init__(self, book: Book) -> None:
        self.sheet: Sheet = book.sheet("测算表 Payouts", WIDTHS, heading=FIRST - 1)

    def fill(
        self, book: Book, settlement: Settlement, sheets: Sequence[RuleSteps], inputs: Inputs, stages: Stages
    ) -> None:
        """Write every line, the sum and the places to sign."""
        sheet = self.sheet
        sheet.across(0, Text("补助资金测算表", "Payouts worked out"), "title")
        policies = [one.policy for one in settlement.workings]
        names = "; ".join(
            f"{one.title.zh}（{one.source.document}，{clause_of(one)}，{one.id}@{one.version}）"
            for one in policies
        )
        sheet.across(1, _("Rules: {names}", names=names), "note")
        sheet.across(
            2,
            _(
                "In yuan. Every amount is a formula that leads back to the figures claimed; "
                "a payout worked out is not a payment made."
            ),
            "note",
        )
        sheet.row(FIRST - 1, [
            _("no."), _("claim"), _("unit"), Text("期间", "period"), _("policy"), _("declared"),
            _("reduced by"), _("verified (base)"), _("rate"), _("uncapped"), _("cap"), _("proposed payout"),
            _("reason"),
        ], "heading")  # fmt: skip
        places = {id(one): place for place, one in enumerate(settlement.workings)}
        rates = [rates_of(one) for one in settlement.workings]
        for number in range(len(settlement.order)):
            working, row = settlement.at(number)
            place = places[id(working)]
            self._line(FIRST + number, (working, row), sheets[place], inputs, rates[place])
            self._paid(FIRST + number, (place, row), working, sheets[place], stages)
        self._total(book, settlement, stages)

    def _line(
        self,
        at: int,
        claim: tuple[Working, int],
        steps: RuleSteps,
        inputs: Inputs,
        rates: tuple[Sequence[str], NDArray[Any]],
    ) -> None:
        working, row = claim
        sheet, place = self.sheet, int(working.part.rows[row])
        sheet.put(at, 0, at - FIRST + 1, "number")
        for column in (1, 2, 3):
            sheet.put(at, column, inputs.reference(place, column))
        sheet.put(at, 4, working.policy.title.zh)
        self._declared(at, working, row, inputs)
        columns = steps.rows[row]
        for column, key, value in (
            (_BASE, "base", working.base),
            (_UNCAPPED, "uncapped", working.uncapped),
            (_CAP, "cap", working.cap),
        ):
            found = columns.terms.get(key)
            fen = int(value[row])
            if found is not None and columns.written(key) and found.number == fen:
                sheet.put(at, column, Formula(f"{columns.address(key)}/100", from_fen(fen)), "yuan")
            elif fen != NONE:
                sheet.put(at, column, from_fen(fen), "written_yuan")
            else:
                sheet.put(at, column, "–", "yuan")
        texts, codes = rates
        sheet.put(at, _RATE, texts[codes[row]] if codes[row] >= 0 else "–", "rate")
        numerator = steps.rate_of(row)
        if codes[row] >= 0 and numerator is not None:
            text = f"{numerator.text}/{steps.rule.figures.scale.text}"
            sheet.put(at, _RATE, Formula(text, numerator.number / steps.rule.figures.scale.number), "rate")

    def _declared(self, at: int, working: Working, row: int, inputs: Inputs) -> None:
        base = working.policy.payout.base
        names = [name for name in (base.sum if base else ()) if name in working.part.declared]
        cells = [inputs.declared(working, name, row) for name in names]
        stated = [int(working.part.declared[name][row]) for name in names]
        if (
            not names
            or None in cells
            or MISSING in stated
            or (base is not None and (len(base.sum) > 1 or base.less))
        ):
            self.sheet.row(at, ["–", "–"], "yuan", start=_DECLARED)
            return
        self.sheet.put(at, _DECLARED, Formula(str(cells[0]), from_fen(stated[0])), "yuan")
        reduced = stated[0] - int(working.part.stated[names[0]][row])
        verified = inputs.cell(working, names[0], row)
        text = f"(ROUND({cells[0]}*100,0)-ROUND({verified}*100,0))/100"
        self.sheet.put(at, _REDUCED, Formula(text, from_fen(reduced)), "yuan")

    def _paid(
        self, at: int, claim: tuple[int, int], working: Working, steps: RuleSteps, stages: Stages
    ) -> None:
        place, row = claim
        alone, together, paid = (stage[place][row] for stage in (stages.alone, stages.together, stages.paid))
        self.sheet.put(at, _PAID, Formula(f"{paid.text}/100", from_fen(paid.number)), "yuan")
        reason = steps.reason(row)
        if together.text != alone.text:
            reason = either(together < alone, WORDS["excluded_by"], reason)
        if paid.text != together.text:
            reason = either(paid < together, WORDS["budget"], reason)
        said = reason_of(working, row)
        live = reason.value == said
        self.sheet.put(at, _REASON, reason.formula if live else said, "text" if live else "written")

    def _total(self, book: Book, settlement: Settlement, stages: Stages) -> None:
        sheet, count = self.sheet, len(settlement.order)
        at, letter = FIRST + count, letters(_PAID)
        sheet.row(at, [None] * len(WIDTHS), "total")
        sheet.put(at, 2, Text("合计", "total"), "total")
        fen = settlement.total
        every = [amount for amounts in stages.paid.values() for amount in amounts]
        text = f"SUMPRODUCT(ROUND({letter}{FIRST + 1}:{letter}{at}*100,0))" if count else "0"
        total: Term = over(text, fen, *every)
        sheet.put(at, _PAID, Formula(f"{total.text}/100", from_fen(fen)), "total_yuan")
        cell = sheet.address(at, _PAID)
        words = capitals(book, over(f"ROUND({cell}*100,0)", fen, total))
        sheet.put(at + 1, 2, Text("合计大写", "total in capitals"), "total")
        sheet.across(at + 1, words, "total", first=3)
        sheet.across(
            at + 3,
            _(
                "Prepared by:                    Checked by:                    "
                "Department:                    In charge:                    Date:"
            ),
            "sign",
        )
