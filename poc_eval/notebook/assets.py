"""The form's script and style as they travel: many modules over HTTP, one through a kernel."""

from __future__ import annotations

import json
import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

ENTRY: Final = "form.js"
SHEET: Final = "form.css"
_STYLE: Final = "form/stylesheet.js"
_IMPORT: Final = re.compile(r'^import \{([^}]*)\} from "\.((?:/[\w-]+)+\.js)";\n', re.MULTILINE)
_EXPORT: Final = re.compile(r"^export ((?:async )?function|const|class) (\w+)", re.MULTILINE)


@cache
def form_module() -> str:
    """Return the whole form as one ES module with its style inside, for where no other file can be fetched.

    The modules keep to a small part of the language: ``import { names } from "./file.js"`` at the start of a
    line, ``export`` before a declaration. Each becomes a function that is called once, in the order of the
    imports, so that no two names can meet. The same files give the same text.
    """
    order = list(_in_order(ENTRY))
    parts = [_wrapped(path) for path in order[:-1]]
    return "".join([*parts, _bound(ENTRY, _source(ENTRY))])


def _source(path: str) -> str:
    if path == _STYLE:
        return f"export async function stylesheet() {{\n  return {json.dumps(_read(SHEET))};\n}}\n"
    return _read(path)


def _read(path: str) -> str:
    return files("poc_eval.notebook").joinpath("static", *path.split("/")).read_text(encoding="utf-8")


def _in_order(path: str, seen: frozenset[str] = frozenset(), done: set[str] | None = None) -> Iterable[str]:
    """Yield the modules that ``path`` needs, each after those that it needs, ``path`` last."""
    done = set() if done is None else done
    if path in seen:
        message = f"the modules import each other in a circle at {path}"
        raise ValueError(message)
    for imported in _IMPORT.finditer(_source(path)):
        needed = _resolved(path, imported[2])
        if needed not in done:
            yield from _in_order(needed, seen | {path}, done)
    done.add(path)
    yield path


def _resolved(importer: str, imported: str) -> str:
    folder = importer.rpartition("/")[0]
    return f"{folder}{imported}".removeprefix("/")


def _name(path: str) -> str:
    return "$" + re.sub(r"\W", "_", path.removesuffix(".js"))


def _bound(path: str, source: str) -> str:
    """Return ``source`` with its imports taken from the modules before it."""
    return _IMPORT.sub(lambda found: f"const {{{found[1]}}} = {_name(_resolved(path, found[2]))};\n", source)


def _wrapped(path: str) -> str:
    source = _source(path)
    exported = ", ".join(found[2] for found in _EXPORT.finditer(source))
    body = _EXPORT.sub(r"\1 \2", _bound(path, source))
    return f"const {_name(path)} = (() => {{\n{body}return {{ {exported} }};\n}})();\n"
