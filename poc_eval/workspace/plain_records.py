"""Records as JSON and back, by their own annotations."""

from __future__ import annotations

import pkgutil
import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from importlib import import_module
from typing import Any, Final, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from poc_eval import workspace
from poc_eval.workspace.tables import instant_text

Record = TypeVar("Record")
_DIGITS: Final = 60
_NAMED: Final = {"Mapping": Mapping, "date": date, "datetime": datetime, "Decimal": Decimal, "Any": Any}
"""What annotations name and their modules import for the type checker alone."""


def plain(value: object) -> Any:  # noqa: ANN401 JSON
    """Return a record as JSON knows it: amounts and instants as text; raises ``TypeError``."""
    if isinstance(value, Decimal | date):
        return _spelled(value)
    if isinstance(value, Mapping):
        return {str(name): plain(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [plain(inner) for inner in value]
    if is_dataclass(value) and not isinstance(value, type):
        return {one.name: plain(getattr(value, one.name)) for one in fields(value)}
    if value is None or isinstance(value, str | bool | int):
        return value
    msg = f"a record does not hold a {type(value).__name__}"
    raise TypeError(msg)


def _spelled(value: Decimal | date) -> str:
    if isinstance(value, Decimal):
        return f"{value:f}"
    return instant_text(value) if isinstance(value, datetime) else value.isoformat()


def exact(text: str) -> Decimal:
    """Return a figure written in text; raises ``ValueError``, ``ArithmeticError`` for what nobody writes.

    A few letters such as 1e999999999 would fill the memory when they are written out.
    """
    found = Decimal(text)
    if not found.is_finite() or abs(found.adjusted()) > _DIGITS:
        raise ValueError(text)
    return found


def restored(kind: type[Record], data: object) -> Record:
    """Return the record of a class that ``plain`` wrote.

    Raises ``TypeError``, ``ValueError``, ``LookupError`` or ``ArithmeticError`` for anything else.
    """
    found: Record = _value(kind, data)
    return found


@cache
def _hints(kind: type) -> Mapping[str, Any]:
    return get_type_hints(kind, localns={**_records(), **_NAMED})


@cache
def _records() -> Mapping[str, Any]:
    """Return the names in every module of records: those of one name classes of another."""
    modules = (one.name for one in pkgutil.iter_modules(workspace.__path__) if one.name.endswith("records"))
    found: dict[str, Any] = {}
    for name in modules:
        found |= vars(import_module(f"{workspace.__name__}.{name}"))
    return found


def _value(kind: Any, data: Any) -> Any:  # noqa: ANN401 an annotation, JSON, and what the one makes of the other
    origin = get_origin(kind)
    if origin in {Union, types.UnionType}:
        if data is None and type(None) in get_args(kind):
            return None
        (one,) = (inner for inner in get_args(kind) if inner is not type(None))
        return _value(one, data)
    if origin is tuple:
        return _tuple(get_args(kind), data)
    if origin is Mapping:
        return {_value(str, name): _value(get_args(kind)[1], inner) for name, inner in data.items()}
    if is_dataclass(kind):
        made: Any = kind
        return made(**{name: _value(hint, data[name]) for name, hint in _hints(made).items()})
    return _plain_value(kind, data)


def _tuple(kinds: tuple[Any, ...], data: Any) -> tuple[Any, ...]:  # noqa: ANN401 as above
    if not isinstance(data, list):
        raise TypeError(data)
    if kinds[-1] is Ellipsis:
        return tuple(_value(kinds[0], inner) for inner in data)
    return tuple(_value(kind, inner) for kind, inner in zip(kinds, data, strict=True))


def _plain_value(kind: Any, data: Any) -> Any:  # noqa: ANN401 as above
    if get_origin(kind) is Literal and data not in get_args(kind):
        raise ValueError(data)
    if kind is Any or get_origin(kind) is Literal:
        return data
    if kind in {str, int, bool}:
        if type(data) is not kind:
            raise TypeError(data)
        return data
    if type(data) is not str:
        raise TypeError(data)
    return exact(data) if kind is Decimal else kind.fromisoformat(data)
