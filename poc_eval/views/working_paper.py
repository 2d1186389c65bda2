"""A working paper as a page shows it that nobody types into: figures, what is open, fields and tables."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from poc_eval.errors import InputError
from poc_eval.i18n import HTML_LANG, _
from poc_eval.money import parse_money
from poc_eval.views.figures import instant
from poc_eval.views.html import join, tag, typed
from poc_eval.workspace.paper_records import Field, cell_name, rows_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from markupsafe import Markup

    from poc_eval.i18n import Language, Message
    from poc_eval.workspace.paper_records import Grid, PaperPage, Part

NUMERIC: Final = frozenset({"amount", "share", "number", "count", "shown"})
"""Types that stand at the right edge of their column."""
_FIGURE: Final = re.compile(r"[-−+]?[\d,.]+%?|[—–]")
WIDE: Final = 8
"""Columns from which a table is set smaller and lies on its side in print: paper has no scroll bar."""


def paper_form(page: PaperPage, lang: Language) -> Markup:
    """Return the whole paper as it is filled in, for a page that cannot show the form."""
    parts = [
        tag("section", tag("h3", one.title.text(lang)), part_body(one, page, lang))
        for one in page.layout.parts
    ]
    return join([paper_notices(page, lang), figures(page, lang), open_notes(page, lang), *parts])


def paper_summary(page: PaperPage, lang: Language) -> Markup:
    """Return what the paper comes to, and what it still needs."""
    return join([paper_notices(page, lang), figures(page, lang), open_notes(page, lang)])


def paper_fragment(page: PaperPage, parts: list[Markup], lang: Language) -> Markup:
    """Return parts of a paper's view as one fragment under the paper's name."""
    about = None if page.project is None else typed(page.project.title.text(lang))
    head = [part for part in (about, typed(page.paper.title)) if part]
    return tag(
        "div",
        tag("p", join(head, by=" · "), class_="pe-head"),
        *parts,
        class_="pe-view",
        lang=HTML_LANG[lang],
    )


def paper_notices(page: PaperPage, lang: Language) -> Markup:
    """Return what must be known before anything is read: a draft, an example."""
    said: list[Message] = []
    if page.paper.status == "draft":
        said.append(_("Draft, not concluded: the content may still change."))
    if page.paper.example or (page.project is not None and page.project.example):
        said.append(_("Example: made up to show how the working paper works."))
    return join(tag("p", notice.text(lang), class_="pe-notice") for notice in said)


def figures(page: PaperPage, lang: Language) -> Markup:
    """Return the results that the kind shows above everything; empty where it shows none."""
    cells = []
    for one in page.assessment.figures:
        value = one.value if isinstance(one.value, str) else one.value.text(lang)
        note = None if one.note is None else tag("span", one.note.text(lang), class_="pe-anchor")
        mark = None if one.standing == "plain" else f"pe-{one.standing}"
        cells.append(tag("div", tag("dt", one.label.text(lang)), tag("dd", value, note, class_=mark)))
    return tag("dl", *cells, class_="pe-summary") if cells else join([])


def open_notes(page: PaperPage, lang: Language) -> Markup:
    """Return what a draft still needs and what does not fit; empty where nothing is open."""
    notes = [*page.assessment.missing, *page.assessment.faults]
    if page.paper.status != "draft" or not notes:
        return join([])
    heading = _("Still open: {count}", count=len(notes)).text(lang)
    items = [tag("li", note.message.text(lang)) for note in notes]
    return tag("div", tag("p", heading, class_="pe-lead"), tag("ul", *items), class_="pe-missing")


def part_body(part: Part, page: PaperPage, lang: Language) -> Markup:
    """Return the fields and tables of one section, read-only."""
    body: list[Markup] = []
    waiting: list[Field] = []
    for item in part.items:
        if isinstance(item, Field):
            waiting.append(item)
            continue
        body += [_fields(waiting, page, lang)] if waiting else []
        waiting = []
        body.append(grid_table(item, page, lang))
    body += [_fields(waiting, page, lang)] if waiting else []
    return join(body)


def grid_table(grid: Grid, page: PaperPage, lang: Language) -> Markup:
    """Return one grid with its rows and totals as a table."""
    values = page.paper.values() | dict(page.assessment.shown)
    first = (grid.given_title or grid.title).text(lang) if grid.given else _("No.").text(lang)
    sides = {column.name: _side(column, _column(grid, column, values)) for column in grid.columns}
    head = [tag("th", first, scope="col")]
    head += [
        tag("th", _titled(column, lang), scope="col", class_=sides[column.name]) for column in grid.columns
    ]
    labels = {row.id: row.label.text(lang) for row in grid.given}
    rows = [
        tag(
            "tr",
            tag("th", labels.get(row, str(number)), scope="row", class_=None if labels else "pe-index"),
            *(
                tag(
                    "td",
                    said(column, values.get(cell_name(grid.name, row, column.name), ""), lang),
                    class_=sides[column.name],
                )
                for column in grid.columns
            ),
        )
        for number, row in enumerate(rows_of(grid, page.paper.values()), start=1)
    ]
    if not rows:
        draft = page.paper.status == "draft"
        empty = (_("Nothing is entered here yet") if draft else _("None entered")).text(lang)
        rows = [tag("tr", tag("td", empty, colspan=len(grid.columns) + 1, class_="pe-quiet"))]
    table = tag(
        "table",
        tag("caption", grid.title.text(lang)),
        tag("thead", tag("tr", *head)),
        tag("tbody", *rows),
        _totals(grid, page, sides, lang),
        class_="pe-table pe-wide" if len(grid.columns) >= WIDE else "pe-table",
    )
    whole = "pe-scroll pe-landscape" if len(grid.columns) >= WIDE else "pe-scroll"
    return tag("div", table, class_=whole, tabindex=0, role="region", aria_label=grid.title.text(lang))


def said(field: Field, value: str, lang: Language) -> Markup:
    """Return a value in the words of its field; an amount in figures, whatever unit it was typed in."""
    clean = value.strip()
    if field.type == "amount":
        return typed(_in_figures(clean))
    if field.type == "yes_no":
        words: Mapping[str, Message] = {"yes": _("yes"), "no": _("no")}
        return typed(words[clean].text(lang) if clean in words else clean)
    if field.type == "choice":
        chosen = next((one for one in field.options if one.value == clean), None)
        return typed(clean if chosen is None else chosen.label.text(lang))
    return typed(clean)


def _in_figures(amount: str) -> str:
    try:
        return f"{parse_money(amount):,.2f}"
    except InputError:
        return amount


def _totals(grid: Grid, page: PaperPage, sides: Mapping[str, str | None], lang: Language) -> Markup | None:
    totals = page.assessment.totals.get(grid.name)
    if not totals:
        return None
    cells = [tag("td", totals.get(column.name, ""), class_=sides[column.name]) for column in grid.columns]
    return tag("tfoot", tag("tr", tag("th", _("Total").text(lang), scope="row"), *cells, class_="pe-total"))


def _fields(fields: list[Field], page: PaperPage, lang: Language) -> Markup:
    values = page.paper.values() | dict(page.assessment.shown)
    rows = []
    for field in fields:
        value = said(field, values.get(field.name, ""), lang)
        shown = value or tag("span", _("Not filled in").text(lang), class_="pe-quiet")
        rows.append(tag("tr", tag("th", _titled(field, lang), scope="row"), tag("td", shown)))
    return tag("table", tag("tbody", *rows), class_="pe-table pe-fact-table")


def _titled(field: Field, lang: Language) -> str:
    label = field.label.text(lang)
    if field.unit is None:
        return label
    return _("{label} ({unit})", label=label, unit=field.unit).text(lang)


def _column(grid: Grid, column: Field, values: Mapping[str, str]) -> list[str]:
    """Return what stands in a column, row by row."""
    cells = (values.get(cell_name(grid.name, row, column.name), "") for row in rows_of(grid, values))
    return [cell for cell in cells if cell]


def _side(field: Field, cells: list[str]) -> str | None:
    """Return the side of a column; what is worked out stands as a figure only where it is one."""
    if field.type in {"date", "credit_code"}:
        return "pe-day"
    words = field.type == "shown" and any(not _FIGURE.fullmatch(cell) for cell in cells)
    return "pe-number" if field.type in NUMERIC and not words else None


def paper_standing(page: PaperPage, lang: Language) -> str:
    """Return when and by whom the paper was concluded or last saved, in one line."""
    paper = page.paper
    at = instant(paper.concluded_at or paper.updated_at, page.zone)
    message = _("Concluded {at}", at=at) if paper.status == "concluded" else _("Saved {at}", at=at)
    return message.text(lang)
