"""The overview of a batch of reports: a static page with a line for each, and for each that failed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from markupsafe import Markup

from poc_eval.i18n import HTML_LANG, _
from poc_eval.report.office_tree import tree_of
from poc_eval.report.style import policy, rules
from poc_eval.views.html import join, tag, text, typed
from poc_eval.workspace.filenames import write_inside

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from poc_eval.i18n import Language, Message
    from poc_eval.report.office_tree import Node
    from poc_eval.report.written import Written

FILE: Final = "index.html"
UNSEALED: Final = "pe-report pe-list"
"""The classes of a page that lists reports and is none: it carries no seal."""


def write_index(
    folder: Path, reports: Sequence[Written], failed: Sequence[tuple[str, str]], *, lang: Language
) -> Path:
    """Write the overview of reports that were written into a folder; return where it is.

    ``failed``: a notebook and what was wrong. An overview that is there already is replaced, a report of that
    name never: its overview is called ``index-of-reports.html`` then. Raises ``WorkspaceError``.
    """
    name = FILE if all(one.path.name != FILE for one in reports) else "index-of-reports.html"
    return write_inside(folder, name, text=index_page(reports, failed, lang))


def index_page(reports: Sequence[Written], failed: Sequence[tuple[str, str]], lang: Language) -> str:
    """Return the page; it carries no records and no seal, and leads to the reports beside it."""
    title = _("Overview of reports").text(lang)
    counts = _(
        "{written} reports written, {failed} notebooks without one", written=len(reports), failed=len(failed)
    )
    body = [
        _table(
            _("Reports"),
            [_("No."), _("Report"), _("Subject"), _("Main result"), _("Date"), _("Code")],
            [_row(number, one) for number, one in enumerate(reports, start=1)],
            lang,
        ),
    ]
    if failed:
        rows = [tag("tr", tag("th", typed(name), scope="row"), tag("td", typed(why))) for name, why in failed]
        body.append(_table(_("Notebooks without a report"), [_("Notebook"), _("Why")], rows, lang))
    return static_page(title, counts.text(lang), join(body), lang)


def static_page(title: str, about: str, body: Markup, lang: Language) -> str:
    """Return a page in the style of the reports, without records and seal; nothing runs or is fetched."""
    style = rules()
    head = tag("header", tag("h1", title), tag("p", about, class_="pe-meta"), class_="pe-masthead")
    main = tag("main", head, body, class_=f"pe-view {UNSEALED}", lang=HTML_LANG[lang])
    return (
        f'<!DOCTYPE html>\n<html lang="{HTML_LANG[lang]}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy(style)}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"{tag('title', title)}\n<style>{style}</style>\n</head>\n<body>\n{main}\n</body>\n</html>\n"
    )


def _row(number: int, one: Written) -> Markup:
    """Return the line of a report, from what stands on its first page."""
    page = tree_of(one.path.read_text(encoding="utf-8").partition("<nav")[0])
    titles = [found.text for found in page.every("h1")]
    subject = next((found.text for found in page.every("p") if "pe-subject" in found.classes), "")
    meta = next((found for found in page.every("p") if "pe-meta" in found.classes), None)
    said = [] if meta is None else [found.text for found in meta.every("span")]
    term, result = page.first("dt"), page.first("dd")
    main = "" if term is None or result is None else _main(term, result)
    # Letters, digits and escapes only: nothing in a name can end the address or lead elsewhere.
    named = text(titles[0] if titles else one.path.name)
    link = Markup('<a href="./{}">{}</a>').format(quote(one.path.name), named)
    return tag(
        "tr",
        tag("td", str(number), class_="pe-number"),
        tag("th", link, scope="row"),
        tag("td", typed(subject)),
        tag("td", typed(main)),
        tag("td", said[1] if len(said) > 1 else "", class_="pe-day"),
        tag("td", tag("code", one.code), class_="pe-day"),
    )


def _main(term: Node, result: Node) -> str:
    """Return a result under its name, without the small print that stands below it on the page."""
    aside = "".join(one.text for one in result.every("span") if "pe-anchor" in one.classes)
    return f"{term.text}: {result.text.removesuffix(aside).strip()}"


def _table(title: Message, head: Sequence[Message], rows: Sequence[Markup], lang: Language) -> Markup:
    heads = [
        tag("th", one.text(lang), scope="col", class_="pe-number" if one.msgid == "No." else None)
        for one in head
    ]
    return tag(
        "section",
        tag("h2", title.text(lang)),
        tag(
            "div",
            tag(
                "table",
                tag("caption", title.text(lang), class_="pe-unseen"),
                tag("thead", tag("tr", *heads)),
                tag("tbody", join(rows)),
                class_="pe-table",
            ),
            class_="pe-scroll",
        ),
    )
