"""All payouts of the ledger at a glance: sums, a row a payout with what comes next, budget lines, years."""

from __future__ import annotations

from typing import TYPE_CHECKING

from poc_eval.finance.ledger.overview import by_budget, paid_by_year, sums_of, total
from poc_eval.finance.ledger.saying import next_step
from poc_eval.i18n import _
from poc_eval.money import format_money
from poc_eval.views.figures import DASH
from poc_eval.views.html import join, tag, typed
from poc_eval.views.payout.cells import figure_cell, head_row, wide_table

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from markupsafe import Markup

    from poc_eval.finance.ledger.kept import Book, KeptLine
    from poc_eval.finance.ledger.overview import Sums
    from poc_eval.i18n import Language, Message


def ledger_cards(book: Book, lang: Language) -> Markup:
    """Return what is verified, paid, due on the day, left, and to be recovered."""
    sums = total([one.line for one in book.lines], book.day)
    cells = [
        (_("Payouts verified (yuan)"), sums.verified),
        (_("Paid (yuan)"), sums.paid),
        (_("Due on {day} (yuan)", day=book.day), sums.due),
        (_("Not paid yet (yuan)"), sums.left),
        (_("To be recovered (yuan)"), sums.to_recover),
    ]
    blocks = [
        tag("div", tag("dt", label.text(lang)), tag("dd", format_money(value))) for label, value in cells
    ]
    return tag("dl", *blocks, class_="pe-summary pe-panel-summary")


def draft_notice(book: Book, lang: Language) -> Markup:
    """Return that entries are not recorded yet; empty where all are."""
    drafts = sum(one.drafts for one in book.lines)
    if not drafts:
        return join([])
    said = _("{count} entries of this paper are not recorded yet: figures count them.", count=drafts)
    return tag("p", said.text(lang), class_="pe-notice")


def ledger_table(book: Book, lang: Language) -> Markup:
    """Return a row a payout, with the sums; amounts in yuan."""
    if not book.lines:
        return tag("p", _("Nothing stands in the ledger yet.").text(lang))
    columns = [
        (_("No."), True),
        (_("Unit"), False),
        (_("Period"), False),
        (_("Payout"), True),
        (_("Paid out"), True),
        (_("Due"), True),
        (_("Left"), True),
        (_("Recovered"), True),
        (_("Comes next"), False),
    ]
    body = [_row(number, one, book, lang) for number, one in enumerate(book.lines, start=1)]
    sums = total([one.line for one in book.lines], book.day)
    label = tag("th", _("Total").text(lang), scope="row", colspan=3)
    body.append(tag("tr", label, *_sums(sums), tag("td"), class_="pe-total"))
    caption = _("Payment ledger on {day}, in yuan", day=book.day).text(lang)
    return wide_table(caption, head_row(columns, lang), tag("tbody", *body))


def _row(number: int, kept: KeptLine, book: Book, lang: Language) -> Markup:
    standing = kept.line.standing()
    payout = standing.payout
    said = next_step(standing, book.day)
    names = (
        (DASH, DASH, DASH)
        if payout is None
        else (payout.payee, payout.policy.partition("#")[0], payout.period)
    )
    return tag(
        "tr",
        figure_cell(str(number)),
        tag("th", typed(names[0]), tag("span", names[1], class_="pe-anchor"), scope="row", class_="pe-unit"),
        tag("td", typed(names[2]), class_="pe-day"),
        *_sums(sums_of(standing, book.day)),
        tag("td", said.text(lang), class_="pe-open" if standing.to_recover > 0 else None),
    )


def _sums(sums: Sums) -> list[Markup]:
    return [
        figure_cell(format_money(sums.verified), "pe-score"),
        *(figure_cell(format_money(one)) for one in (sums.paid, sums.due, sums.left, sums.recovered)),
    ]


def ledger_budget(book: Book, lang: Language) -> Markup:
    """Return plan against actual by level and budget code, and what was paid by year."""
    lines = [one.line for one in book.lines]
    if not lines:
        return tag("p", _("Nothing stands in the ledger yet.").text(lang))
    rows = [
        (one.level or DASH, one.budget_code or DASH, one.planned, one.paid, one.planned - one.paid)
        for one in by_budget(lines)
    ]
    columns = [
        (_("Level"), False),
        (_("Budget code"), False),
        (_("Planned"), True),
        (_("Paid out"), True),
        (_("Left"), True),
    ]
    by_line = _figures(rows, columns, _("By level and budget line, in yuan").text(lang), lang)
    years = [(str(year), paid) for year, paid in paid_by_year(lines).items()]
    if not years:
        return by_line
    head = [(_("Fiscal year"), False), (_("Paid, less what came back"), True)]
    return join([by_line, _figures(years, head, _("By fiscal year, in yuan").text(lang), lang)])


def _figures(
    rows: Sequence[tuple[str | Decimal, ...]],
    columns: Sequence[tuple[Message, bool]],
    caption: str,
    lang: Language,
) -> Markup:
    body = [
        tag(
            "tr",
            tag("th", typed(str(first)), scope="row"),
            *(
                tag("td", typed(one)) if isinstance(one, str) else figure_cell(format_money(one))
                for one in others
            ),
        )
        for first, *others in rows
    ]
    return wide_table(caption, head_row(columns, lang), tag("tbody", *body))
