"""Messages that know both languages: written once in English, looked up in ``locale/`` when shown.

A message stays language-free until the moment it is shown, so that the same fault can stand in a form
in Chinese, in a log in English and in a report in both.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final, Literal, Protocol, TypeAlias, runtime_checkable

if TYPE_CHECKING:
    from collections.abc import Mapping

Language: TypeAlias = Literal["zh", "en", "pseudo"]
LANGUAGES: Final[tuple[Language, ...]] = ("zh", "en")
HTML_LANG: Final[Mapping[str, str]] = {"zh": "zh-CN", "en": "en", "pseudo": "en-XA"}
PSEUDO_OPEN, PSEUDO_CLOSE = "⟦", "⟧"


@runtime_checkable
class Translatable(Protocol):
    """Anything that can be shown in a language."""

    def text(self, lang: Language) -> str:
        """Return the words in ``lang``."""


@dataclass(frozen=True, slots=True)
class Message:
    """One sentence of the program; ``msgid`` is its English form, ``params`` fill its ``{names}``."""

    msgid: str
    params: Mapping[str, object] = field(default_factory=dict)

    def text(self, lang: Language) -> str:
        """Return the sentence in ``lang``, with its parameters translated where they can be."""
        shown = {
            # Most are words and numbers; asking what else a thing can do takes its time.
            name: value.text(lang)
            if not isinstance(value, str | int) and isinstance(value, Translatable)
            else value
            for name, value in self.params.items()
        }
        return translated(self.msgid, lang).format(**shown)


@dataclass(frozen=True, slots=True)
class Text:
    """Words that an author wrote in both languages, such as the title of a criterion."""

    zh: str
    en: str

    def text(self, lang: Language) -> str:
        """Return the author's words in ``lang``."""
        if lang == "pseudo":
            return f"{PSEUDO_OPEN}{self.en}{PSEUDO_CLOSE}"
        return self.zh if lang == "zh" else self.en


def _(msgid: str, /, **params: object) -> Message:
    """Mark a sentence for translation; tests read these calls, so ``msgid`` is always a literal."""
    return Message(msgid, params)


def translated(msgid: str, lang: Language) -> str:
    """Return the unfilled sentence in ``lang``; English where the catalogue has none."""
    if lang == "pseudo":
        return f"{PSEUDO_OPEN}{msgid}{PSEUDO_CLOSE}"
    return msgid if lang == "en" else catalogue(lang).get(msgid, msgid)


@cache
def catalogue(lang: Language) -> Mapping[str, str]:
    """Return all sentences of ``lang`` by their English form, from every ``locale/<lang>/*.json``.

    One file a room keeps people who translate, and branches that meet, out of each other's way.
    """
    merged: dict[str, str] = {}
    folder = files("poc_eval").joinpath("locale", lang)
    for entry in sorted(folder.iterdir(), key=lambda item: item.name):
        if entry.name.endswith(".json"):
            merged.update(json.loads(entry.read_text(encoding="utf-8")))
    return merged
