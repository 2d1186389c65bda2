"""Where the files that come with the program lie, in a wheel and in a checkout."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import poc_eval

PACKAGE: Final = Path(poc_eval.__file__).parent
DEFINITION_KINDS: Final = (
    "rubrics",
    "scales",
    "policies",
    "programmes",
    "deals",
    "sharing",
    "sortings",
    "conflicts",
    "checklists",
    "schemas",
)


def shipped_folder(kind: str) -> Path:
    """Return the folder of a kind of shipped file.

    ``kind`` is one of DEFINITION_KINDS, or a folder that stands at the root of a checkout and under
    ``poc_eval/shipped`` in a wheel: ``"templates/notebooks"``, ``"examples"``.  The folder may not exist.
    """
    if kind in DEFINITION_KINDS:
        return PACKAGE / "catalog" / kind
    in_wheel = PACKAGE / "shipped" / kind
    return in_wheel if in_wheel.is_dir() else PACKAGE.parent / kind
