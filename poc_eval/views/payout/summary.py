"""The sum first: what is paid in figures and capitals, the budget, what was capped and what was refused."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from poc_eval.i18n import _
from poc_eval.money import format_money, from_fen
from poc_eval.views.html import join, tag

if TYPE_CHECKING:
    from markupsafe import Markup

    from poc_eval.finance.claims.payout import Payouts
    from poc_eval.finance.claims.reckoning import ClaimFault
    from poc_eval.finance.subsidy import Settlement
    from poc_eval.i18n import Language, Translatable


def payout_cards(payouts: Payouts, lang: Language) -> Markup:
    """Return total, budget, claims at a cap and claims that are paid nothing; or why nothing is paid."""
    settlement = payouts.reckoning.settlement
    if settlement is None:
        return not_paid(payouts, lang)
    total = from_fen(settlement.total)
    cells = [
        _card(
            _("Payouts in total (yuan)"),
            format_money(total),
            tag("span", format_money(total, "capitals"), class_="pe-anchor"),
            lang=lang,
        )
    ]
    if payouts.budget is not None:
        cells.append(_budget_card(total, payouts.budget, lang))
    cells.append(_card(_("Claims at a cap"), str(_capped(settlement)), lang=lang))
    cells.append(_card(_("Claims that are paid nothing"), str(_nothing(settlement)), lang=lang))
    return tag("dl", *cells, class_="pe-summary pe-payout-summary")


def not_paid(payouts: Payouts, lang: Language) -> Markup:
    """Return why nothing is paid yet: every fault with its claim."""
    said = [_fault(one, payouts, lang) for one in payouts.reckoning.faults]
    heading = _("Nothing is paid until this is put right:").text(lang)
    return tag(
        "div",
        tag("p", heading, class_="pe-lead"),
        tag("ul", *(tag("li", one) for one in said)),
        class_="pe-missing",
    )


def _fault(one: ClaimFault, payouts: Payouts, lang: Language) -> str:
    """Return a fault with its claim, and with its figure by the name that the policy gives it."""
    place = (one.fault.place or "").removesuffix("_declared")
    labels = [policy.inputs[place].label for policy in payouts.reckoning.policies if place in policy.inputs]
    said = replace(one.fault, place=labels[0].text(lang) if labels else None).text(lang)
    return said if one.claim is None else f"{one.claim}: {said}"


def budget_bar(share: Decimal, words: str) -> Markup:
    """Return a bar of a budget used up; more than all of it fills the bar and is said in words."""
    filled = min(max(share, Decimal(0)), Decimal(1)) * 100
    over = share > 1
    return tag(
        "svg",
        tag("title", words),
        tag("rect", class_="pe-track", x=0, y=2, width=100, height=6),
        tag("rect", class_="pe-need" if over else "pe-fill", x=0, y=2, width=f"{filled:.2f}", height=6),
        class_="pe-bar",
        viewBox="0 0 100 10",
        preserveAspectRatio="none",
        role="img",
    )


def percent_of(part: Decimal, whole: Decimal) -> str:
    """Return how much ``part`` is of ``whole`` in whole per cent, rounded down, but no 0% for something."""
    if not whole:
        return "–"
    share = part / whole * 100
    if 0 < share < 1:
        return "<1%"
    return f"{int(share)}%"


def _budget_card(total: Decimal, budget: Decimal, lang: Language) -> Markup:
    label = _("Budget of the year {amount}", amount=format_money(budget))
    share = percent_of(total, budget)
    words = _("{share} of the budget", share=share).text(lang)
    left = budget - total
    said = (
        _("{amount} left", amount=format_money(left))
        if left >= 0
        else _("{amount} more than the budget", amount=format_money(-left))
    )
    note = tag("span", said.text(lang), class_="pe-anchor" if left >= 0 else "pe-anchor pe-bad")
    bar = budget_bar(total / budget if budget else Decimal(0), words)
    return _card(label, share, bar, note, lang=lang)


def _card(label: Translatable, value: str, *more: Markup, lang: Language) -> Markup:
    return tag("div", tag("dt", label.text(lang)), tag("dd", value, join(more)))


def _capped(settlement: Settlement) -> int:
    return sum(int(one.capped.sum()) for one in settlement.workings)


def _nothing(settlement: Settlement) -> int:
    return sum(int((one.amount == 0).sum()) for one in settlement.workings)
