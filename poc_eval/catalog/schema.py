"""JSON Schemas of the definition files, written from the models, so that editors complete and check them.

An editor types ``0.30`` as a number where the strict reader keeps text; the schemas allow both.
"""

from __future__ import annotations

import ast
import inspect
import json
import textwrap
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

DIALECT: Final = GenerateJsonSchema.schema_dialect


def schema_of(model: type[BaseModel]) -> dict[str, Any]:
    """Return the JSON Schema of ``model``; the docstrings of its fields become the descriptions."""
    schema = _without_titles(model.model_json_schema(by_alias=True, mode="validation"))
    for described in (schema, *schema.get("$defs", {}).values()):
        if "description" in described:
            described["description"] = _first_paragraph(described["description"])
    for part in {model, *_parts(model)}:
        described = schema if part is model else schema.get("$defs", {}).get(part.__name__, {})
        for name, words in _field_docstrings(part).items():
            field = part.model_fields.get(name)
            key = (field.alias if field is not None else None) or name
            if key in described.get("properties", {}):
                described["properties"][key]["description"] = words
    parts = schema.pop("$defs", {})
    return {"$schema": DIALECT, "title": model.__name__, **schema, "$defs": parts}


def schema_text(model: type[BaseModel]) -> str:
    """Return the schema as the published file holds it."""
    return json.dumps(schema_of(model), ensure_ascii=False, indent=2) + "\n"


def publish(models: Mapping[str, type[BaseModel]], folder: Path) -> list[Path]:
    """Write ``<kind>.schema.json`` into ``folder`` for each kind; return the files that changed."""
    changed = []
    for kind, model in models.items():
        file = folder / f"{kind}.schema.json"
        text = schema_text(model)
        if not file.exists() or file.read_text(encoding="utf-8") != text:
            file.write_text(text, encoding="utf-8", newline="\n")
            changed.append(file)
    return changed


def _without_titles(schema: Any, *, properties: bool = False) -> Any:  # noqa: ANN401 JSON is any object
    """Return ``schema`` without the titles that only repeat a key's name."""
    if isinstance(schema, list):
        return [_without_titles(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        key: _without_titles(value, properties=key == "properties" and not properties)
        for key, value in schema.items()
        if properties or key != "title"
    }


def _parts(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """Yield the models that ``model`` is built from, found by the schema's own walk."""
    core: Any = model.__pydantic_core_schema__
    yield from _classes(core, set())


def _classes(node: Any, seen: set[int]) -> Iterator[type[BaseModel]]:  # noqa: ANN401 a core schema is any object
    if id(node) in seen:
        return
    seen.add(id(node))
    if isinstance(node, dict):
        if node.get("type") == "model":
            yield node["cls"]
        for value in node.values():
            yield from _classes(value, seen)
    elif isinstance(node, (list, tuple)):
        for value in node:
            yield from _classes(value, seen)


def _first_paragraph(docstring: str) -> str:
    return " ".join(inspect.cleandoc(docstring).split("\n\n")[0].replace("``", "").split())


def _field_docstrings(model: type[BaseModel]) -> dict[str, str]:
    found: dict[str, str] = {}
    owners = [base for base in model.__mro__ if issubclass(base, BaseModel) and base is not BaseModel]
    for owner in reversed(owners):
        statement = ast.parse(textwrap.dedent(inspect.getsource(owner))).body[0]
        body = statement.body if isinstance(statement, ast.ClassDef) else []
        for field, doc in pairwise(body):
            if not isinstance(field, ast.AnnAssign) or not isinstance(field.target, ast.Name):
                continue
            if isinstance(doc, ast.Expr) and isinstance(doc.value, ast.Constant):
                found[field.target.id] = _first_paragraph(str(doc.value.value))
    return found
