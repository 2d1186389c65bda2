"""One payout after the other: its plan against what was paid, and every entry with who recorded it when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from poc_eval.finance.ledger.overview import plan_rows
from poc_eval.finance.ledger.saying import entry_words, next_step, when_words
from poc_eval.i18n import Message, _
from poc_eval.money import format_money
from poc_eval.views.figures import DASH, instant
from poc_eval.views.html import join, tag, typed
from poc_eval.views.payout.cells import figure_cell, head_row, wide_table

if TYPE_CHECKING:
    from markupsafe import Markup

    from poc_eval.finance.ledger.kept import Book, KeptLine
    from poc_eval.i18n import Language


def ledger_lines(book: Book, lang: Language) -> Markup:
    """Return each payout with its plan and entries, folded away under its name."""
    if not book.lines:
        return tag("p", _("Nothing stands in the ledger yet.").text(lang))
    return join(_line(number, one, book, lang) for number, one in enumerate(book.lines, start=1))


def _line(number: int, kept: KeptLine, book: Book, lang: Language) -> Markup:
    standing = kept.line.standing()
    payout = standing.payout
    heading = _(
        "{number}. {payee} · {period} · {amount} yuan · {next}",
        number=number,
        payee=DASH if payout is None else payout.payee,
        period=DASH if payout is None else payout.period,
        amount=format_money(standing.verified),
        next=next_step(standing, book.day),
    )
    parts = [_plan(kept, book, lang)] if payout is not None else []
    return tag(
        "details",
        tag("summary", typed(heading.text(lang))),
        *parts,
        _entries(kept, book, lang),
        class_="pe-why",
    )


def _plan(kept: KeptLine, book: Book, lang: Language) -> Markup:
    columns = [
        (_("Instalment"), True),
        (_("Falls due"), False),
        (_("Level"), False),
        (_("Budget code"), False),
        (_("Planned"), True),
        (_("Paid out"), True),
        (_("Left"), True),
        (_("Due now"), False),
    ]
    rows = []
    for row in plan_rows(kept.line.standing(), book.day):
        when = when_words(row.planned.when)
        due = _("yes") if row.due and row.left > 0 else _("no")
        cells = [
            figure_cell(str(row.planned.instalment)),
            tag("td", typed(when.text(lang) if isinstance(when, Message) else when)),
            tag("td", typed(row.planned.level) or DASH),
            tag("td", typed(row.planned.budget_code) or DASH),
            *(figure_cell(format_money(one)) for one in (row.planned.amount, row.paid, row.left)),
            tag("td", due.text(lang)),
        ]
        rows.append(tag("tr", *cells))
    return wide_table(
        _("Plan against actual, in yuan").text(lang), head_row(columns, lang), tag("tbody", *rows)
    )


def _entries(kept: KeptLine, book: Book, lang: Language) -> Markup:
    columns = [
        (_("Entry"), True),
        (_("Day"), False),
        (_("Kind"), False),
        (_("Content"), False),
        (_("Amount"), True),
        (_("Recorded"), False),
    ]
    gone = kept.line.reversed
    rows = []
    for number, entry in kept.line.numbered():
        amount = getattr(entry, "amount", None)
        said = entry_words(entry).text(lang)
        if number in gone:
            said += " " + _("(reversed)").text(lang)
        cells = [
            figure_cell(str(number)),
            tag("td", entry.day.isoformat(), class_="pe-day"),
            tag("td", entry.title.text(lang), class_="pe-day"),
            tag("td", typed(said)),
            figure_cell("" if amount is None else format_money(amount)),
            tag("td", _recorded(kept, number, book, lang)),
        ]
        rows.append(tag("tr", *cells, class_="pe-quiet" if number in gone else None))
    return wide_table(_("Entries, in yuan").text(lang), head_row(columns, lang), tag("tbody", *rows))


def _recorded(kept: KeptLine, number: int, book: Book, lang: Language) -> Markup:
    if number > len(kept.stamps):
        return tag("span", _("not recorded yet").text(lang), class_="pe-open")
    stamp = kept.stamps[number - 1]
    return join([typed(stamp.by or DASH), tag("span", instant(stamp.at, book.zone), class_="pe-anchor")])
