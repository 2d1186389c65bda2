"""All claims of one rule, step by step, up to what the rule alone pays, shared caps included."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from poc_eval.finance.policy_figures import stated_ways
from poc_eval.finance.subsidy_single import is_shared, shared_keys
from poc_eval.i18n import Message, _
from poc_eval.spreadsheet.payouts.columns import Columns, Layout, column_of
from poc_eval.spreadsheet.payouts.inputs import choice_words
from poc_eval.spreadsheet.payouts.rule import decimals_of
from poc_eval.spreadsheet.payouts.steps import WORDS, Steps, reason_of
from poc_eval.spreadsheet.terms import Term, either, every, least, most, over, term

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from poc_eval.finance.policy_parts import Cap
    from poc_eval.finance.subsidy_claims import Claims
    from poc_eval.finance.subsidy_working import Working
    from poc_eval.spreadsheet.payouts.inputs import Inputs
    from poc_eval.spreadsheet.payouts.rule import RuleSheet
    from poc_eval.spreadsheet.writing import Book

FIRST: Final = 5
"""The row of the first claim."""
MOST_DECIMALS: Final = 6
_ALONE, _DUE = "alone", "entitled"


class RuleSteps:
    """The sheet 计算 of one rule; ``due`` and ``reasons`` are the cells that other sheets read."""

    def __init__(self, book: Book, working: Working, number: int, rule: RuleSheet, inputs: Inputs) -> None:
        self.working, self.claims, self.rule, self.inputs = working, inputs.claims, rule, inputs
        policy = working.policy
        self.sheet = book.sheet(
            f"计算{number} {policy.id}",
            [14, 24],
            heading=FIRST - 1,
            repeated=2,
            footer=f"{policy.id}@{policy.version}",
        )
        self.layout = Layout(self.sheet, FIRST - 1, [14, 24])
        self.sheet.row(FIRST - 1, [_("claim"), _("unit")], "heading")
        self.values: list[int] = []
        """Places of the claims whose payout is a value and not a formula."""
        self.why_values = why_not(working)
        shared = [] if self.why_values or policy.unknown else shared_caps(working, self.claims)
        self.rows = [
            Columns(self.layout, FIRST + row, {id(cap) for cap in shared}) for row in range(working.size)
        ]
        for row, columns in enumerate(self.rows):
            place = int(working.part.rows[row])
            self.sheet.put(columns.row, 0, inputs.reference(place, 1))
            self.sheet.put(columns.row, 1, inputs.reference(place, 2))
        if policy.unknown or self.why_values:
            amounts = self._as_values()
        else:
            amounts = self._alone()
            for index, cap in enumerate(shared):
                amounts = self._share(index, cap, amounts)
            amounts = self._checked(amounts)
        self.due = [
            self._elsewhere(columns, amount) for columns, amount in zip(self.rows, amounts, strict=True)
        ]
        self._heads()

    def reason(self, row: int) -> Term:
        """Return the cell that says why a claim is paid what the rule alone pays."""
        columns = self.rows[row]
        return Term(columns.address("reason"), columns.terms["reason"].value)

    def rate_of(self, row: int) -> Term | None:
        """Return the numerator of a claim's rate; None where the sheet has none."""
        own = self.rows[row].terms.get("rate")
        if own is not None:
            return Term(self.rows[row].address("rate"), own.value) if self.rows[row].written("rate") else None
        return None if self.why_values else self.rule.figures.rate

    def _elsewhere(self, columns: Columns, amount: Term) -> Term:
        place = next(key for key, cell in columns.terms.items() if cell.text == amount.text)
        return Term(columns.address(place), amount.value, safe=amount.safe)

    def _heads(self) -> None:
        policy = self.working.policy
        self.sheet.widths = self.layout.widths
        self.sheet.across(0, policy.title, "title")
        self.sheet.across(
            1,
            _(
                "Steps of the calculation. Everything is reckoned in whole fen (1 yuan = 100 fen), in which "
                "no binary fraction can arise."
            ),
            "note",
        )
        if self.why_values is not None:
            self.sheet.across(
                2, _("The amounts below are values and not formulas: {why}", why=self.why_values), "warning"
            )
        elif self.values:
            ids = ", ".join(str(self.claims.ids[self.working.part.rows[row]]) for row in self.values[:20])
            self.sheet.across(
                2,
                _(
                    "The amounts of these claims are values and not formulas, because they pass what "
                    "spreadsheet programs hold exactly: {claims}",
                    claims=ids,
                ),
                "warning",
            )
        if policy.unknown:
            self.sheet.across(
                3,
                _(
                    "A figure of the rule is not known ({places}); nothing is paid until it is.",
                    places=", ".join(policy.unknown),
                ),
                "warning",
            )

    def _as_values(self) -> list[Term]:
        found = []
        for row, columns in enumerate(self.rows):
            due = term(int(self.working.entitled[row]))
            found.append(columns.put(_DUE, _("due, fen (a value)"), due, "written_fen"))
            columns.put("reason", _("reason"), term(reason_of(self.working, row)), "written")
            if not self.working.policy.unknown:
                self.values.append(row)
        return found

    def _alone(self) -> list[Term]:
        found = []
        for row, columns in enumerate(self.rows):
            amount = Steps(self.working, row, self.rule.figures, self.inputs, columns).work()
            found.append(self._safe(columns, amount, row))
        return found

    def _safe(self, columns: Columns, amount: Term, row: int) -> Term:
        """Keep an amount whose formulas hold exact numbers; write the value of another."""
        if amount.safe:
            return amount
        if row not in self.values:
            self.values.append(row)
        key = next(name for name, cell in columns.terms.items() if cell.text == amount.text)
        reason = columns.terms["reason"].value
        columns.instead(key, amount.number)
        columns.put("reason", _("reason"), term(reason), "written")
        return columns.terms[key]

    def _checked(self, amounts: Sequence[Term]) -> list[Term]:
        """Hold every formula against what was worked out; write a value where they should ever differ."""
        found = []
        for row, (columns, amount) in enumerate(zip(self.rows, amounts, strict=True)):
            if amount.value == int(self.working.entitled[row]):
                found.append(amount)
                continue
            self.values.append(row)
            due = term(int(self.working.entitled[row]))
            found.append(columns.put(_DUE, _("due, fen (a value)"), due, "written_fen"))
        return found

    def _share(self, index: int, cap: Cap, amounts: Sequence[Term]) -> list[Term]:
        """Let claims with one cap together have it in the order of time, each what the earlier ones left."""
        group, turn, spent = shared_keys(self.working, self.claims, cap)
        figure = next(one for rule_cap, one in self.rule.figures.caps if rule_cap is cap)
        key = f"shared {index}"
        groups = [
            self._written(f"{key} group", _("shares the cap as number"), group, row)
            for row in range(len(amounts))
        ]
        turns = [self._written(f"{key} turn", _("in turn"), turn, row) for row in range(len(amounts))]
        left_of = figure
        found = []
        for row, columns in enumerate(self.rows):
            before = sum(
                one.number
                for other, one in enumerate(amounts)
                if group[other] == group[row] and turn[other] < turn[row]
            )
            same = f"{self._span(groups)},{groups[row].text}"
            text = f'SUMIFS({self._span(amounts)},{same},{self._span(turns)},"<"&{turns[row].text})'
            earlier = columns.put(
                f"{key} earlier", _("paid before in turn, fen"), over(text, before, amounts[row])
            )
            if spent is not None:
                paid = columns.put(
                    f"{key} spent",
                    _("paid in earlier years, fen (a value)"),
                    term(int(spent[row])),
                    "written_fen",
                )
                left_of = most(0, figure - paid)
            left = columns.put(
                f"{key} left", _("left of the cap, fen"), most(0, left_of - least(earlier, left_of))
            )
            found.append(self._cut(columns, key, amounts[row], left, row))
        return found

    def _written(self, key: str, name: Message, values: NDArray[np.int64], row: int) -> Term:
        return self.rows[row].put(key, name, term(int(values[row])), "written_fen")

    def _span(self, terms: Sequence[Term]) -> str:
        column = column_of(terms[0])
        return f"${column}${FIRST + 1}:${column}${FIRST + len(self.rows)}"

    def _cut(self, columns: Columns, key: str, amount: Term, left: Term, row: int) -> Term:
        unit, minimum = self.rule.figures.unit, self.rule.figures.minimum
        cut = columns.put(
            f"{key} cut", _("cut by the shared cap"), either(every(amount > 0, amount > left), 1, 0), "number"
        )
        lower = left if unit.value == 1 else left // unit * unit
        reason = either(cut, WORDS["cap"], columns.terms["reason"])
        if minimum is not None:
            small = every(cut.same(1), lower < minimum)
            reason = either(
                cut, either(lower < minimum, WORDS["below_minimum"], WORDS["cap"]), columns.terms["reason"]
            )
            lower = either(small, 0, lower)
        paid = columns.put(f"{key} paid", _("due, fen"), either(cut, lower, amount))
        columns.put(f"{key} reason", _("reason"), reason, "text")
        columns.terms["reason"] = columns.terms[f"{key} reason"]
        self.layout.places["reason"] = self.layout.places[f"{key} reason"]
        return self._safe(columns, paid, row)


