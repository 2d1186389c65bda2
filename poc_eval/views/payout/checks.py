"""What to look at before anything is signed: claims made twice, doubts, and what other rules would change."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from poc_eval.errors import InputError
from poc_eval.finance.claims.what_if import growths, readings
from poc_eval.i18n import _
from poc_eval.views.figures import DASH
from poc_eval.views.html import join, tag, typed
from poc_eval.views.payout.cells import figure_cell, head_row, signed, wide_table, yuan
from poc_eval.views.payout.summary import not_paid

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markupsafe import Markup

    from poc_eval.finance.claims.payout import Payouts
    from poc_eval.finance.claims.what_if import Growth, Scenario
    from poc_eval.i18n import Language, Message


def findings(payouts: Payouts, lang: Language) -> Markup:
    """Return what was claimed twice, told as a fact, what is alike, told as a suspicion, and other doubts."""
    reckoning = payouts.reckoning
    facts = [one.what for one in reckoning.findings if one.certain]
    alike = [one.what for one in reckoning.findings if not one.certain]
    doubts = [
        _("{claim}: {what}; {remedy}", claim=one.claim or "", what=one.fault.what, remedy=one.fault.remedy)
        for one in reckoning.doubts
    ]
    parts = [
        _told(_("The same in several claims"), facts, "pe-bad", lang),
        _told(_("Alike, to be looked at (a suspicion, not a finding)"), alike, "pe-open", lang),
        _told(_("To be looked at"), doubts, "pe-open", lang),
    ]
    if not (facts or alike or doubts):
        parts = [tag("p", _("Nothing was found that is claimed twice or doubtful.").text(lang))]
    return join(parts)


def _told(title: Message, said: Sequence[Message], mark: str, lang: Language) -> Markup:
    if not said:
        return join([])
    items = [tag("li", typed(one.text(lang))) for one in said]
    return join([tag("p", title.text(lang), class_=mark), tag("ul", *items, class_="pe-undertaking")])


def what_if(payouts: Payouts, lang: Language) -> Markup:
    """Return what the other readings of the rules, another rate or cap, and growth would change."""
    if payouts.reckoning.settlement is None:
        return not_paid(payouts, lang)
    parts = [_tried(payouts, lang)]
    found = readings(payouts.reckoning)
    if found:
        caption = _("Other readings of the rules' texts, in yuan").text(lang)
        parts.append(_scenarios(found, caption, lang))
    parts.append(_growths(growths(payouts.reckoning), lang))
    return join(parts)


def _tried(payouts: Payouts, lang: Language) -> Markup:
    try:
        found = payouts.tried()
    except InputError as error:
        items = [tag("li", fault.text(lang)) for fault in error.faults]
        return tag("ul", *items, class_="pe-missing")
    if found is None:
        return join([])
    return _scenarios([found], _("Another rate or cap, in yuan").text(lang), lang)


def _scenarios(found: Sequence[Scenario], caption: str, lang: Language) -> Markup:
    columns = [(_("If"), False), (_("Total"), True), (_("Difference"), True), (_("Who it changes"), False)]
    rows = [
        tag(
            "tr",
            tag("th", one.title.text(lang), scope="row"),
            figure_cell(yuan(one.total)),
            figure_cell(signed(one.difference)),
            tag("td", *_changed(one)),
        )
        for one in found
    ]
    return wide_table(caption, head_row(columns, lang), tag("tbody", *rows))


def _changed(scenario: Scenario) -> list[Markup]:
    if not scenario.by_payee:
        return [typed(DASH)]
    return [
        tag("span", typed(payee), f" {signed(difference)}", class_="pe-anchor")
        for payee, difference in scenario.by_payee
    ]


def _growths(found: Sequence[Growth], lang: Language) -> Markup:
    columns = [
        (_("If every verified amount grew by"), False),
        (_("Total"), True),
        (_("By the rules, before budgets"), True),
        (_("Claims at a cap"), True),
    ]
    rows = [
        tag(
            "tr",
            tag("th", _percent(one.growth), scope="row"),
            figure_cell(yuan(one.total)),
            figure_cell(yuan(one.wanted)),
            figure_cell(str(one.capped)),
        )
        for one in found
    ]
    return wide_table(
        _("What next year would cost, in yuan").text(lang), head_row(columns, lang), tag("tbody", *rows)
    )


def _percent(growth: str) -> str:
    rate = Decimal(growth)
    return f"{rate * 100:+.0f}%".replace("-", "−") if rate else "0%"
