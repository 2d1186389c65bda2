"""A scale of readiness that a reviewer can state beside a score: TRL and its kin."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Annotated, Self

from pydantic import Field, model_validator

from poc_eval.catalog.definitions import load_definition
from poc_eval.catalog.fields import Count, Definition, LocalText, Part, Words
from poc_eval.catalog.refusal import Refusal, refused
from poc_eval.catalog.shipped import shipped_folder
from poc_eval.i18n import _

if TYPE_CHECKING:
    import os
    from collections.abc import Sequence
    from pathlib import Path


class ScaleLevel(Part):
    """One level: its number and what is true of a result that has reached it."""

    level: Count
    """Its number on the scale."""
    text: LocalText
    """What a result that has reached it can show."""


class Scale(Definition):
    """A scale file; levels that are not known stay out of it, so numbers may begin late or have gaps."""

    short: Words
    """What people say before a level's number: ``TRL`` in ``TRL 4``."""
    levels: Annotated[tuple[ScaleLevel, ...], Field(min_length=2, max_length=50)]
    """From the lowest to the highest."""

    @model_validator(mode="after")
    def _levels_rise(self) -> Self:
        refusals = [
            Refusal(
                _("level {level} stands after level {before}", level=later.level, before=earlier.level),
                _("order the levels from the lowest to the highest, each once"),
                ("levels", index, "level"),
            )
            for index, (earlier, later) in enumerate(pairwise(self.levels), start=1)
            if later.level <= earlier.level
        ]
        if refusals:
            raise refused(*refusals)
        return self

    @classmethod
    def load(cls, id_or_path: str | os.PathLike[str], *, folders: Sequence[Path] = ()) -> Self:
        """Return the scale with this id from ``folders`` or the shipped ones, or from a path.

        Raises UnknownIdError and DefinitionError.
        """
        return load_definition(cls, id_or_path, folders=[*folders, shipped_folder("scales")]).definition

    def numbered(self, number: int) -> ScaleLevel | None:
        """Return the level with this number; None where the scale does not describe it."""
        return next((level for level in self.levels if level.level == number), None)

    def name(self, level: ScaleLevel) -> str:
        """Return what people call ``level``: ``"TRL 4"``."""
        return f"{self.short} {level.level}"
