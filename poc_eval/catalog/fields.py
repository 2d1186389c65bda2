"""Types for the fields of a definition: the reader gives text, each type says what text it takes.

Each type carries a JSON Schema for editors, which may type ``0.30`` as a number where the reader sees text.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal, TypeAlias

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetPydanticSchema,
    StringConstraints,
    WithJsonSchema,
)
from pydantic_core import core_schema
from typing_extensions import TypedDict

from poc_eval.catalog.plain_text import shown
from poc_eval.catalog.refusal import Refusal, refused
from poc_eval.errors import PocEvalError
from poc_eval.i18n import Text, _
from poc_eval.money import parse_money

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler
    from pydantic_core import CoreSchema

    from poc_eval.i18n import Message

MAX_WORDS: Final = 4000
LONGEST: Final = 30
"""Digits before or behind the point that a number from a program may have."""

_IDENTIFIER: Final = r"^[A-Za-z][A-Za-z0-9_-]{0,63}$"
_VERSION: Final = r"^[A-Za-z0-9][A-Za-z0-9._+-]{0,31}$"
_NUMBER: Final = r"^-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,12})?$"
_SHARE: Final = r"^(0|[1-9][0-9]{0,5})(\.[0-9]{1,12})?%?$"
_COUNT: Final = r"^(0|[1-9][0-9]{0,14})$"
_DATE: Final = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
_AMOUNT: Final = (
    r"^-?([¥￥] ?)?[0-9][0-9,]*(\.[0-9]+)? ?(元|千元|万|万元|百万元|千万元|亿|亿元|万亿|万亿元)?$"
)


def _typed(value: object) -> object:
    """Return a number given by a program as the text that a file would hold."""
    if isinstance(value, bool) or not isinstance(value, (Decimal, int)):
        return value
    number = Decimal(value)
    ordinary = number.is_finite() and -LONGEST < number.adjusted() < LONGEST
    return f"{number:f}" if ordinary else str(number)


def _text(value: object, wanted: Message) -> str:
    if not isinstance(value, str):
        raise refused(Refusal(_("{found} stands here", found=kind_of(value)), wanted))
    return value


def kind_of(value: object) -> Message:
    """Return what kind of thing ``value`` is, in words: a list, keys with values, nothing."""
    if value is None:
        return _("nothing")
    if isinstance(value, dict):
        return _("a group of keys")
    if isinstance(value, (list, tuple)):
        return _("a list")
    return _('"{text}"', text=shown(str(value)))


def _does_not_fit(value: str, wanted: Message) -> Refusal:
    return Refusal(_('"{text}" does not fit here', text=shown(value)), wanted)


def _identifier(value: object) -> str:
    wanted = _("write an id: Latin letters, digits, - and _, starting with a letter")
    text = _text(value, wanted)
    if not re.fullmatch(_IDENTIFIER, text):
        raise refused(_does_not_fit(text, wanted))
    return text


def _version(value: object) -> str:
    wanted = _('write a version such as "1.0" or "2023.1"')
    text = _text(value, wanted)
    if not re.fullmatch(_VERSION, text):
        raise refused(_does_not_fit(text, wanted))
    return text


def _number(value: object) -> Decimal:
    wanted = _("write a plain number such as 5, 0.5 or -2")
    text = _text(_typed(value), wanted)
    if not re.fullmatch(_NUMBER, text):
        raise refused(_does_not_fit(text, wanted))
    number = Decimal(text)
    return number or number.copy_abs()


def _ratio(value: object) -> Decimal:
    wanted = _("write a share such as 0.30 or 30%")
    text = _text(_typed(value), wanted)
    if not re.fullmatch(_SHARE, text):
        raise refused(_does_not_fit(text, wanted))
    return Decimal(text[:-1]).scaleb(-2) if text.endswith("%") else Decimal(text)


def _share(value: object) -> Decimal:
    share = _ratio(value)
    if share > 1:
        raise refused(
            Refusal(
                _('"{text}" is more than the whole', text=shown(str(value))),
                _("write a share from 0 to 1, or from 0% to 100%"),
            )
        )
    return share


def _count(value: object) -> int:
    wanted = _("write a whole number such as 5")
    text = _text(_typed(value), wanted)
    if not re.fullmatch(_COUNT, text):
        raise refused(_does_not_fit(text, wanted))
    return int(text)


def _yes_no(value: object) -> bool:
    wanted = _("write yes or no")
    if isinstance(value, bool):
        return value
    text = _text(value, wanted)
    if text not in {"yes", "no", "true", "false"}:
        raise refused(_does_not_fit(text, wanted))
    return text in {"yes", "true"}


def _iso_date(value: object) -> date:
    wanted = _("write a date as 2026-11-20")
    if type(value) is date:
        return value
    text = _text(value, wanted)
    try:
        if re.fullmatch(_DATE, text):
            return date.fromisoformat(text)
    except ValueError:
        wanted = _("write a day that the calendar has, as 2026-11-20")
    raise refused(_does_not_fit(text, wanted))


def _amount(value: object) -> Decimal:
    wanted = _("write an amount such as 1000000, 1000000.00 or 100万")
    text = _text(_typed(value), wanted)
    try:
        amount = parse_money(text)
    except PocEvalError as error:
        raise refused(*(Refusal(fault.what, fault.remedy) for fault in error.faults)) from None
    if not re.fullmatch(_AMOUNT, text):
        raise refused(_does_not_fit(text, wanted))
    return amount


def _words(value: object) -> str:
    text = _text(value, _("write a text")).strip()
    if not text:
        raise refused(Refusal(_("the text is empty"), _("write a text, or take the key away")))
    if len(text) > MAX_WORDS:
        raise refused(
            Refusal(
                _("the text has {count} characters", count=len(text)),
                _("keep it within {limit}", limit=MAX_WORDS),
            )
        )
    return text


def _schema(*alternatives: dict[str, Any]) -> WithJsonSchema:
    return WithJsonSchema({"anyOf": list(alternatives)} if len(alternatives) > 1 else alternatives[0])


_PLAIN_NUMBER: Final = {"type": "number"}
_ANY_SCALAR: Final[dict[str, Any]] = {"type": ["string", "number", "boolean"], "minLength": 1}
_WORDS_SCHEMA: Final = WithJsonSchema(_ANY_SCALAR)

Identifier: TypeAlias = Annotated[
    str, BeforeValidator(_identifier), _schema({"type": "string", "pattern": _IDENTIFIER})
]
"""An id: Latin letters, digits, ``-`` and ``_``, at most 64, a letter first."""

Version: TypeAlias = Annotated[
    str, BeforeValidator(_version), _schema({"type": "string", "pattern": _VERSION}, _PLAIN_NUMBER)
]
"""A version as written: ``1.0`` and ``1.00`` are two."""

Words: TypeAlias = Annotated[str, BeforeValidator(_words), _WORDS_SCHEMA]
"""A text that is not empty, without the blanks around it."""

Number: TypeAlias = Annotated[
    Decimal, BeforeValidator(_number), _schema({"type": "string", "pattern": _NUMBER}, _PLAIN_NUMBER)
]
"""An exact number; no leading zeros, ``_``, exponent or NaN."""

Ratio: TypeAlias = Annotated[
    Decimal,
    BeforeValidator(_ratio),
    _schema({"type": "string", "pattern": _SHARE}, {"type": "number", "minimum": 0}),
]
"""An exact ratio of 0 or more: ``0.30``, ``30%``, ``1.5``."""

Share: TypeAlias = Annotated[
    Decimal,
    BeforeValidator(_share),
    _schema({"type": "string", "pattern": _SHARE}, {"type": "number", "minimum": 0, "maximum": 1}),
]
"""An exact share from 0 to 1: ``0.30``, ``30%``."""

Count: TypeAlias = Annotated[
    int,
    BeforeValidator(_count),
    _schema({"type": "string", "pattern": _COUNT}, {"type": "integer", "minimum": 0}),
]
"""A whole number of 0 or more."""

YesNo: TypeAlias = Annotated[
    bool,
    BeforeValidator(_yes_no),
    _schema({"type": "string", "enum": ["yes", "no", "true", "false"]}, {"type": "boolean"}),
]
"""``yes`` or ``no`` (``true`` and ``false`` are taken too)."""

IsoDate: TypeAlias = Annotated[
    date, BeforeValidator(_iso_date), _schema({"type": "string", "format": "date", "pattern": _DATE})
]
"""A day as ``2026-11-20``."""

Amount: TypeAlias = Annotated[
    Decimal, BeforeValidator(_amount), _schema({"type": "string", "pattern": _AMOUNT}, _PLAIN_NUMBER)
]
"""Yuan in whole fen: ``1000000``, ``1,000,000.00``, ``100万``; grammar in `poc_eval.money`, plain digits."""

WebAddress: TypeAlias = Annotated[str, StringConstraints(pattern=r"^https?://[^\s<>\"']+$", max_length=500)]
"""An address of a page, http or https."""


class BothLanguages(TypedDict):
    """A text as an author writes it in a file."""

    __pydantic_config__ = ConfigDict(extra="forbid")  # type: ignore[misc]  # pydantic reads it here

    zh: Words
    en: Words


def _local_text(_type: object, handler: GetCoreSchemaHandler) -> CoreSchema:
    def read(value: object, inner: core_schema.ValidatorFunctionWrapHandler) -> Text:
        if isinstance(value, Text):
            return value
        if not isinstance(value, dict):
            raise refused(
                Refusal(
                    _("{found} stands here", found=kind_of(value)),
                    _("write it in both languages: {example}", example="{zh: …, en: …}"),
                )
            )
        return Text(**inner(value))

    return core_schema.no_info_wrap_validator_function(read, handler.generate_schema(BothLanguages))


def _same_word(value: object) -> object:
    return {"zh": value, "en": value} if isinstance(value, str) else value


LocalText: TypeAlias = Annotated[Text, GetPydanticSchema(_local_text)]
"""A text in both languages: ``{zh: …, en: …}``."""

LocalTextOrWord: TypeAlias = Annotated[
    Text,
    GetPydanticSchema(_local_text),
    BeforeValidator(_same_word),
    _schema(
        _ANY_SCALAR,
        {
            "type": "object",
            "properties": {"zh": _ANY_SCALAR, "en": _ANY_SCALAR},
            "required": ["zh", "en"],
            "additionalProperties": False,
        },
    ),
]
"""A text in both languages, or one word that serves both, such as a unit."""


class Part(BaseModel):
    """A group of keys inside a definition: no unknown keys, and what was read stays as it is."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class InForce(Part):
    """From when to when a version holds, both days included; null for a day that is not known."""

    from_: IsoDate | None = Field(default=None, alias="from")
    to: IsoDate | None = None
    open_ended: YesNo = False
    """That a day is not known is meant so."""


class Source(Part):
    """Where a rule or a sheet comes from, and how sure that is."""

    document: Words
    """The document's name."""
    clause: Words | None = None
    """Article, section or number in it."""
    quote: Words | None = None
    """Its own words."""
    url: WebAddress | None = None
    """Where it can be read."""
    seen: Literal["official", "secondary", "seed", "named"] | None = None
    """``official``: the text itself was read; ``secondary``: a page that quotes it; ``seed``: this project's
    source documents; ``named``: known to exist; None: not stated."""


class Definition(Part):
    """What every versioned definition file has; the kinds add their own keys."""

    id: Identifier
    """What the definition is called in commands and records; it never changes."""
    version: Version
    """A changed content is a new version."""
    title: LocalText
    """What people see."""
    source: Source
    note: LocalText | None = None
    """What a user should know before using it."""
