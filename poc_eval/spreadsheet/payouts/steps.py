"""The sheet of the steps from a claim's figures to what one rule alone pays, in whole fen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from poc_eval.finance.subsidy_words import REASON_WORDS
from poc_eval.finance.subsidy_working import REASONS
from poc_eval.i18n import Text, _
from poc_eval.spreadsheet.payouts.eligibility import Eligibility
from poc_eval.spreadsheet.payouts.fractions import Parts, rounded, times, whole
from poc_eval.spreadsheet.payouts.rule import NO_LIMIT
from poc_eval.spreadsheet.terms import Term, added, either, every, least, most, needed, picked, term

if TYPE_CHECKING:
    from poc_eval.finance.policy_parts import Base
    from poc_eval.finance.subsidy_working import Working
    from poc_eval.spreadsheet.payouts.columns import Columns
    from poc_eval.spreadsheet.payouts.inputs import Inputs
    from poc_eval.spreadsheet.payouts.rule import Figures

WORDS: Final = {name: f"{said.text('zh')} {said.text('en')}" for name, said in REASON_WORDS.items()}
"""What each reason is called on the sheets."""


class Steps:
    """The steps of one claim, written from left to right; `amount` is what the rule pays it for itself."""

    def __init__(
        self, working: Working, row: int, figures: Figures, inputs: Inputs, columns: Columns
    ) -> None:
        self.working, self.row, self.figures = working, row, figures
        self.inputs, self.columns = inputs, columns
        self.policy = working.policy
        self.mode = self.policy.rounding.mode
        self.way = Term('""', "")
        self.index: Term | None = None
        spans, prorate = working.part.spans, self.policy.payout.prorate
        self.days = self.all_days = term(1)
        if prorate.base or prorate.caps:
            days, whole_period = int(spans.days[row]), int(spans.period_days[row])
            self.days = columns.put("days", Text("申报天数", "days claimed"), term(days), "written_fen")
            self.all_days = columns.put(
                "period", Text("期间天数", "days of the period"), term(whole_period), "written_fen"
            )
        under = figures.scale if figures.own.value == 1 else figures.scale * figures.own
        self.under = under
        if self.all_days.text != "1":
            self.under = columns.put("under", _("divided by"), under * self.all_days, "fen")

    def work(self) -> Term:
        """Write every step; return what the claim is paid before caps that several claims share."""
        amounts = self._amounts()
        raw = self._raw(amounts)
        self.columns.put("uncapped", _("uncapped, fen"), rounded(raw, self.under, self.mode))
        value, ceiling, capped = self._capped(raw, amounts)
        value, ceiling, short = self._matched(value, ceiling)
        amount = self._rounded(value, ceiling)
        below = term(0)
        if self.figures.minimum is not None:
            before = (
                self.policy.payout.minimum is not None
                and self.policy.payout.minimum.test == "before_rounding"
            )
            tested = value.whole if before else amount
            below = self.columns.put(
                "below", _("below the least payout"), tested < self.figures.minimum, "number"
            )
            amount = either(below, 0, amount)
        amount = self.columns.put("rounded", _("by the rule, fen"), amount)
        return self._eligible(amount, capped, short, below)

    def _amounts(self) -> dict[str, Term]:
        """Write the amounts that the rule names, in whole fen."""
        payout, found = self.policy.payout, {}
        base = payout.base
        names = [*(base.sum if base else ()), *(base.less if base else ())]
        names += [cap.of for cap, _figure in self.figures.caps if cap.of is not None]
        if self.policy.matching is not None:
            names.append(self.policy.matching.input)
        for name in dict.fromkeys(names):
            label = _("{label}, fen", label=self.policy.inputs[name].label)
            cell = self.inputs.amount(self.working, name, self.row)
            found[name] = self.columns.put(f"amount {name}", label, cell)
        return found

    def _factor(self, numerator: Term, *, prorated: bool) -> Term:
        """Return ``numerator / scale`` as a numerator over `under`."""
        found = numerator
        for more in (self.figures.own, self.days if prorated else self.all_days):
            if more.text != "1":
                found *= more
        return found

    def _case(self) -> Term | None:
        """Write which value of the choice a claim states, as its place in the rule's list."""
        by, words = self.policy.payout.by, self.figures.words
        if by is None or words is None:
            return None
        stated = int(self.working.part.stated[by][self.row])
        cell = self.inputs.cell(self.working, by, self.row)
        place = Term(f"MATCH({cell},{words.span},0)", stated + 1)
        return self.columns.put("case", self.policy.inputs[by].label, place, "number")

    def _raw(self, amounts: dict[str, Term]) -> Parts:
        """Return what the way gives, before every limit."""
        payout, prorated = self.policy.payout, self.policy.payout.prorate.base
        self.index = index = self._case()
        fixed = self.figures.fixed
        if self.figures.fixeds is not None and index is not None:
            fixed = picked(self.figures.fixeds.span, self.figures.fixeds.values, index)
        if fixed is not None:
            self.way = term(WORDS["fixed"])
            fixed = self.columns.put("fixed", _("fixed amount, fen"), fixed)
            return (
                times(self.columns, "raw", fixed, self._factor(self.figures.scale, prorated=True), self.under)
                if prorated
                else whole(fixed)
            )
        base = self._base(amounts)
        if payout.brackets is not None:
            self.way = term(WORDS["bracket"])
            return self._marginal(base) if payout.brackets_mode == "marginal" else self._one_bracket(base)
        self.way = term(WORDS["rate"])
        rate = self.figures.rate
        if self.figures.rates is not None and index is not None:
            rate = self.columns.put(
                "rate",
                _("rate, numerator"),
                picked(self.figures.rates.span, self.figures.rates.values, index),
                "number",
            )
        if self.policy.rounding.order == "round_each":
            return self._each(amounts, needed(rate), prorated=prorated)
        return times(self.columns, "raw", base, self._factor(needed(rate), prorated=prorated), self.under)

    def _stated_base(self) -> Base:
        base = self.policy.payout.base
        if base is None:
            message = "this rule has no base"
            raise ValueError(message)
        return base

    def _base(self, amounts: dict[str, Term]) -> Term:
        base = self._stated_base()
        total = added([amounts[name] for name in base.sum])
        for name in base.less:
            total -= amounts[name]
        return self.columns.put("base", _("base, fen"), total)

    def _each(self, amounts: dict[str, Term], rate: Term, *, prorated: bool) -> Parts:
        base = self._stated_base()
        total: Term | None = None
        for names, sign in ((base.sum, 1), (base.less, -1)):
            for name in names:
                parts = times(self.columns, f"each {name}", amounts[name], rate, self.figures.scale)
                one = self._multiple(f"each {name}", parts, self.figures.scale)
                one = self.columns.put(f"each {name}", _("rounded by itself, fen"), one)
                total = one if total is None else total + one if sign > 0 else total - one
        summed = self.columns.put("each", _("added up, fen"), most(0, needed(total)))
        if not prorated:
            return whole(summed)
        return times(self.columns, "raw", summed, self._factor(self.figures.scale, prorated=True), self.under)

    def _marginal(self, base: Term) -> Parts:
        wholes, rests, lower = [], [], None
        for number, rate in enumerate(self.figures.bracket_rates, start=1):
            top = base if number > len(self.figures.tops) else least(base, self.figures.tops[number - 1])
            part = top if lower is None else most(0, top - lower)
            part = self.columns.put(f"part {number}", _("bracket {number}, fen", number=number), part)
            parts = times(
                self.columns, f"bracket {number}", part, self._factor(rate, prorated=False), self.under
            )
            wholes.append(parts.whole)
            rests.append(parts.rest)
            lower = self.figures.tops[number - 1] if number <= len(self.figures.tops) else None
        rest = self.columns.put("rests", _("remainders together"), added(rests), "number")
        carried = rest // self.under
        value = self.columns.put("raw whole", _("whole fen"), added(wholes) + carried)
        left = self.columns.put("raw rest", _("remainder"), rest - carried * self.under, "number")
        return Parts(value, left)

    def _one_bracket(self, base: Term) -> Parts:
        tops = self.figures.tops
        rates, fixed = self.figures.bracket_rates, self.figures.bracket_fixed
        nothing = term(0)
        rate = rates[len(tops)] if len(rates) > len(tops) else nothing
        amount = fixed[len(tops)] if len(fixed) > len(tops) else nothing
        for number in range(len(tops) - 1, -1, -1):
            reached = base <= tops[number]
            rate = either(reached, rates[number], rate)
            if fixed:
                amount = either(reached, fixed[number], amount)
        rate = self.columns.put("rate", _("rate, numerator"), rate, "number")
        parts = times(self.columns, "raw", base, self._factor(rate, prorated=False), self.under)
        if not fixed:
            return parts
        amount = self.columns.put("fixed", _("fixed amount, fen"), amount)
        return Parts(parts.whole + amount, parts.rest)

    def _capped(self, raw: Parts, amounts: dict[str, Term]) -> tuple[Parts, Parts | None, Term]:
        """Return the value under the lowest cap of the claim alone, that cap, and whether it binds."""
        found: list[Parts] = []
        prorated = self.policy.payout.prorate.caps
        if self.figures.case_caps is not None:
            caps = self.figures.case_caps
            cap = picked(caps.span, caps.values, needed(self.index))
            cap = self.columns.put("cap", _("cap, fen"), cap)
            binds = self.columns.put(
                "capped", _("above the cap"), every(cap > NO_LIMIT, raw.above(whole(cap))), "number"
            )
            value = self._either("value", binds, whole(cap), raw)
            # Without a cap of its own a case is limited by nothing: its payout is its ceiling.
            return value, whole(either(cap > NO_LIMIT, cap, value.whole + 1)), binds
        for number, (cap_rule, figure) in enumerate(self.figures.caps):
            if self.columns.shared(cap_rule):
                continue
            key = f"cap {number}"
            if cap_rule.of is not None:
                factor = self._factor(figure, prorated=False)
                found.append(times(self.columns, key, amounts[cap_rule.of], factor, self.under))
            elif prorated and cap_rule.per == "year":
                factor = self._factor(self.figures.scale, prorated=True)
                found.append(times(self.columns, key, figure, factor, self.under))
            else:
                found.append(whole(figure))
        if not found:
            return raw, None, term(0)
        lowest = found[0]
        for number, one in enumerate(found[1:]):
            lowest = self._either(f"lowest {number}", lowest.above(one), one, lowest)
        if len(found) > 1 or lowest.rest.text != "0":
            self.columns.put("cap", _("cap, fen"), rounded(lowest, self.under, self.mode))
        else:
            self.columns.put("cap", _("cap, fen"), lowest.whole)
        binds = self.columns.put("capped", _("above the cap"), raw.above(lowest), "number")
        return self._either("value", binds, lowest, raw), lowest, binds

    def _either(self, key: str, condition: Term, yes: Parts, no: Parts) -> Parts:
        value = self.columns.put(f"{key} whole", _("whole fen"), either(condition, yes.whole, no.whole))
        if yes.rest.text == no.rest.text == "0":
            return whole(value)
        return Parts(
            value,
            self.columns.put(f"{key} rest", _("remainder"), either(condition, yes.rest, no.rest), "number"),
        )

    def _matched(self, value: Parts, ceiling: Parts | None) -> tuple[Parts, Parts | None, Term]:
        matching, figures = self.policy.matching, self.figures
        if matching is None or figures.own_times is None:
            return value, ceiling, term(0)
        own = self.columns.terms[f"amount {matching.input}"]
        factor = figures.own_times * figures.scale
        if self.all_days.text != "1":
            factor *= self.all_days
        limit = times(self.columns, "own", own, factor, self.under)
        short = self.columns.put("short", _("own funds fall short"), value.above(limit), "number")
        instead = whole(term(0)) if matching.if_short == "nothing" else limit
        found = self._either("matched", short, instead, value)
        lowest = limit if ceiling is None else self._either("ceiling", ceiling.above(limit), limit, ceiling)
        return found, lowest, short

    def _multiple(self, key: str, parts: Parts, under: Term) -> Term:
        """Return parts rounded to the rule's unit."""
        unit = self.figures.unit
        if unit.value == 1:
            return rounded(parts, under, self.mode)
        units = self.columns.put(f"{key} units", _("whole units"), parts.whole // unit, "number")
        left = self.columns.put(f"{key} left", _("left of a unit, fen"), parts.whole - units * unit)
        both = left if parts.rest.text == "0" else left * under + parts.rest
        all_ = unit if parts.rest.text == "0" else unit * under
        up = {
            "half_up": lambda: both * 2 >= all_,
            "half_even": lambda: either(
                both * 2 > all_, 1, every((both * 2).same(all_), (units - units // 2 * 2).same(1))
            ),
            "down": lambda: term(0),
            "up": lambda: both > 0,
        }[self.mode]()
        if self.mode == "down":
            return units * unit
        return (units + either(up, 1, 0)) * unit

    def _rounded(self, value: Parts, ceiling: Parts | None) -> Term:
        amount = self._multiple("amount", value, self.under)
        if ceiling is None or self.figures.unit.value == 1:
            return amount
        amount = self.columns.put("rounded first", _("rounded, fen"), amount)
        top = rounded(ceiling, self.under, self.mode)
        return amount - either(amount > top, self.figures.unit, 0)

    def _eligible(self, amount: Term, capped: Term, short: Term, below: Term) -> Term:
        found = Eligibility(self.working, self.row, self.figures, self.inputs, self.columns)
        reason = self.way
        found_at: tuple[tuple[Term | None, str], ...] = (
            (found.eligible(), "ineligible"),
            (found.in_force(), "not_in_force"),
            (found.known(), "rule_incomplete"),
        )
        for flag, name in ((capped, "cap"), (short, "matching"), (below, "below_minimum")):
            if flag.text != "0":
                reason = either(flag, WORDS[name], reason)
        checks = []
        for asked, name in found_at:
            if asked is not None:
                checks.append(asked)
                reason = either(asked, reason, WORDS[name])
        if checks:
            amount = self.columns.put("alone", _("due, fen"), either(every(*checks), amount, 0))
        self.columns.put("reason", _("reason"), reason, "text")
        return amount


def reason_of(working: Working, row: int) -> str:
    """Return a claim's reason as the sheets say it."""
    return WORDS[REASONS[working.reason[row]]]
