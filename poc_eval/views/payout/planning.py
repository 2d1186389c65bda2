"""Where the money comes from and when it falls due: budgets of the rules, the calendar of instalments."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from poc_eval.finance.claims.settled import budget_use, calendar
from poc_eval.finance.ledger.saying import when_words
from poc_eval.i18n import Message, _
from poc_eval.money import format_money
from poc_eval.views.figures import DASH
from poc_eval.views.html import join, tag, typed
from poc_eval.views.payout.cells import figure_cell, head_row, wide_table, yuan
from poc_eval.views.payout.summary import budget_bar, not_paid, percent_of

if TYPE_CHECKING:
    from markupsafe import Markup

    from poc_eval.finance.claims.payout import Payouts
    from poc_eval.finance.claims.settled import BudgetUse, CalendarRow
    from poc_eval.i18n import Language


def budgets(payouts: Payouts, lang: Language) -> Markup:
    """Return how much of each rule's own budget is used, and of the year's money."""
    settlement = payouts.reckoning.settlement
    if settlement is None:
        return not_paid(payouts, lang)
    uses = budget_use(settlement)
    parts = []
    if payouts.budget is not None:
        total = Decimal(settlement.total).scaleb(-2)
        said = _(
            "Budget of the year: {budget} yuan; payouts {paid} yuan, {share} of it.",
            budget=format_money(payouts.budget),
            paid=format_money(total),
            share=percent_of(total, payouts.budget),
        ).text(lang)
        share = total / payouts.budget if payouts.budget else Decimal(0)
        parts.append(tag("div", tag("p", said), budget_bar(share, said), class_="pe-budget"))
    if uses:
        parts.append(_budget_table(uses, lang))
    if not parts:
        parts.append(tag("p", _("No rule states a budget, and none is stated for the year.").text(lang)))
    return join(parts)


def _budget_table(uses: tuple[BudgetUse, ...], lang: Language) -> Markup:
    columns = [
        (_("Policies"), False),
        (_("Period"), False),
        (_("Budget"), True),
        (_("By the rules, before the budget"), True),
        (_("Paid"), True),
        (_("Left"), True),
        (_("Share used"), True),
    ]
    rows = [
        tag(
            "tr",
            tag("th", ", ".join(one.policies), scope="row"),
            tag("td", one.period),
            figure_cell(yuan(one.budget)),
            figure_cell(yuan(one.wanted)),
            figure_cell(yuan(one.paid), "pe-score"),
            figure_cell(yuan(one.budget - one.paid)),
            figure_cell(percent_of(Decimal(one.paid), Decimal(one.budget))),
        )
        for one in uses
    ]
    return wide_table(
        _("Budgets of the rules, in yuan").text(lang), head_row(columns, lang), tag("tbody", *rows)
    )


def payout_calendar(payouts: Payouts, lang: Language) -> Markup:
    """Return what falls due when, by which level and budget line, with the sum."""
    settlement = payouts.reckoning.settlement
    if settlement is None:
        return not_paid(payouts, lang)
    rows, unknown = calendar(settlement)
    parts = [_calendar_table(rows, lang)] if rows else []
    parts += [
        tag(
            "p",
            _(
                "{policy}: the shares of levels or instalments are not known, so it is not in the table.",
                policy=one.title,
            ).text(lang),
            class_="pe-open",
        )
        for one in unknown
    ]
    return join(parts or [tag("p", _("Nothing is paid, so nothing falls due.").text(lang))])


def _calendar_table(rows: tuple[CalendarRow, ...], lang: Language) -> Markup:
    columns = [
        (_("Policy"), False),
        (_("Instalment"), True),
        (_("Falls due"), False),
        (_("Level"), False),
        (_("Budget code"), False),
        (_("Claims"), True),
        (_("Amount"), True),
    ]
    body = [
        tag(
            "tr",
            tag("th", one.policy.title.text(lang), scope="row"),
            figure_cell(str(one.instalment)),
            tag("td", _in_words(one.when, lang)),
            tag("td", one.level or DASH),
            tag("td", typed(one.budget_code) or DASH),
            figure_cell(str(one.claims)),
            figure_cell(format_money(one.amount), "pe-score"),
        )
        for one in rows
    ]
    total = format_money(sum((one.amount for one in rows), Decimal("0.00")))
    label = tag("th", _("Total").text(lang), scope="row", colspan=len(columns) - 1)
    body.append(tag("tr", label, figure_cell(total), class_="pe-total"))
    return wide_table(_("What falls due, in yuan").text(lang), head_row(columns, lang), tag("tbody", *body))


def _in_words(when: str, lang: Language) -> Markup:
    said = when_words(when)
    return typed(said.text(lang) if isinstance(said, Message) else said)
