"""The list of a formal check (形式审查): what is looked at before any expert sees the papers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final

from pydantic import Field, model_validator

from poc_eval.catalog.definitions import load_definition
from poc_eval.catalog.fields import Definition, Identifier, LocalText, Part, YesNo
from poc_eval.catalog.refusal import Refusal, refused
from poc_eval.catalog.shipped import shipped_folder
from poc_eval.i18n import _

if TYPE_CHECKING:
    import os
    from collections.abc import Sequence
    from pathlib import Path
    from typing import Self

    from poc_eval.catalog.definitions import Loaded

STANDARD: Final = "formal-check"


class CheckItem(Part):
    """One thing to look at, answered with yes or no."""

    id: Identifier
    ask: LocalText
    required: YesNo = True
    """A no keeps the project from passing."""
    can_be_completed: YesNo = True
    """What is missing may be handed in later (补正); else a no ends the matter."""


class Checklist(Definition):
    """A list of items of a formal check."""

    items: Annotated[tuple[CheckItem, ...], Field(min_length=1, max_length=200)]

    @model_validator(mode="after")
    def _ids_differ(self) -> Self:
        ids = [item.id for item in self.items]
        twice = [number for number, one in enumerate(ids) if one in ids[:number]]
        if twice:
            raise refused(
                *(
                    Refusal(
                        _('another item has the id "{id}"', id=ids[number]),
                        _("give each item an id of its own"),
                        ("items", number, "id"),
                    )
                    for number in twice
                )
            )
        return self


def load_checklist(
    id_or_path: str | os.PathLike[str] = STANDARD, *, folders: Sequence[Path] = ()
) -> Loaded[Checklist]:
    """Return a list by id, from ``folders`` or the shipped ones, or by path.

    Raises ``UnknownIdError``, ``DefinitionError``.
    """
    return load_definition(Checklist, id_or_path, folders=(*folders, shipped_folder("checklists")))
