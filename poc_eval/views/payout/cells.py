"""Small pieces that every table of payouts uses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from poc_eval.money import format_money, from_fen
from poc_eval.views.figures import DASH
from poc_eval.views.html import tag

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markupsafe import Markup

    from poc_eval.i18n import Language, Translatable


def yuan(fen: int | None) -> str:
    """Return fen as yuan; a dash where there is none."""
    return DASH if fen is None else format_money(from_fen(fen))


def signed(fen: int) -> str:
    """Return a difference in yuan with its sign: +9,000.00, −9,000.00, 0.00."""
    if not fen:
        return yuan(0)
    return ("+" if fen > 0 else "−") + yuan(abs(fen))


def figure_cell(shown: str, class_: str = "") -> Markup:
    """Return a table cell with a figure."""
    return tag("td", shown, class_=f"pe-number {class_}".strip())


def head_row(columns: Sequence[tuple[Translatable, bool]], lang: Language) -> Markup:
    """Return the head of a table; each column's title, and whether it holds figures."""
    cells = [
        tag("th", title.text(lang), scope="col", class_="pe-number" if numeric else None)
        for title, numeric in columns
    ]
    return tag("thead", tag("tr", *cells))


def wide_table(caption: str, *parts: Markup, class_: str = "pe-table pe-panel pe-payouts") -> Markup:
    """Return a table that can be pushed sideways where the page is narrow, also from the keyboard."""
    table = tag("table", tag("caption", caption), *parts, class_=class_)
    return tag("div", table, class_="pe-scroll", tabindex=0, role="region", aria_label=caption)
