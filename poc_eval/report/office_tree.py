"""A report's page as a small tree, for those who draw the same content in another form."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_EMPTY: Final = frozenset({"br", "hr", "img", "meta", "link", "input", "wbr", "col"})
_NOT_SHOWN: Final = frozenset({"svg", "script", "style", "nav"})
_UNWRITABLE: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass
class Node:
    """An element; its children are elements and texts."""

    tag: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    children: list[Node | str] = field(default_factory=list)

    @property
    def classes(self) -> frozenset[str]:
        """The names in ``class``."""
        return frozenset(self.attributes.get("class", "").split())

    @property
    def elements(self) -> Iterator[Node]:
        """The children that are elements."""
        return (one for one in self.children if isinstance(one, Node))

    def every(self, *tags: str) -> Iterator[Node]:
        """Yield all elements of these names below this one, in the order of the page."""
        for one in self.elements:
            if one.tag in tags:
                yield one
            yield from one.every(*tags)

    def first(self, *tags: str) -> Node | None:
        """Return the first element of these names below this one."""
        return next(self.every(*tags), None)

    @property
    def text(self) -> str:
        """All text below this element, its spaces folded."""
        return " ".join("".join(self.texts()).split())

    def texts(self) -> Iterator[str]:
        """Yield the texts below this element as they stand there."""
        for one in self.children:
            if isinstance(one, str):
                yield one
            else:
                yield from one.texts()


def tree_of(html: str) -> Node:
    """Return a page that this program wrote as a tree, without scripts, the list of contents and drawings.

    Characters that no XML can hold become U+FFFD.
    """
    reading = _Reading()
    reading.feed(html)
    reading.close()
    return reading.root


class _Reading(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("root")
        self._open = [self.root]
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if not self._hidden and tag == "svg":
            self._open[-1].children.append(Node(tag))  # where a drawing stood
        if self._hidden or tag in _NOT_SHOWN:
            self._hidden += tag not in _EMPTY
            return
        node = Node(tag, {name: _writable(value or "") for name, value in attrs})
        self._open[-1].children.append(node)
        if tag not in _EMPTY:
            self._open.append(node)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if not self._hidden and tag not in _NOT_SHOWN:
            self._open[-1].children.append(Node(tag, {name: _writable(value or "") for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if self._hidden:
            self._hidden -= tag not in _EMPTY
        elif len(self._open) > 1 and self._open[-1].tag == tag:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self._open[-1].children.append(_writable(data))


def _writable(text: str) -> str:
    return _UNWRITABLE.sub("\ufffd", text)
