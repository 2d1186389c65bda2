"""Under the pseudo language every translated text stands in ⟦ ⟧; what stands outside was forgotten."""

from __future__ import annotations

import calendar
import re

from poc_eval.i18n import PSEUDO_CLOSE, PSEUDO_OPEN

WORD = re.compile(r"[^\W\d_]{2,}")
HASH = re.compile(r"\b[0-9a-f]{12,64}\b|\b[0-9a-f]{8}(?:-[0-9a-f]{4,12}){4}\b")
INTERNATIONAL = ("TRL", "UTC", *calendar.month_name[1:])
"""Signs that are the same in every language, and dates, which are figures."""


def outside(text):
    """Return what of ``text`` stands outside all brackets."""
    depth = 0
    kept = []
    for character in text:
        depth += (character == PSEUDO_OPEN) - (character == PSEUDO_CLOSE)
        if depth == 0 and character != PSEUDO_CLOSE:
            kept.append(character)
    assert depth == 0, f"brackets do not match in {text!r}"
    return "".join(kept)


def forgotten(text, known=()):
    """Return the words of ``text`` outside all brackets that are no ``known`` names or typed texts."""
    rest = HASH.sub(" ", outside(text))
    for name in sorted({*known, *INTERNATIONAL}, key=len, reverse=True):
        rest = rest.replace(name, " ")
    return WORD.findall(rest)
