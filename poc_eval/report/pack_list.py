"""The list of contents of an audit pack (卷内目录), as a page to read and as a table for Excel."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from io import StringIO
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from markupsafe import Markup

from poc_eval.i18n import Message, _
from poc_eval.report.index import static_page
from poc_eval.views.html import join, tag, text, typed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from poc_eval.errors import Fault
    from poc_eval.i18n import Language
    from poc_eval.report.retention import Retention

KINDS: Final[Mapping[str, Message]] = {
    "decision": _("Decision"),
    "report": _("Report"),
    "rule": _("Rule or policy"),
    "scan": _("Scan"),
    "log": _("Log"),
    "seal": _("Key"),
}
_FORMULAS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_HEAD: Final = (
    _("No."),
    _("Kind"),
    _("Title"),
    _("Responsible"),
    _("Date"),
    _("File"),
    _("Kept for"),
    _("SHA-256"),
)


@dataclass(frozen=True, slots=True)
class PackItem:
    """One file of a pack; ``path`` is relative to it, with forward slashes."""

    kind: str
    path: str
    title: str
    responsible: str
    date: str
    bytes: int
    sha256: str


def contents_page(
    items: Sequence[PackItem], kept: Retention, about: Message, known: Sequence[Fault], lang: Language
) -> str:
    """Return the list as a static page; ``known`` is what whoever opens the pack should know."""
    title = _("Contents of the audit pack")
    rows = []
    for number, kind, name, by, day, path, period, digest in _rows(items, kept, lang):
        link = Markup('<a href="./{}">{}</a>').format(quote(path), text(path))
        rows.append(
            tag(
                "tr",
                tag("td", number, class_="pe-number"),
                tag("td", kind),
                tag("th", typed(name), scope="row"),
                tag("td", typed(by), class_="pe-day"),
                tag("td", day, class_="pe-day"),
                tag("td", link),
                tag("td", period),
                tag("td", tag("code", digest[:16]), class_="pe-day"),
            )
        )
    head = (
        tag("th", one.text(lang), scope="col", class_=None if number else "pe-number")
        for number, one in enumerate(_HEAD)
    )
    table = tag(
        "table",
        tag("caption", title.text(lang), class_="pe-unseen"),
        tag("thead", tag("tr", *head)),
        tag("tbody", join(rows)),
        class_="pe-table",
    )
    body = join(
        [*_known(known, lang), tag("div", table, class_="pe-scroll pe-landscape"), *_periods(kept, lang)]
    )
    return static_page(title.text(lang), about.text(lang), body, lang)


def contents_csv(items: Sequence[PackItem], kept: Retention, lang: Language) -> str:
    """Return the list as CSV, its texts so that no spreadsheet program takes one for a formula."""
    out = StringIO()
    table = csv.writer(out)
    table.writerow(one.text(lang) for one in _HEAD)
    for row in _rows(items, kept, lang):
        table.writerow([row[0], *map(_as_text, row[1:])])
    return out.getvalue()


def _as_text(content: str) -> str:
    """Return a text that a spreadsheet program takes for text, whatever it begins with."""
    return f"'{content}" if content.lstrip(" \u3000").startswith(_FORMULAS) else content


def _rows(items: Sequence[PackItem], kept: Retention, lang: Language) -> Iterator[tuple[str, ...]]:
    for number, one in enumerate(items, start=1):
        period = kept.periods[one.kind].text(lang)
        kind = KINDS[one.kind].text(lang)
        yield str(number), kind, one.title, one.responsible, one.date, one.path, period, one.sha256


def _known(known: Sequence[Fault], lang: Language) -> Iterator[Markup]:
    if known:
        yield tag("h2", _("What to know of this pack").text(lang))
        yield tag("ul", *(tag("li", typed(one.text(lang))) for one in known))
        yield tag("h2", _("List of files").text(lang))


def _periods(kept: Retention, lang: Language) -> Iterator[Markup]:
    """Yield where the periods come from, and that a centre's own come first."""
    yield tag("p", _("Periods by: {source}", source=kept.source).text(lang), class_="pe-quiet")
    if kept.proposal:
        said = _("The periods are a proposal: the institution's own table of retention periods decides.")
        yield tag("p", said.text(lang), class_="pe-notice")
