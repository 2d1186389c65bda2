"""The sheet of one rule: its figures, which the formulas read, its clause and where that was found."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from poc_eval.finance.policy_figures import unknown_in_case
from poc_eval.finance.policy_values import encoded, printed
from poc_eval.finance.subsidy_explain import SEEN
from poc_eval.i18n import Text, _
from poc_eval.money import from_fen
from poc_eval.spreadsheet.payouts.inputs import choice_words, serial
from poc_eval.spreadsheet.terms import Term, in_fen
from poc_eval.spreadsheet.writing import Formula, relative

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from poc_eval.finance.policy import Policy
    from poc_eval.finance.policy_parts import Bracket, Cap, Condition
    from poc_eval.i18n import Translatable
    from poc_eval.spreadsheet.writing import Book, Value
    from poc_eval.spreadsheet.writing_styles import Style

DECIMALS: Final = 4
"""Decimals of a rate that can at least be typed into the sheet."""
NO_LIMIT: Final = -1


@dataclass(slots=True)
class Table:
    """A column of figures that claims look up: its range, and its values now."""

    span: str
    values: list[int]


@dataclass(slots=True)
class Figures:
    """Where the figures of a rule stand; rates are numerators over ``scale``, amounts whole fen."""

    scale: Term
    own: Term
    """What ``scale`` must be divided by for the own funds; 1 without them."""
    unit: Term
    first: Term | None = None
    last: Term | None = None
    rate: Term | None = None
    fixed: Term | None = None
    caps: list[tuple[Cap, Term]] = field(default_factory=list)
    minimum: Term | None = None
    own_times: Term | None = None
    conditions: list[list[Term]] = field(default_factory=list)
    words: Table | None = None
    """The values of the choice that decides."""
    known: Table | None = None
    rates: Table | None = None
    fixeds: Table | None = None
    case_caps: Table | None = None
    tops: list[Term] = field(default_factory=list)
    bracket_rates: list[Term] = field(default_factory=list)
    bracket_fixed: list[Term] = field(default_factory=list)
    budget: Term | None = None
    instalments: list[Term] = field(default_factory=list)
    funding: list[Term] = field(default_factory=list)


def decimals_of(policy: Policy) -> int:
    """Return how many decimals the rule's rates and shares have, at least DECIMALS."""
    payout = policy.payout
    rates = [payout.rate, *(one.rate for one in payout.brackets or ())]
    rates += [case.rate for case in (payout.cases or {}).values()]
    rates += [cap.share for cap in payout.caps]
    rates += [one.share for one in policy.instalments]
    rates += [one.share for one in policy.funding]
    return max(
        DECIMALS, *(-int(rate.normalize().as_tuple().exponent) for rate in rates if rate is not None), 0
    )


