"""Names, accounts and places taken out of what people wrote."""

from __future__ import annotations

import getpass
import re
from html import unescape
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Final

from poc_eval.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterable

    from poc_eval.i18n import Language
    from poc_eval.workspace.workspace import Workspace

_UNSEEN: Final = "\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
"""Characters that a reader does not see between those of a name."""
_BETWEEN: Final = rf"[{_UNSEEN}*_~`\\]*"
"""What may stand between the letters of a name so that it still reads as the name: marks of Markdown too."""
_WIDELY: Final = rf"[\s{_UNSEEN}*_~`\\]*"
"""The same with spaces: 张　三."""
_MARK: Final = re.compile(rf"[{_UNSEEN}*_~`\\]")
_TO_WIDE: Final = 0xFEE0
_SHORTEST: Final = 2
"""Characters of a name that is looked for in texts; a single one would be found in every other word."""
_PICTURE: Final = re.compile(
    r"!\[((?:[^\[\]]|\[[^\[\]]*\])*)\](?:\((?:[^()\n]|\([^()\n]*\))*\)|\[[^\[\]\n]*\])?"
)
_TARGET: Final = re.compile(r"^ {0,3}\[[^\]\n]+\]:[ \t]*\n?[ \t]*\S.*$", re.MULTILINE)
_STRUCTURED: Final = re.compile(r"[A-Za-z0-9_.%+-]{0,64}")


class Scrubber:
    """Replaces every name, account and place of a workspace; counts what it replaced."""

    def __init__(self, terms: Iterable[str], lang: Language) -> None:
        found = sorted({one.strip() for one in terms if len(one.strip()) >= _SHORTEST}, key=len, reverse=True)
        self._pattern = re.compile("|".join(map(_loosely, found)), re.IGNORECASE) if found else None
        self._instead = _("[name left out]").text(lang)
        self._pictures = _("[picture left out]").text(lang)
        self.replaced = 0

    def text(self, words: str) -> str:
        """Return a text without names."""
        if self._pattern is None:
            return words
        clean, count = self._pattern.subn(self._instead, words)
        self.replaced += count
        return clean

    def markdown(self, words: str) -> str:
        """Return a passage without names, and without pictures and the places where they lie."""
        bare, pictures = _PICTURE.subn(self._pictures, self._without_entities(words))
        bare, targets = _TARGET.subn("", bare)
        self.replaced += pictures + targets
        return self.text(bare)

    def _without_entities(self, words: str) -> str:
        """Return a passage with its entities (``&#24352;``) as letters where they spell a name."""
        plain = unescape(words)
        if self._pattern is None or len(self._pattern.findall(plain)) <= len(self._pattern.findall(words)):
            return words
        return plain

    def answer(self, name: str, value: str, free: frozenset[str]) -> str:
        """Return an answer: words without names, an id or a figure as it is."""
        return value if name not in free and _STRUCTURED.fullmatch(value) else self.text(value)


def terms_of(workspace: Workspace, people: Iterable[str]) -> tuple[str, ...]:
    """Return the names of people, this computer's account, and the places where the workspace lies."""
    try:
        account = getpass.getuser()
    except (ImportError, KeyError, OSError):
        account = ""
    folder = workspace.path
    places = (folder, folder.resolve(), Path.home())
    spelled = (spelling for place in places for spelling in (str(place), place.as_posix(), place.as_uri()))
    return (*people, account, *spelled)


def _loosely(term: str) -> str:
    """Return a pattern that finds a term however it is set; as a whole word where it is of letters.

    The marks in it are no letters of it: they may stand between those, as in any text, and a pattern in which
    the same mark could be either would try every way to divide a long row of them.
    """
    words = [bare for word in term.split() if (bare := _MARK.sub("", word))]
    bare = "".join(words)
    if len(bare) < _SHORTEST:
        return re.escape(term)
    inner = _WIDELY.join(map(_word, words))
    before = r"(?<![A-Za-z0-9])" if re.match(r"[A-Za-z0-9]", bare) else ""
    after = r"(?![A-Za-z0-9])" if re.search(r"[A-Za-z0-9]\Z", bare) else ""
    return f"{before}{inner}{after}"


def _word(word: str) -> str:
    pattern = _letter(word[0])
    for last, one in pairwise(word):
        pattern += (_BETWEEN if last.isascii() or one.isascii() else _WIDELY) + _letter(one)
    return pattern


def _letter(one: str) -> str:
    """Return a pattern of one letter; of ASCII, also as wide as a Chinese one."""
    if one.isascii() and one.isalnum():
        return f"[{one}{chr(ord(one) + _TO_WIDE)}]"
    return re.escape(one)
