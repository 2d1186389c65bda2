"""What a reviewer wrote in Markdown, as HTML that only ever shows: no script, no style, no request, no id."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

import nh3
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markupsafe import Markup

from poc_eval.i18n import _
from poc_eval.views.html import printable, tag

if TYPE_CHECKING:
    from collections.abc import Mapping

    from poc_eval.i18n import Language
    from poc_eval.report.pictures import Picture

_TAGS: Final = {
    *("p", "br", "hr", "h3", "h4", "h5", "h6", "strong", "em", "s", "code", "pre", "blockquote"),
    *("ul", "ol", "li", "a", "img", "span", "table", "thead", "tbody", "tr", "th", "td"),
}
_ATTRIBUTES: Final = {"a": {"href"}, "img": {"src", "alt", "width", "height"}, "ol": {"start"}}
_CLASSES: Final = {"span": {"pe-alt"}, "td": {"pe-number", "pe-middle"}, "th": {"pe-number", "pe-middle"}}
_ALIGNED: Final = {"text-align:right": "pe-number", "text-align:center": "pe-middle"}
_WEB: Final = re.compile(r"https?://", re.IGNORECASE)
_PNG_OR_SVG: Final = ("data:image/png;base64,", "data:image/svg+xml;base64,")
_DEEPEST: Final = 6


class Headings:
    """Puts an author's headings below the report's own, in steps of one, over all passages of a report."""

    def __init__(self, above: int) -> None:
        self._above = above
        self._open: list[int] = []

    def level(self, written: int) -> int:
        """Return the level at which a heading of level ``written`` stands in the report."""
        while self._open and self._open[-1] >= written:
            self._open.pop()
        self._open.append(written)
        return min(self._above + len(self._open), _DEEPEST)


def rendered(markdown: str, *, pictures: Mapping[str, Picture], headings: Headings, lang: Language) -> Markup:
    """Return a passage as HTML.

    ``pictures`` are shown where the text asks for them by their address; any other picture is replaced by its
    alternative text. HTML in the text is shown as it was typed. ``lang`` is the language of the page.
    """
    parser = _parser()
    tokens = parser.parse(printable(markdown))
    _place_headings(tokens, headings)
    for token in tokens:
        if token.type in {"td_open", "th_open"}:
            _align(token)
        if token.children:
            token.children = _inline(token.children, pictures, lang)
    return Markup(_clean(parser.renderer.render(tokens, parser.options, {})))  # noqa: S704 just sanitised


def addresses_of_pictures(markdown: str) -> list[str]:
    """Return the addresses of the pictures that a passage asks for, in order."""
    found: list[str] = []
    for token in _parser().parse(printable(markdown)):
        found += [str(child.attrs.get("src", "")) for child in token.children or () if child.type == "image"]
    return found


class _Parser(MarkdownIt):
    def validateLink(self, url: str) -> bool:  # noqa: ARG002, N802 the library's own name and shape
        """Take every link for one, so that the text of a refused link stays and its address goes."""
        return True


@cache
def _parser() -> MarkdownIt:
    return _Parser("commonmark", {"html": False}).enable(["table", "strikethrough"])


def _place_headings(tokens: list[Token], headings: Headings) -> None:
    name = ""
    for token in tokens:
        if token.type == "heading_open":
            name = f"h{headings.level(int(token.tag[1:]))}"
        if token.type in {"heading_open", "heading_close"}:
            token.tag = name


def _align(token: Token) -> None:
    """Say by a class what the library says by a style."""
    aligned = _ALIGNED.get(str(token.attrs.pop("style", "")))
    if aligned is not None:
        token.attrs["class"] = aligned


def _inline(tokens: list[Token], pictures: Mapping[str, Picture], lang: Language) -> list[Token]:
    """Return a paragraph's tokens, its pictures embedded, without links to anywhere but the web."""
    kept: list[Token] = []
    linked: list[bool] = []
    for token in tokens:
        if token.type == "link_open":
            linked.append(bool(_WEB.match(str(token.attrs.get("href", "")))))
            token.attrs.pop("title", None)
        if token.type in {"link_open", "link_close"} and not linked[-1]:
            pass
        elif token.type == "image":
            kept.append(_picture(token, pictures, lang))
        else:
            kept.append(token)
        if token.type == "link_close":
            linked.pop()
    return kept


def _picture(token: Token, pictures: Mapping[str, Picture], lang: Language) -> Token:
    alt = RendererHTML().renderInlineAsText(token.children or [], _parser().options, {}).strip()
    picture = pictures.get(str(token.attrs.get("src", "")))
    if picture is None:
        instead = _("[picture not included: {alt}]", alt=alt) if alt else _("[picture not included]")
        shown = tag("span", instead.text(lang), class_="pe-alt")
    else:
        words = alt or _("Picture without description").text(lang)
        shown = tag("img", src=picture.uri, alt=words, width=picture.width, height=picture.height)
    # The only raw HTML among the tokens: the parser itself, told not to, never makes any.
    return Token("html_inline", "", 0, content=str(shown))


def _clean(html: str) -> str:
    return nh3.clean(
        html,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        attribute_filter=_only_ours,
        allowed_classes=_CLASSES,
        url_schemes={"http", "https", "data"},
        link_rel="noopener noreferrer nofollow",
        strip_comments=True,
    )


def _only_ours(element: str, attribute: str, value: str) -> str | None:
    if (element, attribute) == ("a", "href"):
        return value if _WEB.match(value) else None
    if (element, attribute) == ("img", "src"):
        return value if value.startswith(_PNG_OR_SVG) else None
    return value