class RuleSheet:
    """One sheet 政策; ``figures`` are what the steps use."""

    def __init__(self, book: Book, policy: Policy, number: int) -> None:
        self.policy = policy
        self.sheet = book.sheet(
            f"政策{number} {policy.id}",
            [30, 22, 20, 34],
            landscape=False,
            footer=f"{policy.id}@{policy.version}",
        )
        self._row = 0
        self._texts()
        self._say(_("Figures that the formulas read"), "subtitle")
        self._line(_("figure"), [_("as the rule says it"), _("as a whole number"), _("means")], "heading")
        scale = 10 ** decimals_of(policy)
        ratio = Fraction(1)
        if policy.matching is not None and policy.matching.ratio:
            ratio = 1 / Fraction(policy.matching.ratio)
        shared = self._plain(_("rates are counted in parts of"), scale, _("so that no rate needs a decimal"))
        own = (
            self._plain(_("own funds: divided by"), ratio.denominator)
            if ratio.denominator > 1
            else Term("1", 1)
        )
        unit = self._amount(_("rounded to"), policy.rounding.to, _ROUNDED[policy.rounding.mode], "yuan")
        self.scale = scale
        self.figures = Figures(shared, own, unit)
        if policy.matching is not None:
            meaning = _("the payout is at most own funds times this, divided by the number above")
            self.figures.own_times = self._plain(_("own funds: times"), ratio.numerator, meaning)
        self._dates()
        self._way()
        self._limits()
        self._conditions()
        self._shares()

    def _say(self, words: Value, style: Style = "note") -> None:
        self.sheet.across(self._row, words, style)
        self._row += 1

    def _line(self, label: Value, values: Sequence[Value], style: Style = "text") -> None:
        self.sheet.row(self._row, [label, *values], style)
        self._row += 1

    def _texts(self) -> None:
        policy, source = self.policy, self.policy.source
        self._say(policy.title, "title")
        lines: list[tuple[Translatable, Value]] = [
            (_("policy"), f"{policy.id}@{policy.version}"),
            (Text("依据文件", "document"), source.document),
            (Text("条款", "clause"), source.clause or "–"),
            (Text("原文", "quotation"), source.quote or "–"),
            (_("how sure the source is"), SEEN[source.seen]),
            (Text("有效期", "in force"), f"{policy.in_force.from_ or '…'} — {policy.in_force.to or '…'}"),
        ]
        if not policy.dates_known:
            lines.append(
                (
                    Text("有效期说明", "on the dates"),
                    _("From when to when the rule holds is not fully known."),
                )
            )
        if policy.unknown:
            lines.append((_("figures that are not known"), ", ".join(policy.unknown)))
        if policy.note is not None:
            lines.append((_("note"), policy.note))
        lines += [
            (
                _("The text leaves open"),
                _("{question} Taken here: {taken}.", question=one.question, taken=one.taken),
            )
            for one in policy.ambiguities
        ]
        for label, value in lines:
            self.sheet.put(self._row, 0, label, "words")
            self.sheet.across(self._row, value, "words", first=1)
            self._row += 1

    def _plain(self, label: Value, number: int, meaning: Value = None) -> Term:
        address = self.sheet.put(self._row, 2, number, "number")
        self.sheet.row(self._row, [label, None])
        self.sheet.put(self._row, 3, meaning)
        self._row += 1
        return Term(address, number)

    def _amount(
        self, label: Value, amount: Decimal | None, meaning: Value = None, style: Style = "input_yuan"
    ) -> Term:
        fen = 0 if amount is None else int(Decimal(amount).scaleb(2))
        self.sheet.put(self._row, 0, label)
        self.sheet.put(self._row, 1, None if amount is None else from_fen(fen), style)
        term = in_fen(relative(self._row, 1), fen)
        address = self.sheet.put(self._row, 2, term.formula, "fen")
        self.sheet.put(self._row, 3, meaning)
        self._row += 1
        return Term(address, fen, safe=term.safe)

    def _rate(self, label: Value, rate: Decimal | None, meaning: Value = None) -> Term:
        number = 0 if rate is None else int(Fraction(rate) * self.scale)
        self.sheet.put(self._row, 0, label)
        self.sheet.put(self._row, 1, rate, "input_rate")
        address = self.sheet.put(
            self._row,
            2,
            Formula(f"ROUND({relative(self._row, 1)}*{self.figures.scale.text},0)", number),
            "number",
        )
        self.sheet.put(self._row, 3, meaning)
        self._row += 1
        return Term(address, number)

    def _day(self, label: Value, day: int) -> Term:
        self.sheet.put(self._row, 0, label)
        address = self.sheet.put(self._row, 1, date.fromordinal(day), "input_date")
        self.sheet.row(self._row, [None, None], start=2)
        self._row += 1
        return Term(address, serial(day))

    def _dates(self) -> None:
        span = self.policy.in_force
        if span.from_ is not None:
            self.figures.first = self._day(_("first day"), span.from_.toordinal())
        if span.to is not None:
            self.figures.last = self._day(_("last day"), span.to.toordinal())

    def _way(self) -> None:
        payout, figures = self.policy.payout, self.figures
        if payout.by is not None:
            self._cases()
        elif payout.brackets is not None:
            self._brackets(payout.brackets)
        elif payout.rate is not None:
            figures.rate = self._rate(_("rate"), payout.rate)
        elif payout.fixed is not None:
            figures.fixed = self._amount(_("fixed amount"), payout.fixed)

    def _brackets(self, brackets: Sequence[Bracket]) -> None:
        lower = Decimal(0)
        for bracket in brackets:
            label = _(
                "above {from_}, up to {to}",
                from_=f"{lower:,}",
                to="…" if bracket.up_to is None else f"{bracket.up_to:,}",
            )
            if bracket.up_to is not None:
                self.figures.tops.append(self._amount(_("bracket up to"), bracket.up_to))
                lower = bracket.up_to
            self.figures.bracket_rates.append(self._rate(label, bracket.rate))
            if any(one.fixed is not None for one in brackets):
                self.figures.bracket_fixed.append(self._amount(_("fixed amount"), bracket.fixed))

    def _cases(self) -> None:
        """Write a line for each value of the choice: its rate or amount, and its cap."""
        policy, payout, figures = self.policy, self.policy.payout, self.figures
        kind = policy.inputs[payout.by or ""]
        words = choice_words(kind)
        start = self._row
        figures.words = Table(self.sheet.span(0, start, start + len(words) - 1), list(range(len(words))))
        known = Table("", [])
        main, caps = Table("", []), Table("", [])
        for word, value in zip(words, kind.of, strict=True):
            known.values.append(int(not unknown_in_case(policy, value)))
            case = (payout.cases or {}).get(value)
            if case is not None and case.fixed is None:
                main.values.append(self._rate(word, case.rate).number)
                figures.rates = main
            else:
                amount = case.fixed if case is not None else (payout.amounts or {}).get(value)
                main.values.append(self._amount(word, amount).number)
                figures.fixeds = main
        main.span = self.sheet.span(2, start, self._row - 1)
        if not all(known.values):
            known_at = self._row
            for word, flag in zip(words, known.values, strict=True):
                self._plain(_("{choice}: figure known (1) or not (0)", choice=word), flag)
            known.span = self.sheet.span(2, known_at, self._row - 1)
            figures.known = known
        if payout.cases is not None and any(one.caps is not None for one in payout.cases.values()):
            caps_at = self._row
            for word, value in zip(words, kind.of, strict=True):
                own = payout.cases[value].caps
                found = payout.caps if own is None else own
                amounts = [one.amount for one in found if one.amount is not None]
                if amounts:
                    caps.values.append(self._amount(_("{choice}: cap", choice=word), min(amounts)).number)
                else:
                    none = _("-1 stands for no cap")
                    caps.values.append(self._plain(_("{choice}: cap", choice=word), NO_LIMIT, none).number)
            caps.span = self.sheet.span(2, caps_at, self._row - 1)
            figures.case_caps = caps

    def _limits(self) -> None:
        payout, figures = self.policy.payout, self.figures
        for cap in payout.caps if figures.case_caps is None else ():
            if cap.share is not None and cap.of is not None:
                label = _("cap as a share of: {label}", label=self.policy.inputs[cap.of].label)
                figures.caps.append((cap, self._rate(label, cap.share)))
            elif cap.amount is not None:
                figures.caps.append((cap, self._amount(_("cap"), cap.amount, CAP_FOR[cap.per])))
        if payout.minimum is not None and payout.minimum.amount is not None:
            figures.minimum = self._amount(
                _("least payout"), payout.minimum.amount, _TESTED[payout.minimum.test]
            )
        if self.policy.budget is not None and self.policy.budget.amount is not None:
            meaning = _SHARED[self.policy.budget.share]
            figures.budget = self._amount(_("budget of a year"), self.policy.budget.amount, meaning)

    def _conditions(self) -> None:
        for condition in self.policy.eligible:
            self.figures.conditions.append(list(self._condition(condition)))

    def _condition(self, condition: Condition) -> Iterator[Term]:
        """Write what a condition compares with, in the order is, one_of, at_least, at_most."""
        kind = self.policy.inputs[condition.input]
        wanted = [condition.is_, *(condition.one_of or ()), condition.at_least, condition.at_most]
        label = condition.label or kind.label
        for word in wanted:
            if word is None:
                continue
            code = encoded(kind, word) or 0
            if kind.kind == "amount":
                yield self._amount(_("condition: {label}", label=label), from_fen(code))
            elif kind.kind == "date":
                yield self._day(_("condition: {label}", label=label), code)
            else:
                shown = {
                    "yes_no": "是" if code else "否",
                    "choice": choice_words(kind)[code] if kind.kind == "choice" else "",
                }
                value: Value = shown.get(kind.kind) or (
                    code if kind.kind == "count" else Decimal(code).scaleb(-14)
                )
                self.sheet.row(
                    self._row, [_("condition: {label}", label=label), None, None, printed(kind, code)]
                )
                address = self.sheet.put(self._row, 1, value, "input")
                self._row += 1
                yield Term(address, value if isinstance(value, str) else code)

    def _shares(self) -> None:
        for one in self.policy.instalments:
            if one.share is not None:
                self.figures.instalments.append(self._rate(_("instalment: {when}", when=one.when), one.share))
        for level in self.policy.funding:
            if level.share is not None:
                self.figures.funding.append(
                    self._rate(_("paid by: {level}", level=level.level), level.share, level.budget_code)
                )


_ROUNDED: Final = {
    "half_up": _("halves are rounded up (half_up)"),
    "half_even": _("halves are rounded to the even one (half_even)"),
    "down": _("always rounded down (down)"),
    "up": _("always rounded up (up)"),
}
CAP_FOR: Final = {
    None: None,
    "year": _("for each claim in a year"),
    "project": _("for each project"),
    "payee": _("for all claims of a unit"),
    "payee_year": _("for all claims of a unit in a year"),
    "lifetime": _("for all claims of a unit, over all years"),
}
_TESTED: Final = {
    "before_rounding": _("a smaller payout, before rounding, is not paid"),
    "after_rounding": _("a smaller payout, after rounding, is not paid"),
}
_SHARED: Final = {
    "rank": _("paid by rank while it lasts"),
    "date": _("paid by date while it lasts"),
    "prorata": _("shared in proportion where it does not suffice"),
}
