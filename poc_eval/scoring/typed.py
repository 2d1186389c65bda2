"""What a person types into a field, read strictly: numbers, shares, yes and no, and how long a text is.

Grammar of a number: an optional sign, one to twelve digits, and after a point one to six more. Space
around it is dropped; the full-width forms that a Chinese input method gives (１２．５, －３, ％) count as
their plain ones. Separators, exponents, other scripts' digits, currency signs and words are not numbers here.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from typing import Final

_NUMBER: Final = re.compile(r"[+-]?[0-9]{1,12}(\.[0-9]{1,6})?")
_PLAIN: Final = str.maketrans("０１２３４５６７８９．。＋－﹣−％", "0123456789..+---%")
_ZERO_WIDTH: Final = frozenset({"Cc", "Cf", "Mn", "Me"})
_YES_NO: Final = {"yes": True, "no": False}


def plain(text: str) -> str:
    """Return ``text`` without surrounding space and with full-width number signs in their plain form."""
    return text.strip().translate(_PLAIN)


def number(text: str) -> Decimal | None:
    """Return the number that ``text`` is by the grammar above, None where it is none; never minus zero."""
    read = plain(text)
    return Decimal(read) + 0 if _NUMBER.fullmatch(read) else None


def share(text: str) -> Decimal | None:
    """Return a share typed as ``0.5`` or ``50%``; None where it is neither, or not between 0 and 1."""
    read = plain(text)
    value = number(read[:-1]) if read.endswith("%") else number(read)
    if value is None:
        return None
    exact = value / 100 if read.endswith("%") else value
    return exact if 0 <= exact <= 1 else None


def yes_no(text: str) -> bool | None:
    """Return True for ``yes``, False for ``no``, None for everything else."""
    return _YES_NO.get(text.strip())


def characters(text: str) -> int:
    """Return how many characters a reader sees: without spaces and without marks that take no room."""
    return sum(not sign.isspace() and unicodedata.category(sign) not in _ZERO_WIDTH for sign in text)


def is_blank(text: str) -> bool:
    """Tell whether a reader sees nothing."""
    return characters(text) == 0
