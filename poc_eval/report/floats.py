"""The floats in nested results, taken out and put back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from poc_eval import workspace
from poc_eval.i18n import Message, Text

if TYPE_CHECKING:
    from collections.abc import Iterator

Record = TypeVar("Record")


def floats_in(value: object) -> Iterator[float]:
    """Yield the floats in nested results, in the order of their fields."""
    if isinstance(value, float):
        yield float(value)
    elif isinstance(value, np.ndarray):
        yield from (float(one) for one in value.ravel()) if value.dtype.kind == "f" else ()
    elif _passed_over(value):
        return
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from floats_in(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from floats_in(inner)
    elif is_dataclass(value) and not isinstance(value, type):
        for one in fields(value):
            yield from floats_in(getattr(value, one.name))


def with_floats(value: Record, given: Iterator[float]) -> Record:
    """Return the same results with other floats, taken in the order in which ``floats_in`` yields them."""
    found: Any = value
    if isinstance(value, float):
        found = next(given)
    elif isinstance(value, np.ndarray):
        if value.dtype.kind == "f":
            found = np.array([next(given) for _one in range(value.size)]).reshape(value.shape)
    elif _passed_over(value):
        pass
    elif isinstance(value, Mapping):
        found = {name: with_floats(inner, given) for name, inner in value.items()}
    elif isinstance(value, list | tuple):
        found = type(value)(with_floats(inner, given) for inner in value)
    elif is_dataclass(value) and not isinstance(value, type):
        inner_ones = {one.name: with_floats(getattr(value, one.name), given) for one in fields(value)}
        found = replace(value, **inner_ones)
    known: Record = found
    return known


def _passed_over(value: object) -> bool:
    """Return whether nothing below this value was worked out in floats: sentences, records, rubrics."""
    module = type(value).__module__
    return isinstance(value, Message | Text) or (
        module.startswith(f"{workspace.__name__}.") and module.endswith("records")
    )
