"""The unified social credit code (统一社会信用代码) by GB 32100-2015: 18 characters, the last checks them.

Characters: one for the department that registers, one for the kind of unit, six digits for its region
(GB/T 2260), nine of the organisation, one that checks the others.  The letters I, O, S, V and Z are not used.
"""

from __future__ import annotations

from typing import Final

from poc_eval.catalog.plain_text import shown
from poc_eval.errors import Fault, InputError
from poc_eval.i18n import Message, _

LENGTH: Final = 18
_ALPHABET: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_MODULUS: Final = len(_ALPHABET)
_WEIGHTS: Final = tuple(pow(3, place, _MODULUS) for place in range(LENGTH - 1))
_REGION: Final = range(2, 8)
_LOOK_ALIKE: Final = {"I": "1", "O": "0", "S": "5", "Z": "2", "V": "U"}
_TYPED: Final = str.maketrans(
    {chr(wide): chr(wide - 0xFEE0) for wide in range(0xFF01, 0xFF5F)} | {"　": "", " ": "", "-": "", "\t": ""}
)


def check_character(first: str) -> str:
    """Return the character that belongs after the ``first`` 17; raises ValueError where they are not 17."""
    if len(first) != LENGTH - 1:
        message = "17 characters have a check character"
        raise ValueError(message)
    total = sum(_ALPHABET.index(char) * weight for char, weight in zip(first, _WEIGHTS, strict=True))
    return _ALPHABET[-total % _MODULUS]


def parse_credit_code(text: str) -> str:
    """Return the code as it is printed: 18 capitals and digits.

    Blanks and hyphens between the characters, small letters and full-width forms are read as people type
    them.  Raises InputError with everything that is wrong with it.
    """
    code = text.translate(_TYPED).upper()
    faults = [Fault(what, remedy) for what, remedy in _wrong(code, text)]
    if faults:
        raise InputError(*faults)
    return code


def _wrong(code: str, text: str) -> list[tuple[Message, Message]]:
    if len(code) != LENGTH:
        return [
            (
                _('"{text}" has {count} characters', text=shown(text), count=len(code)),
                _("a unified social credit code has 18; copy it from the licence"),
            )
        ]
    strange = [(place, char) for place, char in enumerate(code) if char not in _ALPHABET]
    found = [_strange(place, char) for place, char in strange]
    letters = [place for place in _REGION if code[place] in _ALPHABET and not code[place].isdigit()]
    found += [
        (
            _("character {place} is {char}", place=place + 1, char=code[place]),
            _("characters 3 to 8 are the region and are digits"),
        )
        for place in letters
    ]
    if not found and check_character(code[:-1]) != code[-1]:
        found.append(
            (
                _('"{text}" fails its own check character', text=code),
                _("compare it with the licence: a character is wrong, or two have changed places"),
            )
        )
    return found


def _strange(place: int, char: str) -> tuple[Message, Message]:
    what = _("character {place} is {char}", place=place + 1, char=shown(char))
    if char in _LOOK_ALIKE:
        return what, _(
            "the code does not use {char}; look whether it is {near}", char=char, near=_LOOK_ALIKE[char]
        )
    return what, _("the code has digits and capital letters only")
