"""What every report shares: the file around its sections, their numbers, the notes, the foot."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from markupsafe import Markup

from poc_eval import __version__
from poc_eval.i18n import HTML_LANG, _
from poc_eval.report.data import in_script, spelled
from poc_eval.report.narrative import Headings, rendered
from poc_eval.report.paper import Enclosed, Passage
from poc_eval.report.style import policy
from poc_eval.views.html import join, tag
from poc_eval.views.review import Section, review_summary

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from poc_eval.i18n import Language, Message
    from poc_eval.report.paper import Part
    from poc_eval.workspace.documents import TemplateRef

PageLanguage: TypeAlias = Literal["zh", "en", "both", "pseudo"]
RENDERER: Final = "3"
"""Goes up whenever the same records give another page."""
DATA_ID: Final = "poc-eval-data"
BEFORE_DATA: Final = f'<script type="application/json" id="{DATA_ID}">'
AFTER_DATA: Final = "</script>\n</body>\n</html>\n"
AROUND_RECORDS: Final = ("renderer", "made_by", "code", "seal")
"""What the data block holds beside the records that the code stands for."""
_PINS: Final = ("markdown-it-py", "markupsafe", "nh3")
_NUMERALS: Final = ("", *"一二三四五六七八九")


@dataclass(frozen=True, slots=True)
class Page:
    """A rendered report: the whole HTML file and the code that is printed on it."""

    html: str
    code: str


@dataclass(frozen=True, slots=True)
class Making:
    """What a page states of its making: by which versions, and the seal, still without its signature."""

    makers: Mapping[str, str]
    seal: Mapping[str, object] | None = None
    code: str | None = None
    """The code that is printed; None works it out from the records."""


def made_here(seal: Mapping[str, object] | None = None) -> Making:
    """Return how a page is made by this program as it is installed."""
    return Making(makers(), seal)


def languages(lang: PageLanguage) -> tuple[Language, ...]:
    """Return the languages of a page's sections."""
    return ("zh", "en") if lang == "both" else (lang,)


def whole_page(
    langs: Sequence[Language],
    *,
    title: str,
    code: str,
    rules: str,
    body: Markup,
    records: Mapping[str, object],
    making: Making | None = None,
) -> Page:
    """Return the file around ``body``, with its style, its policy and its own data."""
    making = making or made_here()
    skips = join(_skip(one) for one in langs)
    data = spelled({"renderer": RENDERER, "made_by": making.makers, "code": code, **records})
    if making.seal is not None:
        # Behind everything else, so that the signature stands at the same distance from the file's end.
        data = f'{data[:-1]},"seal":{spelled(making.seal)}}}'
    html = (
        f'<!DOCTYPE html>\n<html lang="{HTML_LANG[langs[0]]}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy(rules)}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"{tag('title', title)}\n<style>{rules}</style>\n</head>\n<body>\n{skips}\n{body}\n"
        f"{BEFORE_DATA}{in_script(data)}{AFTER_DATA}"
    )
    return Page(html, code)


@cache
def makers() -> Mapping[str, str]:
    """Return the versions of all that has a part in how the page is spelled."""
    return {"poc_eval": __version__, **{name: version(name) for name in _PINS}}


def _skip(lang: Language) -> Markup:
    words = _("Skip to the report").text(lang)
    return tag("a", words, href=f"#{lang}-report", class_="pe-skip", lang=HTML_LANG[lang])


class Frame:
    """What stands around one language's sections, and how they are put on the page."""

    def __init__(self, lang: Language, code: str) -> None:
        self.lang = lang
        self.code = code

    def sheet(self, parts: Sequence[Markup], *, main: bool) -> Markup:
        """Return the section of a page that holds everything in this language."""
        return tag(
            "main" if main else "section",
            *parts,
            id=f"{self.lang}-report",
            class_=f"pe-view pe-report pe-sheet-{self.lang}",
            lang=HTML_LANG[self.lang],
            tabindex=-1,
            aria_label=None if main else self.say(_("Report in English")),
        )

    def headed(self, title: str, subject: str, meta: Sequence[str]) -> Markup:
        """Return the head of the first page."""
        return tag(
            "header",
            tag("h1", title),
            tag("p", subject, class_="pe-subject") if subject else None,
            tag("p", *(tag("span", one) for one in meta), class_="pe-meta"),
            class_="pe-masthead",
        )

    def template(self, ref: TemplateRef | None, *, as_shipped: bool) -> Markup:
        """Return which template the notebook was made from, and whether it is still as it was shipped."""
        if ref is None:
            return join([])
        state = _("as shipped") if as_shipped else _("template cells were changed")
        named = join([tag("code", f"{ref.id}@{ref.version}"), self.say(state)], by=" ")
        entry = tag("div", tag("dt", self.say(_("Notebook template"))), tag("dd", named))
        return tag("dl", entry, class_="pe-origin")

    def contents(self, sections: Sequence[Section]) -> Markup:
        """Return the list of the sections, each a link."""
        items = [
            tag("li", tag("a", self.numbered(index, one.title), href=f"#{self.lang}-{one.key}"))
            for index, one in enumerate(sections)
        ]
        return tag(
            "nav",
            self.say(_("Contents: ")),
            tag("ul", *items),
            class_="pe-toc",
            aria_label=self.say(_("Contents")),
        )

    def block(self, index: int, section: Section) -> Markup:
        """Return a section under its number and title."""
        heading = tag("h2", self.numbered(index, section.title), id=f"{self.lang}-{section.key}")
        return tag("section", heading, section.body, aria_labelledby=f"{self.lang}-{section.key}")

    def numbered(self, index: int, title: Message) -> str:
        """Return the heading of a section, the first of which has the index 0: 一、 or 1."""
        if self.lang != "zh":
            return f"{index + 1}. {self.say(title)}"
        tens, ones = divmod(index + 1, 10)
        ten = "" if tens == 0 else f"{_NUMERALS[tens] if tens > 1 else ''}十"
        return f"{ten}{_NUMERALS[ones]}、{self.say(title)}"

    def narrative(self, parts: Sequence[Part], words_lang: Language) -> Markup:
        """Return what a person wrote and drew, in the language that it was written in."""
        headings = Headings(above=2)
        return join(self._part(part, headings, words_lang) for part in parts)

    def _part(self, part: Part, headings: Headings, words_lang: Language) -> Markup:
        if isinstance(part, Passage):
            words = rendered(part.text, pictures=part.pictures, headings=headings, lang=self.lang)
            return tag("div", words, class_="pe-narrative", lang=HTML_LANG[words_lang])
        if isinstance(part, Enclosed):
            return tag("div", Markup(review_summary(part.dossier, self.lang)), class_="pe-enclosed")  # noqa: S704 a view
        picture = part.picture
        alt = self.say(_("Picture from the notebook"))
        shown = tag("img", src=picture.uri, alt=alt, width=picture.width, height=picture.height)
        return tag("div", shown, class_="pe-narrative")

    def colophon(self) -> Markup:
        """Return the foot of the report: what the code stands for."""
        words = _(
            "This file carries its own data under the code {code}: records, the rubric's text, notes. "
            "A print belongs to this file where it bears the same code.",
            code=self.code,
        )
        return tag("footer", tag("p", self.say(words)), class_="pe-colophon")

    def say(self, message: Message) -> str:
        """Return a sentence in the language of the section."""
        return message.text(self.lang)
