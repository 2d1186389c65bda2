"""The payout table and the reason of every row: declared, reduced, verified, rate, cap, payout."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from poc_eval.finance.claims.settled import settled_rows
from poc_eval.finance.subsidy_words import REASON_WORDS, percent
from poc_eval.i18n import _
from poc_eval.views.figures import DASH
from poc_eval.views.html import join, tag, typed
from poc_eval.views.payout.cells import figure_cell, head_row, wide_table, yuan
from poc_eval.views.payout.summary import not_paid

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markupsafe import Markup

    from poc_eval.finance.claims.payout import Payouts
    from poc_eval.finance.claims.settled import SettledRow
    from poc_eval.i18n import Language


def payout_table(payouts: Payouts, lang: Language) -> Markup:
    """Return a row a claim, with the sum; amounts in yuan."""
    settlement = payouts.reckoning.settlement
    if settlement is None:
        return not_paid(payouts, lang)
    rows = settled_rows(settlement)
    several = len(settlement.workings) > 1
    columns = [
        (_("claim"), False),
        (_("Unit"), False),
        *([(_("Policy"), False)] if several else []),
        (_("Period"), False),
        (_("Declared"), True),
        (_("Reduced"), True),
        (_("Verified"), True),
        (_("Rate"), True),
        (_("Uncapped"), True),
        (_("Payout"), True),
        (_("Why"), False),
    ]
    body = [_row(one, lang, several=several) for one in rows]
    label = tag("th", _("Total").text(lang), scope="row", colspan=len(columns) - 2)
    body.append(
        tag("tr", label, figure_cell(yuan(settlement.total), "pe-score"), tag("td"), class_="pe-total")
    )
    caption = _("Payouts by claim, in yuan").text(lang)
    return wide_table(caption, head_row(columns, lang), tag("tbody", *body))


def _row(row: SettledRow, lang: Language, *, several: bool) -> Markup:
    cells = [
        tag("th", typed(row.claim_id), scope="row"),
        tag("td", typed(row.payee), class_="pe-unit"),
        *([tag("td", row.policy.title.text(lang))] if several else []),
        tag("td", typed(row.period), class_="pe-day"),
        figure_cell(yuan(row.declared)),
        figure_cell(yuan(row.reduced)),
        figure_cell(yuan(row.base)),
        figure_cell(DASH if row.rate is None else percent_text(row.rate)),
        figure_cell(yuan(row.uncapped)),
        figure_cell(yuan(row.amount), "pe-score"),
        tag("td", REASON_WORDS[row.reason].text(lang), class_=f"pe-reason {_standing(row)}".strip()),
    ]
    return tag("tr", *cells)


def _standing(row: SettledRow) -> str:
    if not row.amount:
        return "pe-quiet"
    return "pe-open" if row.capped else ""


def percent_text(rate: str) -> str:
    """Return a rate as the rule writes it in per cent: 0.30 is 30%."""
    return percent(Decimal(rate))


def explanations(payouts: Payouts, lang: Language) -> Markup:
    """Return for each claim why it is paid what it is: the steps, the clause, how sure the source is."""
    settlement = payouts.reckoning.settlement
    if settlement is None:
        return not_paid(payouts, lang)
    return join(_explained(one, lang) for one in settled_rows(settlement))


def _explained(row: SettledRow, lang: Language) -> Markup:
    question = _(
        "{claim} {payee}: why {amount} yuan?", claim=row.claim_id, payee=row.payee, amount=yuan(row.amount)
    )
    steps = [tag("li", step.text(lang)) for step in row.explanation.steps]
    return tag(
        "details",
        tag("summary", typed(question.text(lang))),
        tag("ol", *steps),
        tag("p", row.explanation.basis.text(lang), class_="pe-quiet"),
        class_="pe-why",
    )


def caps_that_bind(payouts: Payouts, lang: Language) -> Markup:
    """Return the claims at a cap: what the cap took, and above which base nothing more is earned."""
    settlement = payouts.reckoning.settlement
    if settlement is None:
        return not_paid(payouts, lang)
    rows = [one for one in settled_rows(settlement) if one.capped]
    if not rows:
        return tag("p", _("No claim is at a cap.").text(lang))
    return _cap_table(rows, lang)


def _cap_table(rows: Sequence[SettledRow], lang: Language) -> Markup:
    columns = [
        (_("claim"), False),
        (_("Unit"), False),
        (_("Uncapped"), True),
        (_("Cap"), True),
        (_("Above the cap"), True),
        (_("A verified figure above this earns nothing more"), True),
    ]
    body = [
        tag(
            "tr",
            tag("th", typed(one.claim_id), scope="row"),
            tag("td", typed(one.payee), class_="pe-unit"),
            figure_cell(yuan(one.uncapped)),
            figure_cell(yuan(one.cap)),
            figure_cell(yuan(one.uncapped - (one.cap or 0))),
            figure_cell(yuan(one.nothing_more_above)),
        )
        for one in rows
    ]
    return wide_table(_("Caps that bind, in yuan").text(lang), head_row(columns, lang), tag("tbody", *body))
