"""Which keys a model knows at a place of its file, so that a misspelt one gets the right one as an answer."""

from __future__ import annotations

import types
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel

from poc_eval.i18n import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from poc_eval.catalog.reader import Where


def known_keys(model: type[BaseModel], where: Where) -> list[str]:
    """Return the keys that ``model`` allows in the group of keys at ``where``, in the model's order."""
    candidates: list[Any] = [model]
    for step in where:
        candidates = [inner for candidate in candidates for inner in _inside(candidate, step)]
    names = [key for candidate in candidates for plain in _plain(candidate) for key in _keys(plain)]
    return list(dict.fromkeys(names))


def _plain(annotation: Any) -> Iterator[Any]:  # noqa: ANN401 an annotation is any object
    """Yield what an annotation stands for: without its metadata, each side of a union."""
    origin = get_origin(annotation)
    if origin is Annotated:
        yield from _plain(get_args(annotation)[0])
    elif origin in {Union, types.UnionType}:
        for side in get_args(annotation):
            yield from _plain(side)
    else:
        yield annotation


def _inside(annotation: Any, step: str | int) -> Iterator[Any]:  # noqa: ANN401 an annotation is any object
    for plain in _plain(annotation):
        if isinstance(plain, type) and issubclass(plain, BaseModel):
            yield from (
                field.annotation
                for name, field in plain.model_fields.items()
                if step in {name, field.alias, field.validation_alias}
            )
        elif isinstance(origin := get_origin(plain), type):
            inner = [argument for argument in get_args(plain) if argument is not Ellipsis]
            if issubclass(origin, Mapping):
                yield from inner[1:] if isinstance(step, str) else ()
            elif isinstance(step, int):
                yield from inner


def _keys(annotation: Any) -> Iterator[str]:  # noqa: ANN401 an annotation is any object
    if annotation is Text:
        yield from ("zh", "en")
    elif isinstance(annotation, type) and issubclass(annotation, BaseModel):
        for name, field in annotation.model_fields.items():
            yield field.alias or name
