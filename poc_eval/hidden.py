"""Characters that show nothing, or make what stands around them show something else."""

from __future__ import annotations

import re
from typing import Final

# Controls, lone surrogates, separators that YAML alone counts as line ends, a byte order mark inside the
# text, and the characters that turn the reading direction round and so show another text than is stored.
HIDDEN: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufff9-\ufffb\ufffe\uffff]"
)
_RETURN: Final = re.compile("\r(?!\n)")


def spelled_out(value: str) -> str:
    """Return ``value`` with each hidden character as its code, ``U+202E``."""
    return HIDDEN.sub(lambda match: f"U+{ord(match[0]):04X}", value)


def for_terminal(text: str) -> str:
    """Return ``text`` so that a terminal shows it and obeys nothing in it."""
    return spelled_out(_RETURN.sub("U+000D", text))
