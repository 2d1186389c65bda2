"""The sheet of rules that meet: what a group lets be paid for one matter, after what others paid for it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

from poc_eval.finance.subsidy_together import names_after, units_of
from poc_eval.i18n import Text, _
from poc_eval.spreadsheet.payouts.columns import Columns, Layout, column_of
from poc_eval.spreadsheet.terms import Term, added, either, every, most, over, term

if TYPE_CHECKING:
    from collections.abc import Sequence

    from poc_eval.finance.policy_parts import GroupRule
    from poc_eval.finance.subsidy_working import Working
    from poc_eval.spreadsheet.payouts.inputs import Inputs
    from poc_eval.spreadsheet.writing import Book

FIRST: Final = 4
GROUP_RULES: Final = {
    "sum": _("all are paid (sum)"),
    "highest": _("the highest is paid once (highest)"),
    "top_up": _("each is topped up to its own amount (top_up)"),
    "exclusive": _("the first is paid, the others not (exclusive)"),
}
Amounts: TypeAlias = dict[int, list[Term]]
"""What the claims of each rule are due, by the rule's place among the workings."""


def grouped(book: Book, workings: Sequence[Working], inputs: Inputs, due: Amounts) -> Amounts:
    """Write the sheet 合并 where rules meet; return what each claim is due after it."""
    rules = {one.policy.combine.rule for one in workings if one.policy.combine is not None}
    return _Groups(book, workings, inputs, due).after if rules - {"sum"} else due


@dataclass(slots=True)
class _Entry:
    """A claim under a rule of a group, and what others paid for its matter."""

    working: Working
    place: int
    row: int
    matter: int
    own: Term
    outside: Term

    @property
    def counted(self) -> int:
        """What it counts where the highest is looked for."""
        return 0 if self.outside.number else self.own.number


class _Groups:
    def __init__(self, book: Book, workings: Sequence[Working], inputs: Inputs, due: Amounts) -> None:
        self.inputs, self.claims = inputs, inputs.claims
        self.place = {id(one): place for place, one in enumerate(workings)}
        self.after: Amounts = {place: list(terms) for place, terms in due.items()}
        self.paid: dict[str, dict[int, list[Term]]] = defaultdict(lambda: defaultdict(list))
        self.sheet = book.sheet("合并 Groups", [14, 24, 26, 10], heading=FIRST - 1, repeated=2)
        self.layout = Layout(self.sheet, FIRST - 1, [14, 24, 26, 10])
        names = [_("claim"), _("policy"), _("how the group pays"), _("matter no.")]
        self.sheet.row(FIRST - 1, names, "heading")
        self.row = FIRST
        for unit in units_of(workings):
            rule = unit[0].policy.combine
            if rule is not None and rule.rule != "sum":
                self._unit(unit, rule.rule)
            for one in unit:
                self._note(one)
        self.sheet.across(0, Text("同一事项的合并计算", "Several rules for one matter"), "title")
        note = _(
            "In whole fen. Claims of one matter stand together, in the order in which the rules are asked."
        )
        self.sheet.across(1, note, "note")

    def _note(self, one: Working) -> None:
        """Keep what a rule pays for each matter, for the rules that come after it."""
        combine = one.policy.combine
        names = [one.policy.id] if combine is None else [one.policy.id, combine.group]
        amounts = self.after[self.place[id(one)]]
        for matter, amount in zip(self.claims.matter_codes[one.part.rows], amounts, strict=True):
            for name in names:
                self.paid[name][int(matter)].append(amount)

    def _unit(self, unit: Sequence[Working], rule: GroupRule) -> None:
        names = names_after(unit)
        matters: dict[int, list[_Entry]] = defaultdict(list)
        for one in unit:
            place = self.place[id(one)]
            for row, code in enumerate(self.claims.matter_codes[one.part.rows]):
                matter = int(code)
                outside = self._outside(one, row, matter, names)
                matters[matter].append(_Entry(one, place, row, matter, self.after[place][row], outside))
        for matter in sorted(matters):
            self._matter(matters[matter], rule)

    def _outside(self, one: Working, row: int, matter: int, names: Sequence[str]) -> Term:
        parts = [amount for name in names for amount in self.paid[name][matter]]
        already = self.inputs.already_paid(int(one.part.rows[row]))
        return added([*parts, *([] if already is None else [already])] or [term(0)])

    def _matter(self, entries: Sequence[_Entry], rule: GroupRule) -> None:
        first, last = self.row, self.row + len(entries) - 1
        highest = max(entry.counted for entry in entries)
        granted: list[Term] = []
        for entry in entries:
            columns = Columns(self.layout, self.row)
            self._frame(entry, rule)
            own = columns.put("own", _("due by the rule alone, fen"), entry.own)
            outside = columns.put("outside", _("paid for the matter outside the group, fen"), entry.outside)
            earlier = term(0)
            if granted:
                letter = column_of(granted[0])
                span = f"{letter}{first + 1}:{letter}{self.row}"
                earlier = over(f"SUM({span})", sum(one.number for one in granted), *granted)
            if rule == "highest":
                name = _("counts for the highest, fen")
                counted = columns.put("counted", name, either(outside > 0, 0, own))
                letter = column_of(counted)
                best = over(f"MAX({letter}{first + 1}:{letter}{last + 1})", highest)
                pays = either(every(counted.same(best), earlier.same(0)), counted, 0)
            else:
                taken = columns.put("before", _("paid before for the matter, fen"), outside + earlier)
                pays = most(0, own - taken) if rule == "top_up" else either(taken > 0, 0, own)
            granted.append(columns.put("granted", _("due, fen"), pays))
            self.after[entry.place][entry.row] = Term(columns.address("granted"), pays.value, safe=pays.safe)
            self.row += 1

    def _frame(self, entry: _Entry, rule: GroupRule) -> None:
        reference = self.inputs.reference(int(entry.working.part.rows[entry.row]), 1)
        self.sheet.row(self.row, [reference, entry.working.policy.id, GROUP_RULES[rule]])
        self.sheet.put(self.row, 3, entry.matter + 1, "written_fen")
