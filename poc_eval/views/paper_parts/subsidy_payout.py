"""The parts of the paper of claims: the table, the reason of every row, waterfall, money, checks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

from poc_eval.finance.claims.payout import Payouts
from poc_eval.views.html import join
from poc_eval.views.payout.checks import findings, what_if
from poc_eval.views.payout.planning import budgets, payout_calendar
from poc_eval.views.payout.summary import payout_cards
from poc_eval.views.payout.table import caps_that_bind, explanations, payout_table
from poc_eval.views.payout.waterfall import payout_waterfall

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from markupsafe import Markup

    from poc_eval.i18n import Language
    from poc_eval.workspace.paper_records import PaperPage

    Draw: TypeAlias = Callable[[Payouts, Language], Markup]


def _part(*draws: Draw) -> Callable[[PaperPage, Language], Markup]:
    def part(page: PaperPage, lang: Language) -> Markup:
        payouts = page.assessment.result
        if not isinstance(payouts, Payouts):
            message = "this paper has no payouts"
            raise TypeError(message)
        if payouts.reckoning.settlement is None:
            return draws[0](payouts, lang)
        return join(draw(payouts, lang) for draw in draws)

    return part


PARTS: Final[Mapping[str, Callable[[PaperPage, Language], Markup]]] = {
    "summary": _part(payout_cards),
    "table": _part(payout_table),
    "why": _part(explanations),
    "waterfall": _part(payout_waterfall, caps_that_bind),
    "money": _part(budgets, payout_calendar),
    "checks": _part(findings),
    "what_if": _part(what_if),
}
