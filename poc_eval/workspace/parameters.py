"""The parameters cell of a notebook: read as text, never run, so that it holds values and nothing else."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from typing import Final

from poc_eval.errors import Fault, NotebookError
from poc_eval.i18n import _

REVIEW_ID: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,127}")
LARGEST: Final = 2000
"""Characters of a parameters cell that are looked at; ours have about sixty."""


@dataclass(frozen=True, slots=True)
class Parameters:
    """What the parameters cell may state."""

    review: str | None
    """The review that the notebook is about; None in a template."""
    lang: str
    """``zh`` or ``en``."""

    def source(self) -> str:
        """Return the cell's source."""
        return f"review = {self.review!r}\nlang = {self.lang!r}"


def parameters_of(source: str, *, file: str | None = None) -> Parameters:
    """Return what the parameters cell ``source`` states.

    Raises NotebookError for anything but one literal each for ``review`` and ``lang``.
    """
    stated: dict[str, object] = {}
    for statement in _statements(source, file):
        match statement:
            case ast.Assign(
                targets=[ast.Name(id="review" | "lang" as name)], value=ast.Constant(value=value)
            ) if name not in stated:
                stated[name] = value
            case _:
                raise _refusal(file)
    review, lang = stated.get("review"), stated.get("lang")
    if not (review is None or (isinstance(review, str) and REVIEW_ID.fullmatch(review))):
        raise _refusal(file, "review")
    if not (isinstance(lang, str) and lang in {"zh", "en"}):
        raise _refusal(file, "lang")
    return Parameters(review=review, lang=lang)


def _statements(source: str, file: str | None) -> list[ast.stmt]:
    if len(source) > LARGEST:
        raise _refusal(file)
    try:
        return ast.parse(source).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise _refusal(file) from None


def _refusal(file: str | None, place: str = "parameters") -> NotebookError:
    return NotebookError(
        Fault(
            _("the cell with the parameters may only name the review and the language"),
            _("undo the change in that cell, or make the notebook anew: the same review opens in it"),
            file=file,
            place=place,
        )
    )
