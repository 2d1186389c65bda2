"""One spelling of a value, so that the same content always has the same hash."""

from __future__ import annotations

import hashlib
import json


def canonical_json(value: object) -> str:
    """Return ``value`` as JSON with sorted keys, no spaces and no escapes that are not needed.

    Raises ``TypeError`` for what JSON does not know, and for floats: no two languages spell them alike.
    """
    _refuse_floats(value)
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def sha256(text: str) -> str:
    """Return the SHA-256 of ``text`` in UTF-8, hex."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _refuse_floats(value: object) -> None:
    if isinstance(value, float):
        msg = f"a float has no canonical spelling: {value!r}"
        raise TypeError(msg)
    if isinstance(value, dict):
        for inner in value.values():
            _refuse_floats(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            _refuse_floats(inner)
