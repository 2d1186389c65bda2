"""An SVG drawing as far as it draws: what acts, moves, fetches, or shows another thing elsewhere is left out.

A browser runs and fetches nothing in a picture; but a picture that somebody saves and opens is a page.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from markupsafe import escape

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

DEEPEST: Final = 200
MOST_DRAWN: Final = 200_000
"""Elements of a drawing, those that it uses again counted each time."""
_SVG: Final = "{http://www.w3.org/2000/svg}"
_XLINK: Final = "{http://www.w3.org/1999/xlink}href"
_KEPT: Final = frozenset(
    {
        *("svg", "g", "defs", "symbol", "use", "title", "desc", "style", "image"),
        *("path", "rect", "circle", "ellipse", "line", "polyline", "polygon"),
        *("text", "tspan", "textPath", "linearGradient", "radialGradient", "stop"),
        *("clipPath", "mask", "pattern", "marker"),
    }
)
_AS_GROUP: Final = "a"
"""A link, of which the drawing stays."""
_NAME: Final = re.compile(r"(?!on)[a-z][a-z0-9-]*", re.IGNORECASE)
_PLACE: Final = re.compile(r"#[^\s\"'<>()]+")
_PIXELS: Final = re.compile(r"data:image/(?:png|jpeg);base64,[A-Za-z0-9+/=\s]+")
_ELSEWHERE: Final = re.compile(
    r"[@\\]|//|url\s*\(\s*[\"']?(?!#)(?![\"'])|(?:image|image-set|cross-fade|src)\s*\(", re.IGNORECASE
)
"""In a style: rules about media, time and fonts, escapes that hide such words, and addresses but its own."""
_WORDS: Final = ("aria-", "class", "id")
"""How attributes begin that no browser looks for a style or an address in."""


class NoDrawingError(Exception):
    """Nested deeper, or made of more when all is used as often as it says, than any drawing is."""


def drawn(root: Element) -> str:
    """Return the drawing under ``root``, an ``svg``, written anew; raises ``NoDrawingError``."""
    _refuse_bomb(root)
    return "".join(_written(root, 0))


def _written(element: Element, depth: int) -> Iterator[str]:
    name = _local(element)
    yield f"<{name}"
    if depth == 0:
        yield ' xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    for attribute, value in _attributes(element, name):
        yield f' {attribute}="{escape(value)}"'
    yield ">"
    if name == "style":
        yield "" if _ELSEWHERE.search(element.text or "") else str(escape(element.text or ""))
    else:
        yield str(escape(element.text or ""))
        for child in element:
            if _local(child):
                yield from _written(child, depth + 1)
            yield str(escape(child.tail or ""))
    yield f"</{name}>"


def _local(element: Element) -> str:
    """Return the name of an element that stays; empty for every other."""
    tag = str(element.tag)
    name = tag.removeprefix(_SVG) if tag.startswith(_SVG) else ""
    return "g" if name == _AS_GROUP else name if name in _KEPT else ""


def _attributes(element: Element, name: str) -> Iterator[tuple[str, str]]:
    for attribute, value in element.items():
        if attribute in {"href", _XLINK}:
            inner = _PLACE.fullmatch(value) and element.tag != f"{_SVG}{_AS_GROUP}"
            if inner or (name == "image" and _PIXELS.fullmatch(value)):
                yield "xlink:href", value
        elif attribute == "{http://www.w3.org/XML/1998/namespace}space":
            yield "xml:space", value
        elif _NAME.fullmatch(attribute) and (attribute.startswith(_WORDS) or not _ELSEWHERE.search(value)):
            yield attribute, value


def _refuse_bomb(root: Element) -> None:
    by_id: dict[str, Element] = {}
    level, depth = [root], 0
    while level:
        depth += 1
        if depth > DEEPEST:
            raise NoDrawingError
        by_id.update((one.attrib["id"], one) for one in level if "id" in one.attrib)
        level = [child for one in level for child in one]
    left = MOST_DRAWN
    waiting = [root]
    # As a browser would do it: what is used is walked through each time that it is used.
    while waiting:
        one = waiting.pop()
        left -= 1
        if left < 0:
            raise NoDrawingError
        waiting.extend(one)
        used = one.get("href") or one.get(_XLINK) or ""
        if one.tag == f"{_SVG}use" and used[:1] == "#" and used[1:] in by_id:
            waiting.append(by_id[used[1:]])
