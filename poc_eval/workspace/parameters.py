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


@dataclass(frozen=True, slots=True)
class PaperParameters:
    """What the parameters cell of a working paper's notebook may state."""

    paper: str | None
    """The working paper that the notebook is about; None in a template."""
    lang: str

    def source(self) -> str:
        """Return the cell's source."""
        return f"paper = {self.paper!r}\nlang = {self.lang!r}"


def parameters_of(source: str, *, file: str | None = None) -> Parameters:
    """Return what the parameters cell ``source`` states.

    Raises NotebookError for anything but one literal each for ``review`` and ``lang``.
    """
    review, lang = _stated(source, "review", file)
    return Parameters(review=review, lang=lang)


def paper_parameters_of(source: str, *, file: str | None = None) -> PaperParameters:
    """Return what the parameters cell of a working paper's notebook states; raises as ``parameters_of``."""
    paper, lang = _stated(source, "paper", file)
    return PaperParameters(paper=paper, lang=lang)


def _stated(source: str, record: str, file: str | None) -> tuple[str | None, str]:
    """Return the record's id, if one is stated, and the language."""
    stated: dict[str, object] = {}
    for statement in _statements(source, file):
        match statement:
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Constant(value=value)) if (
                name in {record, "lang"} and name not in stated
            ):
                stated[name] = value
            case _:
                raise _refusal(file)
    found, lang = stated.get(record), stated.get("lang")
    if not (found is None or (isinstance(found, str) and REVIEW_ID.fullmatch(found))):
        raise _refusal(file, record)
    if not (isinstance(lang, str) and lang in {"zh", "en"}):
        raise _refusal(file, "lang")
    return found, lang


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
