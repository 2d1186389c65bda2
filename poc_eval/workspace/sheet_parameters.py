"""The parameters of a notebook on a whole panel: literals, read as text and never run."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal, TypeAlias, cast

from poc_eval.errors import Fault, NotebookError
from poc_eval.i18n import _

if TYPE_CHECKING:
    from collections.abc import Mapping

Sheet: TypeAlias = Literal["panel", "portfolio"]
_PANEL: Final = ("projects", "with_names")
OPTIONS: Final[Mapping[str, tuple[str, ...]]] = {
    "panel": (*_PANEL, "draw_seed", "methods"),
    "portfolio": (*_PANEL, "budget", "step", "amounts", "fields", "quotas", "exclusive"),
}
"""What the parameters of each sheet may state beside the rubric and the language."""
LARGEST: Final = 200_000
"""Characters of a parameters cell that are looked at: some thousand projects with their amounts."""


@dataclass(frozen=True, slots=True)
class SheetParameters:
    """What the parameters cell states; ``options`` are plain values, not yet checked for their sense."""

    sheet: Sheet
    rubric: str | None
    """``id@version`` of the rubric that the panel scored by; None in a template."""
    lang: str
    options: Mapping[str, object] = field(default_factory=dict)

    def source(self) -> str:
        """Return the cell's source: one name a line, a mapping one entry a line."""
        stated = {"rubric": self.rubric, "lang": self.lang, **self.options}
        return "\n".join(f"{name} = {_written(value)}" for name, value in stated.items())


def sheet_parameters_of(source: str, sheet: Sheet, *, file: str | None = None) -> SheetParameters:
    """Return what the parameters cell ``source`` states.

    Raises NotebookError for anything but one literal each for the names that the sheet knows.
    """
    stated: dict[str, object] = {}
    known = {"rubric", "lang", *OPTIONS[sheet]}
    try:
        statements = ast.parse(source).body if len(source) <= LARGEST else [ast.Pass()]
        for statement in statements:
            match statement:
                case ast.Assign(targets=[ast.Name(id=name)], value=value) if name in known - stated.keys():
                    stated[name] = ast.literal_eval(value)
                case _:
                    raise _refusal(sheet, file)
    except (SyntaxError, ValueError, TypeError, RecursionError, MemoryError):
        raise _refusal(sheet, file) from None
    rubric, lang = stated.pop("rubric", None), stated.pop("lang", None)
    if not (rubric is None or isinstance(rubric, str)) or lang not in {"zh", "en"}:
        raise _refusal(sheet, file)
    return SheetParameters(sheet, rubric, str(lang), stated)


def sheet_of(value: object) -> Sheet | None:
    """Return ``value`` where it is the sheet of a whole panel; None for a single review's."""
    return cast("Sheet", value) if value in OPTIONS else None


def _written(value: object) -> str:
    if isinstance(value, dict) and value:
        entries = "".join(f"    {key!r}: {entry!r},\n" for key, entry in value.items())
        return f"{{\n{entries}}}"
    return repr(value)


def _refusal(sheet: Sheet, file: str | None) -> NotebookError:
    return NotebookError(
        Fault(
            _("the cell with the parameters may only hold plain values"),
            _(
                "write one name, an equals sign and a value a line; known are: {names}",
                names=", ".join(("rubric", "lang", *OPTIONS[sheet])),
            ),
            file=file,
            place="parameters",
        )
    )
