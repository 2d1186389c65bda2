"""Sorted results as a workbook, a sheet a heap; and the unclear ones as a table of projects."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from poc_eval.i18n import _
from poc_eval.scoring.sorted_results import HEAP_TITLES
from poc_eval.scoring.sorting import HEAPS
from poc_eval.spreadsheet.writing import Book

if TYPE_CHECKING:
    from poc_eval.i18n import Language, Translatable
    from poc_eval.scoring.sorted_results import SortedResults
    from poc_eval.scoring.sorting import Heap
    from poc_eval.spreadsheet.writing import Sheet

_PLACES: Final = Decimal("0.0001")
_WIDTHS: Final = (18.0, 36.0, 10.0, 10.0, 10.0, 12.0, 14.0, 20.0)


def sorting_book(found: SortedResults, lang: Language) -> Book:
    """Return a workbook: how many are where, then a sheet for each heap with the highest value first."""
    rule = found.rule
    book = Book(rule.title.text(lang))
    first = book.sheet(_("Overview").text(lang), (60.0, 16.0), landscape=False)
    first.across(0, rule.title.text(lang), "title")
    first.across(1, _("source: {document}", document=rule.source.document).text(lang), "note")
    if rule.note is not None:
        first.across(2, rule.note.text(lang), "note")
    lines: list[tuple[Translatable, int]] = [(HEAP_TITLES[heap], found.counts[heap]) for heap in HEAPS]
    lines += [(one.title, found.grade_counts[one.id]) for one in rule.grades]
    first.row(4, (_("heap").text(lang), _("results").text(lang)), "heading")
    for place, (title, count) in enumerate(lines, start=5):
        first.put(place, 0, title.text(lang))
        first.put(place, 1, count, "number")
    for heap in HEAPS:
        _heap_sheet(book, found, heap, lang)
    return book


def _heap_sheet(book: Book, found: SortedResults, heap: Heap, lang: Language) -> None:
    rule = found.rule
    widths = (*_WIDTHS, *(12.0 for _one in rule.dimensions))
    sheet: Sheet = book.sheet(HEAP_TITLES[heap].text(lang), widths, heading=0)
    heads: list[Translatable] = [
        _("result"),
        _("title"),
        _("value"),
        _("at least"),
        _("at most"),
        _("measured"),
        _("grade"),
        _("checked by a person"),
        *(one.title for one in rule.dimensions),
    ]
    sheet.row(0, [one.text(lang) for one in heads], "heading")
    grades = {one.id: one.title.text(lang) for one in rule.grades}
    for place, row in enumerate(found.heap(heap).to_dict("records"), start=1):
        sheet.row(place, (str(row["result"]), str(row["title"])))
        figures = [_figure(row[name]) for name in ("value", "low", "high", "measured")]
        sheet.row(place, figures, "yuan", start=2)
        sheet.row(place, (grades.get(row["grade"]), "✓" if row["checked"] else None), start=6)
        by_dimension = [_figure(row[f"of:{one.id}"]) for one in rule.dimensions]
        sheet.row(place, by_dimension, "yuan", start=8)


def _figure(value: float) -> Decimal | None:
    """Return a figure for a cell; nothing where it was not measured."""
    return None if math.isnan(value) else Decimal(repr(float(value))).quantize(_PLACES)


def unclear_projects(found: SortedResults) -> Book:
    """Return the unclear results as a table of projects, under the headings that ``import`` knows."""
    book = Book(found.rule.title.zh)
    sheet = book.sheet("项目", (20.0, 60.0), heading=0)
    sheet.row(0, ("项目编号", "项目名称"), "heading")
    for place, row in enumerate(found.heap("unclear").to_dict("records"), start=1):
        sheet.row(place, (str(row["result"]), str(row["title"]) or str(row["result"])))
    return book
