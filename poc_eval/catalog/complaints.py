"""What each kind of complaint of a model means to the person who wrote the file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from poc_eval.catalog.fields import kind_of
from poc_eval.catalog.plain_text import shown
from poc_eval.catalog.refusal import Refusal
from poc_eval.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from poc_eval.i18n import Message

    _Said = Callable[[Mapping[str, Any], object], Refusal]


def complaint(kind: str, context: Mapping[str, Any], found: object) -> Refusal:
    """Return what is wrong and what is wanted for pydantic's error ``kind``.

    ``context`` is pydantic's, ``found`` the value that was refused.  A kind that none of our models makes is
    answered in general words.
    """
    said = _COMPLAINTS.get(kind)
    return (
        _here(found, _("compare with the description of this kind of file"))
        if said is None
        else said(context, found)
    )


def _here(found: object, wanted: Message) -> Refusal:
    return Refusal(_("{found} stands here", found=kind_of(found)), wanted)


def _wanted(wanted: Callable[[], Message]) -> _Said:
    return lambda _context, found: _here(found, wanted())


def _keys_wanted() -> Message:
    return _("write keys with values here")


def _list_wanted() -> Message:
    return _("write a list here, each item after a dash")


def _text_wanted() -> Message:
    return _("write a text")


def _number_wanted() -> Message:
    return _("write a plain number such as 5, 0.5 or -2")


def _count_wanted() -> Message:
    return _("write a whole number such as 5")


def _yes_no_wanted() -> Message:
    return _("write yes or no")


def _date_wanted() -> Message:
    return _("write a date as 2026-11-20")


def _nothing_wanted() -> Message:
    return _("leave it empty")


def _choices(key: str) -> _Said:
    def said(context: Mapping[str, Any], found: object) -> Refusal:
        choices = re.findall(r"'([^']*)'", str(context.get(key, "")))
        return _here(found, _("write one of these: {choices}", choices=", ".join(choices)))

    return said


def _tag_missing(context: Mapping[str, Any], _found: object) -> Refusal:
    key = str(context.get("discriminator", "")).strip("'")
    return Refusal(_('the key "{key}" is missing', key=shown(key)), _("add it"))


def _tag_unknown(context: Mapping[str, Any], _found: object) -> Refusal:
    choices = re.findall(r"'([^']*)'", str(context.get("expected_tags", "")))
    return _here(context.get("tag"), _("write one of these: {choices}", choices=", ".join(choices)))


def _too_few(context: Mapping[str, Any], _found: object) -> Refusal:
    return Refusal(
        _("the list has {count} items", count=context.get("actual_length")),
        _("give at least {limit}", limit=context.get("min_length")),
    )


def _too_many(context: Mapping[str, Any], _found: object) -> Refusal:
    return Refusal(
        _("the list has {count} items", count=context.get("actual_length")),
        _("give at most {limit}", limit=context.get("max_length")),
    )


def _text_too_short(context: Mapping[str, Any], found: object) -> Refusal:
    return _here(found, _("write at least {limit} characters", limit=context.get("min_length")))


def _text_too_long(context: Mapping[str, Any], found: object) -> Refusal:
    return Refusal(
        _("the text has {count} characters", count=len(found) if isinstance(found, str) else "?"),
        _("keep it within {limit}", limit=context.get("max_length")),
    )


def _above(context: Mapping[str, Any], found: object) -> Refusal:
    return _here(found, _("write a number above {limit}", limit=context.get("gt")))


def _at_least(context: Mapping[str, Any], found: object) -> Refusal:
    return _here(found, _("write a number of at least {limit}", limit=context.get("ge")))


def _below(context: Mapping[str, Any], found: object) -> Refusal:
    return _here(found, _("write a number below {limit}", limit=context.get("lt")))


def _at_most(context: Mapping[str, Any], found: object) -> Refusal:
    return _here(found, _("write a number of at most {limit}", limit=context.get("le")))


def _multiple(context: Mapping[str, Any], found: object) -> Refusal:
    return _here(found, _("write a multiple of {limit}", limit=context.get("multiple_of")))


def _pattern(_context: Mapping[str, Any], found: object) -> Refusal:
    return _here(found, _("write it in the form that this key asks for"))


def _in_words(context: Mapping[str, Any], found: object) -> Refusal:
    error = context.get("error")
    what = (
        _("{reason}", reason=shown(str(error))) if error else _("{found} stands here", found=kind_of(found))
    )
    return Refusal(what, _("compare with the description of this kind of file"))


_BY_WANTED: Final[Mapping[Callable[[], Message], tuple[str, ...]]] = {
    _keys_wanted: ("model_type", "model_attributes_type", "dict_type", "mapping_type", "dataclass_type"),
    _list_wanted: ("list_type", "tuple_type", "set_type", "frozen_set_type", "iterable_type"),
    _text_wanted: ("string_type", "string_unicode"),
    _number_wanted: (
        "decimal_type", "decimal_parsing", "float_type", "float_parsing", "finite_number",
        "decimal_max_digits", "decimal_max_places", "decimal_whole_digits",
    ),
    _count_wanted: ("int_type", "int_parsing", "int_parsing_size", "int_from_float"),
    _yes_no_wanted: ("bool_type", "bool_parsing"),
    _date_wanted: ("date_type", "date_parsing", "date_from_datetime_parsing", "date_from_datetime_inexact"),
    _nothing_wanted: ("none_required",),
}  # fmt: skip

_COMPLAINTS: Final[Mapping[str, _Said]] = {
    **{kind: _wanted(wanted) for wanted, kinds in _BY_WANTED.items() for kind in kinds},
    "literal_error": _choices("expected"),
    "enum": _choices("expected"),
    "union_tag_not_found": _tag_missing,
    "union_tag_invalid": _tag_unknown,
    "too_short": _too_few,
    "too_long": _too_many,
    "string_too_short": _text_too_short,
    "string_too_long": _text_too_long,
    "string_pattern_mismatch": _pattern,
    "greater_than": _above,
    "greater_than_equal": _at_least,
    "less_than": _below,
    "less_than_equal": _at_most,
    "multiple_of": _multiple,
    "value_error": _in_words,
    "assertion_error": _in_words,
}
