"""The parameters of a notebook on a whole panel: literals, read as text and never run."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal, TypeAlias, cast

from poc_eval.errors import Fault, NotebookError
from poc_eval.i18n import _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from poc_eval.i18n import Language, Message

Sheet: TypeAlias = Literal["panel", "portfolio"]
_PANEL: Final = ("projects", "with_names")
OPTIONS: Final[Mapping[str, tuple[str, ...]]] = {
    "panel": (*_PANEL, "draw_seed", "methods"),
    "portfolio": (*_PANEL, "budget", "step", "amounts", "fields", "quotas", "exclusive"),
}
"""What the parameters of each sheet may state beside the rubric and the language."""
LARGEST: Final = 200_000
"""Characters of a parameters cell that are looked at: some thousand projects with their amounts."""


_ABOUT: Final[Mapping[str, Message]] = {
    "budget": _("the whole budget, between the quotation marks, such as '1500000'"),
    "step": _("how much more is tried out"),
    "amounts": _("what each project asks for, between the quotation marks after the colon, such as '800000'"),
    "fields": _("the field of each project; needed for quotas only"),
    "quotas": _("least and most projects of a field, if wanted, such as {example}", example="{'IT': [1, 2]}"),
    "exclusive": _("projects of which one at most can be supported, if wanted, such as [['id', 'id']]"),
}
"""What a person types into the cell of a portfolio."""


@dataclass(frozen=True, slots=True)
class SheetParameters:
    """What the parameters cell states; ``options`` are plain values, not yet checked for their sense."""

    sheet: Sheet
    rubric: str | None
    """``id@version`` of the rubric that the panel scored by; None in a template."""
    lang: str
    options: Mapping[str, object] = field(default_factory=dict)

    def source(self, titles: Mapping[str, str] | None = None) -> str:
        """Return the cell's source: one name a line, a mapping one entry a line, what to type explained.

        ``titles`` of projects by id stand beside what is stated for them.
        """
        stated = {"rubric": self.rubric, "lang": self.lang, **self.options}
        lang: Language = "zh" if self.lang == "zh" else "en"
        lines = []
        for name, value in stated.items():
            if self.sheet == "portfolio" and name in _ABOUT:
                lines.append(_remark(_ABOUT[name].text(lang)))
            lines.append(f"{name} = {_written(value, titles or {})}")
        return "\n".join(lines)


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
    return cast("Sheet", value) if isinstance(value, str) and value in OPTIONS else None


def _written(value: object, titles: Mapping[str, str]) -> str:
    if isinstance(value, dict) and value:
        beside = {key: f"  {_remark(titles[key])}" for key in value if key in titles}
        entries = "".join(f"    {key!r}: {entry!r},{beside.get(key, '')}\n" for key, entry in value.items())
        return f"{{\n{entries}}}"
    return repr(value)


def _remark(words: str) -> str:
    """Return words as a remark of one line, whatever they hold: nothing in them ends it."""
    return f"# {''.join(one for one in ' '.join(words.split()) if one.isprintable())}"


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
