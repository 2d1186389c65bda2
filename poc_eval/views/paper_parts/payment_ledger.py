"""The parts of the paper of the ledger: all payouts, each one's plan and entries, budget lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from poc_eval.finance.ledger.kept import Book
from poc_eval.views.html import join
from poc_eval.views.ledger.lines import ledger_lines
from poc_eval.views.ledger.overview import draft_notice, ledger_budget, ledger_cards, ledger_table

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from markupsafe import Markup

    from poc_eval.i18n import Language
    from poc_eval.workspace.paper_records import PaperPage


def _book(page: PaperPage) -> Book:
    book = getattr(page.assessment.result, "book", None)
    if not isinstance(book, Book):
        message = "this paper has no ledger"
        raise TypeError(message)
    return book


def _summary(page: PaperPage, lang: Language) -> Markup:
    return ledger_cards(_book(page), lang)


def _ledger(page: PaperPage, lang: Language) -> Markup:
    book = _book(page)
    return join([draft_notice(book, lang), ledger_table(book, lang)])


def _lines(page: PaperPage, lang: Language) -> Markup:
    return ledger_lines(_book(page), lang)


def _budget(page: PaperPage, lang: Language) -> Markup:
    return ledger_budget(_book(page), lang)


PARTS: Final[Mapping[str, Callable[[PaperPage, Language], Markup]]] = {
    "summary": _summary,
    "ledger": _ledger,
    "lines": _lines,
    "budget": _budget,
}
