"""The sheets of instalments and of the levels that pay: parts of each payout that add up to the fen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from poc_eval.finance.subsidy_shares import funding, instalments
from poc_eval.i18n import Text, _
from poc_eval.money import from_fen
from poc_eval.spreadsheet.payouts.columns import Columns, Layout
from poc_eval.spreadsheet.payouts.fractions import times
from poc_eval.spreadsheet.terms import Term, added, either, term
from poc_eval.spreadsheet.writing import Formula, letters

if TYPE_CHECKING:
    from collections.abc import Sequence

    from poc_eval.finance.subsidy_shares import PaidPart
    from poc_eval.finance.subsidy_working import Working
    from poc_eval.i18n import Translatable
    from poc_eval.spreadsheet.payouts.inputs import Inputs
    from poc_eval.spreadsheet.payouts.rule import Figures
    from poc_eval.spreadsheet.writing import Book

FIRST: Final = 4


def divided(
    book: Book, working: Working, number: int, *, figures: Figures, inputs: Inputs, paid: Sequence[Term]
) -> None:
    """Write the sheets 分期 and 分担 of a rule that has instalments or several levels."""
    policy = working.policy
    if policy.instalments and len(figures.instalments) == len(policy.instalments):
        each = [instalments(policy, one.number) for one in paid]
        title = Text("分期拨付", "Instalments")
        _Divided(book, f"分期{number} {policy.id}", title, (working, inputs), figures.instalments).fill(
            paid, each
        )
    if policy.funding and len(figures.funding) == len(policy.funding):
        each = [funding(policy, one.number) for one in paid]
        title = Text("各级分担", "Shares of the levels")
        _Divided(book, f"分担{number} {policy.id}", title, (working, inputs), figures.funding).fill(
            paid, each
        )


class _Divided:
    def __init__(
        self,
        book: Book,
        name: str,
        title: Translatable,
        claims: tuple[Working, Inputs],
        shares: Sequence[Term],
    ) -> None:
        self.working, self.inputs = claims
        self.shares = shares
        self.sheet = book.sheet(name, [14, 24], heading=FIRST - 1, repeated=2)
        self.layout = Layout(self.sheet, FIRST - 1, [14, 24])
        self.sheet.row(FIRST - 1, [_("claim"), _("unit")], "heading")
        self.title = title

    def fill(self, paid: Sequence[Term], each: Sequence[Sequence[PaidPart]]) -> None:
        """Write a row for each payout, and the sums."""
        for row, (amount, parts) in enumerate(zip(paid, each, strict=True)):
            place = int(self.working.part.rows[row])
            self.sheet.put(FIRST + row, 0, self.inputs.reference(place, 1))
            self.sheet.put(FIRST + row, 1, self.inputs.reference(place, 2))
            self._row(Columns(self.layout, FIRST + row), amount, parts)
        self._totals(len(paid), each)
        self.sheet.across(0, self.title, "title")
        self.sheet.across(
            1,
            _(
                "By largest remainder: each part is rounded down to the fen, and what is left goes to the "
                "largest remainders, so that nothing is lost."
            ),
            "note",
        )

    def _row(self, columns: Columns, amount: Term, parts: Sequence[PaidPart]) -> None:
        total = columns.put("paid", _("paid, fen"), amount)
        whole = added(list(self.shares))
        names = [f"{part.name} {_percent(part)}" for part in parts]
        places = [
            self.layout.column(f"yuan {index}", _("{part}, yuan", part=name))
            for index, name in enumerate(names)
        ]
        found = []
        for index, share in enumerate(self.shares):
            found.append(
                times(columns, f"part {index}", total, share, Term(whole.text, whole.value, 1, whole.safe))
            )
        spare = columns.put(
            "spare", _("fen left over"), total - added([one.whole for one in found]), "number"
        )
        for index, one in enumerate(found):
            before = added(
                [either(other.rest > one.rest, 1, 0) for other in found if other is not one]
                + [either(other.rest.same(one.rest), 1, 0) for other in found[:index]]
                or [term(0)]
            )
            part = one.whole + either(before < spare, 1, 0)
            known = parts[index].fen
            if part.safe and part.value == known:
                value = Formula(f"({part.text})/100", from_fen(part.number))
                self.sheet.put(columns.row, places[index], value, "yuan")
            else:
                self.sheet.put(
                    columns.row, places[index], None if known is None else from_fen(known), "written_yuan"
                )

    def _totals(self, count: int, each: Sequence[Sequence[PaidPart]]) -> None:
        row = FIRST + count
        self.sheet.put(row, 0, Text("合计", "total"), "total")
        for index in range(len(each[0]) if each else 0):
            column = self.layout.places[f"yuan {index}"]
            letter = letters(column)
            total = sum(part[index].fen or 0 for part in each)
            text = f"SUMPRODUCT(ROUND({letter}{FIRST + 1}:{letter}{row}*100,0))/100"
            self.sheet.put(row, column, Formula(text, from_fen(total)), "total_yuan")


def _percent(part: PaidPart) -> str:
    return "" if part.share is None else f"{part.share * 100:f}".rstrip("0").rstrip(".") + "%"
