"""Sorted results as a page: how many are where, then each heap as a table."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from poc_eval.i18n import _
from poc_eval.scoring.sorted_results import HEAP_TITLES
from poc_eval.scoring.sorting import HEAPS
from poc_eval.views.figures import DASH
from poc_eval.views.html import join, tag, typed
from poc_eval.views.sheet_page import whole_page

if TYPE_CHECKING:
    from markupsafe import Markup

    from poc_eval.i18n import Language, Message
    from poc_eval.scoring.sorted_results import SortedResults
    from poc_eval.scoring.sorting import Heap

_MOST_ROWS: Final = 500


def sorting_page(found: SortedResults, lang: Language) -> str:
    """Return a whole page: the conclusion first, the unclear before the clear; no scripts, no requests."""
    rule = found.rule
    about = _("A first valuation by figures alone: people check it, and the unclear go to a panel.")
    parts = [
        tag("p", _("source: {document}", document=rule.source.document).text(lang), class_="pe-head"),
        tag("p", about.text(lang), class_="pe-advice"),
        _counts(found, lang),
        tag("p", _lines(found).text(lang), class_="pe-quiet"),
    ]
    if rule.note is not None:
        parts.append(tag("p", typed(rule.note.text(lang)), class_="pe-quiet"))
    parts += [
        tag("section", tag("h2", HEAP_TITLES[heap].text(lang)), _heap(found, heap, lang))
        for heap in sorted(HEAPS, key=lambda heap: heap != "unclear")
    ]
    return whole_page(rule.title.text(lang), parts, lang)


def _counts(found: SortedResults, lang: Language) -> Markup:
    cells: list[tuple[str, int]] = [
        (HEAP_TITLES[heap].text(lang), count) for heap, count in found.counts.items()
    ]
    cells += [(one.title.text(lang), found.grade_counts[one.id]) for one in found.rule.grades]
    blocks = [tag("div", tag("dt", label), tag("dd", f"{count:,}")) for label, count in cells]
    return tag("dl", *blocks, class_="pe-summary pe-panel-summary")


def _lines(found: SortedResults) -> Message:
    lines = found.rule.lines
    return _(
        "Values go from 0 to 1. From {promote} on a result is promoted, up to {let_go} it is given up or "
        "passed on; a result with less than {complete} of the weight measured is unclear.",
        promote=f"{lines.promote:.2f}",
        let_go=f"{lines.let_go:.2f}",
        complete=f"{lines.complete:.0%}",
    )


def _heap(found: SortedResults, heap: Heap, lang: Language) -> Markup:
    rows = found.heap(heap)
    if not len(rows):
        return tag("p", _("No result is here.").text(lang))
    columns = [
        (_("result"), None),
        (_("title"), None),
        (_("value"), "pe-number"),
        (_("value from – to"), "pe-number"),
        (_("measured"), "pe-number"),
        (_("grade"), None),
    ]
    head = [tag("th", title.text(lang), scope="col", class_=class_) for title, class_ in columns]
    head += [
        tag("th", one.title.text(lang), scope="col", class_="pe-number") for one in found.rule.dimensions
    ]
    grades = {one.id: one.title for one in found.rule.grades}
    body = []
    for row in rows.head(_MOST_ROWS).to_dict("records"):
        said = str(row["title"]) + (f" · {_('checked by a person').text(lang)}" if row["checked"] else "")
        grade = grades.get(row["grade"])
        cells = [
            tag("th", typed(str(row["result"])), scope="row"),
            tag("td", typed(said)),
            tag("td", _figure(row["value"]), class_="pe-number pe-score"),
            tag("td", f"{row['low']:.2f}–{row['high']:.2f}", class_="pe-number"),
            tag("td", f"{row['measured']:.0%}", class_="pe-number"),
            tag("td", DASH if grade is None else grade.text(lang)),
        ]
        cells += [
            tag("td", _figure(row[f"of:{one.id}"]), class_="pe-number") for one in found.rule.dimensions
        ]
        body.append(tag("tr", *cells))
    table = tag("table", tag("thead", tag("tr", *head)), tag("tbody", *body), class_="pe-table pe-panel")
    more = len(rows) - _MOST_ROWS
    rest = _("{count} more stand in the workbook (-o FILE.xlsx).", count=more).text(lang)
    return join([tag("div", table, class_="pe-scroll", tabindex=0), tag("p", rest) if more > 0 else join([])])


def _figure(value: float) -> str:
    return DASH if math.isnan(value) else f"{value:.2f}"