def shared_caps(working: Working, claims: Claims) -> list[Cap]:
    """Return the caps that several claims have together, each once, in the order of the rule."""
    found: dict[int, Cap] = {}
    for branch in working.branches:
        found |= {id(cap): cap for cap in branch.caps if is_shared(cap, claims)}
    return list(found.values())


def why_not(working: Working) -> Message | None:
    """Return why the sheet cannot express a rule; None where it can."""
    policy = working.policy
    payout = policy.payout
    cases = list((payout.cases or {}).values())
    own = any(case.caps is not None for case in cases)
    caps = [*payout.caps, *(cap for case in cases for cap in case.caps or ())]
    shared = payout.prorate.caps or any(
        cap.amount is None or cap.per not in {None, "year", "project"} for cap in caps
    )
    reasons = (
        (
            decimals_of(policy) > MOST_DECIMALS,
            _("a rate of the rule has more than {most} decimals.", most=MOST_DECIMALS),
        ),
        (payout.prorate.base and payout.brackets is not None, _("brackets are prorated by days.")),
        (any(case.brackets is not None for case in cases), _("a case has brackets of its own.")),
        (
            len({stated_ways(case) for case in cases}) > 1,
            _("some cases have a rate and others an amount."),
        ),
        (own and shared, _("a case has a cap of its own that several claims or days share.")),
        (
            not all(_told_apart(choice_words(kind)) for kind in policy.inputs.values()),
            _("the values of a choice cannot be told apart by a formula."),
        ),
    )
    return next((why for found, why in reasons if found), None)


def _told_apart(words: Sequence[str]) -> bool:
    """Tell whether formulas tell these apart, which know no case of letters and take marks for patterns."""
    folded = {word.casefold() for word in words}
    return len(folded) == len(words) and not any(mark in word for word in words for mark in "*?~")
