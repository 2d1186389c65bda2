"""Markup built from plain calls: whatever is not already markup is text, and text is escaped."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final, TypeAlias

from markupsafe import Markup, escape

if TYPE_CHECKING:
    from collections.abc import Iterable

Child: TypeAlias = str | None
"""Text to escape, ``Markup`` to keep, or nothing."""
Attribute: TypeAlias = str | int | bool | None

_VOID: Final = frozenset({"br", "col", "hr", "img", "link", "meta", "wbr"})
_ELEMENT: Final = re.compile(
    r"a|article|aside|bdi|blockquote|br|caption|code|col|colgroup|dd|details|div|dl|dt|em|figcaption|figure|footer"
    r"|h[1-6]|header|hr|img|li|link|main|meta|nav|ol|p|pre|section|small|span|strong|sub|summary|sup"
    r"|table|tbody|td|tfoot|th|thead|time|tr|ul|wbr"
    r"|svg|title|desc|g|rect|line|text|circle|polygon|polyline|path"
)
_ATTRIBUTE: Final = re.compile(r"(?!on)[a-zA-Z][a-zA-Z0-9-]*")
_ADDRESSES: Final = frozenset({"href", "src"})
_HREF: Final = re.compile(r"(?:#|https?://)\S*", re.IGNORECASE)
_SRC: Final = re.compile(r"data:image/(?:png|svg\+xml);base64,[A-Za-z0-9+/=]*")
# Beside XML's own characters (no NUL, no other control but tab and line ends, no half of a surrogate pair)
# those that turn round how the text after them is read, figures of ours with it.
_UNPRINTABLE: Final = re.compile(
    "[^\t\n\r\x20-\x7e\x85\xa0-\u2029\u202f-\u2065\u206a-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
)


def printable(text: str) -> str:
    """Return ``text`` with every character that no page of ours may carry replaced by U+FFFD."""
    return _UNPRINTABLE.sub("\ufffd", text)


def text(content: Child) -> Markup:
    """Return ``content`` as markup: escaped, unless it is markup already; None is empty."""
    if content is None:
        return Markup()
    return content if isinstance(content, Markup) else escape(printable(content))


def join(parts: Iterable[Child], *, by: str = "") -> Markup:
    """Return the parts one after the other, each escaped unless it is markup."""
    return Markup(str(text(by)).join(map(text, parts)))  # noqa: S704 every part is escaped


def tag(name: str, /, *children: Child, **attributes: Attribute) -> Markup:
    """Return one element of HTML or SVG.

    A trailing underscore of an attribute's name is dropped (``class_``), others become hyphens; None and
    False leave the attribute out, True writes it bare. Raises ``ValueError`` for what no view may write:
    scripts, styles, handlers, addresses but ``#``, ``http``, ``https``, pictures that are not embedded.
    """
    _check_element(name)
    opening = f"<{name}{_attributes(attributes)}>"
    if name in _VOID:
        return Markup(opening)  # noqa: S704 a name of ours, its attributes escaped
    return Markup(f"{opening}{join(children)}</{name}>")  # noqa: S704 the same, with what it holds escaped


def typed(content: str | None, *, block: bool = False) -> Markup:
    """Return what a person typed: line ends kept, its writing direction kept from the text around it."""
    if not content or not content.strip():
        return Markup()
    words = content.strip().replace("\r\n", "\n").replace("\r", "\n")
    return tag("p" if block else "span", words, class_="pe-typed", dir="auto")


def _attributes(attributes: dict[str, Attribute]) -> str:
    written = ""
    for key, value in attributes.items():
        if value is None or value is False:
            continue
        attribute = _attribute_named(key)
        if attribute in _ADDRESSES:
            _check_address(attribute, str(value))
        written += f" {attribute}" if value is True else f' {attribute}="{escape(printable(str(value)))}"'
    return written


@cache
def _check_element(name: str) -> None:
    if not _ELEMENT.fullmatch(name):
        message = f"a view writes no <{name}>"
        raise ValueError(message)


@cache
def _attribute_named(key: str) -> str:
    attribute = key.rstrip("_").replace("_", "-")
    if attribute == "style" or not _ATTRIBUTE.fullmatch(attribute):
        message = f"a view writes no attribute {attribute}"
        raise ValueError(message)
    return attribute


def _check_address(attribute: str, value: str) -> None:
    if attribute == "href" and not _HREF.fullmatch(value):
        message = "a view links to its own page, http and https only"
        raise ValueError(message)
    if attribute == "src" and not _SRC.fullmatch(value):
        message = "a view shows embedded PNG and SVG pictures only"
        raise ValueError(message)
